"""Mastheads (版头): what stands before a paper's first sentence, labels of the page that held it apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.language import document_numbers, markers
from pipeline.language.document_numbers import DocNumber
from pipeline.language.lines import Line, close

_CONTENTS = re.compile(r"目\s*[录次](?:\s*[:：].*)?$")
_NOTE = re.compile(r"[（(【\[].*[）)】\]]$")
# When the page came, and from where, beside what the paper says.
_PUBLISHED = re.compile(
    r"(?:(?:发布|发文|公开|更新|印发)?(?:时间|日期)[:：]?\s*)?(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?|(?:信息|文章)?来源[:：]\s*\S+"
)
# A 题注 that goes on in the next line.
_OPEN_NOTE = re.compile(r"[（(](?:19|20)\d\d年[^）)。]{20,}$")
_LABEL = re.compile(
    r"[【\[]?\s*([\u3400-\u9fff/][\u3400-\u9fff/ 　\u00a0]{0,9}?)\s*[】\]]?\s*[:：]\s*(.*)$"
)
_BULLETS = " •·●○▪■◆◇*-\u3000"
_BARE_NUMBER = re.compile(r"[（(]?(?:\d{4}年)?第\S{1,6}号[）)]?")
_FIELD = re.compile(r"[\u3400-\u9fff]{2,8}[:：].{0,40}")
_PROMULGATION = re.compile(r"(?:公布|发布|颁布|印发)")
_LONGEST_VALUE = 80  # characters
_LONGEST = 40  # lines; what is longer is a list, and no masthead
_AMENDED = re.compile(r"根据|修正|修订|废止")


@dataclass(frozen=True, slots=True)
class Masthead:
    """lines[:last] stand before the first sentence; labels are key → value of the page's own list."""

    rows: tuple[Line, ...]
    last: int
    labels: Mapping[str, str]


def read(lines: Sequence[Line], names: Mapping[str, Sequence[str]]) -> Masthead:
    """Read the masthead.

    Args:
        lines: of the text.
        names: field → labels that announce it; `web` ones are only left out.
    """
    fields = {_plain(label): field for field, labels in names.items() for label in labels}
    rows: list[Line] = []
    labels: dict[str, str] = {}
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.text.startswith("|") and (cells := _cells(line.text, fields)) is not None:
            for name, value in cells:
                labels.setdefault(name, value)
            if not cells:
                rows.append(line)
            place += 1
            continue
        alone = fields.get(_plain(line.text))  # a label without colon, its value below
        told = _labelled(line.text, fields) or ([(alone, "")] if alone else [])
        if told:
            value, used = _value(lines, place, told[-1][1], told[-1][0], fields)
            for name, said in (*told[:-1], (told[-1][0], value)):
                labels.setdefault(name, said)
            place += used
        elif is_prose(line.text) or len(rows) == _LONGEST:
            break
        else:
            rows.append(line)
            place += 1
    return Masthead(tuple(rows), place, labels)


