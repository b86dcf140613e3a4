"""Endings: what stands after the last provision: 署名, 成文日期, 抄送, and the title of a text that follows."""

import re

from pipeline.language.normalization import fold
from pipeline.structure.marked_lines import MarkedLine, bare

_DIGIT = "[0-9零〇○OＯ一二三四五六七八九十]"
_DATE = re.compile(
    rf"\(?{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日\)?(?:印发|发布|公布|印)?\)?"
)
_OFFICE = re.compile(
    r"[^。,;:!?“”|]{1,120}(?:政府|委员会|委|办公室|办公厅|局|厅|院|部|会|中心|处|署|行|社|办|公司|大学|学院|队|科)(?:\(?(?:章|盖章|代章)\)?)?"
)
_SIGNER = re.compile(
    r"(?:代|副)?(?:省|市|区|县|州)?(?:长|主任|主席|总理|部长|局长|厅长)[::]?[一-鿿·]{2,4}"
)
_NOTE = re.compile(
    r"\(?此件|抄送|公开方式|信息公开(?:选项|类别|属性)|主动公开|依申请公开|主题词|印发机关|印发日期|\(?联系人|共印\d"
)
_TITLE = re.compile(
    r"[^。,;:!?]{1,60}(?:办法|规定|细则|条例|规则|方案|规程|章程|标准|意见|制度|指引|指南|决定|通知|公告|通告|规划|计划|措施|政策|表|名单|目录)(?:\([^()]{1,12}\))?"
)
_FIRST = ("article", "chapter", "numbered", "part", "division")


def mark(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Tell signatures and the titles of texts that follow from provisions."""
    found = list(lines)
    kinds = [_kind(line) for line in lines]
    at = 0
    while at < len(lines):
        end = _block(lines, kinds, at)
        if (
            at
            and end > at
            and _signs(kinds[at:end], end == len(lines) or lines[end].heads_attachment)
        ):
            found[at:end] = [line.with_role("signature") for line in lines[at:end]]
        at = max(end, at + 1)
    return [
        line.with_role("title") if not line.role and _entitles(found, i) else line
        for i, line in enumerate(found)
    ]


def _kind(line: MarkedLine) -> str:
    """date, office, both (an office and a date in one line), note (抄送), or '' for other lines."""
    said = fold(bare(line.text)) if line.end - line.start <= 400 and not line.role else ""
    if not said or (line.marker and line.marker.level != "arabic"):
        return ""
    if _DATE.fullmatch(said):
        return "date"
    if _NOTE.match(said) and len(said) < 200:
        return "note"
    dated = re.sub(rf"{_DATE.pattern}$", "", said)
    if _OFFICE.fullmatch(dated) or _SIGNER.fullmatch(said):
        short = len(said) <= 40 or len(line.text.split()) > 1
        return ("both" if dated != said else "office") if short else ""
    return ""


def _block(lines: list[MarkedLine], kinds: list[str], at: int) -> int:
    """Where a run of names, dates and notes that begins at a line ends."""
    end = at
    while end < len(lines) and (kinds[end] or (end > at and _wrapped(lines, kinds, end))):
        end += 1
    return end


def _signs(block: list[str], is_last: bool) -> bool:
    """Whether names, dates and notes are a signature; where text follows, both name and date are."""
    if "both" in block or ("date" in block and "office" in block):
        return True
    return is_last and ("date" in block or "note" in block)


def _wrapped(lines: list[MarkedLine], kinds: list[str], at: int) -> bool:
    """Whether a line goes on with a 抄送 above it."""
    plain = not lines[at].marker and not lines[at].role
    return plain and kinds[at - 1] == "note" and any(kinds[at + 1 : at + 2])


def _entitles(lines: list[MarkedLine], at: int) -> bool:
    """Whether a line is the title of a text that begins below: a first number follows shortly."""
    line = lines[at]
    said = fold(bare(line.text)) if line.end - line.start <= 90 else ""
    if line.marker or not _TITLE.fullmatch(said):
        return False
    for after in lines[at + 1 : at + 6]:
        if after.marker or after.role not in ("", "contents", "title"):
            return bool(
                after.marker and after.marker.level in _FIRST and after.marker.number == "1"
            )
    return False
