"""Signatures: what kind of file some bytes are, whatever the file is called."""

import re

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta|title|span|font|br)[\s>/]", re.IGNORECASE)


def kind(raw: bytes) -> str:
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    if raw[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
        return "pdf"
    head = raw[:4096].replace(b"\0", b"")
    if re.match(rb"\s*(?:From:|MIME-Version:|Content-Type:|Subject:|Date:)", head, re.IGNORECASE) and b"mime-version" in head.lower():
        return "mht"
    if len(_HTML.findall(head)) >= 2 or re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)", head, re.IGNORECASE):
        return "html"
    return "txt"
