"""Conditions and steps: what a unit clause asks for, and how one goes about it.

Reads   build/clauses.jsonl, measures.jsonl, provisions.jsonl, corpus/patterns/conditions.toml
Writes  build/conditions.jsonl

What is not surely a condition or a step is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.core import jsonl, toml_files
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Condition, Measure, Provision
from pipeline.extraction import procedure_steps
from pipeline.extraction.procedure_steps import Department, StepRules, Type
from pipeline.language.normalization import fold

_WORDS = ("list_head", "vague", "benefit", "not_protasis", "breaks", "not_threshold", "lead",
          "digest_part", "digest_note")  # fmt: skip
_KEYS = {"type": {"name", "pattern", "kinds"}, "step": {"name", "pattern", "receiver"}}
_OPERATORS = {"at_least": "≥", "at_most": "≤", "exact": "=", "range": "之间"}
_ITEM = re.compile(
    r"[;。]?\s*(?:\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]|[①-⑳])\s*"
    r"(?P<quote>[^\n]+?)(?=[;。]?\s*(?:\n|$)|[;。]\s*\([一二三四五六七八九十]+\))"
)
_DIGEST = re.compile(r"\(条件:(?P<parts>.+?)。?\)\s*$", re.S)
_PART = re.compile("[^;。]+")
_COMMA = re.compile("(?:并?且|并)?([^,;]+)")
_JOIN = "并且|或者|以及|[且并或](?![者且购列])|和(?![国平谐])"
_EDGE = re.compile(rf"[,。;:、\n()]|{_JOIN}|必须|应当|(?<![相针面绝反应])对(?![象应口外接方比])")
_TAIL = re.compile(rf"(?:(?!{_JOIN}|[,。;:、\n()的]).){{0,16}}(?=的)")
_BEFORE = re.compile(",?(?:(?:或者?|并?且)[^,。;的]{4,30})?的")
_UNDER = re.compile("须[^,]{0,24}$|应当[^,]{0,6}$")
_WINDOW = re.compile("最?近|.*内$")
_LABEL = re.compile(r"\s*(?:第[^\s条]{1,9}条(?:之[一二三四五])?\s+|\([一二三四五六七八九十]+\)\s*)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the patterns file says, compiled."""

    words: dict[str, re.Pattern[str]]
    types: list[Type]
    steps: StepRules


def load(path: Path) -> Rules:
    """Read and compile the patterns file.

    Raises:
        CorpusError: an unknown or missing key, a faulty expression.
    """
    content = toml_files.load(path)
    try:
        _check(path, content)
        words = {word: re.compile(content[word]) for word in _WORDS}
        types = procedure_steps.compile_types(content["type"])
        return Rules(words, types, procedure_steps.compile_steps(content))
    except KeyError as error:
        raise CorpusError(str(path), f"缺少键 {error}", "照同类条目补上") from None
    except re.error as error:
        found = f"正则表达式有误（{error.msg}）：{str(error.pattern)[:60]}"
        raise CorpusError(str(path), found, "改正括号、方括号和反斜杠") from None


def _check(path: Path, content: dict[str, Any]) -> None:
    places = [(str(path), content, {*_WORDS, *_KEYS, "step_limits"})]
    for name, keys in _KEYS.items():
        places += [(f"{path} [[{name}]] {row.get('name')}", row, keys) for row in content[name]]
    for where, row, keys in places:
        for key in sorted(row.keys() - keys):
            raise CorpusError(where, f"不认识的键 {key!r}", f"可用的键：{'、'.join(sorted(keys))}")


def run(work: Workspace) -> None:
    """Find the conditions and steps of every unit clause."""
    rules = load(DATA / "patterns" / "conditions.toml")
    by_clause = groupby(jsonl.read(work.rows("measures"), Measure), key=lambda m: m.clause_id)
    measures = {key: list(group) for key, group in by_clause}
    departments = {
        p.clause_id: [Department(e["value"], e["start"], e["end"])
                      for e in p.evidence if e["label"] == "department"]
        for p in jsonl.read(work.rows("provisions"), Provision)
    }  # fmt: skip
    found: list[Condition] = []
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.is_unit:
            key = clause.clause_id
            found += find(clause, measures.get(key, []), departments.get(key, []), rules)
    jsonl.write(work.rows("conditions"), found)
    told = sum(row.kind == "step" for row in found)
    print(f"conditions: 条件 {len(found) - told} 项，程序 {told} 步")


