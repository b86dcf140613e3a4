"""Attachments: 附件1 heads a text of its own; 附件：1.…2.… at the end of a notice only lists them."""

import re
from dataclasses import replace

from pipeline.language import markers
from pipeline.language.markers import LONGEST, Marker
from pipeline.structure.marked_lines import MarkedLine, bare

# The number of a listed attachment; 1.2016年某表 has a number and a year.
_COUNTED = re.compile(r"[0-9０-９]{1,2}\s?[.、．]|[（(][0-9０-９]{1,2}[)）]")
_EXCERPT = re.compile(r"节选|摘录|摘编|(?:相关|有关|部分)(?:法律)?(?:条款|条文|规定)")


def mark(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Mark lists of attachments, and attachments that begin with their title alone."""
    marked, names, at = list(lines), set[str](), 0
    while at < len(lines):
        line = marked[at]
        if line.heads_attachment:
            end = _list_end(lines, at)
            names |= {_name(listed) for listed in lines[at:end]}
            for i in range(at, end):
                marked[i] = lines[i].with_role("list")
            if end == at and _is_excerpt(lines, at):
                marked[at] = replace(line, role="excerpt")
            at = max(end, at + 1)
            continue
        is_headed = at > 0 and marked[at - 1].heads_attachment
        if names and not is_headed and line.role in ("", "title") and _is_listed(line, names):
            number = "1" if len(names) == 1 else str(sum(map(bool, names)) or 1)
            marked[at] = replace(line, marker=Marker("attachment", number, 0), role="")
        at += 1
    return marked


def _list_end(lines: list[MarkedLine], at: int) -> int:
    """The line after a list of attachments; `at` itself where the line heads an attachment."""
    head = lines[at]
    assert head.marker
    name = head.text[head.marker.end :].strip()
    counted = _COUNTED.match(name)
    end = at + 1
    if not name or counted:
        while end < len(lines) and _is_list_item(lines[end]):
            end += 1
        if counted:
            return end
        return end if end > at + 1 and _is_list_end(lines, end) else at
    return end if _is_list_end(lines, end) else at


def _is_list_item(line: MarkedLine) -> bool:
    """Whether a line names one more attachment."""
    is_short = len(line.text) <= LONGEST + 30 and line.text[-1] not in "。；："
    return not line.role and is_short and bool(_COUNTED.match(line.text))


def _is_list_end(lines: list[MarkedLine], at: int) -> bool:
    """Whether no attached text follows: the file ends, is signed, or another attachment begins."""
    return at >= len(lines) or lines[at].role == "signature" or lines[at].heads_attachment


def _name(line: MarkedLine) -> str:
    """The title in a line of a list of attachments."""
    return bare(title(line.text)).strip("《》")


def title(line: str) -> str:
    """The name of an attachment without its numbers.

    >>> title("附件：1.2016年某表"), title("2．某表")
    ('2016年某表', '某表')
    """
    marker = markers.read(line)
    if marker and marker.level == "attachment":
        line = line[marker.end :].strip()
    return _COUNTED.sub("", line, count=1).strip() if _COUNTED.match(line) else line


def _is_listed(line: MarkedLine, names: set[str]) -> bool:
    return line.marker is None and bare(line.text).strip("《》") in names


def _is_excerpt(lines: list[MarkedLine], at: int) -> bool:
    """Whether an attachment holds single provisions of another law."""
    heading = "".join(line.text for line in lines[at : at + 2] if len(line.text) < 80)
    return bool(_EXCERPT.search(heading))
