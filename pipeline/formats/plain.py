"""Plain texts: .txt and .md, and what every format comes to in the end."""

import re

from pipeline import markers
from pipeline.text import join_wrapped, tidy

_SPACED = re.compile(r"[ \t\u00a0\u3000\u2002-\u200a]+$|^[ \t\u00a0\u3000\u2002-\u200a]+", re.MULTILINE)


def finish(text: str) -> str:
    """Tidy lines, and paragraphs that were broken at a fixed width on one line again."""
    return join_wrapped(tidy(text), markers.STARTS)


def unindented(text: str) -> str:
    """Without the blanks that indent or pad a line: formats that mark paragraphs need none."""
    return _SPACED.sub("", text.replace("\u00a0", " "))
