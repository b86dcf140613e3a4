"""Clause text as safe HTML: differences, quantities and quotes marked where they stand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from pipeline.site.amounts import reading

Op = Sequence[str]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a text, and the tag that marks them."""

    start: int
    end: int
    tag: str
    css: str = ""
    title: str = ""

    def opening(self) -> Markup:
        """The tag with its attributes, escaped."""
        css = Markup(' class="{}"').format(self.css) if self.css else ""
        title = Markup(' title="{}"').format(self.title) if self.title else ""
        return Markup(f"<{self.tag}{css}{title}>")


def layered(text: str, spans: Iterable[Span], anchors: Iterable[tuple[int, str]] = ()) -> Markup:
    """The text with its spans, which may overlap, and empty anchors at offsets.

    Tags are closed and opened again at every edge, so that they nest whatever the spans.

    >>> print(layered("ab<", [Span(0, 2, "del"), Span(1, 3, "b")]))
    <del>a</del><del><b>b</b></del><b>&lt;</b>
    """
    layers = [span for span in spans if span.start < span.end]
    marks: dict[int, list[str]] = {}
    for at, name in anchors:
        marks.setdefault(at, []).append(name)
    edges = {0, len(text), *marks}
    edges.update(edge for span in layers for edge in (span.start, span.end))
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    out = Markup()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        for name in marks.get(start, ()):
            out += Markup('<a id="{}"></a>').format(name)
        out += _wrapped(text[start:end], [s for s in layers if s.start <= start and end <= s.end])
    return out


def _wrapped(text: str, spans: list[Span]) -> Markup:
    inner = escape(text)
    for span in reversed(spans if text else []):
        inner = span.opening() + inner + Markup(f"</{span.tag}>")
    return inner


def difference(ops: Sequence[Op] | None, side: str, text: str) -> list[Span]:
    """What only this side says; nothing where the diff is of another text.

    >>> difference([["=", "甲", "甲"], ["~", "乙", "丙"]], "b", "甲丙")
    [Span(start=1, end=2, tag='ins', css='', title='')]
    """
    column, tag = (1, "del") if side == "a" else (2, "ins")
    if "".join(op[column] for op in ops or ()) != text:
        return []
    spans, at = [], 0
    for op in ops or ():
        if op[0] != "=":
            spans.append(Span(at, at + len(op[column]), tag))
        at += len(op[column])
    return [span for span in spans if span.start < span.end]


def quantities(measures: Iterable[dict[str, Any]], word: Callable[[str], str]) -> list[Span]:
    """Where the quantities stand, with the machine's reading as title; `word` gives a code's label."""
    return [Span(m["start"], m["end"], "b", "amount", reading(m, word)) for m in measures]


def quotes(evidence: Iterable[dict[str, Any]]) -> list[Span]:
    """Where the quoted words stand."""
    return [Span(e["start"], e["end"], "mark") for e in evidence]


def linked(line: str, quotes: Iterable[tuple[str, str, int]]) -> Markup:
    """A line in which every quote leads to where it stands; the longest quotes are taken first.

    Args:
        line: which names the sides one after the other, apart by ；.
        quotes: (words, address, which side).

    >>> print(linked("甲：20万元；乙：20万元", [("20万元", "/a", 0), ("20万元", "/b", 1)]))
    甲：<a href="/a">20万元</a>；乙：<a href="/b">20万元</a>
    """
    parts, at, found, known = line.split("；"), 0, [], list(quotes)
    for number, part in enumerate(parts):
        near = sorted(known, key=lambda q: (abs(q[2] - number), -len(q[0]), q[1]))
        taken = [False] * len(part)
        for words, address, _ in near:
            start = part.find(words)
            if words and start >= 0 and not any(taken[start : start + len(words)]):
                taken[start : start + len(words)] = [True] * len(words)
                found.append((at + start, at + start + len(words), address))
        at += len(part) + 1
    out, last = Markup(), 0
    for start, end, address in sorted(found):
        out += escape(line[last:start]) + Markup('<a href="{}">{}</a>').format(
            address, line[start:end]
        )
        last = end
    return out + escape(line[last:])
