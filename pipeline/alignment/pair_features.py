"""Pair features: evidence for and against two clauses being counterparts, for all pairs of two documents.

In the terms of record linkage these are comparison vectors. A feature is a matrix of shape (n_a, n_b) for
two documents of n_a and n_b unit clauses. Each has a Chinese name for readers, and none depends on any
third document.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.alignment import paragraph_leads
from pipeline.similarity import term_counts, vectors
from pipeline.similarity.arrays import FloatArray, SparseMatrix
from pipeline.similarity.document_features import PROVISION_LABELS, DocumentFeatures
from pipeline.similarity.pairwise import (
    cosines,
    idf,
    jaccard,
    sublinear_tf,
    top_shared_weight,
    unequal,
    unit_rows,
    weighted_tf,
)
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import SegmentCounts, Vocabulary

_REFERRED = (
    0.7  # weight of the words of the articles that a penalty refers to, beside its own words
)
_OPENING = 0.1  # share of a text within which purpose and scope stand
_CLOSING = 0.95  # share of a text after which entry into force stands
_PENALTY = "penalty"  # the class whose articles are compared by the acts that they punish

_TITLES = {
    "words": "用词",
    "bigrams": "二字组",
    "bigrams_here": "两件之内少见的二字组",
    "sense": "词义",
    "rare_words": "少见的词",
    "rare_bigrams": "少见的二字组",
    "sentences": "逐句最近",
    "paragraph": "最近的一款",
    "paragraph_lead": "一款最近此条",
    "paragraph_lead_least": "两向各有一款最近此条",
    "subject": "对谁说",
    "object": "规定什么",
    "chapter": "章名",
    "position": "位置相差",
    "ends": "同在首尾",
    "length": "长短相差",
    "classes": "条款类别",
    "laws": "引用的文件",
    "measures": "数量的种类",
    "one_measures": "只一方有数量",
    "values": "相同的数量",
    "act": "违法行为",
    "duty": "所罚的条文",
    "one_refers": "只一方援引本文条款",
}
_LABEL_TITLES = dict(zip(PROVISION_LABELS, ("政策工具", "语气", "部门"), strict=True))


def titles(classes: list[ArticleClass]) -> dict[str, str]:
    """Feature → its Chinese name; the order of features in every model."""
    names = dict(_TITLES)
    for label, title in _LABEL_TITLES.items():
        names |= {f"same_{label}": f"{title}相同", f"other_{label}": f"{title}不同"}
    for each in classes:
        if each.telling:
            names |= {
                f"both_{each.class_id}": f"都属{each.name}",
                f"one_{each.class_id}": f"只一方属{each.name}",
            }
    return names


def features(
    a: DocumentFeatures,
    b: DocumentFeatures,
    reference: ReferenceCorpus,
    classes: list[ArticleClass],
) -> dict[str, FloatArray]:
    """All features of the pairs of clauses of two documents.

    Args:
        a: features of the one document, with n_a clauses.
        b: features of the other, with n_b clauses.
        reference: weights of terms.
        classes: those that the documents' features were computed with.

    Returns:
        Feature → matrix of shape (n_a, n_b), in the order of `titles`.
    """
    pair = _Pair(a, b, reference, classes)
    by_name = pair.of_words() | pair.of_bigrams()
    near = by_name["words"] + by_name["bigrams"] + by_name["sense"] + by_name["bigrams_here"]
    by_name |= pair.of_penalties(near / 4) | pair.of_structure() | pair.of_classes()
    by_name |= pair.of_citations_and_measures() | pair.of_labels()
    by_name |= paragraph_leads.features(a, b, reference)
    return {name: by_name[name] for name in titles(classes)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two documents to compare; each method gives some features, of shape (n_a, n_b)."""

    a: DocumentFeatures
    b: DocumentFeatures
    reference: ReferenceCorpus
    classes: list[ArticleClass]

    def of_words(self) -> dict[str, FloatArray]:
        """Words of whole clauses, of sentences and paragraphs, and of the parts of the first sentence."""
        words = Vocabulary(self.a.words.terms, self.b.words.terms)
        a, b = words.align(self.a.words), words.align(self.b.words)
        idf_reference = self.reference.idf(words.terms, self.reference.word_counts)
        weights = idf_reference * idf(a, b)
        all_a, all_b = weighted_tf(a, weights), weighted_tf(b, weights)
        subjects = words.align(self.a.subjects), words.align(self.b.subjects)
        predicates = words.align(self.a.predicates), words.align(self.b.predicates)
        sentences_a = _segments(words, self.a.sentences, weights)
        sentences_b = _segments(words, self.b.sentences, weights)
        paragraphs_a = _segments(words, self.a.paragraphs, weights)
        paragraphs_b = _segments(words, self.b.paragraphs, weights)
        return {
            "words": cosines(all_a, all_b),
            "sense": self._sense(words, all_a, all_b),
            "rare_words": top_shared_weight(a, b, weights, 3),
            "sentences": _mutual(sentences_a, sentences_b, self.a.sentences, self.b.sentences),
            "paragraph": np.maximum(
                _nearest(all_a, paragraphs_b, self.b.paragraphs),
                _nearest(all_b, paragraphs_a, self.a.paragraphs).T,
            ),
            "subject": cosines(*(weighted_tf(side, idf_reference) for side in subjects)),
            "object": cosines(*(weighted_tf(side, weights) for side in predicates)),
            "act": self._acts(words, weights),
        }

    def of_bigrams(self) -> dict[str, FloatArray]:
        """Character bigrams, weighted with and without the reference corpus."""
        bigrams = Vocabulary(self.a.bigrams.terms, self.b.bigrams.terms)
        a, b = bigrams.align(self.a.bigrams), bigrams.align(self.b.bigrams)
        idf_here = idf(a, b)
        weights = idf_here * self.reference.idf(bigrams.terms, self.reference.bigram_counts)
        return {
            "bigrams": cosines(weighted_tf(a, weights), weighted_tf(b, weights)),
            "bigrams_here": cosines(weighted_tf(a, idf_here), weighted_tf(b, idf_here)),
            "rare_bigrams": top_shared_weight(a, b, weights, 5),
        }

    def _sense(self, words: Vocabulary, a: SparseMatrix, b: SparseMatrix) -> FloatArray:
        """Cosine of the clauses' mean word vectors, less the mean of all clauses of the pair."""
        word_vectors = self.reference.word_vectors(words.terms)
        rows = unit_rows(np.vstack([a @ word_vectors, b @ word_vectors]))
        rows = unit_rows(rows - rows.mean(axis=0))
        return np.asarray(rows[: a.shape[0]] @ rows[a.shape[0] :].T)

    def _acts(self, words: Vocabulary, weights: FloatArray) -> FloatArray:
        """For two penalties: cosine of the acts they punish, with the articles that they refer to."""
        sides = []
        for side in (self.a, self.b):
            own = sublinear_tf(words.align(side.acts))
            referred = _reference_matrix(side) @ sublinear_tf(words.align(side.words))
            sides.append((own + _REFERRED * referred).multiply(weights).tocsr())
        return cosines(*sides) * self._both_penalties()

    def _both_penalties(self) -> FloatArray:
        column = [each.class_id for each in self.classes].index(_PENALTY)
        return np.outer(self.a.classes[:, column], self.b.classes[:, column])

    def of_penalties(self, near: FloatArray) -> dict[str, FloatArray]:
        """How similar the articles are that two penalties refer to; whether only one clause refers to any.

        Args:
            near: similarity of each pair of clauses, shape (n_a, n_b).
        """
        duty = np.zeros_like(near)
        for i, duties_a in enumerate(self.a.references):
            if duties_a:
                nearest = near[duties_a].max(axis=0)
                for j, duties_b in enumerate(self.b.references):
                    if duties_b:
                        duty[i, j] = nearest[duties_b].max()
        refers = ([bool(row) for row in side.references] for side in (self.a, self.b))
        return {"duty": duty * self._both_penalties(), "one_refers": unequal(*refers)}

    def of_structure(self) -> dict[str, FloatArray]:
        """Chapter headings, places in the document, lengths."""
        at_a, at_b = (np.linspace(0, 1, len(side.clauses)) for side in (self.a, self.b))
        both_opening = (at_a[:, None] < _OPENING) & (at_b[None] < _OPENING)
        both_closing = (at_a[:, None] > _CLOSING) & (at_b[None] > _CLOSING)
        headings = [
            term_counts.count([_characters_and_bigrams(heading) for heading in side.chapters])
            for side in (self.a, self.b)
        ]
        vocabulary = Vocabulary(*(side.terms for side in headings))
        return {
            "chapter": cosines(*(vocabulary.align(side) for side in headings)),
            "position": np.abs(at_a[:, None] - at_b[None]),
            "ends": (both_opening | both_closing).astype(float),
            "length": np.abs(np.log(self.a.lengths)[:, None] - np.log(self.b.lengths)[None]),
        }

    def of_classes(self) -> dict[str, FloatArray]:
        """Classes in common, all together and one by one."""
        a, b = self.a.classes, self.b.classes
        weights = np.log((1 + len(a) + len(b)) / (1 + a.sum(axis=0) + b.sum(axis=0)))
        by_name = {"classes": unit_rows(a * weights) @ unit_rows(b * weights).T}
        for i, each in enumerate(self.classes):
            if each.telling:
                by_name[f"both_{each.class_id}"] = np.outer(a[:, i], b[:, i])
                by_name[f"one_{each.class_id}"] = np.abs(a[:, i][:, None] - b[:, i][None])
        return by_name

    def of_citations_and_measures(self) -> dict[str, FloatArray]:
        """Cited titles and quantities in common."""
        has_measures = ([bool(row) for row in s.measure_roles] for s in (self.a, self.b))
        return {
            "laws": jaccard(self.a.cited_titles, self.b.cited_titles),
            "measures": jaccard(self.a.measure_roles, self.b.measure_roles),
            "one_measures": unequal(*has_measures),
            "values": jaccard(self.a.measure_values, self.b.measure_values),
        }

    def of_labels(self) -> dict[str, FloatArray]:
        """Instrument, modality and department: the same, or both given and different."""
        by_name = {}
        for i, label in enumerate(PROVISION_LABELS):
            left, right = ([row[i] for row in side.labels] for side in (self.a, self.b))
            both_given = np.outer([bool(value) for value in left], [bool(value) for value in right])
            by_name[f"same_{label}"] = both_given * (1 - unequal(left, right))
            by_name[f"other_{label}"] = both_given * unequal(left, right)
        return by_name


