"""Web pages (.html, .htm, and the page inside an .mht): the document, without the site around it.

The document is located by its sentences: the smallest element that holds nearly all sentences of the
page, and the elements beside it (title, letterhead, signature) up to the first navigation or footer.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.reading.formats import blocks, encodings, file_titles
from pipeline.reading.formats.blocks import FileContent
from pipeline.reading.formats.web import boilerplate, html_blocks
from pipeline.reading.formats.web.boilerplate import BoilerplatePatterns
from pipeline.reading.formats.web.html_blocks import DROPPED, HIDDEN, HOLDERS, Element, Tree

_SENTENCE = re.compile("[。；：，]")
_MOST = 0.97  # share of a page's sentences that its main element holds
_LEAST = 10  # characters of a line that may be a sentence
_DEEPEST = 2000  # elements around a line
_WIDE = 200  # pixels from which an image may hold text
_WIDTH = re.compile(r"\b([1-9]\d{0,3})px")
_PHOTO = re.compile(r"\.(?:jpe?g|png|bmp)$", re.IGNORECASE)
_LINKED = 1 / 3  # share of linked characters above which a part of a page is navigation


@dataclass(slots=True)
class RenderedLine:
    """A line as a browser shows it."""

    holder: Element  # the element that begins and ends it
    text: str = ""
    linked: int = 0  # characters of links


def markup(path: Path) -> str:
    """The characters of a page.

    Raises:
        CorpusError: bytes that are no text in any encoding of web pages.
    """
    raw = path.read_bytes()
    decoding = encodings.decode(raw, encodings.declared(raw))
    if decoding is None:
        raise CorpusError(str(path), "认不出网页的编码", "用浏览器打开，另存为 UTF-8 的网页")
    return decoding[0]


def read(markup: str) -> FileContent:
    """Extract the document of a page, with the page's title of it."""
    tree = Tree(markup)
    _drop(tree, ",".join(sorted(DROPPED)))
    titles = _titles(tree)  # before hidden elements go: some pages have their heading there
    _drop(tree, ",".join(HIDDEN))
    if tree.body is None:
        return FileContent([], file_titles.choose(titles))
    parts = _parts(tree.body)
    content = [block for part in parts for block in html_blocks.blocks(part)]
    pictures = sum(_is_picture(image) for part in parts for image in part.css("img"))
    return FileContent(content, file_titles.choose(titles), pictures)


def _is_picture(image: Element) -> bool:
    """Whether an image may hold text, by its width or its name; icons do not."""
    width = _WIDTH.search(f"{image.attributes.get('width')}px {image.attributes.get('style')}")
    photo = _PHOTO.search(image.attributes.get("src") or "")
    return int(width[1]) >= _WIDE if width else bool(photo)


def _drop(tree: Tree, selector: str) -> None:
    for element in tree.css(selector):
        if element.tag not in ("html", "body"):
            element.decompose()


def _lines(root: Element) -> list[RenderedLine]:
    """The lines below an element, in order."""
    lines: list[RenderedLine] = []
    for node in root.traverse(include_text=True):
        text = "".join((node.text_content or "").split()) if node.tag == "-text" else ""
        if node.tag == "br" and lines:
            lines.append(RenderedLine(lines[-1].holder))
        if not text:
            continue
        holder, linked = node.parent, False
        while holder is not None and holder.tag not in HOLDERS:
            linked = linked or holder.tag == "a"
            holder = holder.parent
        if holder is None:
            continue
        if not lines or lines[-1].holder.mem_id != holder.mem_id:
            lines.append(RenderedLine(holder))
        lines[-1].text += text
        lines[-1].linked += len(text) if linked else 0
    return [line for line in lines if line.text]


