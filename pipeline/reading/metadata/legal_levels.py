"""Levels (效力级别): what rank a paper has, from who issued it and what it is called."""

import re
from collections.abc import Sequence

_PARTY = re.compile(
    r"^中共|^中国共产党|党委|省委|市委(?!员会)|区委(?!员会)|县委(?!员会)|纪委|组织部|宣传部"
)
_CONGRESS = re.compile(r"人民代表大会|人大常委会|人大")
_GOVERNMENT_ORDER = re.compile(r"(?:政府|府)令")


def level(title: str, number: str | None, issuers: Sequence[str], national: bool) -> str:
    """The level, by 立法法 2023: who makes a law, a regulation, a rule.

    A paper without order or congress behind it is 行政规范性文件; whether it went through the
    registration of such papers, its text does not say.

    >>> level("某市甲条例", None, ["某市人民代表大会常务委员会"], False)
    '地方性法规'
    >>> level("某市甲办法", "某市人民政府令第2号", ["某市人民政府"], False), level("关于甲的通知", None, [], False)
    ('地方政府规章', '行政规范性文件')
    """
    names = "、".join(issuers)
    if _PARTY.search(names):
        return "党委文件"
    if (
        _CONGRESS.search(names)
        or _CONGRESS.search(number or "")
        or (title.endswith("条例") and not names)
    ):
        if national:
            return "法律" if title.endswith("法") else "其他"
        return "地方性法规"
    if national and re.search(r"国务院令", number or ""):
        return "行政法规"
    if national and re.search(r"令", number or ""):
        return "部门规章"
    if _GOVERNMENT_ORDER.search(number or ""):
        return "地方政府规章"
    if national and title.endswith("条例"):
        return "行政法规"
    return "行政规范性文件"
