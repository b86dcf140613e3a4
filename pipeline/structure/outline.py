"""Outline: the tree of parts, chapters, articles and lists that the numbering of a text defines.

Law (立法法): 编章节条, 款 has no number, 项 is （一）, 目 is 1. Official papers (公文): 一、（一）1.（1）.
The same sign stands for different levels in the two, so its parent decides.
"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.language import markdown_tables, markers
from pipeline.language.markers import Marker
from pipeline.structure.marked_lines import MarkedLine
from pipeline.structure.nodes import ASIDES, CONTAINERS, Node, table_nodes

_LIST_ORDER: Final = ("numbered", "item", "arabic", "bracketed", "circled")
_LONGEST_HEADING = 40  # characters of a 一、 line that only names what follows


def build(text: str, lines: list[MarkedLine]) -> Node:
    """Build the tree of a text; the root's children are in reading order.

    Headings (part, chapter, section, attachment, 一、总体要求) span their own line only; the provisions
    below them are their children. Articles and list items span all that they contain.

    Args:
        text: the text.
        lines: its lines, with roles and markers (line_roles.read).
    """
    builder = _Builder(text, _list_order(lines))
    at = 0
    while at < len(lines):
        end = at + 1
        while lines[at].role and end < len(lines) and lines[end].role == lines[at].role:
            end += 1
        builder.add(lines[at:end])
        at = end
    builder.release_waiting()
    return builder.root


def _list_order(lines: list[MarkedLine]) -> list[str]:
    """The list levels of a text, outermost first.

    They are 一、 （一） 1. （1） ①; two neighbours are swapped where more lists nest the other way.
    """
    markers = [line.marker for line in lines if line.marker and line.marker.level in _LIST_ORDER]
    nestings = Counter(
        (above.level, below.level) for above, below in pairwise(markers) if below.number == "1"
    )
    order = [level for level in _LIST_ORDER if any(marker.level == level for marker in markers)]
    for i in range(1, len(order) - 1):
        outer, inner = order[i], order[i + 1]
        if nestings[inner, outer] > nestings[outer, inner]:
            order[i], order[i + 1] = inner, outer
    return order


class _Builder:
    """Adds lines to the tree; holds the open containers, the open article and the open lists."""

    def __init__(self, text: str, list_order: list[str]) -> None:
        self.text = text
        self.list_order = list_order
        self.root = Node("scope", "1", 0, 0, 0)
        self.containers: list[Node] = [self.root]
        self.article: Node | None = None
        self.lists: list[tuple[str, Node]] = []  # (level, last item) of each open list
        self.scopes = 1
        self.top_article = 0.0  # highest article number of the scope; 12.1 is 第十二条之一
        self.top_list = 0  # last number of 一、
        self.ended = False  # a signature or a title came after the last numbered line
        self.waiting: list[MarkedLine] = []  # a title and the lines before the text's first number

    def add(self, block: list[MarkedLine]) -> None:
        """Add one line, or several with the same role."""
        line, marker = block[0], block[0].marker
        if line.role == "title":
            self._close()
            self.waiting += block
        elif marker is None and not line.role and self.waiting:
            self.waiting.append(line)
        elif marker is not None:
            self._add_numbered(line, marker)
        else:
            self.release_waiting()
            self._add_unnumbered(block)

    def release_waiting(self) -> None:
        """Add the waiting lines where they stand: no new text began below them."""
        waiting, self.waiting = self.waiting, []
        for line in waiting:
            self._add_plain(line)

    def _add_unnumbered(self, block: list[MarkedLine]) -> None:
        if block[0].role == "row":
            self._add_table(block)
        elif block[0].role in ASIDES:
            self._add_aside(block)
        else:
            self._add_plain(block[0])

    def _add_numbered(self, line: MarkedLine, marker: Marker) -> None:
        if marker.level != "attachment" and self._restarts(marker):
            self._open_scope(self.waiting[0] if self.waiting else line)
        self.release_waiting()
        if marker.level in CONTAINERS:
            is_excerpt = line.role == "excerpt"
            self._open_container(line, replace(marker, level="excerpt") if is_excerpt else marker)
        elif marker.level == "article":
            self._open_article(line, marker)
        elif self.article:
            self._add_article_item(line, marker)
        else:
            self._add_item(line, marker)
        self.ended = False

    def _restarts(self, marker: Marker) -> bool:
        """Whether a marker begins the numbering of another text in the same file."""
        if marker.number != "1":
            return False
        before = bool(self.top_article or self.top_list)
        if marker.level == "article":
            return self.top_article >= 1 or (self.ended and self.top_list >= 1)
        if marker.level == "chapter" and not self._is_divided():
            return self.top_article >= 1 or (self.ended and before)
        if marker.level == "numbered":
            return (self.ended and before) or (not self.article and self.top_list >= 2)
        return False

    def _is_divided(self) -> bool:
        """Whether a part is open, in which chapters may count from one again."""
        return any(node.kind in ("part", "division") for node in self.containers)

    def _node(self, kind: str, line: MarkedLine, marker: Marker | None) -> Node:
        number, length = (marker.number, marker.end) if marker else ("", 0)
        return Node(kind, number, line.start, line.end, line.start + length)

    def _close(self) -> None:
        """Close what is open: the lines below do not belong to the numbered provisions above."""
        self.article, self.lists = None, []
        while self.containers[-1].kind not in ("scope", "attachment", "excerpt"):
            self.containers.pop()
        self.ended = True

    def _add_aside(self, block: list[MarkedLine]) -> None:
        """Add a block without provisions: a table of contents, a signature, a list of attachments."""
        if block[0].role == "signature":
            self._close()
        elif block[0].role == "list":
            self.article, self.lists = None, []
        node = self._node(block[0].role, block[0], None)
        node.end = block[-1].end
        self.containers[-1].children.append(node)

    def _open_container(self, line: MarkedLine, marker: Marker) -> None:
        rank = CONTAINERS[marker.level]
        if rank == 0:
            self.top_article = 0
        while len(self.containers) > 1 and CONTAINERS.get(self.containers[-1].kind, -1) >= rank:
            self.containers.pop()
        node = self._node(marker.level, line, marker)
        self.containers[-1].children.append(node)
        self.containers.append(node)
        self.article, self.lists, self.top_list = None, [], 0

    def _open_article(self, line: MarkedLine, marker: Marker) -> None:
        self.top_article = max(self.top_article, float(marker.number.replace("-", ".")))
        self.article = self._node("article", line, marker)
        words = self.article.content_start
        if title := markers.article_heading(self.text[: line.end], words):
            self.article.heading, words = title
        if self.text[words : line.end].strip() or not title:
            first = self._node("paragraph", line, None)
            first.content_start = words
            self.article.children.append(first)
        self.containers[-1].children.append(self.article)
        self.lists = []

    def _open_scope(self, line: MarkedLine) -> None:
        self.scopes += 1
        scope = Node("scope", str(self.scopes), line.start, line.start, line.start)
        self.root.children.append(scope)
        self.containers = [self.root, scope]
        self.article, self.lists = None, []
        self.top_article = self.top_list = 0

    def _add_article_item(self, line: MarkedLine, marker: Marker) -> None:
        assert self.article
        levels = [level for level, _ in self.lists]
        depth = levels.index(marker.level) if marker.level in levels else len(levels)
        if depth == len(levels) and marker.number != "1" and marker.level != "item":
            self._add_plain(line)
            return
        del self.lists[depth:]
        parent = self.lists[-1][1] if self.lists else self._paragraph(line)
        node = self._node("subitem" if self.lists else "item", line, marker)
        parent.children.append(node)
        self.lists.append((marker.level, node))
        self._stretch(line.end)

    def _paragraph(self, line: MarkedLine) -> Node:
        """The paragraph of the open article that items may belong to."""
        assert self.article
        children = self.article.children
        if not children or children[-1].kind != "paragraph":
            self.article.children.append(self._node("paragraph", line, None))
        return self.article.children[-1]

    def _add_item(self, line: MarkedLine, marker: Marker) -> None:
        rank = self.list_order.index(marker.level)
        while self.lists and self.list_order.index(self.lists[-1][0]) >= rank:
            self.lists.pop()
        kind = self._item_kind(line, marker)
        if marker.level == "numbered":
            self.top_list = int(marker.number)
        node = self._node(kind, line, marker)
        self._parent().children.append(node)
        self.lists.append((marker.level, node))
        if kind != "heading":
            self._stretch(line.end)

    def _item_kind(self, line: MarkedLine, marker: Marker) -> str:
        """Heading for a 一、 line that is no sentence; else item, or subitem within another item."""
        content = line.text[marker.end :]
        is_sentence = len(content) > _LONGEST_HEADING or content.endswith(("。", "；"))
        if marker.level == "numbered" and not is_sentence:
            return "heading"
        return "subitem" if self.lists and self.lists[-1][1].kind != "heading" else "item"

    def _parent(self) -> Node:
        """The block that a line outside articles belongs to."""
        return self.lists[-1][1] if self.lists else self.containers[-1]

    def _add_plain(self, line: MarkedLine) -> None:
        if self.article:
            self.article.children.append(self._node("paragraph", line, None))
            self.lists = []
            self._stretch(line.end)
        elif self.lists and self.lists[-1][1].kind != "heading":
            self._stretch(line.end)  # continues the open item
        else:
            self._parent().children.append(self._node("paragraph", line, None))

    def _add_table(self, block: list[MarkedLine]) -> None:
        if self.article:
            self.lists = []
        parent = self.article or self._parent()
        rows = markdown_tables.grid(self.text, [(line.start, line.end) for line in block])
        if rows:
            parent.children += table_nodes(rows)
        else:  # without headers and data it is a block of text
            node = self._node("paragraph", block[0], None)
            node.end = block[-1].end
            parent.children.append(node)
        if self.article or parent.kind in ("item", "subitem"):
            self._stretch(block[-1].end)

    def _stretch(self, end: int) -> None:
        """Extend all that is open to an offset."""
        if self.article:
            self.article.end = end
            if self.article.children and self.article.children[-1].kind == "paragraph":
                self.article.children[-1].end = end
        for _, node in self.lists:
            if node.kind != "heading":
                node.end = end
