"""Bounds: 不超过, 以上, 至少 and the like, joined to the quantities that they limit."""

import re
from dataclasses import dataclass
from typing import Any

from pipeline.quantities import Quantity

_STOP = re.compile(r"[,。;:!?\n、()]")
_FILLER = r"(?:的|为|是|可|可以|给予|予以|奖励|补助|补贴|资助|支持|奖补|可获得?|获得|享受|人民币|累计|合计|总额|达|再)*"
_NOMINAL = r"[^,。;:!?\n、()\d处罚]{0,30}?"
_INCLUDED = r"(?:\(含[^()]{0,6}\)|\(不含[^()]{0,6}\))?(?:及|或者?|含|含本数)?"


@dataclass(frozen=True, slots=True)
class BoundWords:
    """The compiled words of `[bounds]`."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    kinds: dict[str, str]


def compile_words(content: dict[str, Any]) -> BoundWords:
    """Compile the bound words of the patterns file."""
    kinds = {w: k for k, words in content["bounds"]["before"].items() for w in words}
    choice = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    after = {w: k for k, words in content["bounds"]["after"].items() for w in words}
    ends = "|".join(sorted(map(re.escape, after), key=len, reverse=True))
    return BoundWords(
        re.compile(f"(?:{choice})+"), re.compile(f"{_INCLUDED}({ends})(?![容部地外设])"), kinds | after
    )


def bind(text: str, found: list[Quantity], words: BoundWords) -> list[Quantity]:
    """Join bound words to every quantity, then make one range of 以上…以下."""
    floor = 0
    for q in found:
        _after(text, q, words)
        _before(text, q, floor, words)
        floor = q.end
    return _merged(text, found)


def _after(text: str, q: Quantity, words: BoundWords) -> None:
    hit = words.after.match(text, q.end)
    if not hit or q.bound != "exact":
        return
    word = hit[1]
    if word in ("前", "之前", "以前") and q.kind != "duration":
        return
    _open(q, words.kinds[word])
    q.end = hit.end()


def _before(text: str, q: Quantity, floor: int, words: BoundWords) -> None:
    segment = text[max(floor, q.start - 40) : q.start]
    base = q.start - len(segment)
    hits = list(words.before.finditer(segment))
    for hit in reversed(hits):
        gap = segment[hit.end() :]
        loose = q.kind in ("percent", "multiple")
        if not re.fullmatch(_NOMINAL if loose else _FILLER, gap):
            return
        kind = _kind(hit[0], words)
        if kind == "exact" or (gap and hit[0] in ("满", "达", "近", "逾", "最近")):
            return
        if q.bound == "exact":
            _open(q, kind)
        q.start = base + hit.start()
        return


def _kind(chain: str, words: BoundWords) -> str:
    """What a chain such as 最高不超过 says: its last word decides."""
    return next(k for w, k in sorted(words.kinds.items(), key=lambda p: -len(p[0])) if chain.endswith(w))


def _open(q: Quantity, kind: str) -> None:
    if kind == "at_most":
        q.low = None
    elif kind == "at_least":
        q.high = None


def _merged(text: str, found: list[Quantity]) -> list[Quantity]:
    out: list[Quantity] = []
    for q in found:
        left = out[-1] if out else None
        if left and _one_range(left, q, text[left.end : q.start]):
            left.high, left.end, left.tail = q.high, q.end, q.tail
        else:
            out.append(q)
    return out


def _one_range(left: Quantity, right: Quantity, between: str) -> bool:
    return (
        left.bound == "at_least"
        and right.bound == "at_most"
        and (left.kind, left.unit) == (right.kind, right.unit)
        and between in ("", "、", "至", "到", "且", "并", ",")
        and (left.low or 0) <= (right.high or 0)
    )
