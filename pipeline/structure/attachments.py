"""Attachments: 附件1 heads a text of its own; 附件：1.…2.… at the end of a notice only lists them."""

import re
from dataclasses import replace

from pipeline.language.markers import LONGEST, Marker, marker
from pipeline.structure.marked_lines import Line, bare, words

_COUNTED = re.compile(
    r"[0-9０-９]{1,2}\s?[.、．]|[（(][0-9０-９]{1,2}[)）]"
)  # 1.2016年某表 has a number and a year
_EXCERPT = re.compile(r"节选|摘录|摘编|(?:相关|有关|部分)(?:法律)?(?:条款|条文|规定)")


def mark(text: str, lines: list[Line]) -> list[Line]:
    """Tell lists of attachments from attachments, and find the attachment that only its title heads."""
    found, names, at = list(lines), set[str](), 0
    while at < len(lines):
        line = found[at]
        if line.attaches:
            end = _list_end(text, lines, at)
            names |= {_name(text, listed) for listed in lines[at:end]}
            for i in range(at, end):
                found[i] = lines[i].told("list")
            if end == at and _is_excerpt(text, lines, at):
                found[at] = replace(line, role="excerpt")
            at = max(end, at + 1)
            continue
        headed = at > 0 and found[at - 1].attaches
        if names and not headed and line.role in ("", "title") and _is_listed(text, line, names):
            number = "1" if len(names) == 1 else str(sum(1 for n in sorted(names) if n) or 1)
            found[at] = replace(line, marker=Marker("attachment", number, 0), role="")
        at += 1
    return found


def _list_end(text: str, lines: list[Line], at: int) -> int:
    """Where a list of attachments ends; the same place where the line heads an attachment."""
    head = lines[at]
    assert head.marker
    name = text[head.start + head.marker.end : head.end].strip()
    counted = _COUNTED.match(name)
    end = at + 1
    if not name or counted:
        while end < len(lines) and _goes_on(text, lines[end]):
            end += 1
        if counted:
            return end
        return end if end > at + 1 and _stops(lines, end) else at
    return end if _stops(lines, end) else at


def _goes_on(text: str, line: Line) -> bool:
    """Whether a line names one more attachment."""
    said = words(text, line)
    short = len(said) <= LONGEST + 30 and said[-1] not in "。；："
    return not line.role and short and bool(_COUNTED.match(said))


def _stops(lines: list[Line], at: int) -> bool:
    """Whether nothing is attached here: the text ends, is signed, or another attachment follows."""
    if at >= len(lines):
        return True
    after = lines[at]
    return after.role == "signature" or after.attaches


def _name(text: str, line: Line) -> str:
    """The title in a line of a list of attachments."""
    return bare(title(words(text, line))).strip("《》")


def title(said: str) -> str:
    """The name of an attachment without its numbers.

    >>> title("附件：1.2016年某表"), title("2．某表")
    ('2016年某表', '某表')
    """
    found = marker(said)
    if found and found.level == "attachment":
        said = said[found.end :].strip()
    return _COUNTED.sub("", said, count=1).strip() if _COUNTED.match(said) else said


def _is_listed(text: str, line: Line, names: set[str]) -> bool:
    return line.marker is None and bare(words(text, line)).strip("《》") in names


def _is_excerpt(text: str, lines: list[Line], at: int) -> bool:
    """Whether what is attached are single provisions of another law."""
    said = "".join(words(text, line) for line in lines[at : at + 2] if line.end - line.start < 80)
    return bool(_EXCERPT.search(said))
