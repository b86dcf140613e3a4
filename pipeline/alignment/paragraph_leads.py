"""Paragraph leads: by how much a paragraph of one article is said better by another than by any rival.

A rule that is split over several articles shows in its paragraphs: each has an article of its own that says
it best, though the article as a whole has a better partner.
"""

import numpy as np

from pipeline.similarity import overlap
from pipeline.similarity.arrays import FloatArray, IndexArray, SparseMatrix
from pipeline.similarity.document_features import DocumentFeatures
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import SegmentCounts, TermCounts

_LEAST_WORDS = 4  # telling words of a paragraph; one of fewer is said everywhere
_LEAST_COVERED = 0.45  # share of its words from which a paragraph is said at all
_NONE = -0.5  # of an article without such a paragraph


def features(
    a: DocumentFeatures, b: DocumentFeatures, reference: ReferenceCorpus
) -> dict[str, FloatArray]:
    """The leads of all pairs of articles, the larger and the smaller one of both directions.

    Returns:
        `paragraph_lead` and `paragraph_lead_least`, shape (n_a, n_b) each.
    """
    alike = overlap.likeness(a.words.terms, b.words.terms, reference)
    forth = _leads(a.paragraphs, b.words, alike[_rows(a)], reference)
    back = _leads(b.paragraphs, a.words, alike.T[_rows(b)], reference).T
    return {
        "paragraph_lead": np.maximum(forth, back),
        "paragraph_lead_least": np.minimum(forth, back),
    }


def _rows(document: DocumentFeatures) -> IndexArray:
    """The places of the terms of a document's paragraphs among all its terms; both are sorted."""
    return np.searchsorted(document.words.terms, document.paragraphs.rows.terms)


def _leads(
    paragraphs: SegmentCounts, others: TermCounts, alike: FloatArray, reference: ReferenceCorpus
) -> FloatArray:
    """The best lead of the paragraphs of each article over all articles of the other side.

    Args:
        paragraphs: of n articles; their terms are those of the rows of `alike`.
        others: terms of m articles, those of the columns of `alike`.
        alike: likeness of terms.
        reference: weights of terms.

    Returns:
        shape (n, m).
    """
    starts = paragraphs.starts[:-1]
    weights = reference.idf(paragraphs.rows.terms, reference.word_counts)
    said = paragraphs.rows.counts.multiply(weights).tocsr()
    mass = np.asarray(said.sum(axis=1)).ravel()
    covered = said @ _nearest(alike, others.counts) / np.where(mass > 0, mass, 1)[:, None]
    best = covered.max(axis=1, keepdims=True)
    is_best = covered >= best - 1e-9
    rival = np.where(is_best, -np.inf, covered).max(axis=1, keepdims=True)
    tie = is_best.sum(axis=1, keepdims=True) > 1
    rival = np.where(tie, best, np.where(np.isinf(rival), 0, rival))
    leads = covered - np.where(is_best, rival, best)
    leads = np.where(covered < _LEAST_COVERED, np.minimum(leads, 0), leads)
    leads[np.asarray(paragraphs.rows.counts.sum(axis=1)).ravel() < _LEAST_WORDS] = _NONE
    return np.maximum(np.maximum.reduceat(leads, starts, axis=0), _NONE)


def _nearest(alike: FloatArray, counts: SparseMatrix) -> FloatArray:
    """How alike each term is to its likest one in each article, shape (n_terms, n_articles)."""
    nearest = np.zeros((len(alike), counts.shape[0]))
    for article in range(counts.shape[0]):
        columns = counts.indices[counts.indptr[article] : counts.indptr[article + 1]]
        if len(columns):
            nearest[:, article] = alike[:, columns].max(axis=1)
    return nearest
