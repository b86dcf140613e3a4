"""Point kinds: what a point is about, and how much it weighs, by the slots of its words.

The kinds are those of the codebook (docs/architecture.md): penalty, deadline, amount, condition,
procedure, actor, scope, duty. The first that its words show is taken.
"""

from collections.abc import Sequence

from pipeline.points.article_views import ArticleView
from pipeline.points.slots import words

_LONG_LIST = 3  # 、 in a run without act

# Weight by kind: what a report would tell, what a table would, what is drafting detail.
_HEAVY = frozenset(("penalty", "amount", "deadline", "condition"))


def kind(runs: Sequence[tuple[ArticleView, int]], relation: str) -> str:
    """The kind of a point.

    Args:
        runs: article and number of the run, of each side that the point speaks of.
        relation: of the two sides.
    """
    slots = [article.slots[number] for article, number in runs]
    texts = [article.said(article.runs[number]) for article, number in runs]
    units = {unit for article, number in runs for _, _, unit in article.figures[number]}
    item = any(article.is_item(number) for article, number in runs)
    has_act = any(slot.modality for slot in slots)
    is_list = any(text.count("、") >= _LONG_LIST for text in texts)
    for name, holds in (
        (
            "penalty",
            all("penalty" in s.kinds for s in slots) or any(map(words("sanction").search, texts)),
        ),
        ("amount", bool(units - TIME_UNITS)),
        ("deadline", any(map(words("term").search, texts)) or bool(units & TIME_UNITS)),
        ("actor", all(map(words("authority").match, texts)) and _have_other_subjects(runs)),
        ("scope", any(map(words("exception").search, texts))),
        ("condition", any(map(words("circumstance").match, texts)) and not has_act),
        ("actor", any(map(words("charge").search, texts)) and not is_list),
        ("scope", item and not has_act),
        ("procedure", any("procedure" in s.kinds for s in slots) and not is_list),
        ("duty", has_act),
        ("scope", is_list or relation == "differs"),
    ):
        if holds:
            return name
    return "duty"


def _have_other_subjects(runs: Sequence[tuple[ArticleView, int]]) -> bool:
    """Whether two runs say who acts, and not the same."""
    subjects = []
    for article, number in runs:
        first, last = article.words.within(article.slots[number].subject)
        subjects.append(set(article.words.terms[first:last]))
    return len(subjects) > 1 and all(subjects) and subjects[0] != subjects[1]


TIME_UNITS = frozenset(("日", "天", "工作日", "个月", "月", "年", "小时", "周"))


def weight(kind: str, runs: Sequence[tuple[ArticleView, int]], *, is_sure: bool) -> int:
    """How much a point weighs: 3 = for a report, 2 = for a table, 1 = a drafting detail, or not sure.

    What decides sanctions, sums, time limits and who qualifies weighs most where it names a figure or a
    sanction; what only encourages weighs least.
    """
    slots = [article.slots[number] for article, number in runs]
    if not is_sure or all("support" in s.kinds and s.modality in ("", "encouraged") for s in slots):
        return 1
    has_figure = any(article.figures[number] for article, number in runs)
    has_sanction = any(
        words("sanction").search(article.said(article.runs[n])) for article, n in runs
    )
    return 3 if kind in _HEAVY and (has_figure or (kind == "penalty" and has_sanction)) else 2
