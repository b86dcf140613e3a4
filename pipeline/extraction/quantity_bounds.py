"""Bounds and denominators: the words around a quantity that change its reading.

不超过, 以上, 至少 open one end; 每人每月 and 每满100万元 make a rate, or say what a quantity is per.
A word that governs a list governs every item of it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.extraction.quantities import LIST, Quantity, Units, alike

_INCLUDED = r"(?:\((?:不?含|包括)[^()]{0,12}\))?(?:及|或者?|含)?"
_FILLER = "(?:的|为|是|可以?|按照?|给予|予以|奖励|补助|补贴|资助|支持|奖补|奖|补|获得?|享受|人民币|额度?|金额|限额|标准|累计|合计|总额|总计|再|共|计|积|加|得|记|在|达)*"
_NOMINAL = r"(?:(?!部分|的[处罚给应可])[^,。;:!?\n、()\d处]){0,30}?"
_SHORT = "(?:(?!部分)[一-龥]){0,6}(?<![的后前内])"
_NEAR = re.compile("[近满达逾]$")  # words that touch their number
_COMPARING = re.compile("[超高低少多大小长短]")
_COMPARING_BASE = re.compile("[超高低少多大小长短足满达]")
_TIMES = {"年", "月", "日", "天", "周", "季度", "小时", "年度", "学年"}
_SUPERLATIVE = re.compile("最.$")


@dataclass(frozen=True, slots=True)
class BoundWords:
    """The compiled words of `[bounds]` and `[per]`; groups are named for the bound."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    each: re.Pattern[str]
    verbs: re.Pattern[str]
    filler: re.Pattern[str]
    keeps: re.Pattern[str]
    direction: re.Pattern[str]
    point_direction: re.Pattern[str]


def compile_words(content: dict[str, Any], units: Units) -> BoundWords:
    """Compile the bound words and denominators of the patterns file."""
    before, after, per = content["bounds"]["before"], content["bounds"]["after"], content["per"]
    nouns = "|".join(sorted({*units.forms, *per["nouns"]}, key=len, reverse=True))
    return BoundWords(
        re.compile(_named(before, "none", "at_most", "at_least")),
        re.compile(f"{_INCLUDED}(?:{_named(after, 'at_most', 'at_least')})"),
        re.compile(f"每一?个?({nouns})|(时)速"),
        re.compile(per["verbs"]),
        re.compile("^(?:满|再?新?增加?|新增加?|减少|减|超过|超出|达到?|累计)+"),
        re.compile(per["keeps"] + "$"),
        re.compile(content["direction"]["any"]),
        re.compile(content["direction"]["points"]),
    )


def _named(words: dict[str, list[str]], *kinds: str) -> str:
    return "|".join(f"(?P<{kind}>{'|'.join(words[kind])})" for kind in kinds)


def bind(text: str, found: list[Quantity], words: BoundWords) -> list[Quantity]:
    """Join bound words to every quantity, make one range of 以上…以下, share bounds over lists."""
    floor = 0
    for q in found:
        _after(text, q, words)
        _before(text, q, floor, words)
        _direction(text, q, words)
        floor = q.end
    return _shared(text, _merged(text, found))


def _after(text: str, q: Quantity, words: BoundWords) -> None:
    hit = words.after.match(text, q.end)
    if not hit or q.bound != "exact" or (hit[0].endswith("前") and q.kind != "duration"):
        return
    _open(q, str(hit.lastgroup))
    q.end = hit.end()
    if hit[0].startswith("为") and text[q.start - 1] == "以":  # 以5万元为限
        q.start -= 1


def _before(text: str, q: Quantity, floor: int, words: BoundWords) -> None:
    chain: list[re.Match[str]] = []
    for hit in words.before.finditer(text, max(floor, q.start - 40), q.core + 9):
        if hit.end() <= q.start:
            chain = [*chain, hit] if chain and chain[-1].end() == hit.start() else [hit]
    if not chain:
        return
    word, gap, kind = chain[-1][0], text[chain[-1].end() : q.start], chain[-1].lastgroup
    if kind == "none" or not _reaches(word, gap, q):
        return
    if word == "最近" and q.bound != "exact":  # 最近4年内: 内 says it
        return
    if q.bound == "exact":
        _open(q, str(kind))
    q.start = chain[0].start()


def _direction(text: str, q: Quantity, words: BoundWords) -> None:
    """Keep 上浮, 扣减 and the like in the quote; the number itself is never negative."""
    before = text[max(0, q.start - 6) : q.start]
    hit = words.point_direction.search(before) if q.kind == "points" else None
    if q.kind in ("percent", "points", "multiple", "money", "rate"):
        hit = words.direction.search(before) or hit
    if hit:
        q.start -= len(before) - hit.start()


def _reaches(word: str, gap: str, q: Quantity) -> bool:
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
    opposite = left.bound == "at_least" and right.bound == "at_most"
    if not opposite or between not in ("", "、", "至", "到", "且", "并", "但"):
        return False
    same = left.kind == right.kind and alike(left, right)
    return same and (left.low or 0) <= (right.high or 0)


