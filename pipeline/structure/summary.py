"""Shapes: what a text is made of, counted: 共几条, 几章, which attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.markers import marker
from pipeline.language.normalization import fold
from pipeline.structure.attachments import title
from pipeline.structure.line_roles import read
from pipeline.structure.marked_lines import Line, words
from pipeline.structure.outline import Node, outline

_FORWARDS = re.compile(
    r"(?:印发|转发|公布|发布|下发|颁布).{0,80}(?:通知|给你们|执行|施行|公告|决定|令)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts of the text's main scope: for 关于印发《某办法》的通知 those of the 办法."""

    scheme: str  # articles numbered mixed none
    articles: int
    last: str | None  # number of the last article: '56', '12-1' = 第十二条之一
    top: int  # items 一、二、 where there are no articles
    chapters: int
    has_tables: bool
    attachments: list[str]  # their names, as printed


def shape(text: str) -> Shape:
    r"""Count the provisions of a text.

    >>> shape("第一章 总则\n第一条 甲。\n第二条 乙。\n附件：某表")
    Shape(scheme='articles', articles=2, last='2', top=0, chapters=1, has_tables=False, attachments=['某表'])
    """
    found = read(text)
    root = outline(text)
    main = _main(text, root)
    articles = [node.number for node in main if node.kind == "article"]
    tops = sum(node.kind in ("heading", "item") and _is_top(text, node) for node in main)
    return Shape(
        _scheme(found),
        len(articles),
        articles[-1] if articles else None,
        0 if articles else tops,
        sum(node.kind == "chapter" for node in main),
        any(line.role == "row" for line in found),
        _attachments(text, found),
    )


def scheme(text: str) -> str:
    r"""How a document numbers its provisions: articles, numbered (一、 1.), mixed or none.

    >>> scheme("第一条 甲。\n第二条 乙。"), scheme("一、甲。\n（一）乙。"), scheme("甲。")
    ('articles', 'numbered', 'none')
    """
    return _scheme(read(text))


def _scheme(found: list[Line]) -> str:
    levels = [line.marker.level for line in found if line.marker]
    articles = "article" in levels
    first = levels.index("article") if articles else len(levels)
    numbered = "numbered" in levels[:first] or (not articles and bool(levels))
    return {(True, True): "mixed", (True, False): "articles", (False, True): "numbered"}.get(
        (articles, numbered), "none"
    )


def _main(text: str, root: Node) -> list[Node]:
    """The nodes of the scope that the document is about."""
    scopes = [scope for scope in _scopes(root, []) if _provisions(text, scope)]
    if not scopes:  # 第一章 without articles, as plans have
        return max(_scopes(root, []), key=lambda scope: sum(n.kind == "chapter" for n in scope))
    head = fold(text[: _provisions(text, scopes[0])[0].start])
    if _FORWARDS.search(head[-600:]):
        best = max(scopes, key=lambda scope: sum(node.kind == "article" for node in scope))
        if any(node.kind == "article" for node in best):
            return best
    return scopes[0]


def _provisions(text: str, scope: list[Node]) -> list[Node]:
    return [
        node for node in scope
        if node.kind == "article" or (node.kind in ("heading", "item") and _is_top(text, node))
    ]  # fmt: skip


def _is_top(text: str, node: Node) -> bool:
    found = marker(text[node.start : node.start + 80])
    return found is not None and found.level == "numbered"


def _scopes(node: Node, own: list[Node]) -> Iterator[list[Node]]:
    """The nodes of each numbering: the text's own, its attachments', those of texts that follow."""
    inner: list[Node] = []
    for child in node.children:
        if child.kind in ("scope", "attachment"):
            inner.append(child)
            continue
        own.append(child)
        if child.kind in ("part", "division", "chapter", "section"):
            inner += _flat(child, own)
    yield own
    for child in inner:
        yield from _scopes(child, [])


def _flat(node: Node, own: list[Node]) -> list[Node]:
    for child in node.children:
        own.append(child)
        if child.kind in ("part", "division", "chapter", "section"):
            _flat(child, own)
    return []


def _attachments(text: str, found: list[Line]) -> list[str]:
    """The names of attachments: those that the text lists, or else those of the attached texts."""
    listed = [title(words(text, line)) for line in found if line.role == "list"]
    headed = []
    for line, after in zip(found, [*found[1:], None], strict=False):
        if line.marker and line.attaches:
            name = words(text, line)[line.marker.end :].strip()
            if not name and after and not after.marker and after.role in ("", "title"):
                name = words(text, after)
            headed.append(name)
    return [name for name in dict.fromkeys(listed or headed) if name]
