"""Departments: the offices that may be named as in charge, with their regions: corpus/departments.toml."""

from collections.abc import Container
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError


def load(path: Path, regions: Container[str]) -> dict[str, str]:
    """Read the departments in file order.

    Args:
        path: the file.
        regions: codes of all regions.

    Returns:
        full name of a department → the region whose office it is.

    Raises:
        CorpusError: an unknown region, a name that is no text, or one that stands there twice.
    """
    region_of: dict[str, str] = {}
    for region, names in toml_files.load(path).items():
        where = f"{path} [{region}]"
        if region not in regions:
            raise CorpusError(where, "未知地区", "写 corpus/regions.toml 中有的代码")
        if not isinstance(names, list):
            raise CorpusError(where, "不是列表", '写成 "310000" = ["上海市公安局"]')
        for name in names:
            if not isinstance(name, str) or not name.strip():
                raise CorpusError(where, f"{name!r} 不是名称", "写机关的全称")
            if name in region_of:
                raise CorpusError(where, f"{name} 重复", "只写一次")
            region_of[name] = region
    return region_of
