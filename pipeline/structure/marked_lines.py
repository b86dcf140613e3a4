"""Marked lines: the lines of a text, each with its marker and its role.

A line that holds several provisions is cut into several (run_on_lines). The role of a line depends on
its neighbours: a table of contents, a signature, a list of attachments, an article of another law.
"""

import re
from dataclasses import dataclass, replace

from pipeline.language import markdown_tables, markers
from pipeline.language.lines import Line, lines
from pipeline.language.markers import Marker


@dataclass(frozen=True, slots=True)
class MarkedLine(Line):
    """A line with the marker that it begins with.

    Roles: '' (a provision or a heading), row (of a table), contents (of a table of contents),
    signature, list (of attachments), title (of a text that follows in the same file), excerpt (heads
    provisions of another law). Only lines without a role, or of role excerpt, have a marker.
    """

    marker: Marker | None
    role: str = ""

    @property
    def heads_attachment(self) -> bool:
        """Whether the line begins with 附件, 附表 or the like."""
        return self.marker is not None and self.marker.level == "attachment"

    def with_role(self, role: str) -> "MarkedLine":
        """The same line in another role, in which its number means nothing."""
        return replace(self, role=role, marker=None)


def split(text: str) -> list[MarkedLine]:
    """The lines of a text as printed, with their markers; rows of tables have none."""
    return [
        MarkedLine(line.start, line.end, line.text, None, "row")
        if markdown_tables.is_row(line.text)
        else MarkedLine(line.start, line.end, line.text, markers.read(line.text))
        for line in lines(text)
    ]


def bare(text: str) -> str:
    """A text without blanks, for comparing titles.

    >>> bare("第一章　总　则")
    '第一章总则'
    """
    return re.sub(r"\s", "", text)
