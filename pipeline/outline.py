"""Outline: the tree of parts, chapters, articles and lists that a text's numbering spells out.

Law (立法法): 编章节条, 款 has no number, 项 is （一）, 目 is 1. Official papers (公文): 一、（一）1.（1）.
The same glyph stands for different levels in the two, so its parent decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.cells import is_row
from pipeline.markers import Marker, marker

CONTAINERS: Final = {"attachment": 0, "part": 1, "chapter": 2, "section": 3}
_LIST_ORDER: Final = ("numbered", "item", "arabic", "bracketed")


@dataclass(slots=True)
class Node:
    """A numbered or unnumbered block; text[start:end] holds it and all that lies in it."""

    kind: str  # as clauses.kind, or attachment, or scope (a new numbering in one document)
    number: str
    start: int
    end: int
    words: int  # where the block's own words begin, after its marker
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    marker: Marker | None


def _lines(text: str) -> Iterator[_Line]:
    for hit in re.finditer(r"[^\n]+", text):
        blank = len(hit[0]) - len(hit[0].lstrip())
        if start := hit[0].strip():
            yield _Line(hit.start() + blank, hit.start() + blank + len(start), marker(start))


def outline(text: str) -> Node:
    """Read a text's tree; the root's children are in reading order.

    Headings (part, chapter, section, attachment, 一、总体要求) span their own line only; what they head are
    their children. Articles and lists span all that lies in them.
    """
    grower = _Grower(text)
    for line in _lines(text):
        grower.take(line)
    return grower.root


def _is_sentence(words: str) -> bool:
    """Whether a 一、 line says something itself, or only names what follows."""
    return len(words) > 40 or words.endswith(("。", "；"))


class _Grower:
    """Holds the open containers, the open article and the open lists while lines come in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Node("scope", "1", 0, 0, 0)
        self.containers: list[Node] = [self.root]
        self.article: Node | None = None
        self.lists: list[tuple[str, Node]] = []
        self.top_article = 0.0
        levels = [line.marker.level for line in _lines(text) if line.marker]
        seen = dict.fromkeys(level for level in levels if level in _LIST_ORDER)
        self.order = sorted(
            seen, key=lambda level: level != "numbered"
        )  # 一、 is on top; sort is stable

    def take(self, line: _Line) -> None:
        found = line.marker
        if found is None:
            self._plain(line)
        elif found.level in CONTAINERS:
            self._container(line, found)
        elif found.level == "article":
            self._article(line, found)
        elif self.article:
            self._article_list(line, found)
        else:
            self._list(line, found)

    def _node(self, kind: str, line: _Line, found: Marker | None) -> Node:
        return Node(
            kind, found.number if found else "", line.start, line.end,
            line.start + (found.end if found else 0),
        )  # fmt: skip

    def _container(self, line: _Line, found: Marker) -> None:
        rank = CONTAINERS[found.level]
        if found.level == "attachment":
            self.top_article = 0
        while len(self.containers) > 1 and CONTAINERS.get(self.containers[-1].kind, -1) >= rank:
            self.containers.pop()
        node = self._node(found.level, line, found)
        self.containers[-1].children.append(node)
        self.containers.append(node)
        self.article, self.lists = None, []

    def _article(self, line: _Line, found: Marker) -> None:
        number = float(found.number.replace("-", "."))
        if number == 1 and self.top_article >= 1:  # an attached text counts from one again
            self._new_scope(line)
        self.top_article = max(self.top_article, number)
        self.article = self._node("article", line, found)
        first = self._node("paragraph", line, None)
        first.words = self.article.words
        self.article.children.append(first)
        self.containers[-1].children.append(self.article)
        self.lists = []

    def _new_scope(self, line: _Line) -> None:
        scopes = sum(child.kind == "scope" for child in self.root.children)
        scope = Node("scope", str(scopes + 2), line.start, line.start, line.start)
        while len(self.containers) > 1 and self.containers[-1].kind != "attachment":
            self.containers.pop()
        self.root.children.append(scope)
        self.containers = [self.root, scope]
        self.top_article = 0

    def _article_list(self, line: _Line, found: Marker) -> None:
        assert self.article
        depth = next((i for i, (level, _) in enumerate(self.lists) if level == found.level), None)
        if depth is None and found.number != "1" and found.level != "item":
            self._plain(line)
            return
        del self.lists[len(self.lists) if depth is None else depth :]
        parent = self.lists[-1][1] if self.lists else self.article.children[-1]
        node = self._node("subitem" if self.lists else "item", line, found)
        parent.children.append(node)
        self.lists.append((found.level, node))
        self._stretch(line.end)

    def _list(self, line: _Line, found: Marker) -> None:
        rank = self.order.index(found.level)
        while self.lists and self.order.index(self.lists[-1][0]) >= rank:
            self.lists.pop()
        parent = self.lists[-1][1] if self.lists else self.containers[-1]
        nested = bool(self.lists) and parent.kind != "heading"
        heads = found.level == "numbered" and not _is_sentence(
            self.text[line.start + found.end : line.end]
        )
        kind = "heading" if heads else "subitem" if nested else "item"
        node = self._node(kind, line, found)
        parent.children.append(node)
        self.lists.append((found.level, node))
        if kind != "heading":
            self._stretch(line.end)

    def _plain(self, line: _Line) -> None:
        if self.article:
            self.article.children.append(self._node("paragraph", line, None))
            self.lists = []
            self._stretch(line.end)
        elif self.lists and self.lists[-1][1].kind != "heading":
            self._stretch(line.end)  # goes on with what the open item says
        else:
            parent = self.lists[-1][1] if self.lists else self.containers[-1]
            last = parent.children[-1] if parent.children else None
            if (
                last
                and is_row(self.text[line.start : line.end])
                and is_row(self.text[last.start :])
            ):
                last.end = line.end  # a table is one block, or its cells would lose their headers
            else:
                parent.children.append(self._node("paragraph", line, None))

    def _stretch(self, end: int) -> None:
        """All that is open now reaches to `end`."""
        if self.article:
            self.article.end = self.article.children[-1].end = end
        for _, node in self.lists:
            if node.kind != "heading":
                node.end = end
