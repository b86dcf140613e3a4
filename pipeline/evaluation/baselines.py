"""Baselines: plain ways to align two documents, scored beside the model in the same run."""

import numpy as np

from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.document_features import DocumentFeatures
from pipeline.similarity.pairwise import cosines, idf, weighted_tf
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import Vocabulary

# Robertson, Zaragoza: The probabilistic relevance framework (2009), the usual values.
_K1 = 1.2
_B = 0.75


def similarities(
    a: DocumentFeatures, b: DocumentFeatures, reference: ReferenceCorpus
) -> dict[str, FloatArray]:
    """Name of the baseline → similarity of every clause of a to every clause of b.

    Returns:
        Matrices of shape (n_a, n_b), between 0 and 1.
    """
    return {
        "词 TF-IDF": tf_idf(a, b, reference),
        "BM25": bm25(a, b),
        "首句（无条标题时代替标题）": first_sentences(a, b, reference),
    }


def tf_idf(a: DocumentFeatures, b: DocumentFeatures, reference: ReferenceCorpus) -> FloatArray:
    """TF-IDF cosine of words, weighted by the reference corpus."""
    vocabulary = Vocabulary(a.words.terms, b.words.terms)
    weights = reference.idf(vocabulary.terms, reference.word_counts)
    return cosines(*(weighted_tf(vocabulary.align(side.words), weights) for side in (a, b)))


def bm25(a: DocumentFeatures, b: DocumentFeatures) -> FloatArray:
    """BM25 of each clause as a query to the other document, in both directions, scaled to at most 1."""
    vocabulary = Vocabulary(a.words.terms, b.words.terms)
    left, right = vocabulary.align(a.words), vocabulary.align(b.words)
    weights = idf(left, right)
    total = np.zeros((left.shape[0], right.shape[0]))
    for queries, texts, is_transposed in ((left, right, False), (right, left, True)):
        counts = texts.toarray()
        length = counts.sum(axis=1, keepdims=True)
        norm = _K1 * (1 - _B + _B * length / max(length.mean(), 1e-9))
        scores = (queries > 0).astype(float) @ (counts * (_K1 + 1) / (counts + norm) * weights).T
        total += scores.T if is_transposed else scores
    return np.asarray(total / max(total.max(), 1e-9))


def first_sentences(
    a: DocumentFeatures, b: DocumentFeatures, reference: ReferenceCorpus
) -> FloatArray:
    """TF-IDF cosine of first sentences, in place of the article headings that most regulations lack."""
    vocabulary = Vocabulary(
        a.subjects.terms, a.predicates.terms, b.subjects.terms, b.predicates.terms
    )
    weights = reference.idf(vocabulary.terms, reference.word_counts)
    counts = (vocabulary.align(s.subjects) + vocabulary.align(s.predicates) for s in (a, b))
    return cosines(*(weighted_tf(side.tocsr(), weights) for side in counts))
