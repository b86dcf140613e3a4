"""Document pairs: which document of one region answers which of another, and which revises which.

Reads   build/documents.jsonl, build/tokens.jsonl, corpus/comparisons.toml, corpus/background/
Writes  build/document_pairs.jsonl

Told from titles and contents, weighed by the background alone, so that a pair's likeness does not
depend on what else the corpus holds. Only such pairs are read article by article. Digests restate
facts one by one and are never read whole.
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
from pipeline.similarity import reference_corpus, vectors
from pipeline.similarity.document_features import Bag, bag
from pipeline.similarity.pairwise import Array, Vocabulary, cosines, weighted
from pipeline.similarity.reference_corpus import Background


@dataclass(frozen=True, slots=True)
class Texts:
    """Documents with the terms of their titles and of all that they say."""

    documents: list[Document]
    titles: list[list[str]]
    contents: list[list[str]]

    def of(self, names: set[str]) -> "Texts":
        """Those of some regions."""
        kept = [i for i, document in enumerate(self.documents) if document.region_id in names]
        return Texts(
            [self.documents[i] for i in kept],
            [self.titles[i] for i in kept],
            [self.contents[i] for i in kept],
        )


def run(work: Workspace) -> None:
    """Pair the documents of every comparison, and the versions of one document."""
    known = regions.load(DATA / "regions.toml")
    common, words = reference_corpus.load(DATA / "background"), lexicon.load(DATA / "lexicon")
    documents = jsonl.read(work.rows("documents"), Document)
    texts = gather(documents, jsonl.read(work.rows("tokens"), Tokens), words)
    found = set(revisions(texts, common))
    held = {document.region_id for document in documents}
    for comparison in comparisons.load(DATA / "comparisons.toml", known, held):
        left = texts.of(comparisons.baseline(comparison, known))
        for region in comparison.stack:
            found |= set(choose(left, texts.of({region}), common))
    jsonl.write(
        work.rows("document_pairs"), sorted(found, key=lambda p: (p.document_a, p.document_b))
    )
    count = Counter(pair.kind for pair in found)
    print(
        f"document_pairs: {count['counterpart']} 对相应的文件，{count['related']} 对相关的文件，"
        f"{count['revision']} 对新旧文本"
    )


def gather(documents: list[Document], tokens: Iterable[Tokens], words: Lexicon) -> Texts:
    """The terms of every official document with enough clauses to be read whole, in order of ids."""
    contents: dict[str, list[str]] = {d.document_id: [] for d in documents}
    counts: Counter[str] = Counter()
    for row in tokens:
        name = document_of(row.clause_id)
        contents[name] += words.terms(row.words)
        counts[name] += 1
    kept = sorted(
        (
            d
            for d in documents
            if d.text_kind == "official" and counts[d.document_id] >= PAIRING.units
        ),
        key=lambda document: document.document_id,
    )
    titles = [words.terms(words.cut(document.title)) for document in kept]
    return Texts(kept, titles, [contents[document.document_id] for document in kept])


def choose(left: Texts, right: Texts, common: Background) -> list[DocumentPair]:
    """The pairs worth reading, at most `PAIRING.partners` for a document of either side.

    From `PAIRING.floor` on they answer each other (counterpart); from `PAIRING.related` on they touch
    on common matters (related).
    """
    if not (left.documents and right.documents):
        return []
    titles, contents = likeness(left, right, common)
    total = np.clip(contents + PAIRING.title * titles, 0, 1)
    best = np.logical_or(_among_best(total), _among_best(total.T).T)
    return [
        _pair(
            left.documents[i], right.documents[j],
            "counterpart" if total[i, j] >= PAIRING.floor else "related",
            total[i, j], titles[i, j], contents[i, j],
        )
        for i, j in zip(*np.nonzero(best & (total >= PAIRING.related)), strict=True)
    ]  # fmt: skip


def revisions(texts: Texts, common: Background) -> list[DocumentPair]:
    """Versions of one document: one region, one title but for its date, issued at different times."""
    found = []
    for region in sorted({document.region_id for document in texts.documents}):
        own = texts.of({region})
        titles, contents = likeness(own, own, common)
        for i, j in zip(*np.nonzero(titles >= PAIRING.same_title), strict=True):
            old, new = own.documents[i], own.documents[j]
            if _older(old, new) and contents[i, j] >= PAIRING.same_contents:
                found.append(
                    _pair(old, new, "revision", contents[i, j], titles[i, j], contents[i, j])
                )
    return found


def _older(old: Document, new: Document) -> bool:
    """Whether the one was issued before the other; an unknown date is taken for an earlier text's."""
    return new.issued_date is not None and (old.issued_date or "") < new.issued_date


def _pair(a: Document, b: Document, kind: str, *values: float) -> DocumentPair:
    return DocumentPair(a.document_id, b.document_id, kind, *(round(float(v), 4) for v in values))


def _among_best(values: Array) -> NDArray[np.bool_]:
    """Whether each column is among the row's best; equal ones all are."""
    count = min(PAIRING.partners, values.shape[1])
    least = -np.partition(-values, count - 1, axis=1)[:, count - 1]
    return np.asarray(values >= least[:, None])


def likeness(left: Texts, right: Texts, common: Background) -> tuple[Array, Array]:
    """Cosines of titles and of contents, shape (n_left, n_right) each; common words weigh little."""
    of_a, of_b = ([vectors.as_bigrams(terms) for terms in side.titles] for side in (left, right))
    by_words = _cosines(left.titles, right.titles, common, common.words)
    titles = np.asarray((by_words + _cosines(of_a, of_b, common, common.bigrams)) / 2)
    return titles, _cosines(left.contents, right.contents, common, common.words)


def _cosines(
    left: Sequence[list[str]],
    right: Sequence[list[str]],
    common: Background,
    counts: dict[str, int],
) -> Array:
    bags: tuple[Bag, Bag] = (bag(list(left)), bag(list(right)))
    vocabulary = Vocabulary(bags[0].terms, bags[1].terms)
    weights = common.weights(vocabulary.terms, counts) ** 2  # 条例 and 管理 stand in every title
    return cosines(*(weighted(vocabulary.of(b.terms, b.counts), weights) for b in bags))
