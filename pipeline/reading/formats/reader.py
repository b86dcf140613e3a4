"""Reader: a file of any supported format as plain text.

The format is detected from the content; the file's name is only compared with it. Plain text is read
here, every other format in a sandboxed process (sandbox.py).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.core.settings import READING
from pipeline.language.normalization import tidy
from pipeline.reading.formats import detection, markdown, plain_text, sandbox
from pipeline.reading.formats.web import boilerplate


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, with its title, format and warnings."""

    text: str  # tidy, one paragraph a line, tables as Markdown rows, without boilerplate
    title: str | None  # that the file carries; None where it carries none
    format: str  # docx doc html mht pdf txt md
    warnings: list[str]  # in Chinese, one line each


def read(path: Path) -> FileText:
    """Read one file.

    Raises:
        CorpusError: the file cannot be read.
    """
    raw = _bytes(path)
    kind = detection.kind(path, raw)
    warnings = _misnamed(path, kind)
    if kind in ("txt", "md"):
        text, title = plain_text.decoded(path, raw), None
    else:
        text, title, pictures = sandbox.read(path, kind)
        text = plain_text.unindented(text)
        if pictures:
            warnings.append(f"有 {pictures} 处图片，图上若有文字或表格，没有读到")
    text = tidy(text)
    _check_length(path, text)
    text = _without_boilerplate(text, kind, warnings)
    if kind != "md":
        text = plain_text.whole(text)
    if kind in ("txt", "md"):
        text = plain_text.unwrapped(text)
    if kind == "txt":
        text = plain_text.unindented(text)
    text = tidy(text)
    _check(path, kind, text)
    return FileText(text, title, kind, warnings)


def _check_length(path: Path, text: str) -> None:
    """Refuse a text that would hold up the stages: longer than any policy, or with such a line."""
    if len(text) > READING.characters:
        found = f"有 {len(text) / 1e4:.0f} 万字，多于 {READING.characters / 1e4:.0f} 万字"
        raise CorpusError(str(path), found, "确认是一件政策文件；汇编请拆开，逐件添加")
    number, longest = max(enumerate(map(len, text.split("\n")), 1), key=lambda line: line[1])
    if longest > READING.line:
        found = f"第 {number} 行有 {longest / 1e4:.1f} 万字，多于 {READING.line / 1e4:.0f} 万字"
        raise CorpusError(str(path), found, "确认是一件政策文件；按条款分行后另存")


def _without_boilerplate(text: str, kind: str, warnings: list[str]) -> str:
    """A text without boilerplate, with a warning where lines were dropped; a corpus's own file as it is."""
    is_plain = kind in ("txt", "md")
    if kind == "md" and markdown.is_own(text):
        return text
    bare = markdown.plain(plain_text.unmarked(text)) if is_plain else text
    document, dropped = boilerplate.cleaned(bare, boilerplate.patterns())
    if dropped and is_plain:
        warnings.append(f"略去 {dropped} 行网页上的话（来源、导航、按钮等）")
    return document


def _bytes(path: Path) -> bytes:
    """The bytes of a file that is not too large."""
    try:
        size = path.stat().st_size
        if size > READING.largest_bytes:
            found = f"文件有 {size / 1e6:.0f} MB，大于 {READING.largest_bytes / 1e6:.0f} MB"
            raise CorpusError(
                str(path), found, "多半是扫描件或带图片；另找有文字的版本，或删去图片后另存"
            )
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(str(path), f"打不开文件（{error.strerror}）", "改正路径或权限") from None


def _misnamed(path: Path, kind: str) -> list[str]:
    """A warning where a file's suffix is not that of its format."""
    suffix = path.suffix.lower()
    if detection.SUFFIXES.get(suffix) == kind:
        return []
    name = f"扩展名是 {suffix}" if suffix else "没有扩展名"
    return [f"{name}，内容是{detection.NAMES[kind]}"]


def _check(path: Path, kind: str, text: str) -> None:
    """Refuse a file without Chinese text: a picture, or the page of a failed download or a login."""
    if not re.search(r"[\u3400-\u9fff]", text):
        fix = "看看是不是空的或没有下载完整；图片或扫描件先做文字识别"
        raise CorpusError(str(path), f"{detection.NAMES[kind]}里没有一个汉字", fix)
    if kind in ("txt", "md"):
        return
    han = sum("一" <= character <= "鿿" for character in text)
    if han * 4 < len("".join(text.split())):
        found = f"{detection.NAMES[kind]}里几乎没有中文（{han} 个汉字），不是政策文本"
        raise CorpusError(str(path), found, "多半是下载失败的页面或登录页，到原网站重新保存")
