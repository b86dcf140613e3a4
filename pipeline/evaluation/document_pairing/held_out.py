"""Held-out document pairs: every annotated document judged by a model that was fitted without it.

The baseline pairs documents whose likeness of titles and contents reaches a floor, chosen on the other
documents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.alignment.document_pair_model import COUNTERPART, PART
from pipeline.alignment.document_pairs import PairFinder
from pipeline.core.settings import PAIRING
from pipeline.evaluation.document_pairing import training
from pipeline.evaluation.document_pairing.gold import OTHER, PARTIAL, WHOLE, GoldDocument

_FLOORS = tuple(round(0.3 + 0.02 * i, 2) for i in range(16))
_SAMPLES = 1000
_ENDS = (2.5, 97.5)  # percentiles
Kinds = dict[str, str]  # document b → kind


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """Counts of one kind of pair: right ones found, wrong ones found, and those there are."""

    right: int = 0
    wrong: int = 0
    there: int = 0

    def __add__(self, other: "DocumentScore") -> "DocumentScore":
        """The counts of both."""
        return DocumentScore(
            self.right + other.right, self.wrong + other.wrong, self.there + other.there
        )

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1; 0 where nothing was found or is there.

        >>> DocumentScore(3, 1, 4).figures()
        {'precision': 0.75, 'recall': 0.75, 'F1': 0.75}
        """
        found = self.right + self.wrong
        return {
            "precision": self.right / found if found else 0.0,
            "recall": self.right / self.there if self.there else 0.0,
            "F1": 2 * self.right / (found + self.there) if found + self.there else 0.0,
        }


def by_model(finder: PairFinder, documents: Sequence[GoldDocument]) -> dict[str, Kinds]:
    """The kinds of each document's pairs, by a model fitted without the document."""
    kinds: dict[str, Kinds] = {}
    for train, test in training.folds(documents):
        model = training.fit(train)
        for document in test:
            pairs = [pair for row in document.candidates for pair in finder.judge(row, model)]
            kinds[document.annotation.a] = {pair.document_b: pair.kind for pair in pairs}
    return kinds


def by_likeness(documents: Sequence[GoldDocument]) -> dict[str, Kinds]:
    """The counterparts of each document by the baseline."""
    kinds: dict[str, Kinds] = {}
    for train, test in training.folds(documents):
        scores = {
            floor: sum((score(d, _like(d, floor))[COUNTERPART] for d in train), DocumentScore())
            for floor in _FLOORS
        }
        floor = max(_FLOORS, key=lambda floor: scores[floor].figures()["F1"])
        kinds |= {document.annotation.a: _like(document, floor) for document in test}
    return kinds


def _like(document: GoldDocument, floor: float) -> Kinds:
    return {
        each.names[1]: COUNTERPART
        for row in document.candidates
        for each in row
        if each.contents + PAIRING.title * each.titles >= floor
    }


def score(document: GoldDocument, kinds: Mapping[str, str]) -> dict[str, DocumentScore]:
    """The counts of one document for counterparts and for parts.

    A part that is called a counterpart counts neither way there, and as missed among the parts.
    """
    label = document.annotation.label
    whole = [label(b) for b, kind in kinds.items() if kind == COUNTERPART]
    part = [label(b) for b, kind in kinds.items() if kind == PART]
    annotation = document.annotation
    wrong_parts = len(part) - part.count(PARTIAL)
    return {
        COUNTERPART: DocumentScore(whole.count(WHOLE), whole.count(OTHER), len(annotation.whole)),
        PART: DocumentScore(part.count(PARTIAL), wrong_parts, len(annotation.part)),
    }


def interval(scores: Sequence[DocumentScore]) -> tuple[float, float]:
    """The 95 % interval of F1 over documents drawn with replacement (seeded)."""
    counts = np.array([(each.right, each.wrong, each.there) for each in scores])
    draws = np.random.default_rng(0).integers(len(counts), size=(_SAMPLES, len(counts)))
    right, wrong, there = counts[draws].sum(axis=1).T
    f1 = 2 * right / np.maximum(right + wrong + there, 1)
    low, high = np.percentile(f1, _ENDS)
    return float(low), float(high)
