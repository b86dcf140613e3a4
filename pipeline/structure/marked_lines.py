"""Lines: the blocks that a text is printed in, each with its marker; a run-on line is cut into several.

What a line is, beside its marker, is told by its neighbours: a table of contents, a signature, a list
of attachments, the article of another law.
"""

import re
from dataclasses import dataclass, replace

from pipeline.language.markers import Marker, marker


@dataclass(frozen=True, slots=True)
class Line:
    """text[start:end] without blanks at its ends.

    Roles: '' (a provision or a heading), row (of a table), contents (目录), signature, list (of
    attachments), title (of a text that follows in the same file), excerpt (heads another law's text).
    """

    start: int
    end: int
    marker: Marker | None
    role: str = ""

    @property
    def attaches(self) -> bool:
        """Whether the line is headed 附件, 附表 or the like."""
        return self.marker is not None and self.marker.level == "attachment"

    def told(self, role: str) -> "Line":
        """The same line in a role of its own, where numbers mean nothing."""
        return replace(self, role=role, marker=None)


def split(text: str) -> list[Line]:
    """The lines of a text as printed."""
    found = []
    for hit in re.finditer(r"[^\n]+", text):
        blank = len(hit[0]) - len(hit[0].lstrip())
        if words := hit[0].strip():
            start = hit.start() + blank
            row = words.startswith("|")
            found.append(
                Line(start, start + len(words), None, "row") if row
                else Line(start, start + len(words), marker(words))
            )  # fmt: skip
    return found


def words(text: str, line: Line) -> str:
    """What a line says, marker and all."""
    return text[line.start : line.end]


def bare(text: str) -> str:
    """A text without blanks, for comparing titles.

    >>> bare("第一章　总　则")
    '第一章总则'
    """
    return re.sub(r"\s", "", text)
