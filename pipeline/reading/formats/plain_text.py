"""Plain text: decoding of .txt and .md, and clean-up of the text of every format."""

import re
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.language import markers
from pipeline.language.normalization import tidy
from pipeline.language.unwrapping import join_running, join_wrapped
from pipeline.reading.formats import encodings

_BLANK = "[ \\t\u00a0\u3000\u2002-\u200a]+"
_BOLD = re.compile(r"^\*\*(.+)\*\*$", re.MULTILINE)
_HEADING = re.compile(f"^#{{1,6}}{_BLANK}", re.MULTILINE)
_EDGES = re.compile(f"^{_BLANK}|{_BLANK}$", re.MULTILINE)


def decoded(path: Path, raw: bytes) -> str:
    """The characters of a text.

    Raises:
        CorpusError: bytes that are no text.
    """
    decoding = encodings.decode(raw)
    if decoding is None:
        raise CorpusError(
            str(path), "不是文字，或认不出编码", "用记事本或 Word 打开，另存为 UTF-8 文本"
        )
    return decoding[0]


def unindented(text: str) -> str:
    """The text without blanks that indent or pad a line, which formats that mark paragraphs do not need."""
    return _EDGES.sub("", text.replace("\u00a0", " "))


def unmarked(text: str) -> str:
    r"""The text without the Markdown of headings and bold type, which web savers write.

    >>> unmarked("**某办法**\n##　第一章")
    '某办法\n第一章'
    """
    return _BOLD.sub(r"\1", _HEADING.sub("", text))


def unwrapped(text: str) -> str:
    """The text with paragraphs joined that were broken at a fixed width."""
    return join_wrapped(tidy(text), markers.STARTS)


def whole(text: str) -> str:
    """The text with sentences joined that forced line ends broke."""
    return join_running(tidy(text), markers.STARTS)