def _labelled(text: str, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """The labels of a line that begins with one, and what follows each: 发布机构：某局　文号：某发1号."""
    names = "|".join(  # the page's own labels after a blank only: 时间 also ends other words
        ("" if fields[label] != "web" else r"(?<!\S)") + r"\s*".join(map(re.escape, label))
        for label in sorted(fields, key=len, reverse=True)
    )
    hits = list(re.finditer(rf"[【\[]?\s*({names})\s*[】\]]?\s*[:：\t]\s*", text))
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
    """The labels and values of a table's row; none in a letterhead's; None where it is neither."""
    cells = [cell.strip() for cell in row.strip("| ").split("|")]
    if all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
        return []
    if any(_is_beside(row, found) for found in document_numbers.find(row)):
        return []
    found: list[tuple[str, str]] = []
    for place, cell in enumerate(cells):
        hit = _LABEL.match(cell if re.search("[:：]", cell) else f"{cell}:")
        field = fields.get(_plain(hit[1])) if hit else None
        if hit and field:
            after = cells[place + 1] if place + 1 < len(cells) else ""
            is_label = _LABEL.match(after) or _plain(after) in fields
            found.append((field, hit[2].strip() or ("" if is_label else after)))
    return found or None


def is_prose(text: str) -> bool:
    """Whether a line is a sentence, an address (各区人民政府：) or a provision."""
    if _NOTE.fullmatch(text) or _OPEN_NOTE.match(text):
        return False
    if _CONTENTS.match(text) or text.startswith("|"):
        return True
    found = markers.read(text)
    if found and found.level != "attachment":
        return True
    return text.endswith(("。", "：", ":", "；", "，")) or "。" in text or len(close(text)) > 75


def below_letterhead(rows: Sequence[Line]) -> list[Line]:
    """The rows that can print the title: below 某局文件, where it stands, and no numbers or notes."""
    heads = [place for place, row in enumerate(rows) if close(row.text).endswith("文件")]
    below = [row for row in rows[heads[-1] + 1 if heads else 0 :] if not is_letterhead(row)]
    return below or [row for row in rows if not is_letterhead(row)]


def below_number(rows: Sequence[Line], title: Sequence[Line]) -> list[Line]:
    """The rows of a title that stand below a number which parts them; none where no number does."""
    parting = [
        row.start for row in rows
        if title and title[0].start < row.start < title[-1].start
        and any(_is_beside(row.text, found) for found in document_numbers.find(row.text))
    ]  # fmt: skip
    return [row for row in title if parting and row.start > parting[-1]]


def is_letterhead(row: Line) -> bool:
    """Whether a row is the letterhead, a number or a code, and so no part of a title."""
    whole = close(row.text)
    if whole.endswith("文件") or not re.search(r"[\u3400-\u9fff]{2}", whole):
        return True
    if _BARE_NUMBER.fullmatch(whole) or _FIELD.fullmatch(whole) or _NOTE.fullmatch(whole):
        return True
    return any(_is_beside(row.text, found) for found in document_numbers.find(row.text))


def _is_beside(text: str, found: DocNumber) -> bool:
    """Whether a line holds a number and nothing else that matters."""
    rest = close(_PUBLISHED.sub("", text[: found.start] + " " + text[found.end :]))
    return len(re.sub(r"[|（()）\s—－-]|签发人.*", "", rest)) <= 2


def number(rows: Sequence[Line], title_rows: Sequence[Line]) -> str | None:
    """The paper's own number: on a line of its own in the masthead, or behind the title in brackets.

    A number inside other words is one that the paper cites.
    """
    for row in title_rows[-1:]:
        for found in document_numbers.find(row.text)[-1:]:
            before, after = row.text[: found.start], row.text[found.end :].strip()
            if before.endswith(("（", "(")) and after in ("）", ")"):
                return found.folded
    texts = [row.text for row in rows]
    pairs = [" ".join(pair) for pair in zip(texts, texts[1:], strict=False)]
    for text in (*texts, *pairs):
        for found in document_numbers.find(text):
            if _is_beside(text, found):
                return found.folded
    return None


def noted_number(rows: Sequence[Line]) -> str | None:
    """The number by which a 题注 says that the text was first published."""
    for row in rows:
        if not _NOTE.fullmatch(row.text):
            continue
        for found in document_numbers.find(row.text):
            before, after = row.text[: found.start], row.text[found.end : found.end + 4]
            if _PROMULGATION.match(after) and not _AMENDED.search(before):
                return found.folded
    return None


def ordering(rows: Sequence[Line]) -> int | None:
    r"""The row that only names an order or an announcement: 某市人民政府令, with 第2号 below it.

    >>> from pipeline.printed import lines
    >>> ordering(list(lines("某市人民代表大会常务委员会公告\n第1号")))
    0
    """
    for place, row in enumerate(rows):
        below = rows[place + 1].text if place + 1 < len(rows) else ""
        whole = close(row.text)
        if whole.endswith(("令", "公告")) and re.match(r"[（(]?(?:\d{4}年)?第", below):
            return place
        if re.search(r"第\s*\S{1,6}\s*号\s*令?$", whole) and re.search("令|公告", whole):
            return place
    return None
