"""Measures: the quantities with policy meaning of every unit clause.

Reads   build/clauses.jsonl, corpus/patterns/measures.toml
Writes  build/measures.jsonl
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core import jsonl, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Measure
from pipeline.extraction import quantities, quantity_bounds, quantity_roles
from pipeline.extraction.quantities import Quantity, Units
from pipeline.extraction.quantity_bounds import BoundWords
from pipeline.extraction.quantity_roles import RoleRules
from pipeline.language import markdown_tables, numerals
from pipeline.language.normalization import fold

PATTERNS = Path("patterns") / "measures.toml"
KINDS = {"money", "percent", "multiple", "points", "duration", "age", "count", "area", "length",
         "rate", "other"}  # fmt: skip
ROLES = {"fine", "award", "fee", "price", "threshold", "deadline", "validity", "share", "limit",
         "points", "other"}  # fmt: skip
_KEYS: dict[str, set[str]] = {
    "never": set(), "bounds": set(), "per": set(), "base": set(), "direction": set(),
    "unit": {"kind", "unit", "forms", "factor", "not_before", "needs"},
    "word": {"pattern", "kind", "unit", "low", "high"},
    "role": {"role", "kinds", "bounds", "quote", "left", "right", "before", "after"},
}  # fmt: skip
_HAN = "\u4e00-\u9fff"
_CJK = numerals.CHINESE
_BLANK = re.compile(rf"(?<=[{_HAN}\d%,;:()])[ \t]+(?=[{_HAN}(%])|(?<=[{_HAN},;:()])[ \t]+(?=\d)")
_BREAK = re.compile(rf"(?<=[{_HAN}\d])\n(?=[{_HAN}\d%])")
_MARKED = re.compile(r"\d{1,2}[.、)]|\(|[一二三四五六七八九十]+[、.]|第")


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the patterns file says, compiled."""

    units: Units
    bounds: BoundWords
    roles: RoleRules


def load(path: Path) -> Rules:
    """Read and compile the patterns file.

    Raises:
        CorpusError: an unknown or missing key, an unknown kind or role, a faulty expression.
    """
    content = toml_files.load(path)
    try:
        _check(path, content)
        units = quantities.compile_units(content)
        return Rules(
            units,
            quantity_bounds.compile_words(content, units),
            quantity_roles.compile_roles(content),
        )
    except KeyError as error:
        raise CorpusError(str(path), f"缺少键 {error}", "照同类条目补上") from None
    except re.error as error:
        pattern = str(error.pattern)[:60]
        found = f"正则表达式有误（{error.msg}）：{pattern}"
        raise CorpusError(str(path), found, "改正括号、方括号和反斜杠") from None


def _check(path: Path, content: dict[str, Any]) -> None:
    for name in sorted(content.keys() - _KEYS.keys()):
        raise CorpusError(str(path), f"不认识的键 {name!r}", f"可用的键：{'、'.join(_KEYS)}")
    for name in ("unit", "word", "role"):
        for row in content[name]:
            where = f"{path} [[{name}]] {next(iter(row.values()))}"
            for key in sorted(row.keys() - _KEYS[name]):
                fix = f"可用的键：{'、'.join(sorted(_KEYS[name]))}"
                raise CorpusError(where, f"不认识的键 {key!r}", fix)
            for kind in {row.get("kind", "money"), *row.get("kinds", ())} - KINDS:
                raise CorpusError(
                    where, f"未知的种类 {kind!r}", f"可用的种类：{'、'.join(sorted(KINDS))}"
                )
            if row.get("role", "other") not in ROLES:
                fix = f"可用的用途：{'、'.join(sorted(ROLES))}"
                raise CorpusError(where, f"未知的用途 {row['role']!r}", fix)


