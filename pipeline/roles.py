"""Roles: what a quantity is for, what a percentage is of, and whom an item of a 分别 list means."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.quantities import LIST, Quantity

_SENTENCE = re.compile(r"[。;\n]")
_RESPECTIVELY = re.compile("分别|依次")
_LEAD = re.compile("^.*(?:认定为|评为|列为|列入|获得|取得|荣获|入选|达到|属于|新增|对|为|获|按照?|将|向|的|经|给)")
_REST = re.compile("(?:的.*|等)$")
_AIMED = re.compile(r"对([^,。;、\n]{1,12}?)(?:可以?|应当|并)?处(?:以)?$")
_YEARLY = re.compile("(?<![上本当一每])年度?(?:[^,。;\n成]{0,6})?(?:总额|累计|合计|综合|最高)[^,。;\n]{0,8}$|^年度?[^,]{0,6}$")


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule: a role, and the conditions that must all hold for it."""

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
    """Compile `[[role]]` and `[base]` of the patterns file."""
    places = ("quote", "left", "right", "before", "after")
    rules = [
        RoleRule(
            row["role"], frozenset(row.get("kinds", ())), frozenset(row.get("bounds", ())),
            tuple((place, re.compile(row[place])) for place in places if place in row),
        )
        for row in content["role"]
    ]  # fmt: skip
    base = content["base"]
    return RoleRules(rules, re.compile(base["starts"]), re.compile(base["ends"]))


def assign(text: str, found: list[Quantity], rules: RoleRules) -> None:
    """Give every quantity its role, base and subject."""
    for group in _lists(text, found):
        places = _places(text, group)
        for q in group:
            q.role = _role(q, places | {"quote": text[q.start : q.end]}, rules.rules)
            if q.kind in ("percent", "multiple"):
                q.base = _base(text, q, rules)
            if q.per is None and q.role == "award" and _YEARLY.search(places["left"]):
                q.per = "年"
        _distribute(text, group)
    _aim(text, found)


def _lists(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Quantities of one kind that stand in one list; most lists have one."""
    groups: list[list[Quantity]] = []
    for q in found:
        last = groups[-1][-1] if groups else None
        joined = last and last.kind == q.kind and last.unit == q.unit and last.end <= q.start
        if joined and last and LIST.fullmatch(text[last.end : q.start]):
            groups[-1].append(q)
        else:
            groups.append([q])
    return groups


def _places(text: str, group: list[Quantity]) -> dict[str, str]:
    """The words around a list: of its sentence (before, after) and its part (left, right)."""
    start, end = group[0].start, group[-1].end
    cuts = [hit.end() for hit in _SENTENCE.finditer(text, max(0, start - 120), start)]
    before = text[cuts[-1] if cuts else max(0, start - 120) : start]
    stop = _SENTENCE.search(text, end, end + 80)
    after = text[end : stop.start() if stop else end + 80]
    return {"before": before, "after": after,
            "left": before[before.rfind(",") + 1 :], "right": after.split(",")[0]}  # fmt: skip


def _role(q: Quantity, places: dict[str, str], rules: list[RoleRule]) -> str:
    for rule in rules:
        if rule.kinds and q.kind not in rule.kinds or rule.bounds and q.bound not in rule.bounds:
            continue
        if all(pattern.search(places[place]) for place, pattern in rule.patterns):
            return rule.role
    return "other"


def _base(text: str, q: Quantity, rules: RoleRules) -> str | None:
    """What a percentage is of: the words between its bound word, or a verb, and its number."""
    cut = max((text.rfind(c, 0, q.core) for c in ",。;:\n"), default=-1) + 1
    words = text[cut : q.core]
    starts = list(rules.base_starts.finditer(words))
    return words[starts[-1].end() :] or None if starts else None


def _distribute(text: str, group: list[Quantity]) -> None:
    """Pair the items of a 分别 list with their subjects; where the counts differ, with none."""


def _aim(text: str, found: list[Quantity]) -> None:
    """对单位处…对个人处…: whom each of two fines is for."""