def find(
    clause: Clause, measures: Sequence[Measure], departments: Sequence[Department], rules: Rules
) -> list[Condition]:
    """The conditions and steps of a clause in reading order."""
    text = fold(clause.text)
    floor = _body(clause, text)
    measures = [m for m in measures if m.start >= floor]
    spans = _spans(text, floor, measures, rules)
    found: list[tuple[str, str | None, Span, Measure | None, str | None]] = [
        ("condition", _type(text[slice(*s)], m, rules), s, m, None)
        for s, m in _valued(text, floor, spans, measures, rules)
    ]
    found += [
        ("step", s.type, (s.start, s.end), s.deadline, s.actor)
        for s in procedure_steps.find(text, measures, departments, rules.steps)
        if s.start >= floor
    ]
    found.sort(key=lambda row: (row[2], row[0]))
    return [_row(clause, n, *parts) for n, parts in enumerate(found, 1)]


def _body(clause: Clause, text: str) -> int:
    """Where what the clause says begins: after its number and printed title."""
    if clause.heading and clause.heading in clause.text:
        return clause.text.index(clause.heading) + len(clause.heading) + 1
    label = _LABEL.match(text)
    return label.end() if label else 0


def _row(
    clause: Clause, n: int, kind: str, name: str | None, span: Span, m: Measure | None,
    actor: str | None,
) -> Condition:  # fmt: skip
    value: tuple[Any, Any, Any, Any, Any] = (None, None, None, None, None)
    if m:
        value = _OPERATORS[m.bound], m.min, m.max, m.unit, m.measure_id
    return Condition(
        f"{clause.clause_id}__c{n}", clause.clause_id, kind, name, *value, actor,
        clause.text[slice(*span)], *span,
    )  # fmt: skip


def _type(quote: str, m: Measure | None, rules: Rules) -> str | None:
    kind = m.kind if m else ""
    for known in rules.types:
        if (not known.kinds or kind in known.kinds) and known.pattern.search(quote):
            return known.name
    return None


def _spans(text: str, floor: int, measures: Sequence[Measure], rules: Rules) -> list[Span]:
    """Where conditions are set out as such, none over another."""
    found = sorted(
        (*_listed(text, rules), *_digest(text, measures, rules), *_protases(text, floor, rules)),
        key=lambda span: (span[0], -span[1]),
    )  # fmt: skip
    kept: list[Span] = []
    for start, end in found:
        if start >= max(floor, kept[-1][1] if kept else 0):
            kept.append((start, end))
    return kept


def _listed(text: str, rules: Rules) -> Iterator[Span]:
    """The items under 应当符合下列条件：."""
    for head in rules.words["list_head"].finditer(text):
        at = head.end()
        while item := _ITEM.match(text, at):
            at = item.end()
            if not item["quote"].endswith(":") and not rules.words["vague"].search(item["quote"]):
                yield item.span("quote")


def _digest(text: str, measures: Sequence[Measure], rules: Rules) -> Iterator[Span]:
    """The parts of a digest's （条件：…） that are conditions, not notes or further amounts."""
    if not (hit := _DIGEST.search(text)):
        return
    for part in _PART.finditer(text, *hit.span("parts")):
        if rules.words["digest_note"].search(part[0]):
            continue
        for piece in _COMMA.finditer(text, *part.span()):
            inside = _inside(measures, piece.span(1))
            told = rules.words["digest_part"].search(piece[1]) or _type(piece[1], None, rules)
            if any(_asked(m) for m in inside) or (told and not inside):
                yield piece.span(1)


def _inside(measures: Sequence[Measure], span: Span) -> list[Measure]:
    return [m for m in measures if span[0] <= m.start and m.end <= span[1]]


def _protases(text: str, floor: int, rules: Rules) -> Iterator[Span]:
    """…的 before a benefit: 对…的，给予…; …的，可以享受…."""
    bars = (rules.words["not_protasis"], rules.words["vague"])
    for hit in re.finditer("的,", text[floor:]):
        end = floor + hit.start()
        if rules.words["benefit"].match(text, end + 2):
            edge = max(floor, *(text.rfind(c, floor, end) + 1 for c in "。;\n:)"))
            start = _protasis_start(text, edge, end, rules)
            if 4 <= end - start <= 80 and not any(bar.search(text[start:end]) for bar in bars):
                yield start, end


