"""Chains: the rules of one region on one matter in the order of time, each with what took its place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.errors import CorpusError
from pipeline.core.records import Region
from pipeline.core.regions import above as regions_above
from pipeline.language.dates import day_before, first_day, last_day


@dataclass(frozen=True, slots=True)
class Link:
    """A rule in a chain: whose, since when, until when; dates as precise as they are known."""

    where: str
    region_id: str
    tier: str | None
    first: str | None
    last: str | None
    ended: str | None


def successors(links: Sequence[Link], regions: dict[str, Region]) -> list[int | None]:
    """For each rule the number of the one that took its place; None where it did not end so.

    A successor is a later rule of the same region, or else of the nearest region above it; one of the
    same tier goes before one of another, and an earlier before a later one.

    Raises:
        CorpusError: a rule that is said to have a successor, and none is there.
    """
    return [
        _successor(number, links, regions) if link.ended == "successor" else None
        for number, link in enumerate(links)
    ]


def _successor(number: int, links: Sequence[Link], regions: dict[str, Region]) -> int:
    link = links[number]
    order = [link.region_id, *regions_above(link.region_id, regions)]
    # Without a beginning only its end tells what is later.
    ended = day_before(link.last) if link.last else ""
    since = first_day(link.first) if link.first else ended
    candidates = [
        (order.index(other.region_id), other.tier != link.tier, other.first, place)
        for place, other in enumerate(links)
        if other.region_id in order and other.first and first_day(other.first) > since
    ]
    if not candidates:
        fix = "补上接替的 rule（写 from），或把 ended 改为 successor_unseen、expired"
        raise CorpusError(link.where, "ended = successor，却没有更晚的规定接替它", fix)
    return min(candidates)[3]


def terms(links: Sequence[Link], followers: Sequence[int | None]) -> Iterator[str | None]:
    """The last day of each rule, as precise as it is known; None while open.

    The end of a rule with a successor is the day before that begins, where its own end is not known to
    the day.
    """
    for link, follower in zip(links, followers, strict=True):
        if follower is None or (link.last and len(link.last) == 10):
            yield link.last
            continue
        until = day_before(links[follower].first or "")
        if link.first and first_day(link.first) > until:  # both known to the same year only
            yield link.last
        else:
            yield min(until, last_day(link.last)) if link.last else until


def predecessors(links: Sequence[Link], followers: Sequence[int | None]) -> list[int | None]:
    """For each rule the number of the one that it replaced: of its own region and tier, the latest."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, follower in enumerate(followers):
        if follower is not None:
            found[follower].append(number)

    def rank(number: int, place: int) -> tuple[bool, bool, str]:
        own, other = links[number], links[place]
        return own.region_id == other.region_id, own.tier == other.tier, other.first or ""

    return [
        max(found[number], key=lambda place: rank(number, place)) if number in found else None
        for number in range(len(links))
    ]


def check_overlaps(links: Sequence[Link], lasts: Sequence[str | None]) -> None:
    """No two rules of one region and tier hold on one day.

    Raises:
        CorpusError: two that do; rules without beginning are not held against others.
    """
    by_place: dict[tuple[str, str | None], list[tuple[str, str, str]]] = defaultdict(list)
    for link, last in zip(links, lasts, strict=True):
        if link.first:
            spans = by_place[link.region_id, link.tier]
            spans.append((first_day(link.first), last_day(last) if last else "9999", link.where))
    for spans in by_place.values():
        spans.sort()
        for (_, end, _), (start, _, where) in zip(spans, spans[1:], strict=False):
            if start <= end:
                fix = '给前一条写 to 和 ended = "successor"，或分成两档（tier）'
                raise CorpusError(where, "与同一地区、同一档的另一条 rule 同时有效", fix)
