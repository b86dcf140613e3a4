"""Numbering: holes and doubles in the article numbers of one document."""

from pipeline import numerals
from pipeline.records import Clause


def warnings(clauses: list[Clause]) -> list[tuple[str, str]]:
    """What is odd in the article numbers, as (kind, message).

    Args:
        clauses: of one document, in reading order.

    Returns:
        kind 'hole' (numbers that are lacking), 'duplicate' (a number used twice).
    """
    scopes: dict[str, list[int]] = {}
    found = []
    for clause in clauses:
        if clause.kind == "article" and clause.article and "-" not in clause.article:
            scopes.setdefault(clause.clause_id.rpartition("__")[0], []).append(int(clause.article))
    for numbers in scopes.values():
        lacking = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        if lacking:
            found.append(("hole", f"缺少{_ranges(lacking)}：来源文本中没有，条文不全"))
        doubles = sorted({n for n in numbers if numbers.count(n) > 1})
        if doubles:
            found.append(("duplicate", f"{_ranges(doubles)}出现不止一次"))
    return found


def _ranges(numbers: list[int]) -> str:
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
        [f"第{numerals.chinese(run[0])}条", f"第{numerals.chinese(run[-1])}条"] for run in runs
    ]
    return "、".join(first if first == last else f"{first}至{last}" for first, last in names)
