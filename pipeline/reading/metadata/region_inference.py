"""Localities: which region a paper is of, from its title, its issuers and the folder it lies in."""

import re
from collections.abc import Iterable, Mapping

from pipeline.core.records import Region

_NATIONAL = re.compile(
    r"国务院|中华人民共和国|全国人民代表大会|全国人大|国家|中共中央|中央|最高人民|中国人民银行|海关总署"
    r"|(?:教育|财政|公安|民政|司法|商务|水利|农业|农业农村|交通运输|生态环境|自然资源|应急管理|文化和旅游|科学技术|科技"
    r"|人力资源和?社会保障|住房和?城乡建设|工业和信息化)部"
)
_HEAD = 18  # characters of a title or name in which its own place stands
_ANY_PLACE = re.compile(r"^[\u3400-\u9fff]{2,8}?(?:省|市|自治区|自治州|地区|盟|特别行政区)")


def region(names: Iterable[str], regions: Mapping[str, Region]) -> str | None:
    """The region that the first telling name speaks of; None where none tells, or two are possible.

    Args:
        names: title, issuers, folder, in the order in which they count.
        regions: code → region, parents before children.

    >>> known = {"310000": Region("310000", "上海市", "province", None),
    ...          "310107": Region("310107", "普陀区", "county", "310000")}
    >>> region(("关于某事的通知", "上海市普陀区人民政府"), known), region(("东莞市甲办法",), known)
    ('310107', None)
    """
    for name in names:
        if _NATIONAL.match(name) and "000000" in regions:
            return "000000"
        found = _named(name, regions)
        if len(found) == 1:
            return found[0]
        if found or _ANY_PLACE.match(name):
            return None
    return None


def place(names: Iterable[str]) -> str | None:
    """The place that a name plainly begins with, whether the regions have it or not.

    >>> place(("关于某事的通知", "天津市人民政府")), place(("关于做好城市管理的通知",))
    ('天津市', None)
    """
    found = (_ANY_PLACE.match(name) for name in names if not name.startswith(("关于", "做好")))
    return next((hit[0] for hit in found if hit), None)


def _named(name: str, regions: Mapping[str, Region]) -> list[str]:
    """The regions that a name begins with, the lowest that fit: 上海市普陀区 is not 舟山市普陀区."""
    head = (name.split("关于", 1)[0] or name)[:_HEAD]
    found = [row for row in regions.values() if row.level != "national" and _within(row, head)]
    whole = [row for row in found if not any(_is_part(row, o) for o in found)]
    above = {row.region_id: _above(row, regions) for row in found}
    lowest = [r for r in whole if not any(r.region_id in above[o.region_id] for o in whole)]
    told = [r for r in lowest if above[r.region_id] & above.keys()]
    return [row.region_id for row in told or lowest]


def _above(row: Region, regions: Mapping[str, Region]) -> set[str]:
    found: set[str] = set()
    while row.parent_id:
        found.add(row.parent_id)
        row = regions[row.parent_id]
    return found


def _bare(row: Region) -> str:
    return row.name if row.level == "county" else re.sub(r"[省市]$", "", row.name)


def _within(row: Region, head: str) -> bool:
    return _bare(row) in head


def _is_part(row: Region, other: Region) -> bool:
    """Whether a name is only a part of another: 宁波 in 宁波舟山港."""
    return _bare(row) != _bare(other) and _bare(row) in _bare(other)
