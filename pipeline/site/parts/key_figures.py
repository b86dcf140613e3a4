"""What a clause says in few words, for a cell of a table: its leading quantities, and the sentence that proves them."""

import re
from collections.abc import Sequence

from pipeline.site.kb import Row

GLANCE = 120  # characters of a quote that a reader takes in at a glance
SHORT = 40  # of a sentence that stands in a cell for want of a quantity
MOST = 3  # quantities that a cell names
_REACH = 8  # characters between a base and its quantity: 按应缴额的最高50%
_CONDITION = "（条件："  # as digests write it
_STOPS = "。；\n"
# The heading of a digest's clause may say which kind of quantity it is about.
_ASKED = (
    (re.compile("分值|加分|减分|标准分|分$"), ("points",)),
    (re.compile("年限|期限|时限|时长"), ("duration",)),
    (re.compile("比例|占比|强度|幅|率"), ("percent", "rate")),
    (re.compile("面积"), ("area",)),
    (re.compile("数(量|上限|下限|目标)?$|规模目标$"), ("count",)),
)
_GIVEN = ("award", "fee", "fine", "price", "points", "share")
_DEMANDED = ("limit", "threshold", "deadline", "validity")


def told(text: str, heading: str | None, measures: Sequence[Row], rule: bool = True) -> Row:
    """A clause in few words.

    Args:
        text: of the clause.
        heading: of the clause, which the table tells apart as the attribute.
        measures: all quantities of the clause, in the order of the text.
        rule: whether it gives or demands something; a goal or a figure of statistics does not.

    Returns:
        value: the leading quantities in the clause's own words, else the sentence, shortened with ….
        counted: whether the value is made of quantities.
        quote: the sentence that the value is read from, verbatim; whole: not cut short at its end.

    >>> said = told("对国际首台按销售合同额的20%至30%给予资助。", None,
    ...     [{"role": "award", "kind": "percent", "base": "销售合同额", "per": None, "of": None,
    ...       "quote": "20%至30%", "start": 12, "end": 19}])
    >>> said["value"], said["quote"]
    ('按销售合同额的20%至30%', '对国际首台按销售合同额的20%至30%给予资助。')
    """
    head, tail = _body(text, heading)
    within = [m for m in measures if head <= m["start"] < tail]
    found = _leading(within, heading or "", rule)
    start, end = _sentence(text, (found[0]["start"], found[0]["end"]) if found else (head, head), head)  # fmt: skip
    shown = min(end, start + GLANCE)
    words = text[start:shown].rstrip()
    pieces = list(dict.fromkeys(_piece(text, m) for m in found if not _again(text, m, measures)))
    value = "、".join(pieces[:MOST]) + ("等" if len(pieces) > MOST else "")
    return {
        "value": value or short(words),
        "counted": bool(pieces),
        "quote": words,
        "whole": shown == end,
    }


def short(words: str) -> str:
    """A sentence shortened for a cell.

    >>> short("甲" * 50) == "甲" * 40 + "…", short("乙。")
    (True, '乙。')
    """
    return words if len(words) <= SHORT else words[:SHORT] + "…"


def _body(text: str, heading: str | None) -> tuple[int, int]:
    """Where the rule itself stands: after the heading, before what a digest adds as its condition."""
    after = text.find(heading) if heading else -1
    head = after + len(heading or "") + 1 if after >= 0 else 0
    tail = text.find(_CONDITION)
    tail = tail if tail >= 0 else len(text)
    return (head, tail) if head < tail else (0, len(text))


def _leading(measures: list[Row], heading: str, rule: bool) -> list[Row]:
    """What the heading asks for; else what is given or taken; else what is demanded; else figures.

    A figure that no one gives or demands, as 5个新城, is no value of a rule.
    """
    for asked, kinds in _ASKED:
        if asked.search(heading):
            if found := [m for m in measures if m["kind"] in kinds]:
                return found
            break
    given = [m for m in measures if _given(m)]
    demanded = [m for m in measures if m["role"] in _DEMANDED]
    return given or (demanded if rule else list(measures))


def _given(measure: Row) -> bool:
    sum_of_money = measure["kind"] == "money" and measure["role"] in ("other", "limit")
    return sum_of_money or (measure["role"] in _GIVEN and measure["kind"] != "duration")


def _again(text: str, measure: Row, measures: Sequence[Row]) -> bool:
    """Whether a quantity only says in other figures what stands before it: 1亿元（10000万元）."""
    start = measure["start"]
    return text[start - 1 : start] == "（" and any(m["end"] == start - 1 for m in measures)


def _piece(text: str, measure: Row) -> str:
    """A quantity with what it is a share of, or counted by, as the clause writes it; else as it was read."""
    start = measure["start"]
    for word in (measure["base"], measure["per"]):
        if word and word not in measure["quote"]:
            at = text.rfind(word, max(0, measure["start"] - len(word) - _REACH), measure["start"])
            if at >= 0 and not set(text[at : measure["start"]]) & set("，、。；"):
                start = min(start, at - (text[at - 1 : at] in ("按", "每", "占")))
    words = text[start : measure["end"]]
    of = measure["of"] or ""
    named = len(of) > 1 and of not in words  # a single character is no name: 一、二、三类
    return of + words if named else words


def _sentence(text: str, at: tuple[int, int], head: int) -> tuple[int, int]:
    """The sentence around a span; from the comma before it where it would not be seen otherwise."""
    first, last = at
    start = max(head, *(text.rfind(stop, 0, first) + 1 for stop in _STOPS))
    end = min([i + 1 for stop in _STOPS if (i := text.find(stop, first)) >= 0] + [len(text)])
    if last > start + GLANCE:
        start = max(start, text.rfind("，", 0, first) + 1)
    while start < end and text[start].isspace():
        start += 1
    return start, end
