"""HTML elements as blocks of text and tables."""

import re
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.reading.formats.blocks import Block, Cell, Table

Element: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser
DROPPED = {
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "nav", "footer"),
    *("select", "button", "input", "textarea", "svg", "map", "marquee", "audio", "video"),
}
HIDDEN = ('[style*="display:none"]', '[style*="display: none"]')
HOLDERS = {  # elements that begin a line of their own
    *("html", "body", "section", "article", "main", "header", "aside", "div", "p", "center"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "address", "figure"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("ul", "ol", "li", "dl", "dt", "dd", "form", "fieldset"),
}
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_HAN})[ \t]*[\r\n]\s*(?={_HAN})")  # a source line ends in a word
_BLANK = re.compile(r"[ \t\r\n\f]+")
_WIDEST = 100  # columns or rows that a cell may span


def blocks(element: Element) -> list[Block]:
    """The content of an element as blocks."""
    if element.tag == "-text":
        return _line(_text(element))
    if element.tag == "table":
        return [_table(element)]
    content: list[Block] = []
    content += _line(_add_lines(element, content, ""))
    return content


def _add_lines(element: Element, content: list[Block], line: str) -> str:
    """Add the whole lines of an element to `content`; returns the line that is not yet ended."""
    for child in element.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            line += _text(child)
        elif tag == "br":
            content += _line(line)
            line = ""
        elif tag in HOLDERS:
            content += _line(line)
            content += blocks(child)
            line = ""
        elif tag not in DROPPED and not tag.startswith("-"):
            line = _add_lines(child, content, line)
    return line


def _text(element: Element) -> str:
    return _BLANK.sub(" ", _WRAPPED.sub("", element.text_content or ""))


def _line(line: str) -> list[Block]:
    return [line.strip()] if line.strip() else []


def _table(element: Element) -> Table:
    """A table; captions become a first row of one cell."""
    captions: list[Block] = []
    rows = [
        [
            Cell(blocks(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row.iter()
            if cell.tag in ("td", "th")
        ]
        for row in _rows(element, captions)
    ]
    if captions:
        width = max((sum(cell.columns for cell in row) for row in rows), default=1)
        rows.insert(0, [Cell(captions, width)])
    return Table(rows)


def _rows(element: Element, captions: list[Block]) -> list[Element]:
    """The rows of a table, also those in its sections; captions are added to `captions`."""
    rows: list[Element] = []
    for child in element.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag == "caption":
            captions += blocks(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += _rows(child, captions)
    return rows


def _span(element: Element, name: str) -> int:
    """The value of colspan or rowspan, at least 1 and at most `_WIDEST`."""
    value = (element.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdecimal() else 1
