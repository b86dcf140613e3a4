"""Overlap: how much of the words of a run of one article is said by a run of the other.

Words are alike as far as they are equal, share characters, or keep like company in the reference corpus;
rare words weigh more. A run covers another as far as each of the other's words has a like word in it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.language.lexicon import Lexicon
from pipeline.similarity.arrays import FloatArray, IndexArray
from pipeline.similarity.article_parts import TextSpan
from pipeline.similarity.reference_corpus import ReferenceCorpus

_COSINE_FROM = 0.35  # of unlike words
_COMPANY = 0.8  # likeness of words of the same company, at most
_CHARACTERS = 0.9  # of words of the same characters in another order, at most
_ONE_CHARACTER = 0.3  # of words that share one character
_NUMBER_WEIGHT = 7.0  # of a number, in nats; a word in 25 of 26,000 articles weighs as much


@dataclass(frozen=True, slots=True)
class Words:
    """The telling words of an article with their offsets and weights, in order."""

    terms: list[str]
    starts: list[int]
    weights: FloatArray

    def within(self, span: TextSpan) -> TextSpan:
        """The range of words that begin in a span of the text."""
        return bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])


def words(cut: Sequence[str], lexicon: Lexicon, reference: ReferenceCorpus) -> Words:
    """The telling words of a segmented text, numbers included."""
    terms, starts, numbers = [], [], []
    offset = 0
    for word in cut:
        term = lexicon.term(word)
        is_number = not term and any(map(str.isdecimal, word)) or _is_figure(word)
        if term or is_number:
            terms.append(word if is_number else term)
            starts.append(offset)
            numbers.append(is_number)
        offset += len(word)
    weights = reference.idf(terms, reference.word_counts) if terms else np.zeros(0)
    return Words(terms, starts, np.where(numbers, _NUMBER_WEIGHT, weights))


def _is_figure(word: str) -> bool:
    """Whether a word of Chinese digits is a quantity: 三十日, 百分之五."""
    return (
        len(word) > 1
        and word[0] in "一二三四五六七八九十百千万两半"
        and word[-1] in ("日天年月人元倍成个分次名周五十百千万亿二三四六七八九一")
    )


def likeness(a: list[str], b: list[str], reference: ReferenceCorpus) -> FloatArray:
    """How alike each word of a is to each word of b, in [0, 1], shape (len(a), len(b))."""
    if not a or not b:
        return np.zeros((len(a), len(b)))
    cosines = np.asarray(reference.word_vectors(a) @ reference.word_vectors(b).T)
    alike = np.clip((cosines - _COSINE_FROM) / (1 - _COSINE_FROM), 0, 1) * _COMPANY
    rows, columns, by_characters = _of_characters(a, b)
    alike[rows, columns] = np.maximum(alike[rows, columns], by_characters)
    numbers: dict[str, int] = {}
    codes = [np.array([numbers.setdefault(t, len(numbers)) for t in side]) for side in (a, b)]
    return np.asarray(np.where(codes[0][:, None] == codes[1][None], 1.0, alike), float)


def _of_characters(a: list[str], b: list[str]) -> tuple[IndexArray, IndexArray, FloatArray]:
    """The pairs of words that share characters, as rows and columns, and how alike they are by these."""
    rows, left = _characters(a)
    columns, right = _characters(b)
    order = np.argsort(right)
    first = np.searchsorted(right, left, "left", order)
    matches = np.searchsorted(right, left, "right", order) - first
    # A character of a meets `matches` places of `order`, from `first` on: all of them in one array.
    starts = np.repeat(first - np.cumsum(matches) + matches, matches)
    partners = columns[order[starts + np.arange(len(starts))]]
    cells, shared = np.unique(np.repeat(rows, matches) * len(b) + partners, return_counts=True)
    i, j = np.divmod(cells, len(b))
    sizes = np.bincount(rows)[i] + np.bincount(columns)[j]
    return i, j, np.where(shared > 1, _CHARACTERS * 2 * shared / sizes, _ONE_CHARACTER)


def _characters(terms: list[str]) -> tuple[IndexArray, IndexArray]:
    """The distinct characters of each word, as the word's number and the character's code."""
    characters = [set(term) for term in terms]
    rows = np.repeat(np.arange(len(terms)), [*map(len, characters)])
    return rows, np.array([ord(c) for each in characters for c in each])


def coverage(
    alike: FloatArray, weights: FloatArray, ranges: Sequence[TextSpan], others: Sequence[TextSpan]
) -> FloatArray:
    """How much of each range of words is said by each range of words of the other article.

    Args:
        alike: shape (n_a, n_b).
        weights: of the words of a.
        ranges: ranges of words of a.
        others: ranges of words of b.

    Returns:
        shape (len(ranges), len(others)), in [0, 1]; 0 for an empty range.
    """
    edges = np.array(others, int).reshape(-1, 2)
    end = np.zeros((len(alike), 1))  # an edge may be the end
    padded = np.concatenate([alike, end], axis=1)
    best = np.maximum.reduceat(padded, edges.ravel(), axis=1)[:, ::2]
    best[:, edges[:, 0] >= edges[:, 1]] = 0
    total = np.concatenate([np.zeros((1, len(others))), np.cumsum(best * weights[:, None], axis=0)])
    mass = np.concatenate([[0.0], np.cumsum(weights)])
    firsts, lasts = np.array(ranges, int).reshape(-1, 2).T
    masses = (mass[lasts] - mass[firsts])[:, None]
    return np.asarray((total[lasts] - total[firsts]) / np.where(masses > 0, masses, 1))


def harmonic(one: FloatArray, other: FloatArray) -> FloatArray:
    """The harmonic mean of two coverages."""
    return np.asarray(2 * one * other / (one + other + 1e-9))
