"""Wording: how a rule, its value and its days are said in a sentence, in Chinese.

Every figure is a rule's coded value in its matter's unit. How a code is called within a sentence is in
corpus/labels.toml (`in_summary`); which phrases of a note are never left out, in
corpus/patterns/caveats.toml.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pipeline.core import labels, pattern_files
from pipeline.core.gap_records import Matter, Rule
from pipeline.core.paths import DATA
from pipeline.gaps.contrasts import UPPER_END, Contrast
from pipeline.gaps.holdings import NATIONAL, OWN, UPPER, Held

_NOTE_LENGTH = 26  # characters of a note that a sentence has room for
_CAVEAT_LENGTH = 26  # characters of a phrase further on in a note that is told all the same
TIMES = ("工作日", "日", "天", "个月", "年", "小时", "分钟")  # units of time
_COUNTED = {"工作日": "个工作日"}
LATEST = "最近可核"  # in a note: later years were not found
_AMENDED = re.compile(r"(\d{4})年(?:\d+月)?修[正订](?:文本|本|版)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WEAK = ("press", "secondary")  # grades of source that a sentence names
Pair = tuple[Held | None, Held | None]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the two regions of a comparison, and of every region by id; and the day.

    On a day before the newest nothing is told that was later.
    """

    baseline: str
    target: str
    regions: dict[str, str]
    day: str
    is_newest: bool

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
    if low is not None and high is not None and low != high:
        return f"{per}{number(low)}—{number(high)}{name}"
    limit = rule.bound in ("at_most", "at_least")
    bound = labels.of("measure_bound", rule.bound or "").in_summary if limit else ""
    return f"{per}{bound}{number(rule.value)}{name}"


def month(date: str) -> str:
    """A date to the month, or the year where only that is known.

    >>> month("2018-04-01"), month("2020")
    ('2018年4月', '2020年')
    """
    year, *rest = date.split("-")
    return f"{year}年{int(rest[0])}月" if rest else f"{year}年"


def side(matter: Matter, held: Held, name: str, names: Names) -> str:
    """What holds on one side: whose rule, what it says, since when, on what basis and source.

    Args:
        matter: the matter.
        held: the rule.
        name: of the region of that side.
        names: of all regions.
    """
    rule = held.rule
    details = [f"{name}适用"] if held.level == UPPER else []
    if rule.in_force_from:
        details.append(_beginning(rule.in_force_from, rule.note or ""))
    details += _remarks(rule, names)
    shown = f"（{'，'.join(details)}）" if details else ""
    return brief(matter, held, name, names) + shown


def _beginning(first: str, note: str) -> str:
    """Since when a rule holds; of one known from an amended text, which text, for it may be older.

    >>> _beginning("2018-04-01", ""), _beginning("2021-11-25", "工资照发；2021年修正文本第二十八条")
    ('2018年4月起', '据2021年修正文本')
    """
    amended = _AMENDED.search(note)
    if amended and first.startswith(amended[1]):
        return f"据{amended[1]}年修正文本"
    return f"{month(first)}起"


def brief(matter: Matter, held: Held, name: str, names: Names) -> str:
    """Whose rule holds on one side, and what it says."""
    joined = "为" if matter.kind == "words" else ""
    return f"{place(held, name, names)}{joined}{answer(matter, held.rule)}"


def place(held: Held, name: str, names: Names) -> str:
    """Whose rule it is, as a sentence says it."""
    if held.level == OWN:
        return name
    return "国家规定" if held.level == NATIONAL else names.regions[held.via]


def _remarks(rule: Rule, names: Names) -> list[str]:
    """How a value is derived, how the note begins, a later year that was not found, a weak source."""
    remarks = [part for part in (rule.derived, _first_words(rule.note or "")) if part]
    remarks = [part for part in remarks if names.is_newest or not _is_later(part, names.day)]
    if names.is_newest and LATEST in (rule.note or "") and LATEST not in "".join(remarks):
        remarks.append(f"{LATEST}年度")
    caveat = _caveat(rule.note or "", "，".join(remarks))
    if caveat and (names.is_newest or not _is_later(caveat, names.day)):
        remarks.append(caveat)
    if rule.source_grade in _WEAK:
        remarks.append(labels.of("source_grade", rule.source_grade).in_summary)
    return remarks


def _first_words(note: str) -> str:
    """The beginning of a note, whole phrases as far as a sentence has room for them.

    >>> _first_words("按合同额30%以内，封顶；只读到媒体报道"), _first_words("口径较宽，" + "连同" * 13)
    ('按合同额30%以内，封顶', '口径较宽')
    """
    words = ""
    for phrase in re.split("，", re.split("[；;。]", note)[0]):
        longer = f"{words}，{phrase}" if words else phrase
        if len(longer) > _NOTE_LENGTH:
            break
        words = longer
    return words if words.count("（") == words.count("）") else ""


@cache
def _caveats() -> tuple[str, ...]:
    words: tuple[str, ...] = pattern_files.load(
        DATA / "patterns/caveats.toml", set(), {"words"}, {}
    )["words"]
    return words


def _caveat(note: str, told: str) -> str | None:
    """The phrase of a note that warns the reader most and is not told yet.

    >>> _caveat("捐献全血；所读文本未注日期，是否修订未查", "捐献全血")
    '所读文本未注日期'
    """
    phrases = [phrase for phrase in re.split("[；;。，]", note) if phrase and phrase not in told]
    for word in _caveats():
        for phrase in phrases:
            if word in phrase and word not in told and len(phrase) <= _CAVEAT_LENGTH:
                return phrase
    return None


def _is_later(words: str, day: str) -> bool:
    """Whether words speak of a year after a day."""
    return any(year > day[:4] for year in _YEAR.findall(words))


def times(matter: Matter, contrast: Contrast, names: Names) -> str:
    """How many times, how many per cent or percentage points above the other the larger value is.

    That the upper ends are compared is said.
    """
    a, b = contrast.a, contrast.b
    if a == b:
        return "数值相同"
    if min(a, b) <= 0:
        return "一方为0，不作倍数比较"
    above, below = names.sides if a > b else names.sides[::-1]
    ratio = contrast.ratio or 1
    by = labels.of("figure_basis", contrast.basis).in_summary if contrast.basis == UPPER_END else ""
    if ratio >= 2:
        return f"{by}{above}是{below}的{rounded(ratio, 1)}倍"
    word = "多" if matter.unit in TIMES else "高"
    if matter.unit == "%":
        return f"{by}{above}比{below}高{number(round(abs(a - b), 4))}个百分点"
    more = (ratio - 1) * 100
    return f"{by}{above}比{below}{word}{rounded(more, 0 if more >= 1 else 1)}%"


def listed(parts: Sequence[str], most: int) -> str:
    """Parts of a sentence, the first few of them.

    >>> listed(["甲", "乙", "丙"], 2)
    '甲；乙等3项'
    """
    more = f"等{len(parts)}项" if len(parts) > most else ""
    return "；".join(parts[:most]) + more
