"""Regions: codes, names, levels and parents, read from corpus/regions.toml."""

from collections.abc import Container
from pathlib import Path
from typing import Any

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.records import Region
from pipeline.core.schema import Check, Keys, one_of

LEVELS = ("national", "province", "city", "county")
_KEYS: Keys = {"id": str, "name": str, "level": one_of(LEVELS), "parent": str}


def load(path: Path) -> dict[str, Region]:
    """Read the regions, parents before children.

    Raises:
        CorpusError: an unknown level or parent, or an entry of the wrong form.
    """
    regions: dict[str, Region] = {}
    for row in toml_files.entries(path, "region", _KEYS, {"id", "name", "level"}):
        parent = row.get("parent")
        if parent is not None and parent not in regions:
            where = f"{path} [{row['id']}]"
            raise CorpusError(where, f"上级 {parent!r} 不在前面", "先写上级，再写下级")
        regions[row["id"]] = Region(row["id"], row["name"], row["level"], parent)
    return regions


def code(regions: Container[str]) -> Check:
    """The kind of a value, in a hand-edited file, that is the code of one of these regions."""

    def checked(where: str, key: str, value: Any) -> Any:
        if not isinstance(value, str) or value not in regions:
            raise CorpusError(where, f"未知地区 {value!r}", "写 corpus/regions.toml 中有的代码")
        return value

    return checked


def within(region: str, regions: dict[str, Region]) -> set[str]:
    """The ids of a region and of all regions below it.

    A city's policy applies in its districts; a district's does not apply in the city.
    """
    below = {region}
    for row in regions.values():  # parents come before children
        if row.parent_id in below:
            below.add(row.region_id)
    return below


def above(region: str, regions: dict[str, Region]) -> list[str]:
    """The ids of the regions above a region, the nearest first."""
    found: list[str] = []
    parent = regions[region].parent_id
    while parent is not None:
        found.append(parent)
        parent = regions[parent].parent_id
    return found


def short_name(name: str) -> str:
    """The name of a region without its rank.

    >>> short_name("嘉兴市"), short_name("浙江省"), short_name("国家")
    ('嘉兴', '浙江', '国家')
    """
    return name[:-1] if name[-1] in "省市县区" and len(name) > 2 else name
