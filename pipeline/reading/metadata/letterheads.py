"""Letterheads (版头): the lines before a document's first sentence, and a page's record of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.language import document_numbers, markers, official_words
from pipeline.language.document_numbers import DocNumber
from pipeline.language.lines import Line, unspaced
from pipeline.language.official_words import any_of

_CONTENTS = re.compile(r"目\s*[录次](?:\s*[:：].*)?$")
_NOTE = re.compile(r"[（(【\[].*[）)】\]]$")
# A 题注 that goes on in the next line.
_OPEN_NOTE = re.compile(r"[（(](?:19|20)\d\d年[^）)。]{20,}$")
_LABEL = re.compile(
    r"[【\[]?\s*([\u3400-\u9fff/][\u3400-\u9fff/ 　\u00a0]{0,9}?)\s*(?:[】\]]\s*)?[:：]\s*(.*)$"
)
_BULLETS = " •·●○▪■◆◇*-\u3000"
_BARE_NUMBER = re.compile(r"[（(]?(?:\d{4}年)?第\S{1,6}号[）)]?")
_FIELD = re.compile(r"[\u3400-\u9fff]{2,8}[:：].{0,40}")
_LONGEST_VALUE = 80  # characters of a label's value
_LONGEST_LINE = 75  # characters; a longer line is a sentence
_LONGEST = 40  # lines; a longer run without a sentence is a list, and no letterhead


@dataclass(frozen=True, slots=True)
class Letterhead:
    """lines[:last] stand before the first sentence; labels are field → value of a page's record."""

    rows: tuple[Line, ...]
    last: int
    labels: Mapping[str, str]


@cache
def label_fields() -> Mapping[str, str]:
    """Label, without blanks → field that it announces; `web` ones are only left out."""
    words = official_words.letterheads()
    labels = {
        "title": words.label_title,
        "number": words.label_number,
        "issuers": words.label_issuers,
        "issued": words.label_issued,
        "effective": words.label_effective,
        "expires": words.label_expires,
        "web": words.label_web,
    }
    return {_plain(label): field for field, names in labels.items() for label in names}


@cache
def _labels() -> re.Pattern[str]:
    """A label and what parts it from its value."""
    fields = label_fields()
    names = "|".join(  # the page's own labels after a blank only: 时间 also ends other words
        ("" if fields[label] != "web" else r"(?<!\S)") + r"\s*".join(map(re.escape, label))
        for label in sorted(fields, key=len, reverse=True)
    )
    return re.compile(rf"[【\[]?\s*({names})\s*(?:[】\]]\s*)?[:：\t]\s*")


@cache
def _beside_number() -> re.Pattern[str]:
    """Signs and labels beside a number in its line."""
    words = official_words.letterheads()
    return re.compile(rf"[|（()）\s—－-]|{any_of(words.beside_number)}.*")


@cache
def _publication() -> re.Pattern[str]:
    """The verb of publication behind a number."""
    words = official_words.letterheads()
    return re.compile(any_of(words.promulgated, words.number_promulgated))


@cache
def _amendment() -> re.Pattern[str]:
    return re.compile(any_of(official_words.letterheads().amended))


def read(lines: Sequence[Line]) -> Letterhead:
    """Read the letterhead of a text.

    Args:
        lines: of the text.
    """
    fields = label_fields()
    rows: list[Line] = []
    labels: dict[str, str] = {}
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.text.startswith("|") and (cells := _cells(line.text, fields)) is not None:
            for field, value in cells:
                labels.setdefault(field, value)
            if not cells:
                rows.append(line)
            place += 1
            continue
        alone = fields.get(_plain(line.text))  # a label without colon, its value below
        pairs = _labelled(line.text, fields) or ([(alone, "")] if alone else [])
        if pairs:
            *before, (last, rest) = pairs
            after, used = _value(lines, place, rest, last, fields)
            for field, value in (*before, (last, after)):
                labels.setdefault(field, value)
            place += used
        elif is_prose(line.text) or len(rows) == _LONGEST:
            break
        else:
            rows.append(line)
            place += 1
    return Letterhead(tuple(rows), place, labels)


