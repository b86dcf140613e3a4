"""Titles that files carry: which of them name a document, and not a site, a column or a template."""

import re

_LENGTH = range(6, 121)
_KINDS = (
    "通知|办法|规定|条例|意见|细则|方案|公告|通告|指引|公示|解读|规则|标准|决定|通报|批复|计划|规划|纲要|措施"
    "|政策|须知|指南|问答|章程|守则|规程|程序|函|报告|说明"
)
_NAME = re.compile(
    rf".*(?:{_KINDS})(?:[（(\[【〔].{{1,20}}[）)\]】〕])?(?:的?解读)?|关于.*|.*《.+》.*"
)
_PARTS = re.compile(r"\s*[_—–|]+\s*|\s*-+(?!\d)\s*")


def sensible(tried: list[str]) -> str | None:
    """The first that names a document, the whole of it or a part beside the site's name.

    >>> sensible(["某市教育局", "关于做好某项工作的通知-政策文件-某市门户网站"])
    '关于做好某项工作的通知'
    """
    for each in tried:
        title = " ".join(each.split())
        for name in (title, *_PARTS.split(title)):
            if len(name) in _LENGTH and _NAME.fullmatch(name) and not _PARTS.search(name):
                return name
    return None
