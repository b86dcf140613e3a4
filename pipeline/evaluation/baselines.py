"""Baselines: the plain ways to align two documents, scored beside the model in the same run."""

import numpy as np

from pipeline.alignment.pair_features import both_sides
from pipeline.similarity.document_features import Sheet
from pipeline.similarity.pairwise import Array, Vocabulary, cosines, rarity, weighted
from pipeline.similarity.reference_corpus import Background

_K1, _B = (
    1.2,
    0.75,
)  # Robertson, Zaragoza: The probabilistic relevance framework (2009), the usual values


def all_of(a: Sheet, b: Sheet, background: Background) -> dict[str, Array]:
    """Name → likeness between 0 and 1 of every clause of a to every clause of b."""
    return {
        "词 TF-IDF": words(a, b, background),
        "BM25": bm25(a, b),
        "首句（无条标题时代替标题）": headings(a, b, background),
    }


def words(a: Sheet, b: Sheet, background: Background) -> Array:
    """TF-IDF cosine of words, weighed over regulations at large."""
    vocabulary = Vocabulary(a.words.terms, b.words.terms)
    weights = background.weights(vocabulary.terms, background.words)
    return cosines(*(weighted(side, weights) for side in both_sides(vocabulary, a.words, b.words)))


def bm25(a: Sheet, b: Sheet) -> Array:
    """BM25 of each clause as a query to the other document, both ways, scaled to at most 1."""
    vocabulary = Vocabulary(a.words.terms, b.words.terms)
    left, right = both_sides(vocabulary, a.words, b.words)
    idf = rarity(left, right)
    total = np.zeros((left.shape[0], right.shape[0]))
    for query, texts, turn in ((left, right, False), (right, left, True)):
        counts = texts.toarray()
        length = counts.sum(axis=1, keepdims=True)
        norm = _K1 * (1 - _B + _B * length / max(length.mean(), 1e-9))
        scored = (query > 0).astype(float) @ (counts * (_K1 + 1) / (counts + norm) * idf).T
        total += scored.T if turn else scored
    return np.asarray(total / max(total.max(), 1e-9))


def headings(a: Sheet, b: Sheet, background: Background) -> Array:
    """The first sentences alone, which stand for the headings that most regulations lack."""
    vocabulary = Vocabulary(
        [*a.subjects.terms, *a.objects.terms], [*b.subjects.terms, *b.objects.terms]
    )
    weights = background.weights(vocabulary.terms, background.words)
    sides = (
        vocabulary.of(s.subjects.terms, s.subjects.counts)
        + vocabulary.of(s.objects.terms, s.objects.counts)
        for s in (a, b)
    )
    return cosines(*(weighted(side.tocsr(), weights) for side in sides))
