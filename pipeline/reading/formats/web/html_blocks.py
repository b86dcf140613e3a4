"""Elements of a web page as blocks."""

import re
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.reading.formats.blocks import Block, Cell, Table

Node: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser
DROPPED = {"script", "style", "noscript", "iframe", "object", "embed", "select", "button", "input", "textarea",
           "nav", "footer", "template", "svg", "marquee", "map", "audio", "video"}  # fmt: skip
HIDDEN = ('[style*="display:none"]', '[style*="display: none"]')
HOLDERS = {"html", "body", "p", "div", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "ul", "ol",
           "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main", "header",
           "aside", "center", "form", "fieldset", "blockquote", "pre", "hr", "address",
           "figure"}  # elements that begin a line of their own  # fmt: skip
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_WRAPPED = re.compile(
    rf"(?<={_HAN})[ \t]*[\r\n]\s*(?={_HAN})"
)  # a line of the source ends in a word
_BLANK = re.compile(r"[ \t\r\n\f]+")
_WIDEST = 100  # columns or rows that a cell may span


def of(node: Node) -> list[Block]:
    """What an element holds, as blocks."""
    if node.tag == "-text":
        return _line(_text(node))
    if node.tag == "table":
        return [_table(node)]
    out: list[Block] = []
    out += _line(_into(node, out, ""))
    return out


def _into(node: Node, out: list[Block], line: str) -> str:
    """Add the whole lines of an element; returns the line that is not yet at its end."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            line += _text(child)
        elif tag == "br":
            out += _line(line)
            line = ""
        elif tag in HOLDERS:
            out += _line(line)
            out += of(child)
            line = ""
        elif tag not in DROPPED and not tag.startswith("-"):
            line = _into(child, out, line)
    return line


def _text(node: Node) -> str:
    return _BLANK.sub(" ", _WRAPPED.sub("", node.text_content or ""))


def _line(line: str) -> list[Block]:
    return [line.strip()] if line.strip() else []


def _table(node: Node) -> Table:
    captions: list[Block] = []
    rows = [
        [
            Cell(of(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row.iter()
            if cell.tag in ("td", "th")
        ]
        for row in _rows(node, captions)
    ]
    if captions:
        width = max((sum(cell.columns for cell in row) for row in rows), default=1)
        rows.insert(0, [Cell(captions, width)])
    return Table(rows)


def _rows(node: Node, captions: list[Block]) -> list[Node]:
    out: list[Node] = []
    for child in node.iter():
        if child.tag == "tr":
            out.append(child)
        elif child.tag == "caption":
            captions += of(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            out += _rows(child, captions)
    return out


def _span(node: Node, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdecimal() else 1
