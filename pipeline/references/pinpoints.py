"""Pinpoints: provisions named by number, as they follow a name: 第三十三条第二款, 第八条至第十一条."""

import re
from dataclasses import dataclass, replace

from pipeline.language import numerals

_N = r"[零〇○一二三四五六七八九十百千两\d]{1,7}"
_PINPOINT = re.compile(
    rf"(?:第 ?(?P<article>{_N}) ?条(?:之(?P<more>{_N}))?)?(?:的?第 ?(?P<paragraph>{_N}) ?款)?"
    rf"(?:的?第? ?\(?(?P<item>{_N})\)? ?项)?(?:第 ?(?P<subitem>{_N}) ?目)?"
)
_LIST = re.compile(
    rf"第? ?\(?{_N}\)?(?:(?:、|和|及|与|或者?|至|到|[-—~])第? ?\(?{_N}\)?)+ ?(?P<kind>[条款项])"
)
_NEXT = re.compile(
    r"(?P<range>至|到|[-—~]{1,2})|、|和|及其?|与|或者?|以及|,(?=第[^,。;]{1,7}条)|,?以?及"
)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A provision named by its numbers: text[start:end]; `last` is the other end of a range.

    Numbers are Arabic, as text; an article between two others is 20-1 (第二十条之一).
    """

    start: int
    end: int
    article: str | None
    paragraph: str | None
    item: str | None
    subitem: str | None
    last: "Pinpoint | None" = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """The numbers alone, from the article down."""
        return (self.article, self.paragraph, self.item, self.subitem)


def follow(text: str, offset: int) -> list[Pinpoint]:
    """Read the pinpoints that begin exactly at an offset.

    A later one is of the article and paragraph of the one before, where it names none.

    Args:
        text: folded.
        offset: offset.

    >>> [p.key[:2] for p in follow("第三条第二款、第三款和第五条规定的", 0)]
    [('3', '2'), ('3', '3'), ('5', None)]
    >>> follow("第八条至第十条", 0)[0].last.article
    '10'
    """
    pinpoints: list[Pinpoint] = []
    start, is_range = offset, False
    while following := _read(text, start, pinpoints[-1] if pinpoints else None):
        if is_range:
            pinpoints[-1] = replace(pinpoints[-1], end=following[0].end, last=following[0])
            following = following[1:]
        pinpoints += following
        joint = _NEXT.match(text, pinpoints[-1].end)
        if not joint:
            break
        start, is_range = joint.end(), bool(joint["range"])
    return pinpoints


def _read(text: str, offset: int, before: Pinpoint | None) -> list[Pinpoint]:
    """The pinpoint at an offset, or the pinpoints of 第三、四条; none where there is no such thing."""
    if (numbers := _LIST.match(text, offset)) and text[offset] == "第":
        return _read_list(text, numbers, before)
    match = _PINPOINT.match(text, offset)
    if not match or not match[0].startswith(("第", "的第")):
        return []
    parts = {name: _number(match[name]) for name in ("article", "paragraph", "item", "subitem")}
    if any(match[name] and not parts[name] for name in parts) or not any(parts.values()):
        return []
    if parts["article"] and match["more"]:
        parts["article"] += f"-{_number(match['more'])}"
    article, paragraph, item, subitem = parts.values()
    pinpoint = _inherit(Pinpoint(offset, match.end(), article, paragraph, item, subitem), before)
    numbers = _LIST.match(text, pinpoint.end)
    if numbers and (listed := _read_list(text, numbers, pinpoint)):
        return [replace(listed[0], start=offset), *listed[1:]]  # 第五条第（一）、（二）项
    return [pinpoint]


def _read_list(text: str, numbers: re.Match[str], before: Pinpoint | None) -> list[Pinpoint]:
    """The pinpoints of 第三、四条 or 第（一）至（三）项, each with its own numeral."""
    pinpoints: list[Pinpoint] = []
    start, is_range = numbers.start(), False
    for match in re.finditer(rf"\(?({_N})\)?|至|到|[-—~]", numbers[0]):
        number, end = _number(match[1]), numbers.start() + match.end()
        if number is None:
            is_range = True
            continue
        pinpoint = _inherit(_single(start, end, numbers["kind"], number), before)
        if is_range and pinpoints:
            pinpoints[-1] = replace(pinpoints[-1], end=end, last=pinpoint)
        else:
            pinpoints.append(pinpoint)
        start, is_range = end + 1, False
    if pinpoints:
        pinpoints[-1] = replace(pinpoints[-1], end=numbers.end())
    return pinpoints


def _single(start: int, end: int, kind: str, number: str) -> Pinpoint:
    article, paragraph, item = (number if kind == level else None for level in "条款项")
    return Pinpoint(start, end, article, paragraph, item, None)


def _inherit(pinpoint: Pinpoint, before: Pinpoint | None) -> Pinpoint:
    """第三款 after 第二条第一款 is that of the same article."""
    if before is None or pinpoint.article:
        return pinpoint
    if pinpoint.paragraph is None:
        pinpoint = replace(pinpoint, paragraph=before.paragraph)
        if pinpoint.item is None:
            pinpoint = replace(pinpoint, item=before.item)
    return replace(pinpoint, article=before.article)


def _number(numeral: str | None) -> str | None:
    if not numeral:
        return None
    value = int(numeral) if numeral.isdecimal() else numerals.integer(numeral)
    return None if value is None else str(value)
