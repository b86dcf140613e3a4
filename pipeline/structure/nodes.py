"""Nodes: the blocks that make up the outline of a text, and their kinds."""

from dataclasses import dataclass, field
from typing import Final

from pipeline.language import markdown_tables

# Kinds that contain others, with their rank: a lower rank contains a higher one.
CONTAINERS: Final = {
    "attachment": 0,
    "excerpt": 0,
    "division": 1,
    "part": 1,
    "chapter": 2,
    "section": 3,
}
ASIDES: Final = {"contents", "signature", "list"}  # kinds without provisions


@dataclass(slots=True)
class Node:
    """A numbered or unnumbered block; text[start:end] holds it and all that it contains.

    Kinds are those of clauses.kind, or attachment, excerpt (of another law), division (第一部分), scope
    (a new numbering in one document), contents, signature, list (of attachments), head (headers of a
    table), row and cell.
    """

    kind: str
    number: str
    start: int
    end: int
    content_start: int  # offset of the block's words, after its marker
    children: list["Node"] = field(default_factory=list)
    heading: str | None = None  # of an article, a row or a cell


def table_nodes(rows: list[markdown_tables.TableRow]) -> list[Node]:
    """The rows of a table with their cells; rows of headers and the rule below them are one head."""
    nodes: list[Node] = []
    for row in rows:
        if row.heading is None and not row.cells:
            if nodes and nodes[-1].kind == "head":
                nodes[-1].end = row.end
            else:
                nodes.append(Node("head", "", row.start, row.end, row.start))
            continue
        nodes.append(Node("row", "", row.start, row.end, row.start, heading=row.heading))
        nodes[-1].children = [
            Node("cell", "", cell.start, cell.end, cell.start, heading=cell.heading)
            for cell in row.cells
        ]
    return nodes
