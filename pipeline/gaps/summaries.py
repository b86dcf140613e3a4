"""Summaries: one line of Chinese for a gap, written from its record; every figure in it is a quote."""

from pipeline.core.records import Measure
from pipeline.gaps.quantity_comparison import BOUNDS, Contrast

_A_NAME = 14  # a note no longer than this only names the matter
_MOST = 3  # quantities of one side that a line names
_DIFFERENT = {
    "amount": "数额不同",
    "penalty": "处罚不同",
    "deadline": "期限不同",
    "condition": "门槛不同",
}
_WORDS = {"equivalent": "文字相近", "condition": "条件不同", "procedure": "程序不同", "scope": "内容或范围不同",
          "actor": "负责部门不同", "deadline": "时限写法不同", "penalty": "责任写法不同",
          "amount": "数额写法不同"}  # fmt: skip


def amount(
    kind: str,
    contrast: Contrast,
    sides: tuple[list[Measure], list[Measure]],
    names: tuple[str, str],
    note: str | None = None,
) -> str:
    """A difference of two quantities.

    Args:
        kind: of the gap.
        contrast: the two quantities.
        sides: all quantities of each clause.
        names: of the two regions.
        note: what the person who paired them says of it; of use where the figures do not tell it.
    """
    line = _compared(kind, contrast, sides, names)
    return line + (f"（{note}。）" if note and len(note) > _A_NAME else "")


def _compared(
    kind: str,
    contrast: Contrast,
    sides: tuple[list[Measure], list[Measure]],
    names: tuple[str, str],
) -> str:
    said = [_side(contrast, which, sides[which]) for which in (0, 1)]
    line = f"{names[0]}：{said[0]}；{names[1]}：{said[1]}{'（多档中最高）' if contrast.several else ''}。"
    if kind == "equivalent":
        return line + "该项数量相同。"
    if contrast.basis == "told":
        return line + f"口径不同（{_unlike(contrast)}），只列出，不相除。"
    if contrast.basis == "upper_end":
        line += f"{_unlike(contrast)}，以最多可得计，"
        return line + _times(contrast, *names, "相差")
    return line + f"{_DIFFERENT.get(kind, _DIFFERENT['amount'])}，" + _times(contrast, *names)


def _side(contrast: Contrast, which: int, measures: list[Measure]) -> str:
    """What one clause gives: the quantity with those that go with it, a share with its cap."""
    own, other = (contrast.a, contrast.b) if which == 0 else (contrast.b, contrast.a)
    with_it = [
        m for m in measures
        if m.role == own.role and {m.kind, own.kind} == {"percent", "money"}
        and own.role in ("award", "fee") and m.of is None and abs(m.start - own.start) < 40
    ]  # fmt: skip
    together = sorted([own, *with_it[: _MOST - 1]], key=lambda m: m.start)
    return "、".join(quantity(m, other if m is own else None) for m in together)


def quantity(measure: Measure, against: Measure | None = None) -> str:
    """One quantity in its own words, with what it is a share of, and of what in a list.

    >>> m = Measure("m", "c", "percent", "award", 20, 30, "%", "range", "销售合同额", None, None, "20%至30%", 0, 7)
    >>> quantity(m)
    '按销售合同额的20%至30%'
    """
    fixed = against is not None and measure.bound == "exact" != against.bound
    base = measure.base if measure.base and measure.base not in measure.quote else None
    return (f"按{base}的" if base else measure.of or "") + ("定额" if fixed else "") + measure.quote


def _unlike(contrast: Contrast) -> str:
    a, b = contrast.a, contrast.b
    if contrast.basis == "upper_end":
        same = a.bound == b.bound
        return "一方分档" if same else f"口径不同（{BOUNDS[a.bound]}对{BOUNDS[b.bound]}）"
    names = {
        "percent": "比例",
        "multiple": "倍数",
        "money": "金额",
        "rate": "单价",
        "points": "分值",
    }
    if a.kind != b.kind:
        return f"{names.get(a.kind, '数量')}对{names.get(b.kind, '数量')}"
    if a.unit != b.unit:
        return f"{a.unit}对{b.unit}"
    if (a.base or "") != (b.base or ""):
        return f"基数：{a.base or '未写明'}对{b.base or '未写明'}"
    if (a.per or "") != (b.per or ""):
        return f"计算单位：{a.per or '未写明'}对{b.per or '未写明'}"
    return f"{BOUNDS[a.bound]}对{BOUNDS[b.bound]}"


def _times(contrast: Contrast, name_a: str, name_b: str, word: str = "") -> str:
    assert contrast.values is not None
    a, b = contrast.values
    if 0 in (a, b):
        return "其中一方为零。"
    if contrast.ratio == 1:
        return "数值相同。"
    above, below, times = (name_a, name_b, a / b) if a > b else (name_b, name_a, b / a)
    if times < 2:
        return f"{above}比{below}高{(times - 1) * 100:.0f}%。"
    if word:
        return f"{word}{_short(times)}倍（{above}多）。"
    return f"{above}是{below}的{_short(times)}倍。"


def _short(times: float) -> str:
    return f"{times:.1f}".removesuffix(".0")


def absence(
    quote: str,
    name: str,
    other: str,
    grade: str,
    found: str | None,
    coverage: str,
    lapsed: str | None,
) -> str:
    """A clause of one side without counterpart at the other side's own level; 未查得 is never 没有.

    Args:
        quote: the clause's words.
        name: its region.
        other: the region that was searched.
        grade: of the absence.
        found: what the grade rests on: the document above, of another name, or past its term.
        coverage: what the corpus has of that region on the topic.
        lapsed: why the clause itself no longer counts, where its own term is over.
    """
    line = f"{name}：“{quote}”；{other}：未查得对应条款"
    if lapsed:
        return f"{name}（{lapsed}）：“{quote}”；{other}：未查得对应条款（{coverage}）。"
    told = {
        "upper_level_only": f"，只在上级文件中查到：{found}",
        "other_name": f"，另有名称不同的规定：{found}",
        "expired": f"，曾有规定，{found}",
        "excluded": "，收集到的材料可信度低，未采用",
    }.get(grade, "")
    return f"{line}{told}（{coverage}）。"


def coverage(name: str, documents: int, clauses: int, newest: str | None) -> str:
    """How much of a region the corpus holds on the topic.

    >>> coverage("嘉兴市", 2, 3, "2025-03")
    '本库同一主题有嘉兴市文件2件、条款3条，最新2025-03'
    """
    line = f"本库同一主题有{name}文件{documents}件、条款{clauses}条"
    return line + (f"，最新{newest}" if newest else "")


def words(kind: str, names: tuple[str, str], figured: bool, note: str | None = None) -> str:
    """Two clauses on one matter whose quantities are not compared.

    Args:
        kind: of the gap.
        names: of the two regions.
        figured: whether both name figures, which are not of one thing.
        note: what the person who paired them says of it.
    """
    line = f"{names[0]}与{names[1]}都有规定，{_WORDS[kind]}"
    if note and len(note) > _A_NAME:
        return f"{line}：{note}。"
    return (
        f"{line}，{'两条的数量说的不是一回事，未作比较' if figured else '没有可直接比较的数量'}。"
    )


def stack(layers: list[tuple[str, str]]) -> str:
    """What the levels above add; listed, never added up.

    >>> stack([("浙江省", "国际200万元"), ("国家", "未查得")])
    '另：浙江省国际200万元；逐级列出，不相加。'
    """
    told = "，".join(name + what for name, what in layers if what != "未查得")
    return f"另：{told}；逐级列出，不相加。" if told else ""
