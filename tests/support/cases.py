"""Tables of cases in tests/cases/*.toml, which a lawyer may extend without knowing Python."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path("tests/cases")


@cache
def _file(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def label(text: str) -> str:
    """A text as the name of a case: short, on one line, as it is written."""
    words = re.sub(r"\s+", " ", text).strip()
    name = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in words)
    return name if len(name) <= 60 else f"{name[:59]}…"


def table(name: str, *keys: str, **defaults: Any) -> pytest.MarkDecorator:
    """A test's cases: one for each row of a section, named by the row's first text.

    Args:
        name: file and section, as "dates.found".
        keys: what every row must have: arguments of the test.
        defaults: what a row may leave out, and what that means; arguments of the test too.

    Raises:
        ValueError: a row lacks a key or has one that the test does not know.
    """
    arguments = (*keys, *defaults)
    cases = _checked(name, keys, defaults)
    values = [tuple(row[key] for key in arguments) for _, row in cases]
    return pytest.mark.parametrize(arguments, values, ids=[label for label, _ in cases])


def rows(name: str, *keys: str, only: str | None = None, **defaults: Any) -> pytest.MarkDecorator:
    """The same with the whole row as one argument, `row`; of rows in which `only` is true, where given."""
    cases = [case for case in _checked(name, keys, defaults) if only is None or case[1][only]]
    return pytest.mark.parametrize("row", [r for _, r in cases], ids=[label for label, _ in cases])


def _checked(
    name: str, keys: tuple[str, ...], defaults: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a section with what they leave out, each with its label."""
    file, section = name.split(".")
    cases = []
    for number, row in enumerate(_file(file)[section], 1):
        if wrong := {*keys} - row.keys() | row.keys() - {*keys, *defaults}:
            raise ValueError(
                f"{FOLDER}/{file}.toml：第 {number} 个 [[{section}]] 缺少或多出 {'、'.join(sorted(wrong))}；"
                f"改法：写 {'、'.join(keys)}{'，可以写 ' + '、'.join(defaults) if defaults else ''}"
            )
        texts = [value for value in row.values() if isinstance(value, str)]
        cases.append((label(texts[0] if texts else str(number)), defaults | row))
    return cases
