"""Titles that files carry: which of them name a document and not a site or a template."""

import re

_LENGTH = range(6, 121)
_NAMES = re.compile(
    "通知|办法|规定|条例|意见|细则|方案|公告|通告|指引|公示|解读|规则|标准|决定|通报|批复|计划|规划|纲要"
    "|措施|政策|须知|指南|目录|问答|答记者问|章程|守则|规程|程序|[一-鿿]令$"
)


def sensible(tried: list[str]) -> str | None:
    """The first that names a document.

    >>> sensible(["某市教育局", "关于做好某项工作的通知"])
    '关于做好某项工作的通知'
    """
    for each in tried:
        title = " ".join(each.split())
        if len(title) in _LENGTH and _NAMES.search(title):
            return title
    return None
