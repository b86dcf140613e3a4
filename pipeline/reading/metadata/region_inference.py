"""Region inference: the region of a document, from its title, its issuers and the folder it lies in."""

import re
from collections.abc import Iterable, Mapping

from pipeline.core.records import Region
from pipeline.language import official_words

_HEAD = 18  # characters of a title or name in which its own place stands
_ANY_PLACE = re.compile(r"^[\u3400-\u9fff]{2,8}?(?:省|市|自治区|自治州|地区|盟|特别行政区)")


def region(names: Iterable[str], regions: Mapping[str, Region]) -> str | None:
    """The region of the first name that has one; None where none has, or where two are possible.

    Args:
        names: title, issuers, folder, in the order in which they count.
        regions: code → region, parents before children.

    >>> regions = {"310000": Region("310000", "上海市", "province", None),
    ...            "310107": Region("310107", "普陀区", "county", "310000")}
    >>> region(("关于某事的通知", "上海市普陀区人民政府"), regions), region(("东莞市甲办法",), regions)
    ('310107', None)
    """
    national = official_words.offices().national
    for name in names:
        if national.match(name) and "000000" in regions:
            return "000000"
        candidates = _named(name, regions)
        if len(candidates) == 1:
            return candidates[0]
        if candidates or _ANY_PLACE.match(name):
            return None
    return None


def place(names: Iterable[str]) -> str | None:
    """The place that the first such name begins with, whether the regions have it or not.

    >>> place(("关于某事的通知", "天津市人民政府")), place(("关于做好城市管理的通知",))
    ('天津市', None)
    """
    hits = (_ANY_PLACE.match(name) for name in names if not name.startswith(("关于", "做好")))
    return next((hit[0] for hit in hits if hit), None)


def _named(name: str, regions: Mapping[str, Region]) -> list[str]:
    """The regions in the head of a name, the lowest that fit: 上海市普陀区 is not 舟山市普陀区."""
    head = (name.split("关于", 1)[0] or name)[:_HEAD]
    inside = [row for row in regions.values() if row.level != "national" and _bare(row) in head]
    whole = [row for row in inside if not any(_is_part(row, other) for other in inside)]
    above = {row.region_id: _above(row, regions) for row in inside}
    lowest = [
        row for row in whole if not any(row.region_id in above[other.region_id] for other in whole)
    ]
    with_parent = [row for row in lowest if above[row.region_id] & above.keys()]
    return [row.region_id for row in with_parent or lowest]


def _above(row: Region, regions: Mapping[str, Region]) -> set[str]:
    """The codes of a region's parents, all levels."""
    parents: set[str] = set()
    while row.parent_id:
        parents.add(row.parent_id)
        row = regions[row.parent_id]
    return parents


def _bare(row: Region) -> str:
    """A region's name without 省 and 市, which titles leave out; counties keep theirs."""
    return row.name if row.level == "county" else re.sub(r"[省市]$", "", row.name)


def _is_part(row: Region, other: Region) -> bool:
    """Whether a name is only a part of another: 宁波 in 宁波舟山港."""
    return _bare(row) != _bare(other) and _bare(row) in _bare(other)