def _parts(body: Element) -> list[Element]:
    """The elements that the document is in, in order."""
    weights: dict[int, int] = defaultdict(int)  # element → characters of sentences in it
    total, patterns = 0, boilerplate.patterns()
    for line in _lines(body):
        if weight := _weight(line, patterns):
            total += weight
            for element in _holders(line):
                weights[element.mem_id] += weight
    best = body
    while total:
        inner = (child for child in best.iter() if weights[child.mem_id] >= _MOST * total)
        if (child := next(inner, None)) is None:
            break
        best = child
    if best.mem_id == body.mem_id:
        return _trimmed(body, weights, patterns)
    return _widened(best, body, patterns)


def _trimmed(
    body: Element, weights: dict[int, int], patterns: BoilerplatePatterns
) -> list[Element]:
    """The children of a page that holds its sentences directly, without navigation around them."""
    children = list(body.iter())
    weighted = [place for place, child in enumerate(children) if weights[child.mem_id]]
    if not weighted:
        return [body]
    inside = range(weighted[0], weighted[-1] + 1)
    return [
        child
        for place, child in enumerate(children)
        if place in inside or not _is_around(_lines(child), patterns)
    ]


def _holders(line: RenderedLine) -> Iterator[Element]:
    """The elements around a line, from the innermost.

    Raises:
        RecursionError: deeper nesting than any page has; the walk over all lines would take too long.
    """
    element: Element | None = line.holder
    for _ in range(_DEEPEST):
        if element is None:
            return
        yield element
        element = element.parent
    raise RecursionError


def _weight(line: RenderedLine, patterns: BoilerplatePatterns) -> int:
    """The number of characters of sentences in a line."""
    if len(line.text) < _LEAST or line.linked * 2 > len(line.text):
        return 0
    is_sentence = _SENTENCE.search(line.text) and not boilerplate.is_added(line.text, patterns)
    return len(line.text) if is_sentence else 0


def _widened(best: Element, body: Element, patterns: BoilerplatePatterns) -> list[Element]:
    """An element with its siblings before and after, at every level, up to the first that is the site's."""
    parts, element = [best], best
    open_before = open_after = True
    while element.mem_id != body.mem_id and element.parent is not None:
        siblings = list(element.parent.iter())
        at = next(i for i, sibling in enumerate(siblings) if sibling.mem_id == element.mem_id)
        before, stopped = _taken(siblings[:at][::-1], open_before, patterns)
        open_before = open_before and not stopped
        after, stopped = _taken(siblings[at + 1 :], open_after, patterns)
        open_after = open_after and not stopped
        parts = [*before[::-1], *parts, *after]
        element = element.parent
    return parts


def _taken(
    siblings: list[Element], is_open: bool, patterns: BoilerplatePatterns
) -> tuple[list[Element], bool]:
    """The nearest siblings that are the document's, and whether one was not."""
    own: list[Element] = []
    for element in siblings if is_open else []:
        lines = _lines(element)
        if _is_around(lines, patterns):
            return own, True
        if lines:
            own.append(element)
    return own, False


def _is_around(lines: list[RenderedLine], patterns: BoilerplatePatterns) -> bool:
    """Whether lines are the site's: navigation, a footer."""
    characters, linked = sum(len(line.text) for line in lines), sum(line.linked for line in lines)
    if linked > _LINKED * characters:
        return True
    return any(patterns.site.fullmatch(line.text) for line in lines)


def _titles(tree: Tree) -> list[str]:
    """The page's titles: for search engines, in headings, in the window's title."""
    metas = [
        element.attributes.get("content") or ""
        for element in tree.css("meta")
        if (element.attributes.get("name") or "").lower() == "articletitle"
    ]
    headings = [_first_line(element) for level in range(1, 6) for element in tree.css(f"h{level}")]
    windows = [" ".join(element.text().split()) for element in tree.css("title")]
    return [*metas, *headings, *windows]


def _first_line(element: Element) -> str:
    lines = blocks.write(html_blocks.blocks(element)).split("\n")
    return next((line for line in lines if line.strip()), "")