def _labelled(text: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields and values of a line that begins with a label: 发布机构：某局　文号：某发1号."""
    hits = list(_labels().finditer(text))
    if not hits or text[: hits[0].start()].strip(_BULLETS):
        return []
    ends = [*(hit.start() for hit in hits[1:]), len(text)]
    return [
        (fields[_plain(hit[1])], text[hit.end() : end].strip())
        for hit, end in zip(hits, ends, strict=True)
    ]


def _plain(label: str) -> str:
    return re.sub(r"\s", "", label)


def _value(
    lines: Sequence[Line], place: int, value: str, field: str, fields: Mapping[str, str]
) -> tuple[str, int]:
    """A label's value, on its own line or on the next, and how many lines it takes."""
    if value.strip() or place + 1 == len(lines) or field == "web":
        return value.strip(), 1
    after = lines[place + 1].text
    other = _LABEL.match(after)
    if len(after) > _LONGEST_VALUE or (other and _plain(other[1]) in fields):
        return "", 1
    return after, 2


def _cells(row: str, fields: Mapping[str, str]) -> list[tuple[str, str]] | None:
    """The fields and values of a table row; none in a letterhead's row; None where it is neither."""
    cells = [cell.strip() for cell in row.strip("| ").split("|")]
    if all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
        return []
    if any(_is_beside(row, number) for number in document_numbers.find(row)):
        return []
    pairs: list[tuple[str, str]] = []
    for place, cell in enumerate(cells):
        hit = _LABEL.match(cell if re.search("[:：]", cell) else f"{cell}:")
        field = fields.get(_plain(hit[1])) if hit else None
        if hit and field:
            after = cells[place + 1] if place + 1 < len(cells) else ""
            is_label = _LABEL.match(after) or _plain(after) in fields
            pairs.append((field, hit[2].strip() or ("" if is_label else after)))
    return pairs or None


def is_prose(text: str) -> bool:
    """Whether a line is a sentence, an address (各区人民政府：) or a provision."""
    if _NOTE.fullmatch(text) or _OPEN_NOTE.match(text):
        return False
    if _CONTENTS.match(text) or text.startswith("|"):
        return True
    number = markers.read(text)
    if number and number.level != "attachment":
        return True
    is_sentence = text.endswith(("。", "：", ":", "；", "，")) or "。" in text
    return is_sentence or len(unspaced(text)) > _LONGEST_LINE


def below_letterhead(rows: Sequence[Line]) -> list[Line]:
    """The rows that can print the title: below 某局文件, where there is one, without numbers and notes."""
    endings = official_words.letterheads().letterhead
    heads = [place for place, row in enumerate(rows) if unspaced(row.text).endswith(endings)]
    below = [row for row in rows[heads[-1] + 1 if heads else 0 :] if not is_letterhead(row)]
    return below or [row for row in rows if not is_letterhead(row)]


def below_number(rows: Sequence[Line], title: Sequence[Line]) -> list[Line]:
    """The rows of a title that stand below a number which parts them; none where no number does."""
    if not title:
        return []
    parting = [
        row.start
        for row in rows
        if title[0].start < row.start < title[-1].start and _is_number(row.text)
    ]
    return [row for row in title if parting and row.start > parting[-1]]


def is_letterhead(row: Line) -> bool:
    """Whether a row is the letterhead, a number or a code, and so no part of a title."""
    whole = unspaced(row.text)
    is_head = whole.endswith(official_words.letterheads().letterhead)
    if is_head or not re.search(r"[\u3400-\u9fff]{2}", whole):
        return True
    if _BARE_NUMBER.fullmatch(whole) or _FIELD.fullmatch(whole) or _NOTE.fullmatch(whole):
        return True
    return _is_number(row.text)


def _is_number(text: str) -> bool:
    """Whether a line holds a document number and nothing else that matters."""
    return any(_is_beside(text, number) for number in document_numbers.find(text))


def _is_beside(text: str, number: DocNumber) -> bool:
    """Whether nothing that matters stands beside a number in its line."""
    stamp = official_words.letterheads().web_stamp
    rest = unspaced(stamp.sub("", text[: number.start] + " " + text[number.end :]))
    return len(_beside_number().sub("", rest)) <= 2


def number(rows: Sequence[Line], title_rows: Sequence[Line]) -> str | None:
    """The document's own number: alone in a line of the letterhead, or in brackets behind the title.

    A number inside other words is one that the document cites.
    """
    for row in title_rows[-1:]:
        for last in document_numbers.find(row.text)[-1:]:
            before, after = row.text[: last.start], row.text[last.end :].strip()
            if before.endswith(("（", "(")) and after in ("）", ")"):
                return last.folded
    texts = [row.text for row in rows]
    pairs = [" ".join(pair) for pair in zip(texts, texts[1:], strict=False)]
    for text in (*texts, *pairs):
        for candidate in document_numbers.find(text):
            if _is_beside(text, candidate):
                return candidate.folded
    return None


def noted_number(rows: Sequence[Line]) -> str | None:
    """The number by which a 题注 says that the text was first published."""
    for row in rows:
        if not _NOTE.fullmatch(row.text):
            continue
        for candidate in document_numbers.find(row.text):
            before = row.text[: candidate.start]
            after = row.text[candidate.end : candidate.end + 4]
            if _publication().match(after) and not _amendment().search(before):
                return candidate.folded
    return None


def ordering(rows: Sequence[Line]) -> int | None:
    r"""The row that only names an order or an announcement: 某市人民政府令, with 第2号 below it.

    >>> from pipeline.language.lines import lines
    >>> ordering(list(lines("某市人民代表大会常务委员会公告\n第1号")))
    0
    """
    orders = official_words.letterheads().orders
    for place, row in enumerate(rows):
        below = rows[place + 1].text if place + 1 < len(rows) else ""
        whole = unspaced(row.text)
        if whole.endswith(orders) and re.match(r"[（(]?(?:\d{4}年)?第", below):
            return place
        if re.search(r"第\s*\S{1,6}\s*号\s*令?$", whole) and any(word in whole for word in orders):
            return place
    return None
