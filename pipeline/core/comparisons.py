"""Comparisons: which regions are compared, and as of which dates; read from corpus/comparisons.toml."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.core import regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Comparison, Moment
from pipeline.core.records import Region
from pipeline.core.schema import Keys, each

_COMPARISON_KEYS: dict[str, type] = {
    "id": str,
    "title": str,
    "baseline": str,
    "target": str,
    "stack": list,
}
_MOMENT_KEYS: dict[str, type] = {"id": str, "name": str, "as_of": object}


def load(
    path: Path, regions_by_id: dict[str, Region], document_regions: Iterable[str]
) -> list[Comparison]:
    """Read the comparisons that this build has documents for, on both sides, in file order.

    Args:
        path: the file.
        regions_by_id: all regions.
        document_regions: the regions of the documents of this build.

    Raises:
        CorpusError: an unknown region, or a stack that does not begin with the target.
    """
    present = set(document_regions)
    code = regions.code(regions_by_id)
    keys: Keys = {"id": str, "title": str, "baseline": code, "target": code, "stack": each(code)}
    comparisons = []
    for row in toml_files.entries(path, "comparison", keys, set(keys), ("date",)):
        stack = row["stack"]
        if stack[:1] != [row["target"]] or row["baseline"] in stack:
            where, fix = f"{path} [{row['id']}]", "以 target 开头，再写它的上级，不含 baseline"
            raise CorpusError(where, f"stack = {stack!r}", fix)
        comparison = Comparison(row["id"], row["title"], row["baseline"], row["target"], stack)
        has_baseline = not present.isdisjoint(baseline(comparison, regions_by_id))
        if has_baseline and comparison.target_region in present:
            comparisons.append(comparison)
    return comparisons


def baseline(comparison: Comparison, regions_by_id: dict[str, Region]) -> set[str]:
    """The regions of the baseline: the baseline region and all below it.

    Where the target is one of those below, the baseline region alone.
    """
    below = regions.within(comparison.baseline_region, regions_by_id)
    return {comparison.baseline_region} if comparison.target_region in below else below


Sides = tuple[frozenset[str], list[tuple[str, str]]]
_MOST = (
    1500  # documents whose rows are in memory at once, unless one baseline is compared with more
)


def in_groups(
    all_sides: Iterable[Sides], document_regions: Iterable[str], most: int = _MOST
) -> Iterator[tuple[frozenset[str], list[Sides]]]:
    """Baselines and what they are compared with, in groups that fit into memory; and each group's regions.

    Args:
        all_sides: as `sides` gives them.
        document_regions: the region of each document.
        most: documents of a group, if it has several baselines.

    >>> one, two, three = [(frozenset(a), [("c", b)]) for a, b in ("ab", "ac", "de")]
    >>> [len(group) for _, group in in_groups([one, two, three], "aabce", 4)]
    [2, 1]
    """
    count = Counter(document_regions)
    group: list[Sides] = []
    places: frozenset[str] = frozenset()
    for baseline, compared in all_sides:
        own = baseline | {region_id for _, region_id in compared}
        if group and sum(count[place] for place in places | own) > most:
            yield places, group
            group, places = [], frozenset()
        group.append((baseline, compared))
        places |= own
    if group:
        yield places, group


def sides(compared: Iterable[Comparison], regions_by_id: dict[str, Region]) -> list[Sides]:
    """Every baseline with the regions that it is compared with, each combination once, in file order.

    Returns:
        the regions of a baseline, and (comparison id, region id) for each region of its comparisons' stacks:
        the first comparison that has it.
    """
    seen = set()
    found: list[Sides] = []
    for comparison in compared:
        own = frozenset(baseline(comparison, regions_by_id))
        if not found or found[-1][0] != own:
            found.append((own, []))
        for region_id in comparison.stack:
            if (own, region_id) not in seen:
                seen.add((own, region_id))
                found[-1][1].append((comparison.comparison_id, region_id))
    return found


def moments(path: Path, newest: str) -> list[Moment]:
    """The dates that gaps are computed for, from early to late.

    Args:
        path: the file.
        newest: the newest day that the corpus speaks of; an entry without `as_of` means that day.

    Raises:
        CorpusError: not exactly one entry without `as_of`, or dates out of order.
    """
    keys: Keys = {"id": str, "name": str, "as_of": _day}
    entries = [
        Moment(row["id"], row["name"], row.get("as_of", newest), "as_of" not in row)
        for row in toml_files.entries(path, "date", keys, {"id", "name"}, ("comparison",))
    ]
    if sum(moment.newest for moment in entries) != 1:
        raise CorpusError(str(path), "不写 as_of 的 [[date]] 不是恰好一条", "留一条表示最近")
    dates = [moment.as_of for moment in entries if not moment.newest]
    if dates != sorted(set(dates)) or not entries[-1].newest:
        raise CorpusError(str(path), "[[date]] 没有从早到晚写", "按日期排好，最近的一条放最后")
    return [moment for moment in entries if moment.newest or moment.as_of < newest]


def _day(where: str, key: str, value: object) -> str:
    """The kind of a date that is known to the day."""
    date = toml_files.date(where, key, value) or ""
    if len(date) < 10:
        raise CorpusError(where, f"{key} = {date!r}", f"写到日，如 {key} = 2018-12-31")
    return date


def prefix(comparison: Comparison, moment: Moment) -> str:
    """The beginning of the ids of a comparison's gaps at a date.

    The newest date is left out, so that these ids stay the same when it moves on.
    """
    return comparison.comparison_id + ("" if moment.newest else f"__{moment.moment_id}")