def _shared(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let a bound word before a list, or after it, govern every item."""
    governed = False
    for left, right in pairwise(found):
        governed = _listed(text, left, right) and (governed or left.start < left.core)
        if governed and right.bound == "exact" and left.bound in ("at_most", "at_least"):
            _open(right, left.bound)
    for left, right in reversed(list(pairwise(found))):
        if _listed(text, left, right) and right.end > right.tail and left.bound == "exact":
            _open(left, right.bound)
    return found


def _listed(text: str, left: Quantity, right: Quantity) -> bool:
    same = (left.kind, left.unit) == (right.kind, right.unit)
    return same and bool(LIST.fullmatch(text[left.end : right.start]))


@dataclass(slots=True)
class _Each:
    """One or more 每 in a row: where they stand, what they count, and in what words."""

    start: int
    end: int
    names: list[str]
    words: list[str]
    whole: bool  # of a single unit, so that money makes a rate
    counted: bool  # written with a number: 每满100万元


def divide(text: str, found: list[Quantity], words: BoundWords, units: Units) -> list[Quantity]:
    """Take the denominators out of the quantities, and give each to what it divides."""
    used: set[int] = set()
    chains = _chains(text, found, words, used)
    kept = [q for i, q in enumerate(found) if i not in used]
    for chain in chains:
        target = next((q for q in kept if q.core >= chain.end), None)
        if target and _divides(text, chain, target):
            _divide(chain, target, units)
            if (
                target.bound == "exact" and target.start == chain.start
            ):  # 最高每人500元, 至少每年一次
                floor = max((q.end for q in kept if q.end <= chain.start), default=0)
                _before(text, target, floor, words)
    _carry(text, kept, words)
    return kept


def _chains(text: str, found: list[Quantity], words: BoundWords, used: set[int]) -> list[_Each]:
    chains: list[_Each] = []
    for mark in re.finditer("每|时速", text):
        inside = any(q.core <= mark.start() < q.tail for q in found)  # 元每平方米
        each = None if inside else _each(text, mark.start(), found, words, used)
        if not each:
            continue
        last = chains[-1] if chains else None
        if last and re.fullmatch("|、|或者?|和|且", text[last.end : each.start]):
            joint = text[last.end : each.start]
            last.end, last.names = each.end, last.names + each.names
            last.words = [*last.words, *([joint] if joint else ["·"]), *each.words]
            last.whole = last.whole and each.whole and not joint
            last.counted = last.counted or each.counted
        else:
            chains.append(each)
    return chains


def _each(
    text: str, at: int, found: list[Quantity], words: BoundWords, used: set[int]
) -> _Each | None:
    near = [i for i, q in enumerate(found) if at < q.core <= at + 14]
    gap = text[at + 1 : found[near[0]].core] if near else ""
    bare = words.each.match(text, at)
    if near and (
        not gap or words.verbs.fullmatch(gap) or (not bare and _leads(text, found, near[0], gap))
    ):
        q = found[near[0]]
        used.add(near[0])
        said = words.filler.sub("", text[at + 1 : q.tail])
        name = q.unit if 1 in (q.low, q.high) else ""
        return _Each(at, q.tail, [name], [said], bool(name), True)
    if bare:
        name = "小时" if bare[2] else bare[1]
        return _Each(at, bare.end(), [name], [name], True, False)
    return None


def _leads(text: str, found: list[Quantity], at: int, gap: str) -> bool:
    """Whether 每获得一项…加10分 counts: only verbs before it, and something to divide after it."""
    after = found[at + 1] if at + 1 < len(found) else None
    words = re.fullmatch("[一-龥]{1,8}", gap) if found[at].start == found[at].core else None
    return bool(
        words and after and re.fullmatch("[^。;,]{0,15}", text[found[at].end : after.start])
    )


def _divides(text: str, chain: _Each, q: Quantity) -> bool:
    gap = text[chain.end : max(q.start, chain.end)]
    reach = 25 if q.kind == "money" and not chain.counted else 18
    priced = re.search("按.{2}|的$", gap) or not set(chain.names) & _TIMES
    if q.kind in ("percent", "multiple") and not chain.counted and priced:
        return False  # 每平方米造价的5%
    near = len(gap) <= reach and gap.count(",") <= int(chain.counted)
    return near and not re.search(r"[。;:\n\d]", gap)


def _divide(chain: _Each, q: Quantity, units: Units) -> None:
    gap = q.start - chain.end
    if chain.names == ["小时"] and q.kind == "length":
        q.kind, q.unit = "other", "公里/小时"
        q.low, q.high = (None if end is None else end / 1000 for end in (q.low, q.high))
    elif chain.whole and q.kind in ("money", "rate"):
        above, _, below = q.unit.partition("/")
        q.kind, q.unit = "rate", units.rate(above, [*chain.names, *filter(None, below.split("·"))])
    else:
        q.per = "".join(units.named(word) for word in chain.words)
    if chain.counted or gap <= (4 if q.kind == "percent" else 10) or q.kind == "rate":
        q.start = min(q.start, chain.start)


def _carry(text: str, found: list[Quantity], words: BoundWords) -> None:
    """A sum that goes on from a rate is of the same rate: 每人每月180元,90至99周岁的为350元."""
    rate: Quantity | None = None
    last, kind = 0, ""
    for q in found:
        if re.search(r"[。;\n]", text[last : q.start]):
            rate = None
        if rate and (q.kind, q.bound) == ("money", "exact"):
            before = text[last : q.core]
            tier = kind == "age" and before in ("", "的")  # 80周岁以上180元
            if tier or LIST.fullmatch(before) or words.keeps.search(before):
                q.kind, q.unit = "rate", rate.unit
        last, kind = q.end, q.kind
        if q.kind == "rate" and text[q.start] == "每":
            rate = q