def run(work: Workspace) -> None:
    """Find the measures of every document that changed."""
    rules = load(DATA / PATTERNS)

    unpaired: list[str] = []

    def compute(lines: list[str]) -> list[Measure]:
        measures = []
        for clause in filter(lambda clause: clause["is_unit"], map(json.loads, lines)):
            found = find(clause["text"], rules)
            unpaired.extend(clause["clause_id"] for q in found if q.unpaired)
            cell = clause["heading"] if clause["kind"] == "row" else None
            measures += [
                row(q, clause["clause_id"], n, clause["text"], cell) for n, q in enumerate(found, 1)
            ]
        return measures

    fresh, kept = jsonl.per_document(work.rows("clauses"), work.rows("measures"), compute)
    print(f"measures: {fresh} 件新取，{kept} 件未变")
    for clause_id in unpaired:
        print(f"  注意：{clause_id} 的“分别”与对象个数不符，未配对")


def row(q: Quantity, clause_id: str, count: int, text: str, cell: str | None = None) -> Measure:
    """A quantity as a row of the measures table.

    Args:
        q: the quantity.
        clause_id: of the clause that it stands in.
        count: its number in the clause, from 1.
        text: of the clause.
        cell: the headers of the clause, where it is a cell of a table.
    """

    def words(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return Measure(
        f"{clause_id}__m{count}", clause_id, q.kind, q.role, q.low, q.high, q.unit, q.bound,
        words(q.base), q.per, words(q.of) or cell or markdown_tables.subject(text, q.start),
        text[q.start : q.end], q.start, q.end,
    )  # fmt: skip


def find(text: str, rules: Rules) -> list[Quantity]:
    """The measures of a clause in reading order; start and end are places in `text`."""
    seen = view(text)
    found = quantities.scan(seen.text, rules.units)
    found = quantity_bounds.bind(seen.text, found, rules.bounds)
    found = quantity_bounds.divide(seen.text, found, rules.bounds, rules.units)
    found = [q for q in found if not _article(seen.text, q)]
    quantity_roles.assign(seen.text, found, rules.roles)
    for q in found:
        q.start, q.end = seen.span(q.start, q.end)
        q.base = q.base and seen.span(*q.base)
        q.of = q.of and seen.span(*q.of)
    return found


def _article(text: str, q: Quantity) -> bool:
    """Whether 一个, 一名 and the like count nothing: no bound, and a noun follows."""
    plain = (q.start, q.end) == (q.core, q.tail) and q.per is None
    follows = re.match(rf"[{_HAN}“]", text[q.end : q.end + 1])
    limited = re.search("[限仅只各设]$", text[: q.start])
    return (
        q.kind == "count"
        and plain
        and text[q.core] == "一"
        and q.high == 1
        and bool(follows)
        and not limited
    )


@dataclass(frozen=True, slots=True)
class View:
    """A text without what stands in the way of matching; at[i] is where text[i] stood before."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] of the view stands in the text that it was made from."""
        return self.at[start], self.at[end - 1] + 1


def view(text: str) -> View:
    r"""Fold a text and take out blanks and line wraps inside sentences.

    >>> view("不超过 5\n００万元").text
    '不超过500万元'
    """
    folded = fold(text)
    gone = {i for hit in _BLANK.finditer(folded) for i in range(*hit.span())}
    gone |= {hit.start() for hit in _BREAK.finditer(folded) if _wrapped(folded, hit.start())}
    if not gone:
        return View(folded, range(len(folded)))
    at = [i for i in range(len(folded)) if i not in gone]
    return View("".join(map(folded.__getitem__, at)), at)


def _wrapped(text: str, at: int) -> bool:
    """Whether a line end cuts a numeral in two, or a line as wide as a page."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if not re.search(rf"[{_HAN}]", line) or _MARKED.match(text, at + 1):
        return False
    if re.search(rf"[\d{_CJK}]$", line):
        return bool(re.match(rf"[\d{_CJK},.]*[{_HAN}%]", text[at + 1 : at + 20]))
    return len(line) >= 16 and bool(re.match(rf"[{_HAN}]", line[-1]))
