"""Numbering of Chinese law and 公文: 第三条, （一）, 一、, 1., （1）: which level, which number."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline import numerals
from pipeline.text import fold

_NUMERAL = "[零〇○一二三四五六七八九十百千两0-9]+"
_LAW = re.compile(rf"第 ?({_NUMERAL}) ?(编|章|节|条)(?:之({_NUMERAL}))?")
_LISTS: Final = (
    ("numbered", re.compile(r"([一二三四五六七八九十百]+)、")),
    ("item", re.compile(r"\(([一二三四五六七八九十百]+)\)[、.]?")),
    ("arabic", re.compile(r"([0-9]{1,3})(?:[.、]|\)、?)(?![0-9])")),
    ("bracketed", re.compile(r"\(([0-9]{1,3})\)[、.]?")),
)
_ATTACHMENT = re.compile(r"附\s?件\s?([0-9]{1,2}|[一二三四五六七八九十]{1,3})?[::]?\s*$|附[::]\s*$")
_KINDS: Final = {"编": "part", "章": "chapter", "节": "section", "条": "article"}
# 第三条规定的… quotes an article; 第三条 为了… is one.
_CITING = re.compile(r"[的、,和或至到中及与第]|规定|所列|所称|所指|之规定|以及|款|项")
STARTS = re.compile(
    r"[#|<]|第 ?[零〇○一二三四五六七八九十百千两0-9０-９]+ ?[编章节条]|[一二三四五六七八九十百]+、"
    r"|[（(][一二三四五六七八九十百0-9０-９]+[)）]|[0-9０-９]{1,3}[.、．]|附\s?件|目\s*录"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the head of a line; the line's own words begin at `end`."""

    level: str  # part chapter section article attachment, or numbered item arabic bracketed
    number: str  # '12', '12-1' for 第十二条之一
    end: int


def marker(line: str) -> Marker | None:
    """Read the marker at the start of a line; None where the line has none.

    >>> marker("第十二条之一　企业应当"), marker("（三）其他"), marker("第三条规定的情形")
    (Marker(level='article', number='12-1', end=6), Marker(level='item', number='3', end=3), None)
    """
    text = fold(line)
    offset = len(text) - len(text.lstrip())
    text = text[offset:]
    if law := _LAW.match(text):
        return _law_marker(law, text, offset)
    if attachment := _ATTACHMENT.match(text):
        number = attachment[1] or "1"
        value = int(number) if number.isascii() else numerals.integer(number)
        return Marker("attachment", str(value), offset + attachment.end())
    for level, pattern in _LISTS:
        if (hit := pattern.match(text)) and (number := _arabic(hit[1])):
            return Marker(level, number, offset + hit.end())
    return None


def _law_marker(law: re.Match[str], text: str, offset: int) -> Marker | None:
    number, after = _arabic(law[1]), text[law.end() :]
    if number is None or _CITING.match(after):
        return None
    if law[2] != "条" and after and after[0] not in " (" and len(after) > 30:
        return None
    if law[3]:
        number += f"-{_arabic(law[3])}"
    return Marker(_KINDS[law[2]], number, offset + law.end())


def _arabic(numeral: str) -> str | None:
    value = int(numeral) if numeral.isdecimal() else numerals.integer(numeral)
    return None if value is None else str(value)


def scheme(text: str) -> str:
    r"""How a document numbers its provisions: articles, numbered (一、 1.), mixed or none.

    >>> scheme("第一条 甲。\n第二条 乙。"), scheme("一、甲。\n（一）乙。"), scheme("甲。")
    ('articles', 'numbered', 'none')
    """
    levels = [m.level for line in text.split("\n") if (m := marker(line))]
    articles = "article" in levels
    first = levels.index("article") if articles else len(levels)
    numbered = "numbered" in levels[:first] or (not articles and bool(levels))
    return {(True, True): "mixed", (True, False): "articles", (False, True): "numbered"}.get(
        (articles, numbered), "none"
    )
