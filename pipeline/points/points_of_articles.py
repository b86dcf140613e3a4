"""Points of two articles: what they differ in and what both say alike, heaviest first."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.core.gap_records import PointQuote
from pipeline.core.point_records import ArticlePoint
from pipeline.core.records import Measure
from pipeline.core.settings import POINTS
from pipeline.points import contexts, point_candidates, point_kinds, point_sentences, segment_choice
from pipeline.points.article_views import ArticleView
from pipeline.points.point_candidates import Choice, ComparedArticles
from pipeline.points.point_kinds import TIME_UNITS
from pipeline.points.slots import words


class Elsewhere(NamedTuple):
    """Whether the other text says what a run says, and an article of it with like words: 第九条, or ""."""

    is_said: bool
    see_also: str


NOWHERE = Elsewhere(False, "")
_TELLING = 2  # least weight of a point that a table would tell
_SURE = {"differs": POINTS.two_sided_sure}


def points(
    compared: ComparedArticles,
    clause_ids: tuple[str, str],
    places: tuple[str, str],
    elsewhere: Callable[[str, int], Elsewhere] = lambda side, run: NOWHERE,
    *,
    is_minor: bool = False,
) -> list[ArticlePoint]:
    """The points of two compared articles; at least one where either has a sentence.

    Args:
        compared: the articles with the candidates.
        clause_ids: of both.
        places: short names of the regions of their texts.
        elsewhere: where a run of a side is said in the other text. Nothing is told of its being absent
            where it is said; where like words stand, the article is named.
        is_minor: whether no point weighs: of boilerplate, or of articles that may not answer each other.
    """
    told = {
        choice: found
        for choice in segment_choice.choose(compared)
        if _may_be_told(compared, choice, is_minor=is_minor)
        and not (found := _found(choice, elsewhere)).is_said
    }
    alike = segment_choice.equal_runs(compared, told)
    weights = [1 if is_minor else _weight(compared, choice) for choice in told]
    if not told and not alike:  # articles are never silent, though the engine is sure of nothing
        told = {choice: _found(choice, elsewhere) for choice in _likeliest(compared)}
        weights = [1 for _ in told]
    rows = [
        _point(compared, choice, weight, clause_ids, places, found)
        for (choice, found), weight in zip(told.items(), weights, strict=True)
    ]
    rows += _same(compared, alike, clause_ids, places, is_alone=not rows)
    return sorted(rows, key=lambda point: (point.relation == "same", -point.weight))


def _may_be_told(compared: ComparedArticles, choice: Choice, *, is_minor: bool) -> bool:
    """Whether a choice is told: a difference of articles that may not answer each other only of figures."""
    is_unsure = is_minor and choice.relation == "differs"
    return not is_unsure or _have_like_figures(compared, choice)


def _likeliest(compared: ComparedArticles) -> list[Choice]:
    """The likeliest candidate that tells something; the likeliest of all where none does."""
    fit = (
        choice
        for choice in compared.candidates
        if choice.relation != "differs" or not segment_choice.tell_nothing(compared, choice)
    )
    return list(islice(fit, 1)) or compared.candidates[:1]


def _found(choice: Choice, elsewhere: Callable[[str, int], Elsewhere]) -> Elsewhere:
    """Where the other text has what one side alone says here."""
    if choice.relation == "only_a":
        return elsewhere("a", choice.run_a or 0)
    if choice.relation == "only_b":
        return elsewhere("b", choice.run_b or 0)
    return NOWHERE


def _weight(compared: ComparedArticles, choice: Choice) -> int:
    runs = point_candidates.runs_of(compared, choice)
    least = _SURE.get(choice.relation, POINTS.one_sided_sure)
    if choice.relation != "differs" and any(article.figures[run] for article, run in runs):
        least = POINTS.figure_sure
    kind = point_kinds.kind(runs, choice.relation)
    is_likely = choice.probability >= least
    if choice.relation == "differs" and _label(compared, choice, kind) == "duty":
        is_likely = False  # words that say the same are not told apart from those that do not
    is_sure = is_likely or _have_like_figures(compared, choice)
    return point_kinds.weight(kind, runs, is_sure=is_sure)


def _have_like_figures(compared: ComparedArticles, choice: Choice) -> bool:
    """Whether two runs of one act have other figures of one kind: a sure difference.

    A working day is a time, as a day is, though the two are not compared.
    """
    found = _only_measures(compared, choice)
    if found is None or found[0].kind != found[1].kind:
        return False
    a, b = found
    if (_compared_end(a), a.unit) == (_compared_end(b), b.unit):
        return False
    i, j = choice.run_a or 0, choice.run_b or 0
    return bool(min(compared.pair.cover_a[i, j], compared.pair.cover_b[i, j]) >= POINTS.like)


def _point(
    compared: ComparedArticles,
    choice: Choice,
    weight: int,
    clause_ids: tuple[str, str],
    places: tuple[str, str],
    found: Elsewhere = NOWHERE,
) -> ArticlePoint:
    runs = point_candidates.runs_of(compared, choice)
    kind = point_kinds.kind(runs, choice.relation)
    quotes = _quotes(compared, choice, clause_ids)
    texts = {side: quote for side, _, _, _, quote in quotes}
    both = (texts.get("a", ""), texts.get("b", ""))
    about = (_context(compared.a, choice.run_a), _context(compared.b, choice.run_b))
    is_item = any(article.is_item(run) for article, run in runs)
    a, b = _values(compared, choice)
    ratio, basis = _ratio(a, b)
    return ArticlePoint(
        kind=kind,
        relation=choice.relation,
        value_a=_compared_end(a),
        value_b=_compared_end(b),
        unit=a.unit if a else None,
        ratio=ratio,
        basis=basis,
        favours="neutral" if choice.relation == "same" else "unclear",
        weight=weight,
        sentence=point_sentences.sentence(
            _label(compared, choice, kind),
            choice.relation,
            both,
            places,
            about,
            is_item=is_item,
            is_sure=weight >= _TELLING,
            see_also=found.see_also,
        ),
        quotes=quotes,
    )


def _label(compared: ComparedArticles, choice: Choice, kind: str) -> str:
    """The kind that a sentence may name: a term or a sum is said to differ only where its figures do.

    A penalty where each side names one: to be ordered to mend is none (行政处罚法 of 2021, arts. 9 and 28).
    Who acts only where the subjects are unlike: 区、县人民政府 and 县（市、区）人民政府 are not.
    """
    runs = point_candidates.runs_of(compared, choice)
    texts = (article.said(article.runs[run]) for article, run in runs)
    if kind == "penalty" and not all(map(words("punishment").search, texts)):
        return "duty"
    if kind == "actor" and choice.relation == "differs":
        cover = compared.pair.subjects[1][choice.run_a or 0, choice.run_b or 0]
        return kind if cover < POINTS.like else "duty"
    if kind in ("deadline", "amount"):
        figures = [
            {f for f in article.figures[run] if (f[-1] in TIME_UNITS) == (kind == "deadline")}
            for article, run in runs
        ]
        is_other = all(figures) and figures[0] != figures[-1]
        return kind if is_other or choice.relation == "same" else "duty"
    return kind


def _context(article: ArticleView, run: int | None) -> str:
    return "" if run is None else contexts.of_run(article, article.runs[run])


def _quotes(
    compared: ComparedArticles, choice: Choice, clause_ids: tuple[str, str]
) -> list[PointQuote]:
    spans = compared.spans(choice)
    texts = compared.a.text, compared.b.text
    return [
        (side, clause_id, *span, text[slice(*span)])
        for side, clause_id, span, text in zip("ab", clause_ids, spans, texts, strict=True)
        if span
    ]


def _values(compared: ComparedArticles, choice: Choice) -> tuple[Measure | None, Measure | None]:
    """The quantities that two runs compare: the only one of each, of one kind, role and unit."""
    found = _only_measures(compared, choice)
    if found is None:
        return None, None
    a, b = found
    is_like = (a.kind, a.role, a.unit, a.base, a.per) == (b.kind, b.role, b.unit, b.base, b.per)
    return (a, b) if is_like else (None, None)


def _only_measures(compared: ComparedArticles, choice: Choice) -> tuple[Measure, Measure] | None:
    """The quantities of two runs that have one each."""
    if choice.run_a is None or choice.run_b is None:
        return None
    found = []
    for article, run in ((compared.a, choice.run_a), (compared.b, choice.run_b)):
        start, end = article.runs[run].span
        found.append([m for m in article.measures if start <= m.start < end])
    return (found[0][0], found[1][0]) if [len(side) for side in found] == [1, 1] else None


def _compared_end(measure: Measure | None) -> float | None:
    if measure is None:
        return None
    return measure.max if measure.max is not None else measure.min


def _ratio(a: Measure | None, b: Measure | None) -> tuple[float | None, str | None]:
    """Larger over smaller of the compared ends, and how they were compared."""
    if a is None or b is None:
        return None, None
    one, other = _compared_end(a), _compared_end(b)
    if one is None or other is None or min(one, other) <= 0:
        return None, "told"
    basis = "like" if a.bound == b.bound else "upper_end"
    return (max(one, other) / min(one, other) if one != other else None), basis


def _same(
    compared: ComparedArticles,
    alike: list[tuple[int, int]],
    clause_ids: tuple[str, str],
    places: tuple[str, str],
    *,
    is_alone: bool,
) -> Iterator[ArticlePoint]:
    """What both articles say alike: sentences with a figure or a sanction; without other points, the first.

    Two articles without anything else to tell are the same as a whole, or too unlike to be compared.
    """
    telling = [
        (i, j) for i, j in alike if compared.a.figures[i] or "penalty" in compared.a.slots[i].kinds
    ]
    for i, j in telling or (alike[:1] if is_alone else []):
        choice = Choice("same", i, j, 1.0)
        yield _point(compared, choice, _TELLING, clause_ids, places)
