"""Sequence: which lines headed 第X条 are this text's own articles, by the numbers before and after.

A text may print articles of other laws; theirs are out of sequence, and the sequence goes on after
them. A lacking number is a hole of the copy, and a number used twice a slip of the pen: both stay.
"""

from dataclasses import replace

from pipeline.language.markers import Marker, citing, marker
from pipeline.structure.marked_lines import Line, words

Number = tuple[int, int]  # 第十二条之一 is (12, 1)
_QUOTED = '“「『"'
_LONGEST_QUOTE = 40  # lines; a quotation mark that never closes must not swallow the text
_FAR = 400  # articles; no text has more
_RUN = 5  # so many numbers in a row are a text that lacks its beginning, not a quotation


def settle(text: str, lines: list[Line]) -> list[Line]:
    """Take the markers off articles of other laws, and find articles that read like citations."""
    found = _unquoted(text, lines)
    excerpt = False
    part: list[int] = []
    for i, line in enumerate(found):
        if line.role == "excerpt" or line.attaches:
            _settle_part(text, found, part)
            part, excerpt = [], line.role == "excerpt"
        elif excerpt:
            found[i] = replace(line, marker=None)
        elif line.marker is None or line.marker.level == "article":
            part.append(i)
    _settle_part(text, found, part)
    return found


def _unquoted(text: str, lines: list[Line]) -> list[Line]:
    """Without the markers in a quotation of several lines: “第五条 …↵（一）…”."""
    found, at = list(lines), 0
    while at < len(lines):
        end = _quote_end(text, lines, at)
        for i in range(at, end):
            found[i] = replace(lines[i], marker=None)
        at = max(end, at + 1)
    return found


def _quote_end(text: str, lines: list[Line], at: int) -> int:
    said = words(text, lines[at])
    if said[0] not in _QUOTED or not marker(said[1:80]):
        return at
    closing = {"“": "”", "「": "」", "『": "』"}.get(said[0], '"')
    for i in range(at, min(at + _LONGEST_QUOTE, len(lines))):
        if words(text, lines[i]).rstrip("。；;，").endswith(closing):
            return i + 1
    return at


def _number(found: Marker) -> Number:
    base, _, inserted = found.number.partition("-")
    return int(base), int(inserted or 0)


def _settle_part(text: str, lines: list[Line], part: list[int]) -> None:
    """Settle the articles between two attachments, in place."""
    heads: list[
        tuple[int, Number, bool]
    ] = []  # line, number, whether it only reads like a citation
    for i in part:
        sure = lines[i].marker
        found = sure or (
            None if lines[i].role else citing(text[lines[i].start : lines[i].end][:80])
        )
        if found:
            heads.append((i, _number(found), sure is None))
    certain = [number for _, number, doubtful in heads if not doubtful]
    last, place, seen = (0, 0), 0, set[Number]()
    for i, number, doubtful in heads:
        place += not doubtful
        coming = certain[place : place + _FAR]
        if doubtful:
            if _fills(number, last, coming):
                lines[i] = replace(lines[i], marker=citing(words(text, lines[i])))
                last = number
        elif _own(number, last, coming, seen):
            last = number if number == (1, 0) else max(last, number)
            seen = (set() if number == (1, 0) else seen) | {number}
        else:
            lines[i] = replace(lines[i], marker=None)


def _fills(number: Number, last: Number, coming: list[Number]) -> bool:
    """Whether a doubtful article fills the one hole between those before and after it."""
    return _follows(number, last) and bool(coming) and coming[0] == (number[0] + 1, 0)


def _follows(number: Number, last: Number) -> bool:
    return number in ((last[0] + 1, 0), (last[0], last[1] + 1))


def _own(number: Number, last: Number, coming: list[Number], seen: set[Number]) -> bool:
    """Whether an article is this text's own, or that of a text that begins here."""
    if _follows(number, last) or number == last:
        return True
    run, wanted = _run(number, coming), (last[0] + 1, 0)
    if number == (1, 0):  # a new text, unless the old one goes on where the quotation ends
        return not (len(run) < last[0] and coming[len(run) - 1 : len(run)] == [wanted])
    ahead = coming[: _restart(coming)] if last[0] else coming
    if number < last:  # printed too late; what came before already is another law's
        return number not in seen and any(after > last for after in ahead)
    if wanted not in ahead:
        return True  # the copy lacks what should stand before
    too_early = number not in ahead and number < max(ahead)
    return too_early or (last == (0, 0) and len(run) >= _RUN)


def _run(number: Number, coming: list[Number]) -> list[Number]:
    """The numbers in a row that begin with this one."""
    run = [number]
    for after in coming:
        if not _follows(after, run[-1]):
            break
        run.append(after)
    return run


def _restart(numbers: list[Number]) -> int:
    """How many numbers come before another text begins at one."""
    starts = (i for i, pair in enumerate(zip(numbers, numbers[1:], strict=False)) if pair == ((1, 0), (2, 0)))  # fmt: skip
    return next(starts, len(numbers))
