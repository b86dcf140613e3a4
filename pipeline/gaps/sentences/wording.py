"""Wording: how a rule, its value and its days are said in a sentence, in Chinese.

Every figure is a rule's coded value in its matter's unit. How a code is called within a sentence is in
corpus/labels.toml (`in_summary`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.core import labels
from pipeline.core.gap_records import Matter, Rule
from pipeline.gaps.contrasts import UPPER_END, Contrast
from pipeline.gaps.holdings import NATIONAL, OWN, UPPER, Held
from pipeline.gaps.sentences import remarks

TIMES = ("工作日", "日", "天", "个月", "年", "小时", "分钟")  # units of time
_COUNTED = {"工作日": "个工作日"}
_WAN = 10_000  # 1万元 in 元
_NOT_LEVIED = ("%", "‰")
_FURTHER = 2  # details that are told of a tier beside the first
_TIERS = 3  # or rules that a sentence lists
Pair = tuple[Held | None, Held | None]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the two regions of a comparison, and of every region by id; and how a sentence is told.

    Attributes:
        baseline: name of the region measured against.
        target: name of the region measured.
        regions: names by id.
        day: of the gap; on one before the newest nothing is told that was later.
        is_newest: whether it is the newest.
        is_short: whether of a rule only its year, its limits and a weak source are told.
    """

    baseline: str
    target: str
    regions: dict[str, str]
    day: str
    is_newest: bool
    is_short: bool = False

    @property
    def sides(self) -> tuple[str, str]:
        """Baseline and target."""
        return self.baseline, self.target


def number(value: float) -> str:
    """A value without superfluous digits.

    >>> number(3000.0), number(0.0663), number(1.5)
    ('3000', '0.0663', '1.5')
    """
    return f"{value:.10g}"


def rounded(value: float, digits: int) -> str:
    """A value rounded half up, as readers reckon.

    >>> rounded(3.25, 1), rounded(12.5, 0), rounded(10.0, 1)
    ('3.3', '13', '10')
    """
    exact = Decimal(number(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return number(float(exact))


def answer(matter: Matter, rule: Rule) -> str:
    """What a rule answers: its value with bound and unit, or its words."""
    if rule.value is None:
        return rule.answer or ""
    per = "".join(f"每{part}" for part in (matter.per or "").split("·") if part)
    low, high = rule.value_min, rule.value_max
    name = _COUNTED.get(matter.unit or "", matter.unit or "")
    if rule.value == 0 and matter.better == "less":
        return _nothing(name)
    if low is not None and high is not None and low != high:
        first = quantity(low, name) if 0 < low < 1 and name == "万元" else number(low)
        return f"{per}{first}—{number(high)}{name}"
    limit = rule.bound in ("at_most", "at_least")
    bound = labels.of("measure_bound", rule.bound or "").in_summary if limit else ""
    return f"{per}{bound}{quantity(rule.value, name)}"


def _nothing(unit: str) -> str:
    """What a rule says that asks for nothing: a charge, a rate, years or points of 0.

    >>> _nothing("万元"), _nothing("‰"), _nothing("年")
    ('不收费', '不征收', '不作要求')
    """
    if unit.endswith("元"):
        return "不收费"
    return "不征收" if unit in _NOT_LEVIED else "不作要求"


def quantity(value: float, unit: str) -> str:
    """A value with its unit; less than 1万元 in 元.

    >>> quantity(0.5, "万元"), quantity(3000.0, "万元"), quantity(0.5, "元")
    ('5000元', '3000万元', '0.5元')
    """
    if unit == "万元" and 0 < value < 1:
        return f"{number(value * _WAN)}元"
    return f"{number(value)}{unit}"


def side(matter: Matter, held: Held, name: str, names: Names) -> str:
    """What holds on one side: whose rule, what it says, since when, on what basis and source.

    Args:
        matter: the matter.
        held: the rule.
        name: of the region of that side.
        names: of all regions.
    """
    is_above = held.level == UPPER or (held.level == NATIONAL and name in names.sides)
    details = [f"{name}适用"] if is_above and not remarks.area_is_unread(held.rule) else []
    told = remarks.in_short if names.is_short else remarks.of_rule
    details += told(held.rule, names.day, names.is_newest)
    return brief(matter, held, name, names) + _bracketed(details)


def further(matter: Matter, held: Held, first: Held, name: str, names: Names) -> str:
    """What holds on one side in a tier told after the first: with what is not as in the first."""
    if names.is_short:
        return brief(matter, held, name, names)
    told = remarks.of_rule(first.rule, names.day, names.is_newest)
    details = remarks.of_rule(held.rule, names.day, names.is_newest)
    other = [detail for detail in details if detail not in told][:_FURTHER]
    return brief(matter, held, name, names) + _bracketed(other)


def _bracketed(details: Sequence[str]) -> str:
    return f"（{'，'.join(details)}）" if details else ""


def brief(matter: Matter, held: Held, name: str, names: Names) -> str:
    """Whose rule holds on one side, and what it says."""
    joined = "为" if matter.kind == "words" else ""
    if matter.kind == "yes_no" and held.rule.answer == "有":
        return f"{'国家' if held.level == NATIONAL else place(held, name, names)}有规定"
    return f"{place(held, name, names)}{joined}{answer(matter, held.rule)}"


def place(held: Held, name: str, names: Names) -> str:
    """Whose rule it is, as a sentence says it."""
    if held.level == OWN:
        return name
    return "国家规定" if held.level == NATIONAL else names.regions[held.via]


def in_class(tier: str | None, said: str) -> str:
    """What is said of a tier, with its name before it.

    >>> in_class("博士", "海宁市5万元"), in_class(None, "海宁市5万元")
    ('博士：海宁市5万元', '海宁市5万元')
    """
    return f"{tier}：{said}" if tier else said


def tier_name(tier: str) -> str:
    """A tier as a sentence speaks of it.

    >>> tier_name("博士"), tier_name("第一档")
    ('博士一档', '第一档')
    """
    return tier if tier[-1] in "档级类" else f"{tier}一档"


def times(matter: Matter, contrast: Contrast, names: tuple[str, str]) -> str:
    """How many times, how many per cent or percentage points above the other the larger value is.

    That the upper ends are compared is said.

    Args:
        matter: the matter.
        contrast: the two values.
        names: whose values they are.
    """
    a, b = contrast.a, contrast.b
    if a == b:
        return "上限相同" if contrast.basis == UPPER_END else "数值相同"
    if min(a, b) <= 0:
        return "一方为0，不作倍数比较"
    above, below = names if a > b else names[::-1]
    ratio = contrast.ratio or 1
    by = labels.of("figure_basis", contrast.basis).in_summary if contrast.basis == UPPER_END else ""
    if ratio >= 2:
        return f"{by}{above}是{below}的{rounded(ratio, 1)}倍"
    word = "多" if matter.unit in TIMES else "高"
    if matter.unit == "%":
        return f"{by}{above}比{below}高{number(round(abs(a - b), 4))}个百分点"
    more = (ratio - 1) * 100
    return f"{by}{above}比{below}{word}{rounded(more, 0 if more >= 1 else 1)}%"


def listed(parts: Sequence[str], names: Names) -> str:
    """Parts of a sentence, one a tier: the first few of them, in a short sentence the first."""
    if names.is_short:
        return parts[0] + (f"，另有{len(parts) - 1}档" if len(parts) > 1 else "")
    more = f"等{len(parts)}项" if len(parts) > _TIERS else ""
    return "；".join(parts[:_TIERS]) + more
