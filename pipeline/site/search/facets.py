"""Facets of a search: the values to narrow it by, each with the number of hits it would leave."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

Choices = Mapping[str, str]  # facet → value
# The hits grouped by their values: (facet → values, number of clauses).
Cube = Sequence[tuple[dict[str, tuple[str, ...]], int]]

FACETS = {
    "region": "地区",
    "topic": "主题",
    "level": "效力级别",
    "year": "发文年份",
    "instrument": "政策工具",
    "kind": "文本",
}
NONE = "none"
NONE_LABELS = {"topic": "未归入主题", "year": "年份不详", "instrument": "未识别"}
MAX_VALUE = 40  # characters


def parse(args: Mapping[str, str]) -> dict[str, str]:
    """The choices in the arguments of an address, in the order of FACETS."""
    return {name: value for name in FACETS if (value := args.get(name, "").strip())}


def cube(rows: Iterable[Mapping[str, Any]]) -> Cube:
    """Counted rows of the database as a cube; a clause may have several topics."""
    return [
        ({name: tuple((row[name] or NONE).split(",")) for name in FACETS}, row["clauses"])
        for row in rows
    ]


def total(hits: Cube, choices: Choices) -> int:
    """The number of clauses that satisfy all choices."""
    return sum(
        clauses
        for values, clauses in hits
        if all(value in values[name] for name, value in choices.items())
    )


def tally(hits: Cube, choices: Choices) -> dict[str, Counter[str]]:
    """For each facet, the number of hits that each value would leave, the other choices unchanged.

    >>> rows = [{name: "甲" for name in FACETS} | {"region": r, "clauses": n}
    ...         for r, n in (("310000", 3), ("330400", 2))]
    >>> tally(cube(rows), {"region": "310000"})["region"]
    Counter({'310000': 3, '330400': 2})
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for values, clauses in hits:
        failed = [name for name, value in choices.items() if value not in values[name]]
        # A clause that fails one choice only would be a hit if that choice were different.
        counted = list(FACETS) if not failed else failed if len(failed) == 1 else []
        for name in counted:
            for value in values[name]:
                counts[name][value] += clauses
    return counts


def _label(name: str, value: str, names: Mapping[str, str]) -> str:
    """The label of a value; `names` are those of regions, topics and codes, by id."""
    return NONE_LABELS.get(name, value) if value == NONE else names.get(value, value)


def active(choices: Choices, query: str, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The choices with their labels, each with the address without it."""
    return {
        name: {
            "title": FACETS[name],
            "value": value,
            "label": _label(name, value, names),
            "link": address(query, without(choices, name)),
        }
        for name, value in choices.items()
    }


def options(
    hits: Cube, choices: Choices, query: str, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The facets with their values, each with its address: the most frequent first, years the newest."""
    facets = []
    for name, counts in tally(hits, choices).items():
        counts.update({choices[name]: 0} if name in choices else {})
        ordered = sorted(counts.items(), key=lambda item: (item[0] == NONE, -item[1], item[0]))
        if name == "year":
            ordered.sort(key=lambda item: (item[0] != NONE, item[0]), reverse=True)
        values = []
        for value, clauses in ordered:
            is_chosen = choices.get(name) == value
            # A second click on a chosen value removes the choice.
            others = without(choices, name) if is_chosen else {**choices, name: value}
            values.append(
                {
                    "value": value,
                    "label": _label(name, value, names),
                    "clauses": clauses,
                    "chosen": is_chosen,
                    "link": address(query, others),
                }
            )
        facets.append({"name": name, "title": FACETS[name], "values": values})
    return facets


def without(choices: Choices, name: str) -> dict[str, str]:
    """The choices but one."""
    return {key: value for key, value in choices.items() if key != name}


def address(query: str, choices: Choices, page: int = 1) -> str:
    """The query string of an address, with ?; Chinese is not percent-encoded, a third of the length.

    >>> address("居住证 &", {"region": "310000"}, 2)
    '?q=居住证+%26&region=310000&page=2'
    """
    parts = {"q": query, **choices} | ({"page": str(page)} if page > 1 else {})
    return "?" + "&".join(f"{name}={_escaped(value)}" for name, value in parts.items())


def _escaped(value: str) -> str:
    escaped = re.sub(r"[^\w ]", lambda m: quote(m[0], safe="", errors="replace"), value)
    return escaped.replace(" ", "+")
