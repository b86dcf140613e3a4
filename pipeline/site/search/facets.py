"""What the hits of a search can be narrowed by, and how many each choice would leave."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

Chosen = Mapping[str, str]
# Each kind of clause that was found: what holds for it by facet, and how many there are.
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
UNTOLD = {"topic": "未归入主题", "year": "年份不详", "instrument": "未识别"}
LONGEST_VALUE = 40


def chosen(args: Mapping[str, str]) -> dict[str, str]:
    """The choices that an address makes, in the order of FACETS."""
    return {name: value for name in FACETS if (value := args.get(name, "").strip())}


def cube(rows: Iterable[Mapping[str, Any]]) -> Cube:
    """Counted rows of the database as a cube; a clause may have several topics."""
    return [
        (
            {name: tuple((row[name] or NONE).split(",")) for name in FACETS},
            row["clauses"],
        )
        for row in rows
    ]


def total(counted: Cube, choices: Chosen) -> int:
    """How many clauses agree with all the choices."""
    return sum(
        clauses
        for values, clauses in counted
        if all(value in values[name] for name, value in choices.items())
    )


def tally(counted: Cube, choices: Chosen) -> dict[str, Counter[str]]:
    """For each facet, how many hits each value would leave, the other choices staying.

    >>> rows = [{name: "甲" for name in FACETS} | {"region": r, "clauses": n}
    ...         for r, n in (("310000", 3), ("330400", 2))]
    >>> tally(cube(rows), {"region": "310000"})["region"]
    Counter({'310000': 3, '330400': 2})
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for values, clauses in counted:
        against = [name for name, value in choices.items() if value not in values[name]]
        # A clause that disagrees with one choice counts where that choice would be another.
        for name in FACETS if not against else against if len(against) == 1 else ():
            for value in values[name]:
                counts[name][value] += clauses
    return counts


def label(name: str, value: str, names: Mapping[str, str]) -> str:
    """What a reader calls a value; `names` are those of regions, topics and kinds of text."""
    return UNTOLD.get(name, value) if value == NONE else names.get(value, value)


def told(choices: Chosen, query: str, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The choices in words, each with the address without it."""
    return {
        name: {
            "title": FACETS[name],
            "value": value,
            "label": label(name, value, names),
            "link": address(query, without(choices, name)),
        }
        for name, value in choices.items()
    }


def shown(counted: Cube, choices: Chosen, query: str, names: Mapping[str, str]) -> list[dict[str, Any]]:  # fmt: skip
    """The facets with their values, each with its address: the most frequent first, years the newest."""
    facets = []
    for name, counts in tally(counted, choices).items():
        counts.update({choices[name]: 0} if name in choices else {})
        values = [
            {
                "value": value,
                "label": label(name, value, names),
                "clauses": clauses,
                "chosen": choices.get(name) == value,
                # The chosen one leads back to all.
                "link": address(query, without(choices, name) if choices.get(name) == value else {**choices, name: value}),
            }
            for value, clauses in sorted(counts.items(), key=lambda c: (c[0] == NONE, -c[1], c[0]))
        ]  # fmt: skip
        if name == "year":
            values.sort(key=lambda v: (v["value"] != NONE, v["value"]), reverse=True)
        facets.append({"name": name, "title": FACETS[name], "values": values})
    return facets


def without(choices: Chosen, name: str) -> dict[str, str]:
    """The choices but one."""
    return {key: value for key, value in choices.items() if key != name}


def address(query: str, choices: Chosen, page: int = 1) -> str:
    """The part of an address from ? on; Chinese stays as it is, a third of the length.

    >>> address("居住证 &", {"region": "310000"}, 2)
    '?q=居住证+%26&region=310000&page=2'
    """
    parts = {"q": query, **choices} | ({"page": str(page)} if page > 1 else {})
    return "?" + "&".join(f"{name}={_escaped(value)}" for name, value in parts.items())


def _escaped(value: str) -> str:
    return re.sub(r"[^\w ]", lambda m: quote(m[0], safe="", errors="replace"), value).replace(" ", "+")  # fmt: skip
