"""Segment choice: which runs of two articles are told as points, none of their words twice.

Likeliest first; what has been told is not told again, neither on one side nor as a difference. A
difference has two sides to fail on, so it is preferred to two one-sided points by a fixed bonus.
"""

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.core.settings import POINTS
from pipeline.points import point_candidates, slots
from pipeline.points.article_views import ArticleView
from pipeline.points.point_candidates import Choice, ComparedArticles
from pipeline.similarity.article_parts import TextSpan

Told = tuple[list[TextSpan], list[TextSpan]]  # what has been told of both texts


def choose(compared: ComparedArticles) -> list[Choice]:
    """The points to be told, likeliest first."""
    told: Told = ([], [])
    found = []
    for choice in compared.candidates:
        if choice.probability < _floor(choice):
            continue
        if choice.relation == "differs" and tell_nothing(compared, choice):
            continue
        if any(_is_empty(view, run) for view, run in point_candidates.runs_of(compared, choice)):
            continue
        if _is_told(compared, choice, told):
            continue
        _note(compared.spans(choice), told)
        found.append(choice)
    for place, choice in enumerate(found):
        others: Told = ([], [])
        for other in found[:place] + found[place + 1 :]:
            _note(compared.spans(other), others)
        found[place] = _trimmed(compared, _grown(compared, choice, others))
    return sorted(
        found, key=lambda choice: (-choice.probability, *point_candidates.order(compared, choice))
    )


def _floor(choice: Choice) -> float:
    """The least probability of a choice that is told."""
    is_two_sided = choice.relation == "differs"
    return POINTS.two_sided_floor if is_two_sided else POINTS.one_sided_floor


def _note(spans: tuple[TextSpan | None, TextSpan | None], told: Told) -> None:
    for span, side in zip(spans, told, strict=True):
        if span:
            side.append(span)


def _is_told(compared: ComparedArticles, choice: Choice, told: Told) -> bool:
    """Whether words of a choice have been told."""
    return any(
        span and any(_share(span, other) for other in side)
        for span, side in zip(compared.spans(choice), told, strict=True)
    )


def _grown(compared: ComparedArticles, choice: Choice, told: Told) -> Choice:
    """What one side alone says, with the words beside it in the sentence that are nearly as likely.

    So a point is not cut where its sentence goes on about it.
    """
    if choice.relation == "differs":
        return choice
    ((view, number),) = point_candidates.runs_of(compared, choice)
    own = best = view.runs[number]
    found = choice
    for other in compared.candidates:
        if (
            other.relation != choice.relation
            or other.probability < choice.probability - POINTS.growth
        ):
            continue
        ((_, place),) = point_candidates.runs_of(compared, other)
        run = view.runs[place]
        if (
            run.sentence == own.sentence
            and run.first <= best.first
            and run.last >= best.last
            and run != best
            and not _is_empty(view, place)
            and not _is_told(compared, other, told)
        ):
            best, found = run, replace(choice, run_a=other.run_a, run_b=other.run_b)
    return found


def _trimmed(compared: ComparedArticles, choice: Choice) -> Choice:
    """What one side alone says, without the rules at its ends that stand in the other article too.

    Of 应当提前十日通知村民，并征求意见 only the second is told where the other side has the first.
    """
    if choice.relation == "differs":
        return choice
    view, other = compared.a, compared.b
    if choice.run_a is None:
        view, other = other, view
    places = {(run.first, run.last): place for place, run in enumerate(view.runs)}
    ((_, number),) = point_candidates.runs_of(compared, choice)
    first, last = view.runs[number].first, view.runs[number].last
    while first < last and _stands_in(view, places[first, first], other):
        first += 1
    while first < last and _stands_in(view, places[last, last], other):
        last -= 1
    rest = places.get((first, last), number)
    if _is_empty(view, rest):
        return choice
    runs = (rest, None) if choice.run_b is None else (None, rest)
    return replace(choice, run_a=runs[0], run_b=runs[1])


def _stands_in(view: ArticleView, run: int, other: ArticleView) -> bool:
    """Whether nearly all of a rule, by its character bigrams, stands in one sentence of another article."""
    own = set(pairwise(view.said(view.runs[run])))
    texts = (other.text[slice(*sentence.span)] for sentence in other.sentences)
    most = max((len(own & set(pairwise(text))) for text in texts), default=0)
    return bool(view.slots[run].modality) and most >= POINTS.equal * len(own)


