"""Key figures of a clause, for a cell of a table: its leading quantities and the sentence that holds them."""

import re
from collections.abc import Sequence

from pipeline.site.kb import Row

MAX_QUOTE = 120  # characters of a quoted sentence
MAX_EXCERPT = 40  # characters of a sentence shown in a cell instead of quantities
MAX_QUANTITIES = 3  # in a cell
_MAX_DISTANCE = 8  # characters from a base to its quantity: 按应缴额的最高50%
_CONDITION = "（条件："  # begins the conditions in a digest's clause
_STOPS = "。；\n"  # end a sentence
# The heading of a digest's clause may name the kind of quantity that the clause is about.
_HEADING_KINDS = (
    (re.compile("分值|加分|减分|标准分|分$"), ("points",)),
    (re.compile("年限|期限|时限|时长"), ("duration",)),
    (re.compile("比例|占比|强度|幅|率"), ("percent", "rate")),
    (re.compile("面积"), ("area",)),
    (re.compile("数(量|上限|下限|目标)?$|规模目标$"), ("count",)),
)
_BENEFIT_OR_CHARGE = ("award", "fee", "fine", "price", "points", "share")
_REQUIREMENT = ("limit", "threshold", "deadline", "validity")


def extract(text: str, heading: str | None, measures: Sequence[Row], is_rule: bool = True) -> Row:
    """The key figures of a clause.

    Args:
        text: of the clause.
        heading: of the clause; the table has it as the attribute of the row.
        measures: all quantities of the clause, in the order of the text.
        is_rule: whether the clause grants or requires something, as opposed to a goal or a statistic.

    Returns:
        value: the leading quantities in the clause's own words, else the sentence, shortened with ….
        counted: whether the value is made of quantities.
        quote: the sentence that holds the value, verbatim, at most MAX_QUOTE characters.
        whole: whether the quote reaches the end of the sentence.

    >>> figures = extract("对国际首台按销售合同额的20%至30%给予资助。", None,
    ...     [{"role": "award", "kind": "percent", "base": "销售合同额", "per": None, "of": None,
    ...       "quote": "20%至30%", "start": 12, "end": 19}])
    >>> figures["value"], figures["quote"]
    ('按销售合同额的20%至30%', '对国际首台按销售合同额的20%至30%给予资助。')
    """
    head, tail = _body(text, heading)
    inside = [m for m in measures if head <= m["start"] < tail]
    leading = _leading(inside, heading or "", is_rule)
    span = (leading[0]["start"], leading[0]["end"]) if leading else (head, head)
    start, end = _sentence(text, span, head)
    cut = min(end, start + MAX_QUOTE)
    quote = text[start:cut].rstrip()
    originals = (m for m in leading if not _is_repetition(text, m, measures))
    phrases = list(dict.fromkeys(_phrase(text, m) for m in originals))
    value = "、".join(phrases[:MAX_QUANTITIES]) + ("等" if len(phrases) > MAX_QUANTITIES else "")
    return {
        "value": value or _shorten(quote),
        "counted": bool(phrases),
        "quote": quote,
        "whole": cut == end,
    }


def _shorten(sentence: str) -> str:
    """A sentence shortened for a cell.

    >>> _shorten("甲" * 50) == "甲" * 40 + "…", _shorten("乙。")
    (True, '乙。')
    """
    return sentence if len(sentence) <= MAX_EXCERPT else sentence[:MAX_EXCERPT] + "…"


def _body(text: str, heading: str | None) -> tuple[int, int]:
    """The span of the rule itself: after the heading, before the conditions that a digest adds."""
    heading_start = text.find(heading) if heading else -1
    head = heading_start + len(heading or "") + 1 if heading_start >= 0 else 0
    tail = text.find(_CONDITION)
    tail = tail if tail >= 0 else len(text)
    return (head, tail) if head < tail else (0, len(text))


def _leading(measures: list[Row], heading: str, is_rule: bool) -> list[Row]:
    """The quantities of the kind in the heading; else benefits and charges; else requirements.

    A figure that is none of these, as in 5个新城, is no value of a rule, but of a goal or a statistic.
    """
    for pattern, kinds in _HEADING_KINDS:
        if pattern.search(heading):
            if of_kind := [m for m in measures if m["kind"] in kinds]:
                return of_kind
            break
    benefits = [m for m in measures if _is_benefit_or_charge(m)]
    requirements = [m for m in measures if m["role"] in _REQUIREMENT]
    return benefits or (requirements if is_rule else list(measures))


def _is_benefit_or_charge(measure: Row) -> bool:
    sum_of_money = measure["kind"] == "money" and measure["role"] in ("other", "limit")
    return sum_of_money or (measure["role"] in _BENEFIT_OR_CHARGE and measure["kind"] != "duration")


def _is_repetition(text: str, measure: Row, measures: Sequence[Row]) -> bool:
    """Whether a quantity repeats in other figures the one before it: 1亿元（10000万元）."""
    start = measure["start"]
    return text[start - 1 : start] == "（" and any(m["end"] == start - 1 for m in measures)


def _phrase(text: str, measure: Row) -> str:
    """A quantity with its base or its unit of counting, as the clause words it; else the quantity alone."""
    start = measure["start"]
    for word in (measure["base"], measure["per"]):
        if word and word not in measure["quote"]:
            at = text.rfind(
                word, max(0, measure["start"] - len(word) - _MAX_DISTANCE), measure["start"]
            )
            if at >= 0 and not set(text[at : measure["start"]]) & set("，、。；"):
                start = min(start, at - (text[at - 1 : at] in ("按", "每", "占")))
    phrase = text[start : measure["end"]]
    of = measure["of"] or ""
    needs_name = len(of) > 1 and of not in phrase  # a single character is no name: 一、二、三类
    return of + phrase if needs_name else phrase


def _sentence(text: str, span: tuple[int, int], head: int) -> tuple[int, int]:
    """The sentence around a span; it begins at the last comma where the span would be cut off otherwise."""
    first, last = span
    start = max(head, *(text.rfind(stop, 0, first) + 1 for stop in _STOPS))
    end = min([i + 1 for stop in _STOPS if (i := text.find(stop, first)) >= 0] + [len(text)])
    if last > start + MAX_QUOTE:
        start = max(start, text.rfind("，", 0, first) + 1)
    while start < end and text[start].isspace():
        start += 1
    return start, end
