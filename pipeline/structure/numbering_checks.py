"""Numbering: holes, doubles and disorder in the numbers of one document, scope by scope."""

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.core.records import Clause
from pipeline.language import numerals
from pipeline.language.markers import marker
from pipeline.structure.marked_lines import bare

_SAME = 0.8  # share of provisions that two scopes must have in common to be one text printed twice
_SCOPE = re.compile(r"__(?:art|h|item)_[^_]+(?:_\d+)?$")


def warnings(clauses: list[Clause]) -> list[tuple[str, str]]:
    """What is odd in the numbers of the articles and of 一、二、, as (kind, message).

    Args:
        clauses: of one document, in reading order.

    Returns:
        kind 'hole' (numbers that are lacking), 'duplicate' (a number, or a whole text, that stands
        there twice), 'order' (a smaller number after a larger).
    """
    articles, tops = _scopes(clauses)
    found = []
    for scope in articles.values():
        found += _odd(scope, "第{}条", "缺少{}：来源文本中没有，条文不全")
    for scope in tops.values():
        found += _odd(scope, "{}、", "缺少{}：来源文本中没有，或者编号有误")
    return found + _copies([*articles.values(), *tops.values()])


def _scopes(clauses: list[Clause]) -> tuple[dict[str, list[Clause]], dict[str, list[Clause]]]:
    """The articles, and the items 一、二、 outside articles, of each numbering of a document."""
    articles: dict[str, list[Clause]] = {}
    tops: dict[str, list[Clause]] = {}
    for clause in clauses:
        scope = _SCOPE.sub("", clause.clause_id)
        if clause.kind == "article":
            articles.setdefault(scope, []).append(clause)
        elif clause.kind in ("heading", "item") and clause.article is None:
            found = marker(clause.text[:40])
            if found and found.level == "numbered":
                tops.setdefault(scope, []).append(clause)
    return articles, tops


def _number(clause: Clause) -> int | None:
    """A clause's number; None for an article put in later (第十二条之一)."""
    if clause.kind == "article":
        return int(clause.article) if clause.article and "-" not in clause.article else None
    found = marker(clause.text[:40])
    return int(found.number) if found else None


def _odd(scope: Iterable[Clause], name: str, lacking: str) -> list[tuple[str, str]]:
    numbers = [number for clause in scope if (number := _number(clause))]
    found = []
    holes = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if holes:
        found.append(("hole", lacking.format(_ranges(holes, name))))
    doubles = sorted({n for n in numbers if numbers.count(n) > 1})
    if doubles:
        found.append(("duplicate", f"{_ranges(doubles, name)}出现不止一次"))
    late = sorted({b for a, b in pairwise(numbers) if b < a} - set(doubles))
    if late:
        found.append(("order", f"{_ranges(late, name)}排在更大的编号之后"))
    return found


def _copies(scopes: list[list[Clause]]) -> list[tuple[str, str]]:
    """The scopes that print one text over again, as a file that holds a draft twice."""
    texts = [{bare(clause.text.split("\n", 1)[0]) for clause in scope} for scope in scopes]
    found = []
    for i, text in enumerate(texts):
        same = max((len(text & other) for other in texts[:i]), default=0)
        if len(text) > 1 and same >= _SAME * len(text):
            found.append(("duplicate", f"同一文本出现不止一次：有{same}条（项）与前文逐字相同"))
    return found


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
