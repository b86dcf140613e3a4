"""Web pages (.html, .htm, and what .mht wraps): the document, without the site around it.

The document is found from its sentences: the smallest element that holds nearly all of the page's,
and what stands beside it (title, masthead, signature) up to the first navigation or footer.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import CorpusError
from pipeline.reading.formats import blocks, encodings
from pipeline.reading.formats.blocks import Found
from pipeline.reading.formats.file_titles import sensible
from pipeline.reading.formats.web import boilerplate
from pipeline.reading.formats.web.html_blocks import DROPPED, HIDDEN, HOLDERS, Node, Tree, of

_SENTENCE = re.compile("[。；：，]")
_MOST = 0.97  # share of a page's sentences that its main element holds
_LEAST = 10  # characters of a line that may be a sentence
_DEEPEST = 2000  # elements around a line
_WIDE = 200  # points from which an image may hold text
_WIDTH = re.compile(r"\b([1-9]\d{0,3})px")
_PHOTO = re.compile(r"\.(?:jpe?g|png|bmp)$", re.IGNORECASE)
_LINKED = 1 / 3  # share of links from which a stretch of a page is navigation


@dataclass(slots=True)
class Line:
    """A line as the page shows it."""

    holder: Node  # the element that begins and ends it
    text: str = ""
    linked: int = 0  # characters that are links


def markup(path: Path) -> str:
    """The characters of a page.

    Raises:
        CorpusError: bytes that are no text in any encoding that pages have.
    """
    raw = path.read_bytes()
    found = encodings.decode(raw, encodings.declared(raw))
    if found is None:
        raise CorpusError(str(path), "认不出网页的编码", "用浏览器打开，另存为 UTF-8 的网页")
    return found[0]


def read(markup: str) -> Found:
    """Find the document of a page, and what the page calls it."""
    tree = Tree(markup)
    _drop(tree, ",".join(sorted(DROPPED)))
    named = _named(tree)  # before what is hidden goes: some pages keep their heading there
    _drop(tree, ",".join(HIDDEN))
    if tree.body is None:
        return Found([], sensible(named))
    parts = _parts(tree.body)
    found = [block for part in parts for block in of(part)]
    pictures = sum(_is_picture(each) for part in parts for each in part.css("img"))
    return Found(found, sensible(named), pictures)


def _is_picture(image: Node) -> bool:
    """Whether an image is so large or so named that it may hold text; icons are not."""
    width = _WIDTH.search(f"{image.attributes.get('width')}px {image.attributes.get('style')}")
    photo = _PHOTO.search(image.attributes.get("src") or "")
    return int(width[1]) >= _WIDE if width else bool(photo)


def _drop(tree: Tree, selector: str) -> None:
    for node in tree.css(selector):
        if node.tag not in ("html", "body"):
            node.decompose()


def _lines(root: Node) -> list[Line]:
    """The lines below an element, in order."""
    out: list[Line] = []
    for node in root.traverse(include_text=True):
        text = "".join((node.text_content or "").split()) if node.tag == "-text" else ""
        if node.tag == "br" and out:
            out.append(Line(out[-1].holder))
        if not text:
            continue
        holder, linked = node.parent, False
        while holder is not None and holder.tag not in HOLDERS:
            linked = linked or holder.tag == "a"
            holder = holder.parent
        if holder is None:
            continue
        if not out or out[-1].holder.mem_id != holder.mem_id:
            out.append(Line(holder))
        out[-1].text += text
        out[-1].linked += len(text) if linked else 0
    return [line for line in out if line.text]


def _parts(body: Node) -> list[Node]:
    """The elements that the document is in, in order."""
    weights: dict[int, int] = defaultdict(int)
    total, words = 0, boilerplate.words()
    for line in _lines(body):
        if weight := _weight(line, words):
            total += weight
            for node in _holders(line):
                weights[node.mem_id] += weight
    best = body
    while total:
        inner = (child for child in best.iter() if weights[child.mem_id] >= _MOST * total)
        if (child := next(inner, None)) is None:
            break
        best = child
    if best.mem_id == body.mem_id:
        return _trimmed(body, weights, words)
    return _widened(best, body, words)


def _trimmed(body: Node, weights: dict[int, int], words: boilerplate.Words) -> list[Node]:
    """The children of a page that holds its sentences directly, without navigation around them."""
    children = list(body.iter())
    told = [place for place, child in enumerate(children) if weights[child.mem_id]]
    if not told:
        return [body]
    return [
        child for place, child in enumerate(children)
        if told[0] <= place <= told[-1] or not _is_around(_lines(child), words)
    ]  # fmt: skip


def _holders(line: Line) -> Iterator[Node]:
    """The elements around a line, from the innermost.

    Raises:
        RecursionError: more than any page has; the walk over all lines would take too long.
    """
    node: Node | None = line.holder
    for _ in range(_DEEPEST):
        if node is None:
            return
        yield node
        node = node.parent
    raise RecursionError


def _weight(line: Line, words: boilerplate.Words) -> int:
    """How many characters of sentences a line holds."""
    if len(line.text) < _LEAST or line.linked * 2 > len(line.text):
        return 0
    return (
        len(line.text)
        if _SENTENCE.search(line.text) and not boilerplate.is_added(line.text, words)
        else 0
    )


def _widened(best: Node, body: Node, words: boilerplate.Words) -> list[Node]:
    """With what stands before and after it, at every level, up to the first that is the site's."""
    parts, node = [best], best
    open_before = open_after = True
    while node.mem_id != body.mem_id and node.parent is not None:
        siblings = list(node.parent.iter())
        at = next(i for i, each in enumerate(siblings) if each.mem_id == node.mem_id)
        before, stopped = _taken(siblings[:at][::-1], open_before, words)
        open_before = open_before and not stopped
        after, stopped = _taken(siblings[at + 1 :], open_after, words)
        open_after = open_after and not stopped
        parts = [*before[::-1], *parts, *after]
        node = node.parent
    return parts


def _taken(siblings: list[Node], wanted: bool, words: boilerplate.Words) -> tuple[list[Node], bool]:
    """The nearest siblings that are the document's, and whether one was not."""
    out: list[Node] = []
    for node in siblings if wanted else []:
        lines = _lines(node)
        if _is_around(lines, words):
            return out, True
        if lines:
            out.append(node)
    return out, False


def _is_around(lines: list[Line], words: boilerplate.Words) -> bool:
    """Whether lines are the site's: navigation, a footer."""
    chars, linked = sum(len(line.text) for line in lines), sum(line.linked for line in lines)
    return linked > _LINKED * chars or any(words.site.fullmatch(line.text) for line in lines)


def _named(tree: Tree) -> list[str]:
    """What the page calls its document: for search engines, in headings, in the window's title."""
    metas = [
        n for n in tree.css("meta") if (n.attributes.get("name") or "").lower() == "articletitle"
    ]
    heads = [head for level in range(1, 6) for head in tree.css(f"h{level}")]
    windows = [" ".join(node.text().split()) for node in tree.css("title")]
    tried = [node.attributes.get("content") or "" for node in metas] + list(map(_first, heads))
    return [*tried, *windows]


def _first(node: Node) -> str:
    """The first line of an element."""
    return next((line for line in blocks.write(of(node)).split("\n") if line.strip()), "")
