"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline import bounds, numerals, quantities, roles, rows, tables
from pipeline.bounds import BoundWords
from pipeline.quantities import Quantity, Units
from pipeline.records import Measure
from pipeline.roles import RoleRules
from pipeline.text import fold
from pipeline.workspace import DATA, Workspace

PATTERNS = Path("patterns") / "measures.toml"
_HAN = "\u4e00-\u9fff"
_CJK = numerals.CHINESE
_BLANK = re.compile(rf"(?<=[{_HAN}\d%,;:()])[ \t]+(?=[{_HAN}(%])|(?<=[{_HAN},;:()])[ \t]+(?=\d)")
_MARKED = re.compile(r"\d{1,2}[.、)]|\(|[一二三四五六七八九十]+[、.]|第")


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the patterns file says, compiled."""

    units: Units
    bounds: BoundWords
    roles: RoleRules


def load(path: Path) -> Rules:
    """Read and compile the patterns file."""
    content = tables.load(path)
    units = quantities.compile_units(content)
    return Rules(units, bounds.compile_words(content, units), roles.compile_roles(content))


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    rules = load(DATA / PATTERNS)

    def compute(lines: list[str]) -> list[Measure]:
        clauses = [json.loads(line) for line in lines]
        return [
            row(measure, clause["clause_id"], count, clause["text"])
            for clause in clauses
            if clause["is_unit"]
            for count, measure in enumerate(find(clause["text"], rules), 1)
        ]

    depends = rows.code(DATA / PATTERNS)
    fresh, kept = rows.per_document(work.rows("clauses"), work.rows("measures"), depends, compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")


def row(q: Quantity, clause_id: str, count: int, text: str) -> Measure:
    """A quantity as a row of the measures table."""
    return Measure(
        f"{clause_id}__m{count}", clause_id, q.kind, q.role, q.low, q.high, q.unit, q.bound,
        q.base, q.per, q.of, text[q.start : q.end], q.start, q.end,
    )  # fmt: skip


def find(text: str, rules: Rules) -> list[Quantity]:
    """The measures of a clause in reading order; start and end are places in `text`."""
    seen = view(text)
    found = quantities.scan(seen.text, rules.units)
    found = bounds.bind(seen.text, found, rules.bounds)
    found = bounds.divide(seen.text, found, rules.bounds, rules.units)
    roles.assign(seen.text, found, rules.roles)
    for q in found:
        q.start, q.end = seen.span(q.start, q.end)
    return found


@dataclass(frozen=True, slots=True)
class View:
    """A text without what stands in the way of matching; at[i] is where text[i] stood before."""

    text: str
    at: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] of the view stands in the text that it was made from."""
        return self.at[start], self.at[end - 1] + 1


def view(text: str) -> View:
    """Fold a text and take out blanks and line wraps inside sentences.

    >>> view("不超过 5\\n００万元").text
    '不超过500万元'
    """
    folded = fold(text)
    gone = {i for hit in _BLANK.finditer(folded) for i in range(*hit.span())}
    gone |= {i for i, c in enumerate(folded) if c == "\n" and _wrapped(folded, i)}
    at = [i for i in range(len(folded)) if i not in gone]
    return View("".join(folded[i] for i in at), at)


def _wrapped(text: str, at: int) -> bool:
    """Whether a line end cuts a numeral in two, or a line as wide as a page."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if not re.search(rf"[{_HAN}]", line) or _MARKED.match(text, at + 1):
        return False
    if re.search(rf"[\d{_CJK}]$", line):
        return bool(re.match(rf"[\d{_CJK},.]*[{_HAN}%]", text[at + 1 : at + 20]))
    return len(line) >= 16 and bool(re.match(rf"[{_HAN}]", line[-1]))
