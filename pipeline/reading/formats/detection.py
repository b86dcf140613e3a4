"""File type detection by content (signatures, markup), not by file name."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pipeline.core.errors import CorpusError
from pipeline.core.settings import READING

NAMES = {
    "docx": "Word 文档",
    "doc": "Word 97 文档",
    "html": "网页",
    "mht": "网页存档",
    "pdf": "PDF",
    "txt": "纯文本",
    "md": "Markdown",
}
SUFFIXES = {
    ".md": "md",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".docx": "docx",
    ".doc": "doc",
    ".pdf": "pdf",
}
_TAG = re.compile(
    rb"<(/?)(html|head|body|table|tr|td|div|p|meta|title|span|font|br|a|h\d)[\s>/]", re.I
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_ENVELOPE = re.compile(rb"\s*(?:from|mime-version|content-type|subject|date):", re.I)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument", re.I)
_HEAD = 4096  # bytes in which markup is looked for


def kind(path: Path, raw: bytes) -> str:
    """The format of a file.

    Args:
        path: for its suffix, which decides between plain text and Markdown, and for messages.
        raw: the bytes of the file.

    Returns:
        a key of `NAMES`.

    Raises:
        CorpusError: a format that is recognized but not read, a broken archive, or a zip bomb.
    """
    head = raw[:_HEAD].replace(b"\0", b"")
    if raw.startswith(b"PK\x03\x04"):
        return _archive(path, raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"{\\rtf"):
        raise CorpusError(str(path), "是 RTF 文档，不能读", "用 Word 打开，另存为 .docx")
    if _WORD_XML.search(head):
        raise CorpusError(str(path), "是 Word 2003 XML 文档，不能读", "用 Word 打开，另存为 .docx")
    if _ENVELOPE.match(head) and b"mime-version:" in head.lower():
        return "mht"
    if _PAGE.match(head) or len({tag for _, tag in _TAG.findall(head.lower())}) >= 3:
        return "html"
    return "md" if path.suffix.lower() == ".md" else "txt"


def _archive(path: Path, raw: bytes) -> str:
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):  # for a torn directory
        found = "压缩包残缺，多半没有下载完"
        raise CorpusError(str(path), found, "重新下载，或用 Word 打开后另存") from None
    size = sum(entry.file_size for entry in entries)
    if size > READING.expanded_bytes or (
        size > READING.ratio_from_bytes and size > READING.ratio * max(len(raw), 1)
    ):
        found = f"展开后有 {size / 1e6:.0f} MB，是文件的 {size / len(raw):.0f} 倍"
        raise CorpusError(str(path), found, "确认来源；用 Word 打开，删去图片后另存")
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names:
        return "docx"
    if "OFD.xml" in names:
        found = "是 OFD 版式文件，没有可靠的办法取出文字"
        raise CorpusError(
            str(path), found, "在发布的网页上另找网页、Word 或 PDF 版；或用 OFD 阅读器导出 PDF"
        )
    found = "是压缩包或表格，不是 Word 文档"
    raise CorpusError(str(path), found, "解压后逐件添加；表格另存为 .docx 或 .html")