def _is_empty(view: ArticleView, run: int) -> bool:
    """Whether a run says nothing by itself: a catch-all, a legal basis, a lead, a subject without act."""
    said = view.said(view.runs[run])
    if slots.words("catch_all").search(said) or slots.words("fragment").match(said):
        return True
    if view.runs[run].is_end and view.leads_list(view.runs[run].sentence):
        return True
    end = view.runs[run].span[1]
    if not view.runs[run].is_end and view.text[end - 1] == "的":
        return True
    return not view.slots[run].modality and slots.load().modal.match(view.text, end) is not None


def tell_nothing(compared: ComparedArticles, choice: Choice) -> bool:
    """Whether two runs differ in no thing: in names of places and stop words only, or of unlike acts.

    Nor do the words that lead two lists, where they are nearly equal: the items tell.
    """
    a, b = compared.a, compared.b
    i, j = choice.run_a or 0, choice.run_b or 0
    if a.terms(i) == b.terms(j) and a.slots[i].modality == b.slots[j].modality:
        return True
    if compared.pair.predicates[1][i, j] < POINTS.predicate:
        return True
    if _say_alike(compared, i, j) or _define_other_terms(compared, i, j):
        return True
    if _lacks_fine(a, i) != _lacks_fine(b, j):
        return True
    lead = all(view.leads_list(view.runs[n].sentence) for view, n in ((a, i), (b, j)))
    cover = min(compared.pair.cover_a[i, j], compared.pair.cover_b[i, j])
    return lead and bool(cover >= POINTS.equal)


def _say_alike(compared: ComparedArticles, i: int, j: int) -> bool:
    """Whether each of two runs is said in the sentence of the other, with the same figures and modality.

    A sentence may say in another order what the other one says, or the runs may be cut unlike.
    """
    a, b = compared.a, compared.b
    if a.figures[i] != b.figures[j] or a.slots[i].modality != b.slots[j].modality:
        return False
    sentence_a = a.sentence_runs[a.runs[i].sentence]
    sentence_b = b.sentence_runs[b.runs[j].sentence]
    cover = min(compared.pair.cover_a[i, sentence_b], compared.pair.cover_b[sentence_a, j])
    return bool(cover >= POINTS.equal)


def _lacks_fine(view: ArticleView, run: int) -> bool:
    """Whether the fine of a run is in the next sentence: 给予警告；情节较重的，处五千元罚款."""
    following = view.runs[run].sentence + 1
    if "罚款" in view.said(view.runs[run]) or following == len(view.sentences):
        return False
    said = view.text[slice(*view.sentences[following].span)]
    return slots.words("heavier").match(said) is not None and "罚款" in said


def _define_other_terms(compared: ComparedArticles, i: int, j: int) -> bool:
    """Whether two runs are of definitions whose terms share less than half of the shorter one's characters."""
    terms = []
    for view, run in ((compared.a, i), (compared.b, j)):
        sentence = view.sentences[view.runs[run].sentence]
        found = slots.words("definition").match(view.text[slice(*sentence.span)])
        terms.append(set(found["term"] or found["other"]) if found else set())
    a, b = terms
    return bool(a and b) and len(a & b) * 2 < min(len(a), len(b))


def _share(one: TextSpan, other: TextSpan) -> bool:
    """Whether two spans share more than a third of the shorter one."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common * 3 > min(one[1] - one[0], other[1] - other[0])


def equal_runs(compared: ComparedArticles, told: Collection[Choice]) -> list[tuple[int, int]]:
    """Pairs of runs that say the same: sentences that cover each other, with equal figures or none.

    Sentences in which a point is told are left out. Each sentence is in one pair at most, those that
    cover each other best first.
    """
    a, b = compared.a, compared.b
    harmonic = np.minimum(compared.pair.cover_a, compared.pair.cover_b)
    used_a = {a.runs[c.run_a].sentence for c in told if c.run_a is not None}
    used_b = {b.runs[c.run_b].sentence for c in told if c.run_b is not None}
    rows, columns = a.sentence_runs, b.sentence_runs
    ranked = sorted((-harmonic[i, j], i, j) for i in rows for j in columns)
    found = []
    for likeness, i, j in ranked:
        if -likeness < POINTS.equal:
            break
        sentence_a, sentence_b = a.runs[i].sentence, b.runs[j].sentence
        is_free = sentence_a not in used_a and sentence_b not in used_b
        if is_free and a.figures[i] == b.figures[j]:
            used_a.add(sentence_a)
            used_b.add(sentence_b)
            found.append((i, j))
    return found
