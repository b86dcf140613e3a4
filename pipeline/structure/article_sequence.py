"""Article sequence: which lines that begin with 第X条 are the text's own articles, by their numbers.

A text may quote articles of other laws. Their numbers break the sequence, which continues after them.
A missing number is a gap in the copy and a repeated number an editing error: such articles are kept.
"""

from dataclasses import dataclass, replace

from pipeline.language import markers
from pipeline.language.markers import Marker
from pipeline.structure.marked_lines import MarkedLine

Number = tuple[int, int]  # 第十二条之一 is (12, 1)
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}
_LONGEST_QUOTE = 40  # lines; without a limit, a quotation mark that never closes would take all
_MOST_ARTICLES = 400  # that are looked at; no text has more
_RUN = 5  # consecutive numbers that show a text without its beginning rather than a quotation


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that begins with an article's number."""

    index: int
    marker: Marker
    number: Number
    is_doubtful: bool  # it may as well be a citation


def settle(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Remove the markers of other laws' articles; add those of articles that look like citations."""
    settled = _without_quoted_markers(lines)
    in_excerpt = False
    part: list[int] = []
    for i, line in enumerate(settled):
        if line.role == "excerpt" or line.heads_attachment:
            _settle_part(settled, part)
            part, in_excerpt = [], line.role == "excerpt"
        elif in_excerpt:
            settled[i] = replace(line, marker=None)
        elif line.marker is None or line.marker.level == "article":
            part.append(i)
    _settle_part(settled, part)
    return settled


def _without_quoted_markers(lines: list[MarkedLine]) -> list[MarkedLine]:
    """The lines without the markers in quotations of several lines: “第五条 …↵（一）…”."""
    unquoted, at = list(lines), 0
    while at < len(lines):
        end = _quote_end(lines, at)
        for i in range(at, end):
            unquoted[i] = replace(lines[i], marker=None)
        at = max(end, at + 1)
    return unquoted


def _quote_end(lines: list[MarkedLine], at: int) -> int:
    """The line after a quotation that begins with a marker; `at` where no such quotation begins."""
    text = lines[at].text
    if text[0] not in _QUOTES or not markers.read(text[1:80]):
        return at
    closing = _QUOTES[text[0]]
    for i in range(at, min(at + _LONGEST_QUOTE, len(lines))):
        if lines[i].text.rstrip("。；;，").endswith(closing):
            return i + 1
    return at


def _settle_part(lines: list[MarkedLine], part: list[int]) -> None:
    """Settle the articles between two attachments, in place."""
    heads = _heads(lines, part)
    certain = [head.number for head in heads if not head.is_doubtful]
    last, place, seen = (0, 0), 0, set[Number]()
    for head in heads:
        number = head.number
        place += not head.is_doubtful
        following = certain[place : place + _MOST_ARTICLES]
        if head.is_doubtful:
            if _fills_gap(number, last, following):
                lines[head.index] = replace(lines[head.index], marker=head.marker)
                last = number
        elif _is_own(number, last, following, seen):
            last = number if number == (1, 0) else max(last, number)
            seen = (set() if number == (1, 0) else seen) | {number}
        else:
            lines[head.index] = replace(lines[head.index], marker=None)


def _heads(lines: list[MarkedLine], part: list[int]) -> list[_Head]:
    heads = []
    for i in part:
        line = lines[i]
        doubtful = None if line.marker or line.role else markers.read_citation(line.text[:80])
        if marker := line.marker or doubtful:
            heads.append(_Head(i, marker, _number(marker), line.marker is None))
    return heads


def _number(marker: Marker) -> Number:
    base, _, inserted = marker.number.partition("-")
    return int(base), int(inserted or 0)


def _fills_gap(number: Number, last: Number, following: list[Number]) -> bool:
    """Whether a doubtful article is the one missing between those before and after it."""
    return _follows(number, last) and bool(following) and following[0] == (number[0] + 1, 0)


def _follows(number: Number, last: Number) -> bool:
    return number in ((last[0] + 1, 0), (last[0], last[1] + 1))


def _is_own(number: Number, last: Number, following: list[Number], seen: set[Number]) -> bool:
    """Whether an article belongs to this text, or to a text that begins here in the same file."""
    if _follows(number, last) or number == last:
        return True
    run, expected = _run(number, following), (last[0] + 1, 0)
    if number == (1, 0):  # a new text, unless the old one continues where the quotation ends
        return not (len(run) < last[0] and following[len(run) - 1 : len(run)] == [expected])
    ahead = following[: _restart(following)] if last[0] else following
    if number < last:  # out of order; a number that was seen before is another law's
        return number not in seen and any(after > last for after in ahead)
    if expected not in ahead:
        return True  # the articles before it are missing from the copy
    is_early = number not in ahead and number < max(ahead)
    return is_early or (last == (0, 0) and len(run) >= _RUN)


def _run(number: Number, following: list[Number]) -> list[Number]:
    """The consecutive numbers that begin with this one."""
    run = [number]
    for after in following:
        if not _follows(after, run[-1]):
            break
        run.append(after)
    return run


def _restart(numbers: list[Number]) -> int:
    """How many numbers come before another text begins, with 第一条 and 第二条."""
    pairs = zip(numbers, numbers[1:], strict=False)
    return next((i for i, pair in enumerate(pairs) if pair == ((1, 0), (2, 0))), len(numbers))
