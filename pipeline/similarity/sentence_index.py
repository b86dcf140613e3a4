"""Sentence index: whether some sentence of a document says what a few words say.

By equal words alone, rare ones weighing more: what is not found here may be said in other words, but what
is found is said.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from pipeline.core.records import document_of
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.reference_corpus import ReferenceCorpus

_ENDS = frozenset("。；\n：")


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """The sentences of some documents by the words that they contain.

    Attributes:
        sentences_by_word: document → word → numbers of its sentences with it, counted in the document.
        clause_ids: document → the clause of each of its sentences.
    """

    sentences_by_word: dict[str, dict[str, "array[int]"]] = field(default_factory=dict)
    clause_ids: dict[str, list[str]] = field(default_factory=dict)

    def coverage(self, document_id: str, weights: Mapping[str, float]) -> float:
        """The largest share of some words' weight that one sentence of a document has, 0 to 1.

        Args:
            document_id: of the document.
            weights: of the words.
        """
        return float(self._shares(document_id, weights).max(initial=0))

    def nearest(
        self, document_id: str, terms: Iterable[str], besides: Container[str] = ()
    ) -> tuple[float, str]:
        """The clause with the sentence that has most of some words, and the share of them that it has.

        A word weighs the more the fewer sentences of the document have it, one that none has the most: a
        commission's name is in every article of its rules of procedure.

        Args:
            document_id: of the document.
            terms: the words.
            besides: clauses that are left out.

        Returns:
            the share, 0 to 1, and the id of the first clause with it, "" where none has a word.
        """
        words = self.sentences_by_word.get(document_id, {})
        clause_ids = self.clause_ids.get(document_id, [])
        weights = {
            term: math.log((len(clause_ids) + 1) / (len(words.get(term, ())) + 1))
            for term in dict.fromkeys(terms)
        }
        shares = self._shares(document_id, weights)
        shares[[clause_id in besides for clause_id in clause_ids]] = 0
        if not shares.any():
            return 0.0, ""
        best = int(shares.argmax())
        return float(shares[best]), clause_ids[best]

    def _shares(self, document_id: str, weights: Mapping[str, float]) -> FloatArray:
        """The share of some words' weight that each sentence of a document has, shape (n_sentences,)."""
        total = sum(weights.values())
        words = self.sentences_by_word.get(document_id, {})
        numbers, shares, counts = array("i"), [], []
        for word, weight in weights.items():
            if total and word in words:
                numbers += words[word]
                shares.append(weight / total)
                counts.append(len(words[word]))
        count = len(self.clause_ids.get(document_id, ()))
        return np.asarray(np.bincount(np.asarray(numbers), np.repeat(shares, counts), count), float)


def build(clauses: Iterable[tuple[str, Sequence[str], Sequence[str]]]) -> SentenceIndex:
    """Index clauses.

    Args:
        clauses: id of a clause, its segmented words, and the term that each stands for ("" none).

    >>> words = ["公园", "免费", "。", "停车", "收费"]
    >>> index = build([("d__art_1", words, ["公园", "免费", "", "停车", "收费"])])
    >>> index.coverage("d", {"停车": 3.0, "罚款": 1.0})
    0.75
    >>> index.nearest("d", ["停车", "收费"])
    (1.0, 'd__art_1')
    """
    index = SentenceIndex()
    for clause_id, words, terms in clauses:
        document_id = document_of(clause_id)
        by_word = index.sentences_by_word.setdefault(document_id, defaultdict(partial(array, "i")))
        clause_ids = index.clause_ids.setdefault(document_id, [])
        sentence: set[str] = set()
        for word, term in zip([*words, "。"], [*terms, ""], strict=True):
            if term:
                sentence.add(term)
            if sentence and not _ENDS.isdisjoint(word):
                for each in sentence:
                    by_word[each].append(len(clause_ids))
                clause_ids.append(clause_id)
                sentence = set()
    return index


def word_weights(terms: Sequence[str], reference: ReferenceCorpus) -> dict[str, float]:
    """The weight of each of some words, by how rare it is in the reference corpus."""
    distinct = list(dict.fromkeys(terms))
    return dict(zip(distinct, reference.idf(distinct, reference.word_counts).tolist(), strict=True))
