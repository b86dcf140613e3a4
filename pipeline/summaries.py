"""Summaries: one line of Chinese for a gap, written from its record; every figure is a quote."""

from pipeline.contrasts import BOUNDS, Contrast

_KINDS = {"equivalent": "两地一致", "amount": "数额不同", "penalty": "处罚不同", "deadline": "期限不同",
          "condition": "门槛不同"}  # fmt: skip


def amount(kind: str, contrast: Contrast, name_a: str, name_b: str, subject: str) -> str:
    """A difference of two quantities."""
    tiers = "（多档中最高）" if contrast.several else ""
    line = f"{subject}｜{name_a}：{_shown(contrast.a.quote)}；{name_b}：{_shown(contrast.b.quote)}{tiers}。"
    if kind == "equivalent":
        return line + "该项数量相同。"
    if not contrast.like_bounds:
        line += f"口径不同（{BOUNDS[contrast.a.bound]}对{BOUNDS[contrast.b.bound]}），"
    elif kind in _KINDS:
        line += f"{_KINDS[kind]}，"
    return line + _times(contrast, name_a, name_b)


def _shown(quote: str) -> str:
    return f"“{quote}”"


def _times(contrast: Contrast, name_a: str, name_b: str) -> str:
    if contrast.ratio is None or contrast.value_a == 0:
        return "其中一方为零。"
    if contrast.ratio == 1:
        return "数值相同。"
    above, below, times = name_a, name_b, contrast.ratio
    if times < 1:
        above, below, times = name_b, name_a, contrast.value_b / contrast.value_a
    if times < 2:
        return f"{above}比{below}高{(times - 1) * 100:.0f}%。"
    return f"{above}是{below}的{times:.1f}倍。".replace(".0倍", "倍")


def absence(
    subject: str, quote: str, name: str, other: str, grade: str, coverage: tuple[int, int]
) -> str:
    """A clause of one side without counterpart on the other; 未查得 is never 没有."""
    documents, clauses = coverage
    line = f"{subject}｜{name}：“{quote}”；{other}：未查得对应条款"
    if grade == "upper_level_only":
        return line + "，只在上级文件中查到。"
    return line + f"（本库同一主题有{other}文件{documents}件、条款{clauses}条）。"


def words(kind: str, subject: str, name_a: str, name_b: str) -> str:
    """Two clauses on one matter whose quantities cannot be compared."""
    alike = {"equivalent": "文字相近", "condition": "条件不同", "procedure": "程序不同"}.get(
        kind, "内容不同"
    )
    return f"{subject}｜{name_a}与{name_b}都有规定，{alike}，没有可直接比较的数量差别。"