def _segments(vocabulary: Vocabulary, segments: SegmentCounts, weights: FloatArray) -> SparseMatrix:
    return weighted_tf(vocabulary.align(segments.rows), weights)


def _nearest(whole: SparseMatrix, parts: SparseMatrix, segments: SegmentCounts) -> FloatArray:
    """The greatest cosine of each whole clause with any segment of each clause of the other side."""
    starts = segments.starts[:-1]
    return np.asarray(np.maximum.reduceat(cosines(whole, parts), starts, axis=1))


def _mutual(
    a: SparseMatrix, b: SparseMatrix, of_a: SegmentCounts, of_b: SegmentCounts
) -> FloatArray:
    """Each sentence's greatest cosine with the other clause, averaged over a clause and both directions."""
    near = cosines(a, b)
    forth = np.maximum.reduceat(near, of_b.starts[:-1], axis=1)
    back = np.maximum.reduceat(near, of_a.starts[:-1], axis=0)
    forth = np.add.reduceat(forth, of_a.starts[:-1], axis=0) / np.diff(of_a.starts)[:, None]
    back = np.add.reduceat(back, of_b.starts[:-1], axis=1) / np.diff(of_b.starts)[None]
    return np.asarray((forth + back) / 2)


def _reference_matrix(document: DocumentFeatures) -> SparseMatrix:
    """1 where the clause of the row refers to the clause of the column, shape (n, n)."""
    matrix = np.zeros((len(document.clauses),) * 2)
    for row, referred in enumerate(document.references):
        matrix[row, referred] = 1
    return sparse.csr_matrix(matrix)


def _characters_and_bigrams(heading: str) -> list[str]:
    return [*heading, *vectors.bigrams([heading])]
