"""Regions: codes, names, levels and parents, read from corpus/regions.toml."""

from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import Region

LEVELS = ("national", "province", "city", "county")


def load(path: Path) -> dict[str, Region]:
    """Read the regions, parents before children.

    Raises:
        CorpusError: an unknown level or parent, or an entry of the wrong form.
    """
    keys: dict[str, type] = {"id": str, "name": str, "level": str, "parent": str}
    regions: dict[str, Region] = {}
    for row in toml_files.entries(path, "region", keys, {"id", "name", "level"}):
        where, parent = f"{path} [{row['id']}]", row.get("parent")
        if row["level"] not in LEVELS:
            raise CorpusError(where, f"level = {row['level']!r}", f"只能是 {'、'.join(LEVELS)}")
        if parent is not None and parent not in regions:
            raise CorpusError(where, f"上级 {parent!r} 不在前面", "先写上级，再写下级")
        regions[row["id"]] = Region(row["id"], row["name"], row["level"], parent)
    return regions


def within(region: str, regions: dict[str, Region]) -> set[str]:
    """The ids of a region and of all regions below it.

    A city's policy applies in its districts; a district's does not apply in the city.
    """
    below = {region}
    for row in regions.values():  # parents come before children
        if row.parent_id in below:
            below.add(row.region_id)
    return below
