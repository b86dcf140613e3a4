"""Closings: the lines after the last provision (署名, 成文日期, 抄送), and titles of texts that follow.

The words are in corpus/patterns/offices.toml, genres.toml and signatures.toml.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.language import official_words
from pipeline.language.normalization import fold
from pipeline.language.official_words import any_of
from pipeline.structure.marked_lines import MarkedLine, bare

_DIGIT = "[0-9零〇○OＯ一二三四五六七八九十]"
_FIRST = ("article", "chapter", "numbered", "part", "division")  # levels that begin a text


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Expressions over a folded line; all but `note` are matched against the whole of it."""

    date: re.Pattern[str]
    office: re.Pattern[str]
    signer: re.Pattern[str]
    note: re.Pattern[str]
    title: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    offices, genres = official_words.offices(), official_words.genres()
    signatures = official_words.signatures()
    day = rf"{_DIGIT}{{4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日"
    office = any_of(offices.common, offices.signing)
    return _Patterns(
        date=re.compile(rf"\(?{day}\)?{any_of(signatures.date_tails)}?\)?"),
        office=re.compile(rf"[^。,;:!?“”|]{{1,120}}{office}(?:\(?{any_of(signatures.stamps)}\)?)?"),
        signer=re.compile(rf"(?:代|副)?{any_of(signatures.posts)}[::]?[一-鿿·]{{2,4}}"),
        note=signatures.note,
        title=re.compile(
            rf"[^。,;:!?]{{1,60}}{any_of(genres.common, genres.attached)}(?:\([^()]{{1,12}}\))?"
        ),
    )


def mark(lines: list[MarkedLine]) -> list[MarkedLine]:
    """Give signatures the role `signature`, and titles of texts that follow the role `title`.

    Args:
        lines: of one text.
    """
    marked = list(lines)
    kinds = [_kind(line) for line in lines]
    at = 0
    while at < len(lines):
        end = _block(lines, kinds, at)
        if (
            at
            and end > at
            and _signs(kinds[at:end], end == len(lines) or lines[end].heads_attachment)
        ):
            marked[at:end] = [line.with_role("signature") for line in lines[at:end]]
        at = max(end, at + 1)
    return [
        line.with_role("title") if not line.role and _entitles(marked, i) else line
        for i, line in enumerate(marked)
    ]


def _kind(line: MarkedLine) -> str:
    """date, office, both (an office and a date in one line), note (抄送), or '' for other lines."""
    content = _folded(line, 400) if not line.role else ""
    if not content or (line.marker and line.marker.level != "arabic"):
        return ""
    patterns = _patterns()
    if patterns.date.fullmatch(content):
        return "date"
    if patterns.note.match(content) and len(content) < 200:
        return "note"
    undated = re.sub(rf"{patterns.date.pattern}$", "", content)
    if patterns.office.fullmatch(undated) or patterns.signer.fullmatch(content):
        short = len(content) <= 40 or len(line.text.split()) > 1
        return ("both" if undated != content else "office") if short else ""
    return ""


def _folded(line: MarkedLine, longest: int) -> str:
    """The words of a line, folded and without blanks; empty where it is longer than `longest`."""
    return fold(bare(line.text)) if line.end - line.start <= longest else ""


def _block(lines: list[MarkedLine], kinds: list[str], at: int) -> int:
    """The end of a run of names, dates and notes that begins at line `at`."""
    end = at
    while end < len(lines) and (kinds[end] or (end > at and _wrapped(lines, kinds, end))):
        end += 1
    return end


def _signs(block: list[str], is_last: bool) -> bool:
    """Whether a run is a signature: where text follows, only with both a name and a date."""
    if "both" in block or ("date" in block and "office" in block):
        return True
    return is_last and ("date" in block or "note" in block)


def _wrapped(lines: list[MarkedLine], kinds: list[str], at: int) -> bool:
    """Whether a line continues the 抄送 above it."""
    plain = not lines[at].marker and not lines[at].role
    return plain and kinds[at - 1] == "note" and any(kinds[at + 1 : at + 2])


def _entitles(lines: list[MarkedLine], at: int) -> bool:
    """Whether a line is the title of a text that begins below: a first number within five lines."""
    line = lines[at]
    if line.marker or not _patterns().title.fullmatch(_folded(line, 90)):
        return False
    for after in lines[at + 1 : at + 6]:
        if after.marker or after.role not in ("", "contents", "title"):
            return bool(
                after.marker and after.marker.level in _FIRST and after.marker.number == "1"
            )
    return False
