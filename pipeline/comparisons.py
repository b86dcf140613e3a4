"""Comparisons: which region is held against which, from corpus/comparisons.toml."""

from pathlib import Path

from pipeline import tables
from pipeline.errors import CorpusError
from pipeline.records import Comparison


def load(path: Path, regions: set[str]) -> list[Comparison]:
    """Read the comparisons in file order.

    Raises:
        CorpusError: an unknown region, or a stack that does not begin with the target.
    """
    keys: dict[str, type] = {
        "id": str,
        "title": str,
        "baseline": str,
        "target": str,
        "stack": list,
        "as_of": object,
    }
    found = []
    for row in tables.entries(
        path, "comparison", keys, {"id", "title", "baseline", "target", "stack"}
    ):
        where = f"{path} [{row['id']}]"
        for region in (row["baseline"], row["target"], *row["stack"]):
            if region not in regions:
                raise CorpusError(
                    where, f"未知地区 {region!r}", "写 corpus/regions.toml 中有的代码"
                )
        if row["stack"][:1] != [row["target"]] or row["baseline"] in row["stack"]:
            raise CorpusError(
                where, f"stack = {row['stack']!r}", "以 target 开头，再写它的上级，不含 baseline"
            )
        found.append(
            Comparison(
                row["id"],
                row["title"],
                row["baseline"],
                row["target"],
                row["stack"],
                tables.date(where, "as_of", row.get("as_of")),
            )  # fmt: skip
        )
    return found
