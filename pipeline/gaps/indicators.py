"""Indicators: the figures of the paper, exactly as printed.

Reads   corpus/indicators.toml, <corpus folder>/facts/*.jsonl
"""

from pathlib import Path
from typing import Any

from pipeline.core import fact_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Indicator
from pipeline.core.paths import DATA, Workspace
from pipeline.gaps import paper

_KEYS: dict[str, type] = {
    "id": str,
    "name": str,
    "region": str,
    "date": object,
    "value": object,
    "unit": str,
    "source": str,
    "note": str,
}


def of_build(work: Workspace, regions: set[str]) -> list[Indicator]:
    """The indicators; none in a build without the bundled corpus."""
    if not paper.is_answered(work):
        return []
    return load(DATA / "indicators.toml", regions, set(fact_files.read(work.corpus).facts))


def load(path: Path, regions: set[str], facts: set[str]) -> list[Indicator]:
    """Read the indicators in file order.

    Args:
        path: indicators.toml.
        regions: ids of all regions.
        facts: ids of the facts of this build.

    Raises:
        CorpusError: an unknown region, a value that is no number, a source that is neither a
            section of the paper nor a fact.
    """
    rows = toml_files.entries(path, "indicator", _KEYS, set(_KEYS) - {"note"})
    return [_indicator(f"{path} [{row['id']}]", row, regions, facts) for row in rows]


def _indicator(where: str, row: dict[str, Any], regions: set[str], facts: set[str]) -> Indicator:
    if row["region"] not in regions:
        fix = "写 corpus/regions.toml 中有的代码"
        raise CorpusError(where, f"未知地区 {row['region']!r}", fix)
    value, source = row["value"], row["source"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CorpusError(where, f"value = {value!r} 不是数", "写不带引号的数，单位写在 unit")
    if not paper.SECTION.fullmatch(source) and source.removeprefix("fact:") not in facts:
        raise CorpusError(where, f"source = {source!r}", "写论文的节，如 二(二)，或 fact:编号")
    return Indicator(
        indicator_id=row["id"],
        name=row["name"],
        region_id=row["region"],
        date=toml_files.date(where, "date", row["date"]) or "",
        value=float(value),
        unit=row["unit"],
        source=source,
        note=row.get("note"),
    )
