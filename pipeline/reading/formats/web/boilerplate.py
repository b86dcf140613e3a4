"""Words of web pages that are not of the document, from corpus/patterns/pages.toml."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core import toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.language import markers

WHERE = ("line", "part", "site", "end")
_KEYS: dict[str, type] = {"id": str, "where": str, "pattern": str}
_LONGEST = 400  # characters of a line that may be a page's own
_TITLE = 10  # characters of a line that, told twice running, is a heading of the page and the title
_REST = 0.3  # share of a text that may be dropped as what follows the document


@dataclass(frozen=True, slots=True)
class Words:
    """For each place of words that a page adds, one pattern over all of its entries."""

    line: re.Pattern[str]
    part: re.Pattern[str]
    site: re.Pattern[str]
    end: re.Pattern[str]


@cache
def words() -> Words:
    """The words of the bundled file."""
    return load(DATA / "patterns/pages.toml")


def load(path: Path) -> Words:
    """Read the words.

    Raises:
        CorpusError: an entry that is not complete, an unknown place, or a pattern that is no
            regular expression.
    """
    found: dict[str, list[str]] = {where: [] for where in WHERE}
    for row in toml_files.entries(path, "words", _KEYS, set(_KEYS)):
        where = f"{path} [{row['id']}]"
        if row["where"] not in WHERE:
            raise CorpusError(where, f"where = {row['where']!r}", f"只能是 {'、'.join(WHERE)}")
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise CorpusError(where, f"pattern 不是正则表达式（{error}）", "改正写法") from None
        found[row["where"]].append(f"(?:{row['pattern']})")
    return Words(**{where: re.compile("|".join(each) or "(?!)") for where, each in found.items()})


def is_added(line: str, found: Words) -> bool:
    """Whether a whole line is the page's own."""
    bare = squeezed(line)
    return (
        bool(bare)
        and bare[0] != "|"
        and bool(found.line.fullmatch(bare) or found.site.fullmatch(bare))
    )


def squeezed(line: str) -> str:
    """A line without blanks and Markdown's heading sign; empty where it is too long to be a page's own."""
    return "".join(line.split()).lstrip("#") if len(line) <= _LONGEST else ""


def cleaned(text: str, found: Words) -> tuple[str, int]:
    """The text of a page without the page's own words, and how many lines that cost."""
    lines, out, dropped, last = text.split("\n"), list[str](), 0, ""
    for at, line in enumerate(lines):
        if found.end.fullmatch(squeezed(line)) and _ends(lines, at):
            return "\n".join(out), dropped + len(lines) - at
        shorter = found.part.sub("", line)
        emptied = shorter != line and not shorter.strip()
        if emptied or is_added(shorter, found) or _is_again(line, last):
            dropped += 1
            continue
        out.append(shorter)
        last = line.strip() or last
    return "\n".join(out), dropped


def _is_again(line: str, last: str) -> bool:
    """Whether a line is the one before told again: a page's heading, then the document's title."""
    return len(last) >= _TITLE and line.strip() == last and last[0] != "|"


def _ends(lines: list[str], at: int) -> bool:
    """Whether the document is over: what follows is short and holds no provision."""
    rest = lines[at + 1 :]
    short = sum(map(len, rest)) <= _REST * sum(map(len, lines))
    return short and not any(markers.read(line) for line in rest)
