"""Boilerplate of web pages: navigation, buttons, sources and footers, removed from texts.

The expressions are in corpus/patterns/pages.toml.
"""

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
_LONGEST = 400  # characters of a line that may be boilerplate
_TITLE = 10  # characters of a line that, printed twice running, is a page's heading and the title
_REST = 0.3  # share of a text that may be dropped behind the document


@dataclass(frozen=True, slots=True)
class BoilerplatePatterns:
    """For each value of `where`, one expression over all of its entries."""

    line: re.Pattern[str]
    part: re.Pattern[str]
    site: re.Pattern[str]
    end: re.Pattern[str]


@cache
def patterns() -> BoilerplatePatterns:
    """The patterns of the bundled file."""
    return load(DATA / "patterns/pages.toml")


def load(path: Path) -> BoilerplatePatterns:
    """Read the patterns.

    Raises:
        CorpusError: an entry that is not complete, an unknown place, or a pattern that is no
            regular expression.
    """
    alternatives: dict[str, list[str]] = {where: [] for where in WHERE}
    for row in toml_files.entries(path, "words", _KEYS, set(_KEYS)):
        where = f"{path} [{row['id']}]"
        if row["where"] not in WHERE:
            raise CorpusError(where, f"where = {row['where']!r}", f"只能是 {'、'.join(WHERE)}")
        try:
            re.compile(row["pattern"])
        except (re.error, OverflowError, RecursionError) as error:
            raise CorpusError(where, f"pattern 不是正则表达式（{error}）", "改正写法") from None
        alternatives[row["where"]].append(f"(?:{row['pattern']})")
    return BoilerplatePatterns(
        **{where: re.compile("|".join(each) or "(?!)") for where, each in alternatives.items()}
    )


def is_added(line: str, patterns: BoilerplatePatterns) -> bool:
    """Whether a whole line is boilerplate."""
    bare = squeezed(line)
    if not bare or bare[0] == "|":
        return False
    return bool(patterns.line.fullmatch(bare) or patterns.site.fullmatch(bare))


def squeezed(line: str) -> str:
    """A line without blanks and Markdown's heading sign; empty where it is too long for boilerplate."""
    return "".join(line.split()).lstrip("#") if len(line) <= _LONGEST else ""


def cleaned(text: str, patterns: BoilerplatePatterns) -> tuple[str, int]:
    """The text of a page without boilerplate, and the number of lines removed."""
    lines, kept, dropped, last = text.split("\n"), list[str](), 0, ""
    for at, line in enumerate(lines):
        if patterns.end.fullmatch(squeezed(line)) and _ends(lines, at):
            return "\n".join(kept), dropped + len(lines) - at
        shorter = patterns.part.sub("", line)
        emptied = shorter != line and not shorter.strip()
        if emptied or is_added(shorter, patterns) or _is_again(line, last):
            dropped += 1
            continue
        kept.append(shorter)
        last = line.strip() or last
    return "\n".join(kept), dropped


def _is_again(line: str, last: str) -> bool:
    """Whether a line repeats the one before: a page's heading, then the document's title."""
    return len(last) >= _TITLE and line.strip() == last and last[0] != "|"


def _ends(lines: list[str], at: int) -> bool:
    """Whether the document ends at a line: the rest is short and has no provision."""
    rest = lines[at + 1 :]
    short = sum(map(len, rest)) <= _REST * sum(map(len, lines))
    return short and not any(markers.read(line) for line in rest)
