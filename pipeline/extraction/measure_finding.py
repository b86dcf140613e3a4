"""Measure finding: the quantities of a text with bounds, denominators and roles."""

import re

from pipeline.extraction.measure_rules import MeasureRules
from pipeline.extraction.quantities import bounds, denominators, quantities, roles
from pipeline.extraction.quantities.compact_text import compact
from pipeline.extraction.quantities.quantities import Quantity


def find(text: str, rules: MeasureRules) -> list[Quantity]:
    """The quantities of a clause in reading order; their offsets count characters of `text`.

    >>> from pipeline.extraction import measure_rules
    >>> [(q.kind, q.low, q.high, q.role) for q in find("最高补助５０万元。", measure_rules.load())]
    [('money', None, 500000.0, 'award')]
    """
    compacted = compact(text)
    plain_text = compacted.text
    found = quantities.scan(plain_text, rules.units)
    found = bounds.bind(plain_text, found, rules.bounds)
    found = denominators.divide(plain_text, found, rules.denominators, rules.bounds, rules.units)
    found = [q for q in found if not _is_indefinite(plain_text, q)]
    roles.assign(plain_text, found, rules.roles)
    for q in found:
        q.start, q.end = compacted.original(q.start, q.end)
        q.base = q.base and compacted.original(*q.base)
        q.of = q.of and compacted.original(*q.of)
    return found


def _is_indefinite(text: str, q: Quantity) -> bool:
    """Whether 一个, 一名 and the like are no number: no bound nor 限 is with it, and Han or “ follows."""
    if q.kind != "count" or text[q.core] != "一" or q.high != 1 or q.per is not None:
        return False
    is_bare = (q.start, q.end) == (q.core, q.tail)
    has_limit = re.search("[限仅只各设]$", text[: q.start])
    return is_bare and not has_limit and bool(re.match("[\u4e00-\u9fff“]", text[q.end : q.end + 1]))
