"""Likeness: what speaks for and against each clause of one document answering each of another.

A feature is a matrix of shape (n_a, n_b) for two sheets of n_a and n_b clauses. Each can be put into
words for a reader, and none depends on any third document.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.similarity import vectors
from pipeline.similarity.document_features import LABELS, Bag, Pieces, Sheet, bag
from pipeline.similarity.pairwise import (
    Array,
    Sparse,
    Vocabulary,
    cosines,
    damped,
    differ,
    heaviest,
    overlap,
    rarity,
    unit,
    weighted,
)
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.similarity.reference_corpus import Background

_REFERRED = 0.7  # weight of the words of the articles that a penalty names, against its own
_OPENING, _CLOSING = (
    0.1,
    0.95,
)  # shares of a text where purpose and scope, and entry into force, stand
_PENALTY = "penalty"  # the class whose articles are held against each other by the act they punish

_TITLES = {
    "words": "用词", "bigrams": "二字组", "bigrams_here": "两件之内少见的二字组", "sense": "词义",
    "rare_words": "少见的词", "rare_bigrams": "少见的二字组", "sentences": "逐句最近",
    "paragraph": "最近的一款", "subject": "对谁说", "object": "规定什么", "chapter": "章名",
    "position": "位置相差", "ends": "同在首尾", "length": "长短相差", "classes": "条款类别",
    "laws": "引用的文件", "measures": "数量的种类", "one_measures": "只一方有数量", "values": "相同的数量",
    "act": "违法行为", "duty": "所罚的条文", "one_refers": "只一方援引本文条款",
}  # fmt: skip
_LABELS = dict(zip(LABELS, ("政策工具", "语气", "部门"), strict=True))


def titles(classes: list[ArticleClass]) -> dict[str, str]:
    """Feature → its Chinese name; the order of features everywhere."""
    found = dict(_TITLES)
    for label, name in _LABELS.items():
        found |= {f"same_{label}": f"{name}相同", f"other_{label}": f"{name}不同"}
    for each in classes:
        if each.telling:
            found |= {
                f"both_{each.class_id}": f"都属{each.name}",
                f"one_{each.class_id}": f"只一方属{each.name}",
            }
    return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two sheets to be held against each other."""

    a: Sheet
    b: Sheet
    background: Background
    classes: list[ArticleClass]

    def features(self) -> dict[str, Array]:
        """All features by name, in the order of `titles`."""
        found = self._of_words()
        near = (found["words"] + found["bigrams"] + found["sense"] + found["bigrams_here"]) / 4
        found |= self._of_penalties(near) | self._of_build() | self._of_contents()
        return {name: found[name] for name in titles(self.classes)}

    def _of_words(self) -> dict[str, Array]:
        words = Vocabulary(self.a.words.terms, self.b.words.terms)
        a, b = both_sides(words, self.a.words, self.b.words)
        common = self.background.weights(words.terms, self.background.words)
        both = common * rarity(a, b)
        all_a, all_b = weighted(a, both), weighted(b, both)
        named = (self.a.subjects, self.b.subjects), (self.a.objects, self.b.objects)
        subjects, objects = (both_sides(words, *bags) for bags in named)
        return self._of_bigrams() | {
            "words": cosines(all_a, all_b),
            "sense": self._sense(words, all_a, all_b),
            "rare_words": heaviest(a, b, both, 3),
            "sentences": _mutual(
                _pieces(words, self.a.sentences, both), _pieces(words, self.b.sentences, both),
                self.a.sentences, self.b.sentences,
            ),
            "paragraph": np.maximum(
                _nearest(all_a, _pieces(words, self.b.paragraphs, both), self.b.paragraphs),
                _nearest(all_b, _pieces(words, self.a.paragraphs, both), self.a.paragraphs).T,
            ),
            "subject": cosines(*(weighted(m, common) for m in subjects)),
            "object": cosines(*(weighted(m, both) for m in objects)),
            "act": self._acts(words, both),
        }  # fmt: skip

    def _of_bigrams(self) -> dict[str, Array]:
        bigrams = Vocabulary(self.a.bigrams.terms, self.b.bigrams.terms)
        a, b = both_sides(bigrams, self.a.bigrams, self.b.bigrams)
        here = rarity(a, b)
        both = here * self.background.weights(bigrams.terms, self.background.bigrams)
        return {
            "bigrams": cosines(weighted(a, both), weighted(b, both)),
            "bigrams_here": cosines(weighted(a, here), weighted(b, here)),
            "rare_bigrams": heaviest(a, b, both, 5),
        }

    def _sense(self, words: Vocabulary, a: Sparse, b: Sparse) -> Array:
        """Cosine of the clauses' mean word vectors, less what all clauses of the pair share."""
        senses = self.background.sense(words.terms)
        rows = unit(np.vstack([a @ senses, b @ senses]))
        rows = unit(rows - rows.mean(axis=0))
        return np.asarray(rows[: a.shape[0]] @ rows[a.shape[0] :].T)

    def _acts(self, words: Vocabulary, weights: Array) -> Array:
        """For two penalties: the acts they punish, with the articles that they name."""
        sides = []
        for side in (self.a, self.b):
            own = damped(words.of(side.acts.terms, side.acts.counts))
            referred = _referring(side) @ damped(words.of(side.words.terms, side.words.counts))
            sides.append((own + _REFERRED * referred).multiply(weights).tocsr())
        return cosines(*sides) * self._both_penalties()

    def _both_penalties(self) -> Array:
        column = [each.class_id for each in self.classes].index(_PENALTY)
        return np.outer(self.a.classes[:, column], self.b.classes[:, column])

    def _of_penalties(self, near: Array) -> dict[str, Array]:
        """How near the articles are that two penalties name; and whether only one clause names any."""
        duty = np.zeros_like(near)
        for i, named in enumerate(self.a.references):
            if named:
                nearest = near[named].max(axis=0)
                for j, answers in enumerate(self.b.references):
                    if answers:
                        duty[i, j] = nearest[answers].max()
        refers = ([bool(row) for row in side.references] for side in (self.a, self.b))
        return {"duty": duty * self._both_penalties(), "one_refers": differ(*refers)}

    def _of_build(self) -> dict[str, Array]:
        """Where the clauses stand, and how long they are."""
        at_a, at_b = (np.linspace(0, 1, len(side.clauses)) for side in (self.a, self.b))
        opening = (at_a[:, None] < _OPENING) & (at_b[None] < _OPENING)
        closing = (at_a[:, None] > _CLOSING) & (at_b[None] > _CLOSING)
        names = [bag([_grams(name) for name in side.chapters]) for side in (self.a, self.b)]
        grams = Vocabulary(names[0].terms, names[1].terms)
        return {
            "chapter": cosines(*both_sides(grams, *names)),
            "position": np.abs(at_a[:, None] - at_b[None]),
            "ends": (opening | closing).astype(float),
            "length": np.abs(np.log(self.a.lengths)[:, None] - np.log(self.b.lengths)[None]),
        }

    def _of_contents(self) -> dict[str, Array]:
        """Classes, quantities, cited texts, instruments and departments in common."""
        a, b = self.a.classes, self.b.classes
        rare = np.log((1 + len(a) + len(b)) / (1 + a.sum(axis=0) + b.sum(axis=0)))
        found = {
            "classes": unit(a * rare) @ unit(b * rare).T,
            "laws": overlap(self.a.laws, self.b.laws),
            "measures": overlap(self.a.roles, self.b.roles),
            "one_measures": differ(*([bool(row) for row in s.roles] for s in (self.a, self.b))),
            "values": overlap(self.a.values, self.b.values),
        }
        for i, label in enumerate(LABELS):
            left, right = ([row[i] for row in side.labels] for side in (self.a, self.b))
            known = np.outer([bool(value) for value in left], [bool(value) for value in right])
            found[f"same_{label}"] = known * (1 - differ(left, right))
            found[f"other_{label}"] = known * differ(left, right)
        for i, each in enumerate(self.classes):
            if each.telling:
                found[f"both_{each.class_id}"] = np.outer(a[:, i], b[:, i])
                found[f"one_{each.class_id}"] = np.abs(a[:, i][:, None] - b[:, i][None])
        return found


