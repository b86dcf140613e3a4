"""Summaries: one line of Chinese for a gap, written from its record.

Every figure in a summary is quoted from its clause. How a code is called within a summary is in
corpus/labels.toml (`in_summary`, `in_figures`).
"""

from pipeline.core import labels
from pipeline.core.records import Measure
from pipeline.gaps.comparison.quantity_comparison import Contrast

_NAME_LENGTH = 14  # characters; a note no longer than this only names the matter
_MOST = 3  # quantities of one side that a line names
_REACH = 40  # characters between a share and the cap that goes with it
_IN_FIGURES = ("amount", "penalty", "deadline", "condition")  # other kinds: as amount


def amount(
    kind: str,
    contrast: Contrast,
    sides: tuple[list[Measure], list[Measure]],
    names: tuple[str, str],
    note: str | None = None,
) -> str:
    """The summary of a gap between two quantities.

    Args:
        kind: of the gap.
        contrast: the two quantities.
        sides: all quantities of each clause.
        names: of the two regions.
        note: the remark of the person who paired the clauses; added where it does more than name them.
    """
    line = _comparison(kind, contrast, sides, names)
    return line + (f"（{note}。）" if _is_remark(note) else "")


def _is_remark(note: str | None) -> bool:
    return note is not None and len(note) > _NAME_LENGTH


def _comparison(
    kind: str,
    contrast: Contrast,
    sides: tuple[list[Measure], list[Measure]],
    names: tuple[str, str],
) -> str:
    a, b = (_side(contrast, which, sides[which]) for which in (0, 1))
    line = f"{names[0]}：{a}；{names[1]}：{b}{'（多档中最高）' if contrast.several else ''}。"
    if kind == "equivalent":
        return line + "该项数量相同。"
    if contrast.basis == "told":
        return line + f"口径不同（{_unlike(contrast)}），只列出，不相除。"
    if contrast.basis == "upper_end":
        line += f"{_unlike(contrast)}，以最多可得计，"
        return line + _times(contrast, *names, "相差")
    name = labels.of("gap_kind", kind if kind in _IN_FIGURES else "amount").in_figures
    return line + f"{name}不同，" + _times(contrast, *names)


def _side(contrast: Contrast, which: int, measures: list[Measure]) -> str:
    """The quantity of one clause, with the cap of a share or the share of a cap that stands by it."""
    own, other = (contrast.a, contrast.b) if which == 0 else (contrast.b, contrast.a)
    joined = [m for m in measures if _goes_with(m, own)][: _MOST - 1]
    listed = sorted([own, *joined], key=lambda m: m.start)
    return "、".join(quantity(m, other if m is own else None) for m in listed)


def _goes_with(measure: Measure, own: Measure) -> bool:
    """Whether one is a share and the other a sum of the same award or fee, near each other."""
    return (
        measure.role == own.role
        and own.role in ("award", "fee")
        and {measure.kind, own.kind} == {"percent", "money"}
        and measure.of is None
        and abs(measure.start - own.start) < _REACH
    )


def quantity(measure: Measure, against: Measure | None = None) -> str:
    """One quantity as quoted, with its base or its member of a list.

    Args:
        measure: the quantity.
        against: the quantity of the other clause; a fixed sum compared with a cap or range is
            called one (定额).

    >>> m = Measure("m", "c", "percent", "award", 20, 30, "%", "range", "销售合同额", None, None, "20%至30%", 0, 7)
    >>> quantity(m)
    '按销售合同额的20%至30%'
    """
    fixed = against is not None and measure.bound == "exact" != against.bound
    base = measure.base if measure.base and measure.base not in measure.quote else None
    bound = labels.of("measure_bound", "exact").in_summary if fixed else ""
    return (f"按{base}的" if base else measure.of or "") + bound + measure.quote