def _protasis_start(text: str, floor: int, end: int, rules: Rules) -> int:
    """The protasis reaches back to the last part of the sentence that says something else."""
    start = end
    for piece in reversed(list(_COMMA.finditer(text, floor, end))):
        if start < end and rules.words["breaks"].search(piece[0]):
            break
        start = piece.start()
        if re.match("[对凡]", piece[0]):
            break
    return _led(text, start, end, rules)


def _valued(
    text: str, floor: int, spans: Sequence[Span], measures: Sequence[Measure], rules: Rules
) -> Iterator[tuple[Span, Measure | None]]:
    """Each condition with its quantity; one that has several is taken apart."""
    for span in spans:
        yield from _apart(text, span, measures, rules)
    outside = [
        m for m in measures
        if m.role == "threshold" and not any(s < m.end and m.start < e for s, e in spans)
    ]  # fmt: skip
    for span, m in _phrases(text, outside, rules, floor):
        if _conditional(text, span, m, rules):
            yield span, m


def _asked(m: Measure) -> bool:
    """Whether a quantity inside a condition is what is asked for."""
    if m.role == "threshold":
        return True
    bounded = m.bound == "at_least" or (m.bound == "at_most" and m.kind != "count")
    return bounded and m.role in ("limit", "other", "share", "validity")


def _apart(
    text: str, span: Span, measures: Sequence[Measure], rules: Rules
) -> Iterator[tuple[Span, Measure | None]]:
    inside = _inside(measures, span)
    asked = [m for m in inside if _asked(m)]
    main = [m for m in asked if not _WINDOW.match(m.quote)]
    if len(main) == 1 or len(inside) < 2:
        asked = main or asked
    if len(asked) < 2:
        window = len(inside) > 1 and not main  # 最近3年累计…5000万元: three years are not asked for
        yield span, asked[0] if asked and not window else None
        return
    pieces = [hit.span(1) for hit in _COMMA.finditer(text, *span)]
    if len(pieces) == 1:
        yield from _phrases(text, asked, rules, span[0])
        return
    for start, end in pieces:
        if end - start >= 4:
            yield from _apart(text, (start, end), measures, rules)


def _phrases(
    text: str, measures: Sequence[Measure], rules: Rules, floor: int
) -> Iterator[tuple[Span, Measure]]:
    """Quantities with the words around them; 一年内…三次以上 is one phrase, of three times."""
    found: list[tuple[Span, Measure]] = []
    for m in measures:
        start, end = _phrase(text, m, rules, floor)
        if found and start < found[-1][0][1]:
            (before, stop), other = found[-1]
            if stop > m.start or _WINDOW.match(other.quote):
                found.pop()
                start = before
            else:
                start = _led(text, stop, m.start, rules)
        found.append(((start, end), m))
    yield from found


def _phrase(text: str, m: Measure, rules: Rules, floor: int) -> Span:
    """The words around a quantity: its subject before, what is done so long or so often after."""
    floor = max(floor, m.start - 40)
    edges = [hit.end() for hit in _EDGE.finditer(text, floor, m.start)]
    tail = _TAIL.match(text, m.end)
    start = _led(text, edges[-1] if edges else floor, m.start, rules)
    return start, tail.end() if tail else m.end


def _led(text: str, start: int, end: int, rules: Rules) -> int:
    lead = rules.words["lead"].match(text, start, end)
    return lead.end() if lead else start


def _conditional(text: str, span: Span, m: Measure, rules: Rules) -> bool:
    """Whether a phrase stands where a condition does: before 的, or under 须 or 应当."""
    sentence = max(text.rfind(c, 0, span[0]) for c in "。;\n") + 1
    if rules.words["not_threshold"].search(text[max(sentence, span[0] - 12) : span[1] + 8]):
        return False
    under = m.bound != "exact" and _UNDER.search(text[sentence : m.start])
    return bool(under or _BEFORE.match(text, span[1]))
