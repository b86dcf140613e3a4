"""Roles of quantities: what each is for, what a percentage is of, and the subject of each in a 分别 list."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.extraction.quantities.quantities import LIST, Quantity

_CONTEXTS = ("quote", "left", "right", "before", "after")  # what the expressions of a rule look at
_SENTENCE = re.compile(r"[。;\n]")
_RESPECTIVELY = re.compile("分别|依次")
_AND = re.compile("、|和|以及|及|与|或者?")
_LEAD = re.compile(
    ".*(?:认定为|评为|列为|列入|获得|取得|荣获|入选|达到|属于|新增|对|为|获|按照?|将|向|经|给|突破|超过|的)"
)
_REST = re.compile("的.*|等$|每.*")
_TARGET = re.compile(r"对([^,。;、\n]{1,12}?)(?:可以?|应当|并)?处(?:以)?$")
_YEARLY = re.compile(
    r"(?<![上本当每一二两三四五六七八九十\d])年度?(?:[^,。;\n成]{0,6})?(?:总额|累计|合计|综合|最高)[^,。;\n]{0,8}$|^年度?[^,]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule: a role, and the conditions that must all hold for it.

    `patterns` are (context, expression), the contexts those of `_contexts` and the quantity's quote.
    """

    role: str
    kinds: frozenset[str]
    bounds: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class RoleRules:
    """The rules in order, and where a percentage's base begins and ends."""

    rules: list[RoleRule]
    base_starts: re.Pattern[str]
    base_ends: re.Pattern[str]


def compile_roles(content: dict[str, Any]) -> RoleRules:
    """Compile `[[role]]` and `[base]` of the pattern file, checked before."""
    rules = [
        RoleRule(
            row["role"],
            frozenset(row.get("kinds", ())),
            frozenset(row.get("bounds", ())),
            tuple((context, row[context]) for context in _CONTEXTS if context in row),
        )
        for row in content["role"]
    ]
    return RoleRules(rules, content["base"]["starts"], content["base"]["ends"])


def assign(text: str, quantities: list[Quantity], rules: RoleRules) -> None:
    """Give every quantity its role, base and subject.

    Args:
        text: compact.
        quantities: in reading order, with bounds and denominators; they are changed.
        rules: of the pattern file.
    """
    floor = 0
    for group in _lists(text, quantities):
        contexts = _contexts(text, group)
        is_share = group[0].kind in ("percent", "multiple")
        base = _base(text, group[0], floor, rules) if is_share else None
        for q in group:
            q.role = _role(q, contexts | {"quote": text[q.start : q.end]}, rules.rules)
            q.base = base
            if q.per is None:
                q.per = _per(q, contexts["left"])
        _distribute(text, group)
        floor = group[-1].end
    _assign_targets(text, quantities)


def _lists(text: str, quantities: list[Quantity]) -> list[list[Quantity]]:
    """The quantities grouped by the list that they stand in; most stand alone."""
    groups: list[list[Quantity]] = []
    for q in quantities:
        last = groups[-1][-1] if groups else None
        joined = last and last.kind == q.kind and last.unit == q.unit and last.end <= q.start
        if joined and last and LIST.fullmatch(text[last.end : q.start]):
            groups[-1].append(q)
        else:
            groups.append([q])
    return groups


def _contexts(text: str, group: list[Quantity]) -> dict[str, str]:
    """The words around a list: of its sentence (before, after), of its part between commas (left, right)."""
    start, end = group[0].start, group[-1].end
    ends = [match.end() for match in _SENTENCE.finditer(text, max(0, start - 120), start)]
    before = text[ends[-1] if ends else max(0, start - 120) : start]
    stop = _SENTENCE.search(text, end, end + 80)
    after = text[end : stop.start() if stop else end + 80]
    left, right = before[before.rfind(",") + 1 :], after.split(",")[0]
    return {"before": before, "after": after, "left": left, "right": right}


def _role(q: Quantity, contexts: dict[str, str], rules: list[RoleRule]) -> str:
    for rule in rules:
        if rule.kinds and q.kind not in rule.kinds or rule.bounds and q.bound not in rule.bounds:
            continue
        if all(pattern.search(contexts[context]) for context, pattern in rule.patterns):
            return rule.role
    return "other"


def _per(q: Quantity, left: str) -> str | None:
    """A denominator without 每: 年度总额最高…, 按日加收…."""
    by = re.search(r"(?:按|逐)([日月年])[^,\d]{0,6}$", left)
    if by:
        return by[1]
    return "年" if q.role == "award" and _YEARLY.search(left) else None


def _base(text: str, q: Quantity, floor: int, rules: RoleRules) -> tuple[int, int] | None:
    """(start, end) of what a percentage is of: the words between a verb, or its bound word, and its number."""
    start = max(floor, *(text.rfind(c, 0, q.core) + 1 for c in ",。;:\n"))
    for end in (q.core, q.start):
        while cut := rules.base_ends.search(text, start, end):
            if cut.end() < end:
                break
            end = cut.start()
        starts = list(rules.base_starts.finditer(text, start, end))
        if starts and 1 < end - starts[-1].end() <= 30 and text[starts[-1].end()] != "每":
            return starts[-1].end(), end
    return None


def _distribute(text: str, group: list[Quantity]) -> None:
    """Pair the items of a 分别 list with their subjects; where their numbers differ, with none."""
    first = group[0].core
    sentence = max(text.rfind(c, 0, first) for c in "。;\n") + 1
    matches = list(_RESPECTIVELY.finditer(text, sentence, first))
    if len(group) < 2 or not matches or first - matches[-1].end() > 16:
        return
    subjects = _subjects(text, sentence, matches[-1].start())
    if len(subjects) != len(group):
        group[0].unpaired = bool(subjects)
        return
    for q, subject in zip(group, subjects, strict=True):
        q.of = subject


def _subjects(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of the items of the last list in text[start:end], without what leads in and follows."""
    for part in reversed(list(re.finditer(r"[^,:]+", text[start:end]))):
        joints = [match.span() for match in _AND.finditer(part[0])]
        if joints:
            starts = [start + part.start() + b for b in (0, *(b for _, b in joints))]
            ends = [start + part.start() + e for e in (*(e for e, _ in joints), len(part[0]))]
            rest = _REST.search(text, starts[-1] + 1, ends[-1])
            ends[-1] = rest.start() if rest else ends[-1]
            return [_trimmed(text, b, e) for b, e in zip(starts, ends, strict=True)]
    return []


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text, start, end)
    return (lead.end() if lead and lead.end() < end else start), end


def _assign_targets(text: str, quantities: list[Quantity]) -> None:
    """对单位处…,对个人处…: give each of two fines in one sentence whom it is for."""
    targets = [(q, match) for q in quantities if (match := _TARGET.search(text, 0, q.start))]
    for (left, a), (right, b) in pairwise(targets):
        if "。" not in text[left.end : right.start]:
            left.of, right.of = a.span(1), b.span(1)
