"""Departments: the offices that may be named as in charge, with their regions and English: corpus/departments.toml."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.matters import english_names

PATH = DATA / "departments.toml"


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its full name, the region whose office it is, and what English pages call it."""

    department: str
    region_id: str
    english: str


def load(regions: Container[str], path: Path = PATH) -> list[Office]:
    """Read the departments in file order.

    Args:
        regions: codes of all regions.
        path: the file.

    Raises:
        CorpusError: an unknown region, a name without English, or one that stands there twice.
    """
    found: dict[str, Office] = {}
    for region, names in toml_files.load(path).items():
        where = f"{path} [{region}]"
        if region not in regions:
            raise CorpusError(where, "未知地区", "写 corpus/regions.toml 中有的代码")
        if not isinstance(names, dict):
            raise CorpusError(where, "不是一节", '写成 [310000]，下面一行 "上海市公安局" = "英文"')
        for name, english in names.items():
            if not name.strip():
                raise CorpusError(where, "名称是空的", "写机关的全称")
            if name in found:
                raise CorpusError(where, f"{name} 重复", "只写一次")
            found[name] = Office(name, region, english_names.text(where, name, english))
    return list(found.values())


def check_known(used: Iterable[str], known: Iterable[Office]) -> None:
    """Every department that is named is one of the list.

    Raises:
        CorpusError: another.
    """
    names = {row.department for row in known}
    for name in used:
        if name not in names:
            fix = f'写它现在的全称；是新的机关，就在所属地区下加一行 "{name}" = "英文"'
            raise CorpusError(str(PATH), f"没有 {name!r}", fix)
