"""Web archives (.mht): the page inside the envelope."""

import email
from email import policy

from pipeline.formats import encodings


def page(raw: bytes) -> str | None:
    """The markup of the archive's first page; None where there is none."""
    message = email.message_from_bytes(raw, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                named = part.get_content_charset()
                found = encodings.decode(body, [*([named] if named else []), *encodings.declared(body)])
                return found[0] if found else None
    return None
