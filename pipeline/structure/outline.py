"""Outline: the tree of parts, chapters, articles and lists that a text's numbering spells out.

Law (立法法): 编章节条, 款 has no number, 项 is （一）, 目 is 1. Official papers (公文): 一、（一）1.（1）.
The same glyph stands for different levels in the two, so its parent decides.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.language import markdown_tables
from pipeline.language.markers import Marker
from pipeline.structure import line_roles
from pipeline.structure.marked_lines import Line

CONTAINERS: Final = {"attachment": 0, "excerpt": 0, "division": 1, "part": 1, "chapter": 2, "section": 3}  # fmt: skip
ASIDE: Final = {"contents", "signature", "list"}  # kinds that provide nothing
_LIST_ORDER: Final = ("numbered", "item", "arabic", "bracketed", "circled")


@dataclass(slots=True)
class Node:
    """A numbered or unnumbered block; text[start:end] holds it and all that lies in it.

    Kinds are those of clauses.kind, or attachment, excerpt (of another law), division (第一部分), scope
    (a new numbering in one document), contents, signature, list (of attachments), head (headers of a
    table), row and cell.
    """

    kind: str
    number: str
    start: int
    end: int
    words: int  # where the block's own words begin, after its marker
    children: list["Node"] = field(default_factory=list)
    heading: str | None = None  # of a row or a cell


def outline(text: str) -> Node:
    """Read a text's tree; the root's children are in reading order.

    Headings (part, chapter, section, attachment, 一、总体要求) span their own line only; what they head are
    their children. Articles and lists span all that lies in them.
    """
    found = line_roles.read(text)
    grower = _Grower(text, found)
    at = 0
    while at < len(found):
        end = at + 1
        while found[at].role and end < len(found) and found[end].role == found[at].role:
            end += 1
        grower.take(found[at:end])
        at = end
    grower.rest()
    return grower.root


def _list_order(found: list[Line]) -> list[str]:
    """The lists of a text, outermost first: 一、 （一） 1. （1） ①, unless more lists open the other way."""
    levels = [line.marker for line in found if line.marker and line.marker.level in _LIST_ORDER]
    opens = Counter(
        (above.level, below.level)
        for above, below in zip(levels, levels[1:], strict=False)
        if below.number == "1"
    )
    order = [level for level in _LIST_ORDER if any(one.level == level for one in levels)]
    for i in range(1, len(order) - 1):
        a, b = order[i], order[i + 1]
        if opens[b, a] > opens[a, b]:
            order[i], order[i + 1] = b, a
    return order


def _is_sentence(words: str) -> bool:
    """Whether a 一、 line says something itself, or only names what follows."""
    return len(words) > 40 or words.endswith(("。", "；"))


class _Grower:
    """Holds the open containers, the open article and the open lists while lines come in."""

    def __init__(self, text: str, found: list[Line]) -> None:
        self.text = text
        self.root = Node("scope", "1", 0, 0, 0)
        self.containers: list[Node] = [self.root]
        self.article: Node | None = None
        self.lists: list[tuple[str, Node]] = []
        self.scopes = 1
        self.top_article = 0.0
        self.top_list = 0
        self.chapters = 0
        self.ended = (
            False  # a signature or a title stands between this and what was numbered before
        )
        self.waiting: list[Line] = []  # a title, and what is said before its text begins to count
        self.order = _list_order(found)

    def take(self, block: list[Line]) -> None:
        """Take one line, or several of one role."""
        line, found = block[0], block[0].marker
        if line.role == "title":
            self._close()
            self.waiting += block
        elif found is None and not line.role and self.waiting:
            self.waiting.append(line)
        elif found is not None:
            self._numbered(line, found)
        else:
            self.rest()
            self._plain_or_told(block)

    def rest(self) -> None:
        """No other text began: what waited lies where it stands."""
        waiting, self.waiting = self.waiting, []
        for line in waiting:
            self._plain(line)

    def _plain_or_told(self, block: list[Line]) -> None:
        line = block[0]
        if line.role == "row":
            self._table(block)
        elif line.role in ASIDE:
            self._aside(block)
        else:
            self._plain(line)

    def _numbered(self, line: Line, found: Marker) -> None:
        if found.level != "attachment" and self._restarts(found):
            self._new_scope(self.waiting[0] if self.waiting else line)
        self.rest()
        if found.level in CONTAINERS:
            excerpt = line.role == "excerpt"
            self._container(line, replace(found, level="excerpt") if excerpt else found)
        elif found.level == "article":
            self._article(line, found)
        elif self.article:
            self._article_list(line, found)
        else:
            self._list(line, found)
        self.ended = False

    def _restarts(self, found: Marker) -> bool:
        """Whether another text of the same file begins to count from one again."""
        if found.number != "1":
            return False
        before = self.top_article or self.top_list
        if found.level == "article":
            return self.top_article >= 1 or (self.ended and self.top_list >= 1)
        if found.level == "chapter" and not any(n.kind in ("part", "division") for n in self.containers):  # fmt: skip
            return self.top_article >= 1 or (self.ended and bool(before))
        if found.level == "numbered":
            return self.ended and bool(before) or (not self.article and self.top_list >= 2)
        return False

    def _node(self, kind: str, line: Line, found: Marker | None) -> Node:
        return Node(
            kind, found.number if found else "", line.start, line.end,
            line.start + (found.end if found else 0),
        )  # fmt: skip

    def _close(self) -> None:
        """What is numbered below does not lie in what was numbered above."""
        self.article, self.lists = None, []
        while self.containers[-1].kind not in ("scope", "attachment", "excerpt"):
            self.containers.pop()
        self.ended = True

    def _aside(self, block: list[Line]) -> None:
        """What provides nothing: a table of contents, a signature, a list of attachments."""
        if block[0].role == "signature":
            self._close()
        elif block[0].role == "list":
            self.article, self.lists = None, []
        node = self._node(block[0].role, block[0], None)
        node.end = block[-1].end
        self.containers[-1].children.append(node)

    def _container(self, line: Line, found: Marker) -> None:
        rank = CONTAINERS[found.level]
        if rank == 0:
            self.top_article = 0
        while len(self.containers) > 1 and CONTAINERS.get(self.containers[-1].kind, -1) >= rank:
            self.containers.pop()
        node = self._node(found.level, line, found)
        self.containers[-1].children.append(node)
        self.containers.append(node)
        self.article, self.lists, self.top_list = None, [], 0

    def _article(self, line: Line, found: Marker) -> None:
        self.top_article = max(self.top_article, float(found.number.replace("-", ".")))
        self.article = self._node("article", line, found)
        first = self._node("paragraph", line, None)
        first.words = self.article.words
        self.article.children.append(first)
        self.containers[-1].children.append(self.article)
        self.lists = []

    def _new_scope(self, line: Line) -> None:
        self.scopes += 1
        scope = Node("scope", str(self.scopes), line.start, line.start, line.start)
        self.root.children.append(scope)
        self.containers = [self.root, scope]
        self.article, self.lists = None, []
        self.top_article = self.top_list = 0

    def _article_list(self, line: Line, found: Marker) -> None:
        assert self.article
        depth = next((i for i, (level, _) in enumerate(self.lists) if level == found.level), None)
        if depth is None and found.number != "1" and found.level != "item":
            self._plain(line)
            return
        del self.lists[len(self.lists) if depth is None else depth :]
        parent = self.lists[-1][1] if self.lists else self._paragraph(line)
        node = self._node("subitem" if self.lists else "item", line, found)
        parent.children.append(node)
        self.lists.append((found.level, node))
        self._stretch(line.end)

    def _paragraph(self, line: Line) -> Node:
        """The paragraph of the article that items may lie in."""
        assert self.article
        if self.article.children[-1].kind != "paragraph":
            self.article.children.append(self._node("paragraph", line, None))
        return self.article.children[-1]

    def _list(self, line: Line, found: Marker) -> None:
        rank = self.order.index(found.level)
        while self.lists and self.order.index(self.lists[-1][0]) >= rank:
            self.lists.pop()
        if found.level == "numbered":
            self.top_list = int(found.number)
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

    def _plain(self, line: Line) -> None:
        if self.article:
            self.article.children.append(self._node("paragraph", line, None))
            self.lists = []
            self._stretch(line.end)
        elif self.lists and self.lists[-1][1].kind != "heading":
            self._stretch(line.end)  # goes on with what the open item says
        else:
            parent = self.lists[-1][1] if self.lists else self.containers[-1]
            parent.children.append(self._node("paragraph", line, None))

    def _table(self, block: list[Line]) -> None:
        rows = markdown_tables.grid(self.text, [(line.start, line.end) for line in block])
        if self.article:
            parent = self.article
            self.lists = []
        else:
            parent = self.lists[-1][1] if self.lists else self.containers[-1]
        if rows:
            parent.children += _rows(rows)
        else:  # no headers and data: a block of text
            node = self._node("paragraph", block[0], None)
            node.end = block[-1].end
            parent.children.append(node)
        if self.article or parent.kind in ("item", "subitem"):
            self._stretch(block[-1].end)

    def _stretch(self, end: int) -> None:
        """All that is open now reaches to `end`."""
        if self.article:
            self.article.end = end
            if self.article.children[-1].kind == "paragraph":
                self.article.children[-1].end = end
        for _, node in self.lists:
            if node.kind != "heading":
                node.end = end


def _rows(rows: list[markdown_tables.Row]) -> list[Node]:
    """The rows of a table; headers and the rule below them are one block."""
    found: list[Node] = []
    for row in rows:
        if row.heading is None and not row.cells:
            if found and found[-1].kind == "head":
                found[-1].end = row.end
            else:
                found.append(Node("head", "", row.start, row.end, row.start))
            continue
        found.append(Node("row", "", row.start, row.end, row.start, heading=row.heading))
        found[-1].children = [
            Node("cell", "", cell.start, cell.end, cell.start, heading=cell.heading)
            for cell in row.cells
        ]
    return found
