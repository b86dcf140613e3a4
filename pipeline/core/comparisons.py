"""Comparisons: which regions are compared, as of which dates; from corpus/comparisons.toml."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.core import regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Comparison, Moment
from pipeline.core.records import Region

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
    keys, required = _COMPARISON_KEYS, set(_COMPARISON_KEYS)
    comparisons = []
    for row in toml_files.entries(path, "comparison", keys, required, ("date",)):
        _check(f"{path} [{row['id']}]", row, regions_by_id)
        comparison = Comparison(
            row["id"], row["title"], row["baseline"], row["target"], row["stack"]
        )
        has_baseline = not present.isdisjoint(baseline(comparison, regions_by_id))
        if has_baseline and comparison.target_region in present:
            comparisons.append(comparison)
    return comparisons


def _check(where: str, row: dict[str, Any], regions_by_id: dict[str, Region]) -> None:
    for region in (row["baseline"], row["target"], *row["stack"]):
        if region not in regions_by_id:
            raise CorpusError(where, f"未知地区 {region!r}", "写 corpus/regions.toml 中有的代码")
    if row["stack"][:1] != [row["target"]] or row["baseline"] in row["stack"]:
        raise CorpusError(
            where, f"stack = {row['stack']!r}", "以 target 开头，再写它的上级，不含 baseline"
        )


def baseline(comparison: Comparison, regions_by_id: dict[str, Region]) -> set[str]:
    """The regions of the baseline: the baseline region and all below it.

    Where the target is one of those below, the baseline region alone.
    """
    below = regions.within(comparison.baseline_region, regions_by_id)
    return {comparison.baseline_region} if comparison.target_region in below else below


def moments(path: Path, newest: str) -> list[Moment]:
    """The dates that gaps are computed for, from early to late.

    Args:
        path: the file.
        newest: the newest day that the corpus speaks of; an entry without `as_of` means that day.

    Raises:
        CorpusError: not exactly one entry without `as_of`, or dates out of order.
    """
    entries = []
    for row in toml_files.entries(path, "date", _MOMENT_KEYS, {"id", "name"}, ("comparison",)):
        where = f"{path} [{row['id']}]"
        date = toml_files.date(where, "as_of", row.get("as_of"))
        if date is not None and len(date) < 10:
            raise CorpusError(where, f"as_of = {date!r}", "写到日，如 as_of = 2018-12-31")
        entries.append(Moment(row["id"], row["name"], date or newest, date is None))
    if sum(moment.newest for moment in entries) != 1:
        raise CorpusError(str(path), "不写 as_of 的 [[date]] 不是恰好一条", "留一条表示最近")
    dates = [moment.as_of for moment in entries if not moment.newest]
    if dates != sorted(set(dates)) or not entries[-1].newest:
        raise CorpusError(str(path), "[[date]] 没有从早到晚写", "按日期排好，最近的一条放最后")
    return [moment for moment in entries if moment.newest or moment.as_of < newest]


def prefix(comparison: Comparison, moment: Moment) -> str:
    """The beginning of the ids of a comparison's gaps at a date.

    The newest date is left out, so that these ids stay the same when it moves on.
    """
    return comparison.comparison_id + ("" if moment.newest else f"__{moment.moment_id}")
