"""Layout: a text with its lines and its outline, computed once for all that read its structure."""

from dataclasses import dataclass

from pipeline.structure import line_roles, outline
from pipeline.structure.marked_lines import MarkedLine
from pipeline.structure.nodes import Node


@dataclass(frozen=True, slots=True)
class Layout:
    """A text, its lines with roles and markers, and the root of its outline."""

    text: str
    lines: list[MarkedLine]
    root: Node


def read(text: str) -> Layout:
    """Lay out a text."""
    lines = line_roles.read(text)
    return Layout(text, lines, outline.build(text, lines))
