"""Web archives (.mht): the HTML page inside the MIME message."""

from email import message_from_bytes, policy
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.reading.formats import encodings


def markup(path: Path) -> str:
    """The markup of the archive's first page.

    Raises:
        CorpusError: an archive without a page that can be read.
    """
    message = message_from_bytes(path.read_bytes(), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        body = part.get_payload(decode=True)
        declared = [name] if (name := part.get_content_charset()) else []
        if isinstance(body, bytes):
            decoding = encodings.decode(body, [*declared, *encodings.declared(body)])
            if decoding:
                return decoding[0]
    raise CorpusError(str(path), "网页存档里没有网页", "用浏览器重新保存为“网页，仅 HTML”")
