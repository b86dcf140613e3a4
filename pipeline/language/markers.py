"""Markers: the numbering of Chinese law and 公文, its level and number: 第三条, （一）, 一、, 1., （1）, ①."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.language import numerals
from pipeline.language.normalization import fold

_NUMERAL = "[零〇○一二三四五六七八九十百千两0-9]"
_BOLD = r"(?:\*\*|__)?"  # around numbers, in pages converted to Markdown
_LAW = re.compile(
    rf"{_BOLD}第\s*({_NUMERAL}(?:\s*{_NUMERAL})*)\s*(部分|编|章|节|条)(?:之({_NUMERAL}+))?{_BOLD}"
)
_LISTS: Final = (
    ("numbered", re.compile(rf"{_BOLD}([一二三四五六七八九十百]+)\s?(?:、|\.(?!\d)){_BOLD}")),
    ("item", re.compile(rf"{_BOLD}\(\s?([一二三四五六七八九十百]+)\s?\)[、.]?{_BOLD}")),
    ("arabic", re.compile(rf"{_BOLD}([0-9]{{1,3}})\s?(?:[.、]|\)、?)(?![0-9]){_BOLD}")),
    ("bracketed", re.compile(r"\(\s?([0-9]{1,3})\s?\)[、.]?")),
)
# Ranges of characters that are a marker each: first, last, level.
_SIGNS: Final = (
    ("①", "⑳", "circled"),
    ("⑴", "⒇", "bracketed"),
    ("⒈", "⒛", "arabic"),
    ("㈠", "㈩", "item"),
)
_ATTACHMENT = re.compile(
    r"附\s?[件表录图]\s?([0-9]{1,2}(?:-[0-9]{1,2})?|[一二三四五六七八九十]{1,3})?\s*(?:[::]\s*|\s+|(?=《)|$)"
    r"|附\s*(?:[::]\s*|$)"
)
_KINDS: Final = {
    "部分": "division",
    "编": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
}
# What follows the number in a citation (第三条规定的…) and not in an article (第三条 为了…).
_CITING = re.compile(
    r"[的、,或至到与第]|和(?![谐平])|及(?!时)|中(?![小央国心外医型等介])|规定|所列|所称|所指|之规定|以及|款(?!项)|项(?!目)"
)
_CITING_CHAPTER = re.compile(r"[的、,至到第]|规定|所[列称指]|以及|[和或及与]第")
# A line that begins a paragraph: a marker, a heading, a table.
STARTS = re.compile(
    r"[#|<]|(?:\*\*|__)?第\s*[零〇○一二三四五六七八九十百千两0-9０-９](?:\s*[零〇○一二三四五六七八九十百千两0-9０-９])*\s*(?:部分|[编章节条])"
    r"|[一二三四五六七八九十百]+\s?[、.．]|[（(]\s?[一二三四五六七八九十百0-9０-９]+\s?[)）]|[0-9０-９]{1,3}[.、．]|[①-⑳⑴-⒇⒈-⒛㈠-㈩]"
    r"|附\s?[件表录图]|附[:：]|目\s*录"
)
# The title that some texts print after an article's number: （目的和依据）, not （十二）.
_TITLE = re.compile(
    rf"[ 　]*[（(【](?!{_NUMERAL}+[)）])([^（()）【】\n。；]{{2,30}})[)）】](?=\S|\s|$)"
)
LONGEST = 40  # characters of a heading at most, and of a marker


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the start of a line; the line's words begin at `end`.

    Levels: division (第一部分) part chapter section article attachment, and the lists numbered (一、)
    item (（一）) arabic (1.) bracketed (（1）) circled (①).
    """

    level: str
    number: str  # '12'; '12-1' for 第十二条之一
    end: int


def read(line: str) -> Marker | None:
    """Read the marker at the start of a line; None where the line has none.

    >>> read("第十二条之一　企业应当"), read("（三）其他"), read("第三条规定的情形")
    (Marker(level='article', number='12-1', end=6), Marker(level='item', number='3', end=3), None)
    """
    text = fold(line)
    offset = len(text) - len(text.lstrip())
    text = text[offset:]
    if law := _LAW.match(text):
        return _law_marker(law, text, offset)
    if attachment := _ATTACHMENT.match(text):
        return _attachment_marker(attachment, text, offset)
    for first, last, level in _SIGNS:
        if first <= text[:1] <= last:
            return Marker(level, str(ord(text[0]) - ord(first) + 1), offset + 1)
    for level, pattern in _LISTS:
        if (hit := pattern.match(text)) and (number := _arabic(hit[1])):
            return Marker(level, number, offset + hit.end())
    return None


def read_citation(line: str) -> Marker | None:
    """Read an article's number that looks like a citation: 第三十四条第二十五条所称….

    Only the numbers before and after can tell whether the line is an article or cites one.
    """
    law = _LAW.match(text := fold(line))
    number = _arabic(law[1]) if law and law[2] == "条" else None
    if law is None or number is None or not _CITING.match(text, law.end()):
        return None
    return Marker("article", number + _inserted(law), law.end())


def article_heading(text: str, start: int) -> tuple[str, int] | None:
    """The title of an article, printed in brackets after its number, and where it ends.

    Args:
        text: the article or its first line.
        start: the offset after its number.

    >>> article_heading("第一条（目的和依据）", 3), article_heading("第九条 （十二）其他。", 4)
    (('目的和依据', 10), None)
    """
    title = _TITLE.match(text, start)
    return (title[1].strip(), title.end()) if title else None


def _law_marker(law: re.Match[str], text: str, offset: int) -> Marker | None:
    number, after = _arabic(law[1]), text[law.end() :]
    citing = _CITING if law[2] == "条" else _CITING_CHAPTER
    if number is None or citing.match(after):
        return None
    if law[2] != "条" and after and after[0] not in " (" and len(after) > 30:
        return None
    return Marker(_KINDS[law[2]], number + _inserted(law), offset + law.end())


def _inserted(law: re.Match[str]) -> str:
    """The second number of an article inserted later: '-1' for 第十二条之一."""
    return f"-{_arabic(law[3])}" if law[3] else ""


def _attachment_marker(attachment: re.Match[str], text: str, offset: int) -> Marker | None:
    name = text[attachment.end() :]
    if len(name) > LONGEST + 20 or name.endswith(("。", ";")):  # a sentence about an attachment
        return None
    number = attachment[1] or "1"
    value = str(numerals.integer(number)) if number[0] in numerals.CHINESE else number
    return Marker("attachment", value, offset + attachment.end())


def _arabic(numeral: str) -> str | None:
    numeral = re.sub(r"\s", "", numeral)
    value = int(numeral) if numeral.isdecimal() else numerals.integer(numeral)
    return None if value is None else str(value)
