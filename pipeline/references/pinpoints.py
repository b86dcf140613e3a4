"""Places in a law: 第三十三条第二款, 第八条至第十一条, 第二款、第三款, as they follow a name."""

import re
from dataclasses import dataclass, replace

from pipeline.language import numerals

_N = r"[零〇○一二三四五六七八九十百千两\d]{1,7}"
_PLACE = re.compile(
    rf"(?:第 ?(?P<article>{_N}) ?条(?:之(?P<more>{_N}))?)?(?:的?第 ?(?P<paragraph>{_N}) ?款)?"
    rf"(?:的?第? ?\(?(?P<item>{_N})\)? ?项)?(?:第 ?(?P<subitem>{_N}) ?目)?"
)
_MANY = re.compile(
    rf"第? ?\(?{_N}\)?(?:(?:、|和|及|与|或者?|至|到|[-—~])第? ?\(?{_N}\)?)+ ?(?P<kind>[条款项])"
)
_NEXT = re.compile(
    r"(?P<range>至|到|[-—~]{1,2})|、|和|及其?|与|或者?|以及|,(?=第[^,。;]{1,7}条)|,?以?及"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A provision named by its numbers: text[start:end]; `last` is the other end of a range."""

    start: int
    end: int
    article: str | None
    paragraph: str | None
    item: str | None
    subitem: str | None
    last: "Place | None" = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """The numbers alone, from the article down."""
        return (self.article, self.paragraph, self.item, self.subitem)


def follow(text: str, at: int) -> list[Place]:
    """Read the places that begin exactly at an offset; what a later one leaves out is that of the one before.

    Args:
        text: folded.
        at: offset.

    >>> [p.key[:2] for p in follow("第三条第二款、第三款和第五条规定的", 0)]
    [('3', '2'), ('3', '3'), ('5', None)]
    >>> follow("第八条至第十条", 0)[0].last.article
    '10'
    """
    found: list[Place] = []
    joined, ranged = at, False
    while here := _one(text, joined, found[-1] if found else None):
        if ranged:
            found[-1] = replace(found[-1], end=here[0].end, last=here[0])
            here = here[1:]
        found += here
        then = _NEXT.match(text, found[-1].end)
        if not then:
            break
        joined, ranged = then.end(), bool(then["range"])
    return found


def _one(text: str, at: int, before: Place | None) -> list[Place]:
    """The place at an offset, or the places of 第三、四条; none where there is no such thing."""
    if (many := _MANY.match(text, at)) and text[at] == "第":
        return _several(text, many, before)
    hit = _PLACE.match(text, at)
    if not hit or not hit[0].startswith(("第", "的第")):
        return []
    numbers = {name: _number(hit[name]) for name in ("article", "paragraph", "item", "subitem")}
    if any(hit[name] and not numbers[name] for name in numbers) or not any(numbers.values()):
        return []
    article = numbers["article"]
    if article and hit["more"]:
        article = f"{article}-{_number(hit['more'])}"
    place = Place(at, hit.end(), article, numbers["paragraph"], numbers["item"], numbers["subitem"])
    place = _inherit(place, before)
    if (many := _MANY.match(text, place.end)) and (parts := _several(text, many, place)):
        return [replace(parts[0], start=at), *parts[1:]]  # 第五条第（一）、（二）项
    return [place]


def _several(text: str, many: re.Match[str], before: Place | None) -> list[Place]:
    """The places of 第三、四条 or 第（一）至（三）项, each with its own numeral."""
    found: list[Place] = []
    start, ranged = many.start(), False
    for hit in re.finditer(rf"\(?({_N})\)?|至|到|[-—~]", many[0]):
        number, end = _number(hit[1]), many.start() + hit.end()
        if number is None:
            ranged = True
            continue
        place = _inherit(_single(start, end, many["kind"], number), before)
        if ranged and found:
            found[-1] = replace(found[-1], end=end, last=place)
        else:
            found.append(place)
        start, ranged = end + 1, False
    if found:
        found[-1] = replace(found[-1], end=many.end())
    return found


def _single(start: int, end: int, kind: str, number: str) -> Place:
    numbers = [number if kind == each else None for each in "条款项"]
    return Place(start, end, numbers[0], numbers[1], numbers[2], None)


def _inherit(place: Place, before: Place | None) -> Place:
    """第三款 after 第二条第一款 is that of the same article."""
    if before is None or place.article:
        return place
    if place.paragraph is None:
        place = replace(place, paragraph=before.paragraph)
        if place.item is None:
            place = replace(place, item=before.item)
    return replace(place, article=before.article)


def _number(numeral: str | None) -> str | None:
    if not numeral:
        return None
    value = int(numeral) if numeral.isdecimal() else numerals.integer(numeral)
    return None if value is None else str(value)
