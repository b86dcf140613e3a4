"""Document pairs: which documents of two regions correspond, and which document is a revision of which.

Reads   build/documents.jsonl, build/tokens.jsonl, corpus/comparisons.toml, corpus/background/
Writes  build/document_pairs.jsonl

Decided from titles and contents, weighted by the reference corpus alone, so that a pair's similarity does
not depend on what else the corpus contains. Only such pairs are compared article by article. Digests
restate facts one by one and are never compared as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.core import comparisons, jsonl, regions
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Document, DocumentPair, Tokens, document_of
from pipeline.core.settings import PAIRING
from pipeline.language import lexicon
from pipeline.language.lexicon import Lexicon
from pipeline.similarity import reference_corpus, term_counts, vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.pairwise import cosines, weighted_tf
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import Vocabulary


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """n documents with the terms of their titles and of their contents."""

    documents: list[Document]
    titles: list[list[str]]
    contents: list[list[str]]

    def in_regions(self, region_ids: set[str]) -> "DocumentTerms":
        """The documents of some regions."""
        rows = [i for i, document in enumerate(self.documents) if document.region_id in region_ids]
        return self.select(rows)

    def select(self, rows: Sequence[int]) -> "DocumentTerms":
        """The documents at some places."""
        return DocumentTerms(
            [self.documents[i] for i in rows],
            [self.titles[i] for i in rows],
            [self.contents[i] for i in rows],
        )


def run(work: Workspace) -> None:
    """Pair the documents of every comparison, and the versions of one document."""
    regions_by_id = regions.load(DATA / "regions.toml")
    reference, words = reference_corpus.load(DATA / "background"), lexicon.load(DATA / "lexicon")
    documents = jsonl.read(work.rows("documents"), Document)
    terms = document_terms(documents, jsonl.read(work.rows("tokens"), Tokens), words)
    pairs = set(revisions(terms, reference))
    region_ids = {document.region_id for document in documents}
    for comparison in comparisons.load(DATA / "comparisons.toml", regions_by_id, region_ids):
        left = terms.in_regions(comparisons.baseline(comparison, regions_by_id))
        for region_id in comparison.stack:
            pairs |= set(correspondences(left, terms.in_regions({region_id}), reference))
    rows = sorted(pairs, key=lambda pair: (pair.document_a, pair.document_b))
    jsonl.write(work.rows("document_pairs"), rows)
    count = Counter(pair.kind for pair in pairs)
    print(
        f"document_pairs: {count['counterpart']} 对相应的文件，{count['related']} 对相关的文件，"
        f"{count['revision']} 对新旧文本"
    )


def document_terms(
    documents: list[Document], tokens: Iterable[Tokens], words: Lexicon
) -> DocumentTerms:
    """The terms of every official document with at least `PAIRING.units` clauses, in order of ids."""
    contents: dict[str, list[str]] = {d.document_id: [] for d in documents}
    clause_counts: Counter[str] = Counter()
    for row in tokens:
        document_id = document_of(row.clause_id)
        contents[document_id] += words.terms(row.words)
        clause_counts[document_id] += 1
    chosen = [
        document
        for document in sorted(documents, key=lambda document: document.document_id)
        if document.text_kind == "official" and clause_counts[document.document_id] >= PAIRING.units
    ]
    titles = [words.terms(words.cut(document.title)) for document in chosen]
    return DocumentTerms(chosen, titles, [contents[document.document_id] for document in chosen])


def correspondences(
    left: DocumentTerms, right: DocumentTerms, reference: ReferenceCorpus
) -> list[DocumentPair]:
    """The pairs to compare article by article: one document is among the best of the other.

    The best are the `PAIRING.partners` most similar ones, ties included. A document that is among the best
    of several others is in a pair with each, so it can have more partners than that.

    From a similarity of `PAIRING.floor` on, two documents regulate the same matter (counterpart), from
    `PAIRING.second` on where either has a partner of `PAIRING.whole`; from `PAIRING.related` on, their
    matters overlap (related).
    """
    if not (left.documents and right.documents):
        return []
    titles, contents = similarities(left, right, reference)
    total = np.clip(contents + PAIRING.title * titles, 0, 1)
    is_best = np.logical_or(_is_among_best(total), _is_among_best(total.T).T)
    best = np.maximum(total.max(axis=1, keepdims=True), total.max(axis=0, keepdims=True))
    floors = np.where(best >= PAIRING.whole, PAIRING.second, PAIRING.floor)
    pairs = []
    for i, j in zip(*np.nonzero(is_best & (total >= PAIRING.related)), strict=True):
        kind = "counterpart" if total[i, j] >= floors[i, j] else "related"
        values = total[i, j], titles[i, j], contents[i, j]
        pairs.append(_pair(left.documents[i], right.documents[j], kind, *values))
    return pairs


def revisions(terms: DocumentTerms, reference: ReferenceCorpus) -> list[DocumentPair]:
    """Versions of one document: same region, same title apart from its date, issued at different times."""
    pairs = []
    for region_id in sorted({document.region_id for document in terms.documents}):
        own = terms.in_regions({region_id})
        titles, contents = similarities(own, own, reference)
        for i, j in zip(*np.nonzero(titles >= PAIRING.same_title), strict=True):
            old, new = own.documents[i], own.documents[j]
            if _is_older(old, new) and contents[i, j] >= PAIRING.same_contents:
                values = contents[i, j], titles[i, j], contents[i, j]
                pairs.append(_pair(old, new, "revision", *values))
    return pairs


def _is_older(old: Document, new: Document) -> bool:
    """Whether `old` was issued before `new`; a document without a date counts as the earlier one."""
    return new.issued_date is not None and (old.issued_date or "") < new.issued_date


def _pair(a: Document, b: Document, kind: str, *values: float) -> DocumentPair:
    return DocumentPair(a.document_id, b.document_id, kind, *(round(float(v), 4) for v in values))


def _is_among_best(values: FloatArray) -> NDArray[np.bool_]:
    """Whether each column is among its row's `PAIRING.partners` best, ties included."""
    count = min(PAIRING.partners, values.shape[1])
    least = -np.partition(-values, count - 1, axis=1)[:, count - 1]
    return np.asarray(values >= least[:, None])


def similarities(
    left: DocumentTerms, right: DocumentTerms, reference: ReferenceCorpus
) -> tuple[FloatArray, FloatArray]:
    """Cosines of titles and of contents, shape (n_left, n_right) each; common words weigh little."""
    bigrams_a, bigrams_b = ([vectors.bigrams(t) for t in side.titles] for side in (left, right))
    by_words = _cosines(left.titles, right.titles, reference, reference.word_counts)
    by_bigrams = _cosines(bigrams_a, bigrams_b, reference, reference.bigram_counts)
    titles = np.asarray((by_words + by_bigrams) / 2)
    return titles, _cosines(left.contents, right.contents, reference, reference.word_counts)


def _cosines(
    left: Sequence[list[str]],
    right: Sequence[list[str]],
    reference: ReferenceCorpus,
    document_counts: dict[str, int],
) -> FloatArray:
    counted = [term_counts.count(side) for side in (left, right)]
    vocabulary = Vocabulary(*(side.terms for side in counted))
    # Squared, because words such as 条例 and 管理 occur in nearly every title.
    weights = reference.idf(vocabulary.terms, document_counts) ** 2
    return cosines(*(weighted_tf(vocabulary.align(side), weights) for side in counted))