def both_sides(vocabulary: Vocabulary, a: Bag, b: Bag) -> tuple[Sparse, Sparse]:
    """The counts of two bags over one vocabulary."""
    return vocabulary.of(a.terms, a.counts), vocabulary.of(b.terms, b.counts)


def _pieces(vocabulary: Vocabulary, pieces: Pieces, weights: Array) -> Sparse:
    return weighted(vocabulary.of(pieces.bag.terms, pieces.bag.counts), weights)


def _nearest(whole: Sparse, parts: Sparse, pieces: Pieces) -> Array:
    """The best cosine of each whole clause with any part of each clause that the parts come from."""
    return np.asarray(np.maximum.reduceat(cosines(whole, parts), pieces.starts[:-1], axis=1))


def _mutual(a: Sparse, b: Sparse, of_a: Pieces, of_b: Pieces) -> Array:
    """Each sentence's nearest of the other clause, averaged over a clause and over both directions."""
    near = cosines(a, b)
    forth = np.maximum.reduceat(near, of_b.starts[:-1], axis=1)
    back = np.maximum.reduceat(near, of_a.starts[:-1], axis=0)
    forth = np.add.reduceat(forth, of_a.starts[:-1], axis=0) / np.diff(of_a.starts)[:, None]
    back = np.add.reduceat(back, of_b.starts[:-1], axis=1) / np.diff(of_b.starts)[None]
    return np.asarray((forth + back) / 2)


def _referring(sheet: Sheet) -> Sparse:
    """Which clause names which, shape (n, n)."""
    found = np.zeros((len(sheet.clauses),) * 2)
    for row, named in enumerate(sheet.references):
        found[row, named] = 1
    return sparse.csr_matrix(found)


def _grams(name: str) -> list[str]:
    return [*name, *vectors.as_bigrams([name])]
