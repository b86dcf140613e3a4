"""Clause text as safe HTML: differences, quantities and anchors marked at their offsets."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from pipeline.site.amounts import reading

Word = Callable[[str, str], str]  # a code and its column → its label
Op = Sequence[str]  # of a stored difference: "=", "~", "-" or "+", the words of a, the words of b


@dataclass(frozen=True, slots=True)
class Highlight:
    """Characters [start, end) of a text, and the tag that marks them; its number stands where it begins."""

    start: int
    end: int
    tag: str
    css: str = ""
    title: str = ""
    number: int | None = None

    def opening(self, start: int) -> Markup:
        """The tag of a piece that begins at `start`, with its attributes, escaped."""
        css = Markup(' class="{}"').format(self.css) if self.css else ""
        title = Markup(' title="{}"').format(self.title) if self.title else ""
        is_first = self.number is not None and start == self.start
        number = Markup(' data-number="{}"').format(self.number) if is_first else ""
        return Markup(f"<{self.tag}{css}{title}{number}>")


def render(
    text: str, highlights: Iterable[Highlight], anchors: Iterable[tuple[int, str]] = ()
) -> Markup:
    """The text with its highlights, which may overlap, and empty anchors at offsets.

    Tags are closed and opened again at every edge, so that they are always nested.

    Args:
        text: to be escaped and marked.
        highlights: offsets refer to the text; the first is the outermost where several overlap.
        anchors: (offset, id) of each.

    >>> print(render("ab<", [Highlight(0, 2, "del"), Highlight(1, 3, "b")]))
    <del>a</del><del><b>b</b></del><b>&lt;</b>
    """
    layers = [highlight for highlight in highlights if highlight.start < highlight.end]
    ids: dict[int, list[str]] = {}
    for offset, anchor in anchors:
        ids.setdefault(offset, []).append(anchor)
    edges = {0, len(text), *ids}
    edges.update(edge for layer in layers for edge in (layer.start, layer.end))
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    out = Markup()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        for anchor in ids.get(start, ()):
            out += Markup('<a id="{}"></a>').format(anchor)
        around = [layer for layer in layers if layer.start <= start and end <= layer.end]
        out += _wrapped(text[start:end], start, around)
    return out


def _wrapped(text: str, start: int, highlights: list[Highlight]) -> Markup:
    inner = escape(text)
    for highlight in reversed(highlights if text else []):
        inner = highlight.opening(start) + inner + Markup(f"</{highlight.tag}>")
    return inner


def difference(ops: Sequence[Op] | None, side: str, text: str) -> list[Highlight]:
    """The words that only this side has; empty where the difference is of another text.

    >>> difference([["=", "甲", "甲"], ["~", "乙", "丙"]], "b", "甲丙")
    [Highlight(start=1, end=2, tag='ins', css='', title='', number=None)]
    """
    column, tag = (1, "del") if side == "a" else (2, "ins")
    if "".join(op[column] for op in ops or ()) != text:
        return []
    highlights, start = [], 0
    for op in ops or ():
        end = start + len(op[column])
        if op[0] != "=" and start < end:
            highlights.append(Highlight(start, end, tag))
        start = end
    return highlights


def _quantities(measures: Iterable[dict[str, Any]], word: Word) -> list[Highlight]:
    """The quantities, each with the machine's reading as title."""
    return [Highlight(m["start"], m["end"], "b", "amount", reading(m, word)) for m in measures]


def _dense(html: str) -> Markup:
    """HTML without the blank lines between paragraphs, which a page has no use for."""
    return Markup(re.sub(r"\n\s*\n", "\n", html))


def side_html(side: Mapping[str, Any], which: str, ops: Sequence[Op] | None, word: Word) -> Markup:
    """The clause of one side of a comparison, with its differences and quantities marked.

    Args:
        side: text and measures of the clause.
        which: "a" or "b".
        ops: the stored difference of the two clauses.
        word: the label of a code in a column; see `labels.Labels.word`.
    """
    changes = difference(ops, which, side["text"])
    return _dense(render(side["text"], [*changes, *_quantities(side["measures"], word)]))


def points_html(side: Mapping[str, Any], points: Iterable[Mapping[str, Any]]) -> Markup:
    """The clause of one side of a comparison, with the quotes of its points marked and numbered.

    Args:
        side: text, start and id of the clause.
        points: with the number and the quotes of each; a quote may lie in a clause inside this one.
    """
    highlights = []
    for point in points:
        css = "minor" if point["minor"] else "only" if point["relation"].startswith("only") else ""
        css = "same" if point["relation"] == "same" else css
        for quote in point["quotes"]:
            if f"{quote['clause_id']}__".startswith(f"{side['clause_id']}__"):
                offset = quote["clause_start"] - side["start"]
                places = offset + quote["start"], offset + quote["end"]
                highlights.append(Highlight(*places, "mark", css, number=point["number"]))
    return _dense(render(side["text"], highlights))


def version_html(text: str, which: str, ops: Sequence[Op] | None) -> Markup:
    """A text with the words that only this version ("a" or "b") has, if any."""
    return _dense(render(text, difference(ops, which, text)))


def clause_html(clause: Mapping[str, Any]) -> Markup:
    """A clause's text without marks.

    >>> clause_html({"text": "甲<br> "})
    Markup('甲&lt;br&gt;')
    """
    return _dense(render(clause["text"].strip(), ()))


def anchored_html(clause: Mapping[str, Any]) -> Markup:
    """A clause's text with an anchor at the beginning of each of its parts."""
    return _dense(render(clause["text"].rstrip(), (), clause["places"]))
