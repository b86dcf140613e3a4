"""Point features: evidence that a run is said on one side only, or that two runs differ in something.

Of one side: how much of the run the other article says, as a whole and in its likeliest sentence, and
whether its sentence has a partner there. Of two sides: whether they are of one act, and in which slots
they differ; the same of two whole sentences. Each feature is an array over the runs, or over the pairs
of runs.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from pipeline.points import slots
from pipeline.points.article_views import ArticleView
from pipeline.points.pair_overlap import PairOverlap
from pipeline.similarity.arrays import FloatArray, IndexArray

_LEAST_HARMONIC = 0.12  # two runs that overlap less are no pair
_LEAST_SENTENCE = 0.25  # nor are two sentences

Features = dict[str, FloatArray]
IndexPair = tuple[IndexArray, IndexArray]  # rows and columns


def _best(matrix: FloatArray, axis: int) -> FloatArray:
    return np.asarray(matrix.max(axis=axis, initial=0))


def one_sided(own: ArticleView, other: ArticleView, pair: PairOverlap) -> Features:
    """Features of each run of an article, against the other; `pair` has the own article as a."""
    return (
        _coverage(own, other, pair)
        | _partner_sentence(own, other, pair)
        | _form(own)
        | _content(own, other)
    )


def _coverage(own: ArticleView, other: ArticleView, pair: PairOverlap) -> Features:
    """How much of each run the other article says."""
    rows, columns = own.sentence_runs, other.sentence_runs
    home = own.sentence_numbers
    partner = pair.harmonic[rows][:, columns].argmax(axis=1)
    return {
        "cover_article": pair.whole_a,
        "cover_sentence": _best(pair.cover_a[:, columns], 1),
        "cover_partner": pair.cover_a[np.arange(len(home)), np.array(columns)[partner[home]]],
        "run_best": _best(pair.harmonic, 1),
        "bigram_best": _best(pair.bigrams, 1),
        "bigram_sentence": _best(pair.bigrams[rows][:, columns], 1)[home],
    }


def _partner_sentence(own: ArticleView, other: ArticleView, pair: PairOverlap) -> Features:
    """Whether the sentence of each run, or the one that leads its list, has a partner."""
    rows, columns = own.sentence_runs, other.sentence_runs
    harmonic = pair.harmonic[rows][:, columns]
    home = own.sentence_numbers
    best = _best(harmonic, 1)
    second = np.sort(harmonic, axis=1)[:, -2] if len(columns) > 1 else np.zeros(len(rows))
    is_mutual = harmonic.argmax(axis=0)[harmonic.argmax(axis=1)] == np.arange(len(rows))
    leads = np.array([-1 if s.lead is None else s.lead for s in own.sentences])[home]
    return {
        "sentence_best": best[home],
        "sentence_lead": (best - second)[home],
        "sentence_mutual": is_mutual.astype(float)[home],
        "lead_best": np.where(leads >= 0, best[leads], best[home]),
        "is_item": (leads >= 0).astype(float),
        "position": home / len(rows),
        "sentences": np.full(len(home), float(len(rows))),
        "other_sentences": np.full(len(home), float(len(columns))),
        "log_ratio": np.full(len(home), np.log(len(own.text) / len(other.text))),
        "likeness": np.full(len(home), best.mean()),
    }


def _form(own: ArticleView) -> Features:
    """Length and place of each run, and the form of its words."""
    referring, vague = slots.words("referring"), slots.words("vague")
    runs, texts = own.runs, [own.said(run) for run in own.runs]
    values = {
        "log_length": [np.log(run.span[1] - run.span[0]) for run in runs],
        "units": [run.last - run.first + 1 for run in runs],
        "is_whole": [run.is_whole for run in runs],
        "is_start": [run.is_start for run in runs],
        "is_end": [run.is_end for run in runs],
        "is_referring": [referring.match(text) is not None for text in texts],
        "is_case": [text.endswith("的") for text in texts],
        "is_vague": [vague.search(text) is not None for text in texts],
        "is_list": [text.count("、") for text in texts],
        "characters": [len(set(text)) for text in texts],
    }
    return {name: np.array(column, float) for name, column in values.items()}


def _content(own: ArticleView, other: ArticleView) -> Features:
    """What each run says, and whether the other article says something of the sort."""
    known_figures = frozenset().union(*other.figures)
    known_kinds = frozenset().union(*(slot.kinds for slot in other.slots))
    values = {
        "has_modal": [slot.modality != "" for slot in own.slots],
        "has_figure": [bool(figures) for figures in own.figures],
        "figures_known": [bool(f) and f <= known_figures for f in own.figures],
        "new_kinds": [len(slot.kinds - known_kinds) for slot in own.slots],
    }
    for kind in slots.load().kinds:
        values[f"kind_{kind}"] = [kind in slot.kinds for slot in own.slots]
    return {name: np.array(column, float) for name, column in values.items()}


def candidates(pair: PairOverlap) -> IndexPair:
    """The pairs of runs that may differ in something, as rows and columns."""
    rows, columns = np.nonzero(pair.harmonic >= _LEAST_HARMONIC)
    return rows, columns


def sentence_candidates(a: ArticleView, b: ArticleView, pair: PairOverlap) -> IndexPair:
    """The pairs of sentences, by the numbers of their runs, that may differ in something."""
    rows, columns = np.array(a.sentence_runs, int), np.array(b.sentence_runs, int)
    i, j = np.nonzero(pair.harmonic[rows][:, columns] >= _LEAST_SENTENCE)
    return rows[i], columns[j]


def two_sided(
    a: ArticleView,
    b: ArticleView,
    pair: PairOverlap,
    chosen: IndexPair,
) -> Features:
    """Features of pairs of runs.

    Args:
        a: the baseline's article.
        b: the target's.
        pair: their overlap.
        chosen: rows and columns of the pairs.
    """
    return (
        _run_overlap(pair, chosen)
        | _sentence_overlap(a, b, pair, chosen)
        | _sizes(a, b, chosen)
        | _edges(a, b, chosen)
        | _unlike_slots(a, b, chosen)
    )


def _run_overlap(pair: PairOverlap, chosen: IndexPair) -> Features:
    """How much two runs say of each other, and how much better others fit."""
    i, j = chosen
    return {
        "cover_a": pair.cover_a[i, j],
        "cover_b": pair.cover_b[i, j],
        "harmonic": pair.harmonic[i, j],
        "below_best_a": pair.harmonic[i, j] - pair.harmonic.max(1)[i],
        "below_best_b": pair.harmonic[i, j] - pair.harmonic.max(0)[j],
        "uneven": np.abs(pair.cover_a[i, j] - pair.cover_b[i, j]),
        "bigrams": pair.bigrams[i, j],
        "whole_a": pair.whole_a[i],
        "whole_b": pair.whole_b[j],
        "predicate_least": pair.predicates[0][i, j],
        "predicate_most": pair.predicates[1][i, j],
        "subject_least": pair.subjects[0][i, j],
        "subject_most": pair.subjects[1][i, j],
    }


def _sentence_overlap(
    a: ArticleView, b: ArticleView, pair: PairOverlap, chosen: IndexPair
) -> Features:
    """How alike the sentences of two runs are, and how much better others fit."""
    rows, columns = a.sentence_runs, b.sentence_runs
    harmonic = pair.harmonic[rows][:, columns]
    home_a, home_b = a.sentence_numbers[chosen[0]], b.sentence_numbers[chosen[1]]
    sentence = harmonic[home_a, home_b]
    best_a, best_b = harmonic.max(1)[home_a], harmonic.max(0)[home_b]
    return {
        "sentence": sentence,
        "sentence_below_a": sentence - best_a,
        "sentence_below_b": sentence - best_b,
        "sentence_best_a": best_a,
        "sentence_best_b": best_b,
        "distance": np.abs(home_a / len(rows) - home_b / len(columns)),
        "sentences_a": np.full(len(home_a), float(len(rows))),
        "sentences_b": np.full(len(home_a), float(len(columns))),
    }


def _sizes(a: ArticleView, b: ArticleView, chosen: IndexPair) -> Features:
    length_a, length_b = (
        np.array([run.span[1] - run.span[0] for run in view.runs], float)[rows]
        for view, rows in zip((a, b), chosen, strict=True)
    )
    units_a, units_b = (
        np.array([run.last - run.first + 1 for run in view.runs], float)[rows]
        for view, rows in zip((a, b), chosen, strict=True)
    )
    return {
        "length_ratio": np.abs(np.log(length_a / length_b)),
        "log_length": np.log(np.minimum(length_a, length_b)),
        "units_least": np.minimum(units_a, units_b),
        "units_most": np.maximum(units_a, units_b),
    }


def _edges(a: ArticleView, b: ArticleView, chosen: IndexPair) -> Features:
    """Whether both runs begin, end or fill their sentences."""
    i, j = chosen

    def both(name: str) -> FloatArray:
        left, right = (
            np.array([getattr(run, name) for run in v.runs], float)[n] for v, n in ((a, i), (b, j))
        )
        return np.asarray(left * right)

    return {name: both(name) for name in ("is_start", "is_end", "is_whole")}


def _unlike_slots(a: ArticleView, b: ArticleView, chosen: IndexPair) -> Features:
    """Which slots both runs have, and which of them differ."""
    modality_a, modality_b = _codes([[s.modality for s in v.slots] for v in (a, b)], "", chosen)
    figures_a, figures_b = _codes([v.figures for v in (a, b)], frozenset(), chosen)
    texts_a, texts_b = _codes([[v.said(run) for run in v.runs] for v in (a, b)], "", chosen)
    subject_a, subject_b = (
        np.array([slot.subject[1] > slot.subject[0] for slot in view.slots])[rows]
        for view, rows in zip((a, b), chosen, strict=True)
    )
    have_modality = (modality_a > 0) & (modality_b > 0)
    have_figures = (figures_a > 0) & (figures_b > 0)
    features = {
        "same_modality": have_modality & (modality_a == modality_b),
        "one_modality": (modality_a > 0) ^ (modality_b > 0),
        "other_modality": have_modality & (modality_a != modality_b),
        "both_subjects": subject_a & subject_b,
        "both_figures": have_figures,
        "other_figures": have_figures & (figures_a != figures_b),
        "one_figure": (figures_a > 0) ^ (figures_b > 0),
        "equal": texts_a == texts_b,
    }
    return {name: values.astype(float) for name, values in features.items()} | _kinds(a, b, chosen)


def _kinds(a: ArticleView, b: ArticleView, chosen: IndexPair) -> Features:
    """Which kinds both runs are of, or one of them."""
    kinds = list(slots.load().kinds)
    flags_a, flags_b = (
        np.array([[kind in slot.kinds for kind in kinds] for slot in view.slots])[rows]
        for view, rows in zip((a, b), chosen, strict=True)
    )
    both, one = flags_a & flags_b, flags_a ^ flags_b
    features = {"common_kinds": both.sum(1), "unlike_kinds": one.sum(1)}
    for column, kind in enumerate(kinds):
        features[f"both_{kind}"] = both[:, column]
        features[f"one_{kind}"] = one[:, column]
    return {name: values.astype(float) for name, values in features.items()}


def _codes(
    sides: Sequence[Sequence[Hashable]], nothing: Hashable, chosen: IndexPair
) -> tuple[IndexArray, IndexArray]:
    """Values of both sides as numbers, equal for equal values; 0 for nothing."""
    numbers: dict[Hashable, int] = {nothing: 0}
    left, right = (
        np.array([numbers.setdefault(value, len(numbers)) for value in side], int)[rows]
        for side, rows in zip(sides, chosen, strict=True)
    )
    return left, right
