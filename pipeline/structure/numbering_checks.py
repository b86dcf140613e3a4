"""Numbering checks: missing, duplicate and out-of-order numbers of one document, scope by scope."""

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.core.records import Clause
from pipeline.language import markers, numerals
from pipeline.structure.marked_lines import bare

_SAME = 0.8  # share of common provisions from which two scopes are one text printed twice
_SCOPE = re.compile(r"__(?:art|h|item)_[^_]+(?:_\d+)?$")


def warnings(clauses: list[Clause]) -> list[tuple[str, str]]:
    """Check the numbers of the articles and of 一、二、.

    Args:
        clauses: of one document, in reading order.

    Returns:
        (kind, message) pairs; kinds are hole (missing numbers), duplicate (a number, or a whole text,
        that occurs twice) and order (a smaller number after a larger one).
    """
    articles, tops = _scopes(clauses)
    messages = []
    for scope in articles.values():
        messages += _check(scope, "第{}条", "缺少{}：来源文本中没有，条文不全")
    for scope in tops.values():
        messages += _check(scope, "{}、", "缺少{}：来源文本中没有，或者编号有误")
    return messages + _copies([*articles.values(), *tops.values()])


def _scopes(clauses: list[Clause]) -> tuple[dict[str, list[Clause]], dict[str, list[Clause]]]:
    """The articles, and the items 一、二、 outside articles, of each numbering of a document."""
    articles: dict[str, list[Clause]] = {}
    tops: dict[str, list[Clause]] = {}
    for clause in clauses:
        scope = _SCOPE.sub("", clause.clause_id)
        if clause.kind == "article":
            articles.setdefault(scope, []).append(clause)
        elif clause.kind in ("heading", "item") and clause.article is None:
            marker = markers.read(clause.text[:40])
            if marker and marker.level == "numbered":
                tops.setdefault(scope, []).append(clause)
    return articles, tops


def _number(clause: Clause) -> int | None:
    """A clause's number; None for an article inserted later (第十二条之一)."""
    if clause.kind == "article":
        return int(clause.article) if clause.article and "-" not in clause.article else None
    marker = markers.read(clause.text[:40])
    return int(marker.number) if marker else None


def _check(scope: Iterable[Clause], name: str, hole_message: str) -> list[tuple[str, str]]:
    """Check the numbers of one scope; `name` and `hole_message` have a place for the numbers."""
    numbers = [number for clause in scope if (number := _number(clause))]
    messages = []
    holes = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if holes:
        messages.append(("hole", hole_message.format(_ranges(holes, name))))
    duplicates = sorted({number for number in numbers if numbers.count(number) > 1})
    if duplicates:
        messages.append(("duplicate", f"{_ranges(duplicates, name)}出现不止一次"))
    late = sorted(
        {after for before, after in pairwise(numbers) if after < before} - set(duplicates)
    )
    if late:
        messages.append(("order", f"{_ranges(late, name)}排在更大的编号之后"))
    return messages


def _copies(scopes: list[list[Clause]]) -> list[tuple[str, str]]:
    """Scopes that repeat the text of an earlier one, as in a file that holds a draft twice."""
    first_lines = [{bare(clause.text.split("\n", 1)[0]) for clause in scope} for scope in scopes]
    messages = []
    for i, lines in enumerate(first_lines):
        same = max((len(lines & earlier) for earlier in first_lines[:i]), default=0)
        if len(lines) > 1 and same >= _SAME * len(lines):
            messages.append(("duplicate", f"同一文本出现不止一次：有{same}条（项）与前文逐字相同"))
    return messages


def _ranges(numbers: list[int], name: str = "第{}条") -> str:
    """Consecutive numbers as ranges.

    >>> _ranges([1, 2, 3, 7])
    '第一条至第三条、第七条'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [
        [name.format(numerals.chinese(n)).rstrip("、") for n in (run[0], run[-1])] for run in runs
    ]
    return "、".join(first if first == last else f"{first}至{last}" for first, last in names)
