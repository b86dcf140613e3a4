"""Summary: how a text is numbered, how many articles and chapters it has, and its attachments."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.core.records import Clause
from pipeline.language import markers
from pipeline.language.normalization import fold
from pipeline.structure.attachments import title
from pipeline.structure.layout import Layout
from pipeline.structure.marked_lines import MarkedLine
from pipeline.structure.nodes import Node

_FORWARDS = re.compile(
    r"(?:印发|转发|公布|发布|下发|颁布).{0,80}(?:通知|给你们|执行|施行|公告|决定|令)", re.DOTALL
)
_DIVISIONS = ("part", "division", "chapter", "section")
_NUMBERED_KINDS = ("part", "chapter", "section", "heading", "item", "subitem")


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts of a text's main scope: for 关于印发《某办法》的通知 those of the 办法."""

    articles: int
    last: str | None  # number of the last article: '56', or '12-1' for 第十二条之一
    top: int  # items 一、二、 where there are no articles
    chapters: int
    has_tables: bool
    attachments: list[str]  # their names, as printed


def shape(layout: Layout) -> Shape:
    r"""Count the provisions of a text.

    >>> from pipeline.structure import layout
    >>> shape(layout.read("第一章 总则\n第一条 甲。\n第二条 乙。\n附件：某表"))
    Shape(articles=2, last='2', top=0, chapters=1, has_tables=False, attachments=['某表'])
    """
    main = _main_scope(layout)
    articles = [node.number for node in main if node.kind == "article"]
    tops = sum(_is_top_item(layout.text, node) for node in main)
    return Shape(
        articles=len(articles),
        last=articles[-1] if articles else None,
        top=0 if articles else tops,
        chapters=sum(node.kind == "chapter" for node in main),
        has_tables=any(line.role == "row" for line in layout.lines),
        attachments=attachment_names(layout.lines),
    )


def scheme(clauses: Iterable[Clause]) -> str:
    """How a document numbers its provisions.

    Args:
        clauses: of one document, in reading order.

    Returns:
        articles (第一条), mixed (一、 before the first article), numbered (any number but no article)
        or none.
    """
    has_numbers = has_top_items = False
    for clause in clauses:
        if clause.kind == "article":
            return "mixed" if has_top_items else "articles"
        if clause.kind in _NUMBERED_KINDS and not clause.path.endswith("目录"):
            has_numbers = True
            has_top_items = has_top_items or _is_numbered(clause.text)
    return "numbered" if has_numbers else "none"


def _main_scope(layout: Layout) -> list[Node]:
    """The nodes of the scope that the document is about."""
    text, scopes = layout.text, list(_scopes(layout.root, []))
    with_provisions = [scope for scope in scopes if _provisions(text, scope)]
    if not with_provisions:  # plans have chapters without articles
        return max(scopes, key=lambda scope: _count(scope, "chapter"))
    first = with_provisions[0]
    head = fold(text[: _provisions(text, first)[0].start])
    if _FORWARDS.search(head[-600:]):
        longest = max(with_provisions, key=lambda scope: _count(scope, "article"))
        if _count(longest, "article"):
            return longest
    return first


def _count(scope: list[Node], kind: str) -> int:
    return sum(node.kind == kind for node in scope)


def _provisions(text: str, scope: list[Node]) -> list[Node]:
    return [node for node in scope if node.kind == "article" or _is_top_item(text, node)]


def _is_top_item(text: str, node: Node) -> bool:
    """Whether a node is numbered 一、."""
    return node.kind in ("heading", "item") and _is_numbered(text[node.start : node.start + 80])


def _is_numbered(text: str) -> bool:
    marker = markers.read(text[:80])
    return marker is not None and marker.level == "numbered"


def _scopes(node: Node, nodes: list[Node]) -> Iterator[list[Node]]:
    """The nodes of each numbering: the text's own, those of attachments and of texts that follow.

    Args:
        node: a scope, or an attachment.
        nodes: the list that its nodes are added to.
    """
    inner: list[Node] = []
    for child in node.children:
        if child.kind in ("scope", "attachment"):
            inner.append(child)
            continue
        nodes.append(child)
        if child.kind in _DIVISIONS:
            _add_descendants(child, nodes)
    yield nodes
    for child in inner:
        yield from _scopes(child, [])


def _add_descendants(node: Node, nodes: list[Node]) -> None:
    for child in node.children:
        nodes.append(child)
        if child.kind in _DIVISIONS:
            _add_descendants(child, nodes)


def attachment_names(lines: list[MarkedLine]) -> list[str]:
    """The names of attachments: those that the text lists, else the titles of the attached texts."""
    listed = [title(line.text) for line in lines if line.role == "list"]
    headed = []
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if line.marker and line.heads_attachment:
            name = line.text[line.marker.end :].strip()
            if not name and after and not after.marker and after.role in ("", "title"):
                name = after.text
            headed.append(name)
    return [name for name in dict.fromkeys(listed or headed) if name]