def _unlike(contrast: Contrast) -> str:
    """The first respect in which two quantities are not of one dimension or bound."""
    a, b = contrast.a, contrast.b
    bounds = "对".join(labels.of("measure_bound", m.bound).in_summary for m in (a, b))
    if contrast.basis == "upper_end":
        return "一方分档" if a.bound == b.bound else f"口径不同（{bounds}）"
    if a.kind != b.kind:
        return "对".join(labels.of("measure_kind", m.kind).in_summary for m in (a, b))
    if a.unit != b.unit:
        return f"{a.unit}对{b.unit}"
    if (a.base or "") != (b.base or ""):
        return f"基数：{a.base or '未写明'}对{b.base or '未写明'}"
    if (a.per or "") != (b.per or ""):
        return f"计算单位：{a.per or '未写明'}对{b.per or '未写明'}"
    return bounds


def _times(contrast: Contrast, name_a: str, name_b: str, word: str = "") -> str:
    """How many times, or how many per cent above the other, the larger value is."""
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
        return f"{word}{_rounded(times)}倍（{above}多）。"
    return f"{above}是{below}的{_rounded(times)}倍。"


def _rounded(times: float) -> str:
    return f"{times:.1f}".removesuffix(".0")


def absence(
    quote: str,
    name: str,
    other: str,
    grade: str,
    basis: str | None,
    coverage: str,
    lapsed: str | None,
) -> str:
    """The summary of a clause without counterpart at the other side's own level.

    It says 未查得 (not found in this corpus), never 没有 (there is none).

    Args:
        quote: from the clause.
        name: its region.
        other: the region that was searched.
        grade: of the absence.
        basis: the document that the grade rests on: above, of another name, or past its term.
        coverage: from `coverage`, of the region that was searched.
        lapsed: the state of the clause's document where its own term is over.
    """
    line = f"{name}：“{quote}”；{other}：未查得对应条款"
    if lapsed:
        return f"{name}（{lapsed}）：“{quote}”；{other}：未查得对应条款（{coverage}）。"
    reason = {
        "upper_level_only": f"，只在上级文件中查到：{basis}",
        "other_name": f"，另有名称不同的规定：{basis}",
        "expired": f"，曾有规定，{basis}",
        "excluded": "，收集到的材料可信度低，未采用",
    }.get(grade, "")
    return f"{line}{reason}（{coverage}）。"


def coverage(name: str, documents: int, clauses: int, newest: str | None) -> str:
    """How much of a region the corpus holds on the topic.

    >>> coverage("嘉兴市", 2, 3, "2025-03")
    '本库同一主题有嘉兴市文件2件、条款3条，最新2025-03'
    """
    line = f"本库同一主题有{name}文件{documents}件、条款{clauses}条"
    return line + (f"，最新{newest}" if newest else "")


def words(kind: str, names: tuple[str, str], figured: bool, note: str | None = None) -> str:
    """The summary of a gap between two clauses whose quantities are not compared.

    Args:
        kind: of the gap.
        names: of the two regions.
        figured: whether both clauses have quantities, of different things.
        note: the remark of the person who paired the clauses.
    """
    name = labels.of("gap_kind", kind).in_summary
    line = f"{names[0]}与{names[1]}都有规定，{name}{'' if kind == 'equivalent' else '不同'}"
    if _is_remark(note):
        return f"{line}：{note}。"
    return (
        f"{line}，{'两条的数量说的不是一回事，未作比较' if figured else '没有可直接比较的数量'}。"
    )


def stack(layers: list[tuple[str, str]]) -> str:
    """What the other levels of the stack provide, listed level by level and never added up.

    Args:
        layers: (name of the region, its provision in few words).

    >>> stack([("浙江省", "国际200万元"), ("国家", "未查得")])
    '另：浙江省国际200万元；逐级列出，不相加。'
    """
    listed = "，".join(name + provision for name, provision in layers if provision != "未查得")
    return f"另：{listed}；逐级列出，不相加。" if listed else ""
