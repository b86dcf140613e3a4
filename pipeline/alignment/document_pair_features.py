"""Document pair features: evidence for and against two documents being on one matter.

Titles, what the documents say they apply to and are made under, their weightiest terms, their articles one
by one, and whether either has a better partner.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.alignment import title_matters
from pipeline.alignment.document_collection import DocumentCollection, DocumentProfile
from pipeline.similarity import vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.reference_corpus import ReferenceCorpus

TITLES = {
    "title_least": "题名事项（较少的一方）",
    "title_most": "题名事项（较多的一方）",
    "title_excludes": "题名所限不同",
    "title_narrower": "一方题名另有所限",
    "title_is_chapter": "对方题名的事自成一章",
    "key_terms_least": "关键词见于对方（较少的一方）",
    "key_terms_most": "关键词见于对方（较多的一方）",
    "key_terms_shared": "关键词相同",
    "scope": "目的、适用范围和定义",
    "articles_least": "有相近条文的比例（较少的一方）",
    "articles_most": "有相近条文的比例（较多的一方）",
    "order": "相近条文次序一致",
    "basis_differs": "依据的法律不同",
    "best": "彼此是对方最相近的文件",
}
_LIKE = 0.25  # cosine from which two articles that are each other's best count as like
_ORDERED = 0.15  # the same for the order in which they run, which needs more of them
_FEW = 3  # like articles below which their order says nothing
_SENSE = 0.3  # cosine of two words' vectors below which they have nothing in common
_USUAL = 0.3  # likeness of contents that a document's best partner has at least: below it, being best says little

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class WordLikeness:
    """How alike two words are: the same, of some characters in common, or used in the same company."""

    reference: ReferenceCorpus
    known: dict[tuple[str, str], float] = field(default_factory=dict)  # cache of `of`
    weights: dict[str, float] = field(default_factory=dict)  # cache of `weight`

    def of(self, a: str, b: str) -> float:
        """The likeness of two words, in [0, 1]."""
        if a == b:
            return 1.0
        if (a, b) not in self.known:
            pair = self.reference.word_vectors([a, b])
            sense = float(pair[0] @ pair[1])
            parts_a, parts_b = set(vectors.bigrams([a])), set(vectors.bigrams([b]))
            common = 2 * len(parts_a & parts_b) / max(len(parts_a) + len(parts_b), 1)
            self.known[a, b] = round(min(max(common, sense if sense > _SENSE else 0.0), 1.0), 6)
        return self.known[a, b]

    def coverage(self, own: Sequence[str], other: Sequence[str]) -> float:
        """How much of some words has its like among others; rare words weigh more. In [0, 1]."""
        if not own or not other:
            return 0.0
        total = sum(map(self.weight, own))
        return sum(self.weight(a) * max(self.of(a, b) for b in other) for a in own) / total

    def weight(self, word: str) -> float:
        """How rare a word is."""
        if word not in self.weights:
            counts = self.reference.word_counts
            self.weights[word] = float(self.reference.idf([word], counts)[0])
        return self.weights[word]


def contents(
    collection: DocumentCollection, left: Sequence[int], right: Sequence[int]
) -> FloatArray:
    """Cosines of what documents say, shape (len(left), len(right))."""
    rows = collection.contents
    return np.asarray((rows[list(left)] @ rows[list(right)].T).toarray())


def of_pair(
    collection: DocumentCollection, a: int, b: int, standing: float, likeness: WordLikeness
) -> Features:
    """The features of two documents, in the order of TITLES.

    Args:
        collection: with both.
        a: row of the one.
        b: row of the other.
        standing: as `standings` gives it for the two.
        likeness: of words.
    """
    one, two = collection.profiles[a], collection.profiles[b]
    scope = float((collection.scopes[a] @ collection.scopes[b].T).sum())
    features = {
        **_titles(collection, a, b, likeness),
        **_key_terms(collection, a, b),
        "scope": scope,
        **_articles(np.asarray((collection.articles[a] @ collection.articles[b].T).toarray())),
        "basis_differs": float(_basis_differs(one.basis, two.basis)),
        "best": standing,
    }
    return {name: round(features[name], 6) for name in TITLES}


def standings(likeness: FloatArray) -> FloatArray:
    """How near each pair comes to the best partner of either of its two, the farther one; shape as given.

    A document whose best partner is hardly alike is measured against `_USUAL`.

    >>> standings(np.array([[0.8, 0.4], [0.2, 0.1]])).round(2).tolist()
    [[1.0, 0.5], [0.25, 0.25]]
    """
    rows = np.maximum(likeness.max(axis=1, keepdims=True), _USUAL)
    columns = np.maximum(likeness.max(axis=0, keepdims=True), _USUAL)
    return np.asarray(likeness / np.maximum(rows, columns))


def _titles(collection: DocumentCollection, a: int, b: int, likeness: WordLikeness) -> Features:
    one, two = collection.profiles[a], collection.profiles[b]
    own, other = one.matter, two.matter
    least, most = sorted(
        (likeness.coverage(own.terms, other.terms), likeness.coverage(other.terms, own.terms))
    )
    excludes = title_matters.excludes(own.restrictions, other.restrictions)
    narrower = title_matters.is_narrower(own.restrictions, other.restrictions)
    narrower |= title_matters.is_narrower(other.restrictions, own.restrictions)
    return {
        "title_least": least,
        "title_most": most,
        "title_excludes": float(excludes),
        "title_narrower": float(narrower),
        "title_is_chapter": max(
            _as_chapter(own.terms, two, likeness), _as_chapter(other.terms, one, likeness)
        ),
    }


def _as_chapter(terms: Sequence[str], document: DocumentProfile, likeness: WordLikeness) -> float:
    """How well the best of a document's headings says some terms."""
    return max((likeness.coverage(terms, words) for words in document.headings), default=0.0)


def _key_terms(collection: DocumentCollection, a: int, b: int) -> Features:
    keys = collection.key_terms[a], collection.key_terms[b]
    found = [
        sum(share for column, share in own.items() if column in collection.used[other])
        for own, other in zip(keys, (b, a), strict=True)
    ]
    shared = sum(min(share, keys[1].get(column, 0.0)) for column, share in keys[0].items())
    return {
        "key_terms_least": min(found),
        "key_terms_most": max(found),
        "key_terms_shared": shared,
    }


def _articles(cosines: FloatArray) -> Features:
    """Of the articles that are each other's best: their share on both sides, and whether they run in order.

    >>> _articles(np.eye(4))["order"], _articles(np.eye(4)[::-1])["order"]
    (0.5, -0.5)
    """
    nearest = cosines.argmax(axis=1)
    back = cosines.argmax(axis=0)
    best = cosines.max(axis=1)
    is_mutual = back[nearest] == np.arange(len(cosines))
    like = int((is_mutual & (best >= _LIKE)).sum())
    places = nearest[is_mutual & (best >= _ORDERED)]
    count, order = len(places), 0.0
    if count >= _FEW:
        pairs = np.triu_indices(count, 1)
        in_order = float((places[pairs[0]] < places[pairs[1]]).mean())
        order = (in_order - 0.5) * count / min(cosines.shape)
    return {
        "articles_least": like / max(cosines.shape),
        "articles_most": like / min(cosines.shape),
        "order": order,
    }


def _basis_differs(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two documents are made under different acts: the principal one of neither is among the other's.

    >>> _basis_differs(["邮政法", "行政处罚法"], ["邮政法"]), _basis_differs(["水法"], ["防洪法"])
    (False, True)
    >>> _basis_differs(["水法"], [])
    False
    """
    return bool(a and b) and a[0] not in b and b[0] not in a
