"""Comparisons: which region is held against which, and as of which dates: corpus/comparisons.toml."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.core import regions, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Comparison, Moment
from pipeline.core.records import Region


def load(path: Path, known: dict[str, Region], held: Iterable[str]) -> list[Comparison]:
    """Read the comparisons in file order, of which the build holds documents on both sides.

    Args:
        path: the file.
        known: all regions.
        held: regions of the documents of this build.

    Raises:
        CorpusError: an unknown region, or a stack that does not begin with the target.
    """
    keys: dict[str, type] = {
        "id": str,
        "title": str,
        "baseline": str,
        "target": str,
        "stack": list,
    }
    found, held = [], set(held)
    for row in toml_files.entries(path, "comparison", keys, set(keys), ("date",)):
        where = f"{path} [{row['id']}]"
        for region in (row["baseline"], row["target"], *row["stack"]):
            if region not in known:
                raise CorpusError(
                    where, f"未知地区 {region!r}", "写 corpus/regions.toml 中有的代码"
                )
        if row["stack"][:1] != [row["target"]] or row["baseline"] in row["stack"]:
            raise CorpusError(
                where, f"stack = {row['stack']!r}", "以 target 开头，再写它的上级，不含 baseline"
            )
        each = Comparison(row["id"], row["title"], row["baseline"], row["target"], row["stack"])
        if baseline(each, known) & held and set(each.stack) & held and each.target_region in held:
            found.append(each)
    return found


def baseline(comparison: Comparison, known: dict[str, Region]) -> set[str]:
    """The baseline with the districts below it; a region held against a part of itself stands alone."""
    below = regions.within(comparison.baseline_region, known)
    return {comparison.baseline_region} if comparison.target_region in below else below


def moments(path: Path, newest: str) -> list[Moment]:
    """The dates that gaps are computed for, from early to late.

    Args:
        path: the file.
        newest: the newest day that the corpus knows; a date without as_of is that day.

    Raises:
        CorpusError: not exactly one date without as_of, or dates out of order.
    """
    keys: dict[str, type] = {"id": str, "name": str, "as_of": object}
    found = []
    for row in toml_files.entries(path, "date", keys, {"id", "name"}, ("comparison",)):
        where = f"{path} [{row['id']}]"
        date = toml_files.date(where, "as_of", row.get("as_of"))
        if date is not None and len(date) < 10:
            raise CorpusError(where, f"as_of = {date!r}", "写到日，如 as_of = 2018-12-31")
        found.append(Moment(row["id"], row["name"], date or newest, date is None))
    if sum(moment.newest for moment in found) != 1:
        raise CorpusError(str(path), "不写 as_of 的 [[date]] 不是恰好一条", "留一条表示最近")
    dated = [moment.as_of for moment in found if not moment.newest]
    if dated != sorted(set(dated)) or not found[-1].newest:
        raise CorpusError(str(path), "[[date]] 没有从早到晚写", "按日期排好，最近的一条放最后")
    return [moment for moment in found if moment.newest or moment.as_of < newest]


def prefix(comparison: Comparison, moment: Moment) -> str:
    """How the ids of a comparison's gaps begin; those of the newest date bear no date, so that they last."""
    return comparison.comparison_id + ("" if moment.newest else f"__{moment.moment_id}")
