"""Bounds of quantities: the words around a quantity that open an end of it, and those of direction.

不超过, 以上, 至少 open one end. A word that governs a list governs every item of it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.extraction.quantities.quantities import LIST, Quantity, alike

_INCLUDED = r"(?:\((?:不?含|包括)[^()]{0,12}\))?(?:及|或者?|含)?"
_FILLER = "(?:的|为|是|可以?|按照?|给予|予以|奖励|补助|补贴|资助|支持|奖补|奖|补|获得?|享受|人民币|额度?|金额|限额|标准|累计|合计|总额|总计|再|共|计|积|加|得|记|在|达)*"
_NOMINAL = r"(?:(?!部分|的[处罚给应可])[^,。;:!?\n、()\d处]){0,30}?"
_SHORT = "(?:(?!部分)[一-龥]){0,6}(?<![的后前内])"
_NEAR = re.compile("[近满达逾]$")  # words that touch their number
_COMPARING = re.compile("[超高低少多大小长短]")
_COMPARING_BASE = re.compile("[超高低少多大小长短足满达]")
_SUPERLATIVE = re.compile("最.$")


@dataclass(frozen=True, slots=True)
class BoundWords:
    """The compiled `[bounds]` and `[direction]`; groups are named for the bound."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    direction: re.Pattern[str]
    point_direction: re.Pattern[str]


def compile_bounds(content: dict[str, Any]) -> BoundWords:
    """Compile `[bounds]` and `[direction]` of the pattern file, checked before."""
    before, after = content["bounds"]["before"], content["bounds"]["after"]
    return BoundWords(
        re.compile(_groups(before, "none", "at_most", "at_least")),
        re.compile(f"{_INCLUDED}(?:{_groups(after, 'at_most', 'at_least')})"),
        content["direction"]["any"],
        content["direction"]["points"],
    )


def _groups(words: dict[str, list[str]], *kinds: str) -> str:
    return "|".join(f"(?P<{kind}>{'|'.join(words[kind])})" for kind in kinds)


def bind(text: str, quantities: list[Quantity], words: BoundWords) -> list[Quantity]:
    """Join bound words to every quantity, make one range of 以上…以下, share bounds over lists.

    Args:
        text: compact.
        quantities: in reading order; they are changed.
        words: of the pattern file.

    Returns:
        The quantities, of two that make one range the first.
    """
    floor = 0
    for q in quantities:
        _bind_after(text, q, words)
        bind_before(text, q, floor, words)
        _include_direction(text, q, words)
        floor = q.end
    return _share(text, _merged(text, quantities))


def _bind_after(text: str, q: Quantity, words: BoundWords) -> None:
    match = words.after.match(text, q.end)
    if not match or q.bound != "exact" or (match[0].endswith("前") and q.kind != "duration"):
        return
    _open(q, str(match.lastgroup))
    q.end = match.end()
    if match[0].startswith("为") and text[q.start - 1] == "以":  # 以5万元为限
        q.start -= 1


def bind_before(text: str, q: Quantity, floor: int, words: BoundWords) -> None:
    """Join the bound words before a quantity, if they govern it; none before `floor` is looked at."""
    chain: list[re.Match[str]] = []  # bound words that follow each other
    for match in words.before.finditer(text, max(floor, q.start - 40), q.core + 9):
        if match.end() <= q.start:
            follows = chain and chain[-1].end() == match.start()
            chain = [*chain, match] if follows else [match]
    if not chain:
        return
    word, gap, kind = chain[-1][0], text[chain[-1].end() : q.start], chain[-1].lastgroup
    if kind == "none" or not _governs(word, gap, q):
        return
    if word == "最近" and q.bound != "exact":  # in 最近4年内, 内 has opened it already
        return
    if q.bound == "exact":
        _open(q, str(kind))
    q.start = chain[0].start()


def _include_direction(text: str, q: Quantity, words: BoundWords) -> None:
    """Keep 上浮, 扣减 and the like in the quote; the number itself is never negative."""
    before = text[max(0, q.start - 6) : q.start]
    match = words.point_direction.search(before) if q.kind == "points" else None
    if q.kind in ("percent", "points", "multiple", "money", "rate"):
        match = words.direction.search(before) or match
    if match:
        q.start -= len(before) - match.start()


def _governs(word: str, gap: str, q: Quantity) -> bool:
    """Whether a bound word governs the quantity after the gap."""
    if re.fullmatch(_FILLER, gap):
        return not (gap and _NEAR.search(word))
    if _NEAR.search(word):
        return False
    superlative = bool(_SUPERLATIVE.search(word))
    if q.kind in ("percent", "multiple"):
        by = _COMPARING_BASE.search(word) and (not superlative or gap[0] in "按可给不")
        return bool(by and re.fullmatch(_NOMINAL, gap))
    return bool(_COMPARING.search(word) and not superlative and re.fullmatch(_SHORT, gap))


def _open(q: Quantity, kind: str) -> None:
    if kind == "at_most":
        q.low = None
    else:
        q.high = None


def _merged(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with …以上…以下 as one range."""
    merged: list[Quantity] = []
    for q in quantities:
        left = merged[-1] if merged else None
        if left and _one_range(left, q, text[left.end : q.start]):
            left.high, left.end, left.tail = q.high, q.end, q.tail
        else:
            merged.append(q)
    return merged


def _one_range(left: Quantity, right: Quantity, between: str) -> bool:
    opposite = left.bound == "at_least" and right.bound == "at_most"
    if not opposite or between not in ("", "、", "至", "到", "且", "并", "但"):
        return False
    same = left.kind == right.kind and alike(left, right)
    return same and (left.low or 0) <= (right.high or 0)


def _share(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Let a bound word before a list, or after it, govern every item."""
    governed = False
    for left, right in pairwise(quantities):
        governed = _in_one_list(text, left, right) and (governed or left.start < left.core)
        if governed and right.bound == "exact" and left.bound in ("at_most", "at_least"):
            _open(right, left.bound)
    for left, right in reversed(list(pairwise(quantities))):
        if _in_one_list(text, left, right) and right.end > right.tail and left.bound == "exact":
            _open(left, right.bound)
    return quantities


def _in_one_list(text: str, left: Quantity, right: Quantity) -> bool:
    same = (left.kind, left.unit) == (right.kind, right.unit)
    return same and bool(LIST.fullmatch(text[left.end : right.start]))
