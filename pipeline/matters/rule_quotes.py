"""Rule quotes: the sentence of a clause that proves a rule, verbatim and never cut inside."""

import re

from pipeline.core.records import Clause

_CONDITION = "（条件："  # begins the condition that a digest appends to a provision
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


def body(clause: Clause) -> tuple[int, int]:
    """Where the words of a rule stand: without number, heading, and the condition that a digest appends.

    Returns:
        Offsets into clause.text.
    """
    text, start = clause.text, 0
    if clause.heading and (place := text.find(clause.heading)) >= 0:
        start = place + len(clause.heading)
        while start < len(text) and text[start] in "：: 　\n）)":
            start += 1
    end = text.find(_CONDITION, start)
    return start, end if end > start else len(text)


def quote(clause: Clause, at: int | None = None) -> tuple[int, int, str]:
    """The sentence that holds an offset; all sentences of the rule where none is given.

    A figure that stands in the condition of a digest is quoted with the rule and the whole condition.

    Args:
        clause: the clause.
        at: offset of the figure into clause.text.

    Returns:
        Start, end and text; clause.text[start:end] == text.
    """
    start, end = body(clause)
    if at is not None and at >= end:
        end = len(clause.text)
    elif at is not None and at >= start:
        for match in _SENTENCE.finditer(clause.text, start, end):
            if match.start() <= at < match.end():
                start, end = match.span()
                break
    words = clause.text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip()), words.strip()
