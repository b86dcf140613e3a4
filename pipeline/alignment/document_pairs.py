"""Document pairs: which documents of two regions correspond, and which document is a revision of which.

Reads   build/documents.jsonl, clauses, tokens, citations, corpus/comparisons.toml, corpus/regions.toml,
        corpus/background/, corpus/patterns/title_matters.toml and classes.toml,
        corpus/models/document_pairs.json
Writes  build/document_pairs.jsonl

counterpart   both regulate the same matter as a whole
part          one regulates a part of the other's matter, or both a part in common
related       neither; their articles are read for candidates only
revision      an older and a newer text of one document

Features depend on the two documents and the reference corpus; only how near they come to each other's best
partner depends on what else there is. Digests restate facts one by one and are never compared as a whole.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment import (
    document_collection,
    document_pair_features,
    document_pair_model,
    title_matters,
)
from pipeline.alignment.document_collection import DocumentCollection, ProfileReader
from pipeline.alignment.document_pair_features import Features, WordLikeness
from pipeline.alignment.document_pair_model import COUNTERPART, PART, DocumentPairModel
from pipeline.core import comparisons, jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Citation, Clause, Document, DocumentPair, Region, Tokens
from pipeline.core.settings import PAIRING
from pipeline.language import lexicon
from pipeline.similarity import provision_classes, reference_corpus, term_counts, vectors
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.pairwise import cosines, weighted_tf
from pipeline.similarity.reference_corpus import ReferenceCorpus
from pipeline.similarity.term_counts import Vocabulary

RELATED, REVISION = "related", "revision"


@dataclass(frozen=True, slots=True)
class PairCandidate:
    """Two documents that are worth judging.

    Attributes:
        names: ids of the two.
        titles: cosine of their titles.
        contents: cosine of what they say.
        is_near: whether one is among the most similar of the other, so that they may be related.
    """

    names: tuple[str, str]
    titles: float
    contents: float
    is_near: bool
    features: Features


@dataclass(frozen=True, slots=True)
class PairFinder:
    """Finds candidates and judges them."""

    collection: DocumentCollection
    words: WordLikeness

    def candidates(self, left: Sequence[int], right: Sequence[int]) -> Iterator[PairCandidate]:
        """The pairs in which one document is among the `PAIRING.candidates` most similar of the other.

        Args:
            left: rows of one side's documents.
            right: rows of the other's.
        """
        if not (left and right):
            return
        contents = document_pair_features.contents(self.collection, left, right)
        titles = self.titles(left, right)
        standings = document_pair_features.standings(contents)
        similar = _likeness(titles, contents)
        near = _is_among_best(similar, PAIRING.partners) & (similar >= PAIRING.related)
        judged = _is_among_best(contents, PAIRING.candidates) & (contents >= PAIRING.least)
        for i, j in zip(*np.nonzero(near | judged), strict=True):
            a, b, standing = left[i], right[j], float(standings[i, j])
            features = document_pair_features.of_pair(self.collection, a, b, standing, self.words)
            values = float(titles[i, j]), float(contents[i, j]), bool(near[i, j])
            yield PairCandidate((self._name(a), self._name(b)), *values, features)

    def titles(self, left: Sequence[int], right: Sequence[int]) -> FloatArray:
        """Cosines of titles, of words and of bigrams; common words weigh little."""
        profiles, reference = self.collection.profiles, self.words.reference
        own, other = ([profiles[row].title for row in side] for side in (left, right))
        own_bigrams, other_bigrams = ([vectors.bigrams(t) for t in side] for side in (own, other))
        by_words = _cosines(own, other, reference, reference.word_counts)
        by_bigrams = _cosines(own_bigrams, other_bigrams, reference, reference.bigram_counts)
        return np.asarray((by_words + by_bigrams) / 2)

    def judge(
        self, candidates: Iterable[PairCandidate], model: DocumentPairModel
    ) -> list[DocumentPair]:
        """The pairs among candidates with documents of one region that are compared article by article."""
        pairs = []
        for each in candidates:
            verdict = model.judge(each.features)
            if kind := verdict.kind or (RELATED if each.is_near else None):
                pair = _pair(each.names, kind, each.titles, each.contents)
                sure = verdict.whole, verdict.confidence
                pair = replace(pair, whole=sure[0], confidence=sure[1], reasons=verdict.reasons)
                pairs.append(pair)
        profiles = self.collection.profiles
        return demote_seconds(pairs, {p.document.document_id: p.matter.terms for p in profiles})

    def revisions(self, region_ids: Container[str]) -> list[DocumentPair]:
        """Versions of one document: same region, same title apart from its date, issued at different times.

        Args:
            region_ids: regions whose documents are looked at.
        """
        pairs = []
        profiles = self.collection.profiles
        places = {profile.document.region_id for profile in profiles}
        for region_id in sorted(place for place in places if place in region_ids):
            own = self.collection.rows_of({region_id})
            titles = self.titles(own, own)
            contents = document_pair_features.contents(self.collection, own, own)
            for i, j in zip(*np.nonzero(titles >= PAIRING.same_title), strict=True):
                old, new = (profiles[own[place]].document for place in (i, j))
                if _is_older(old, new) and contents[i, j] >= PAIRING.same_contents:
                    values = float(titles[i, j]), float(contents[i, j])
                    pair = _pair((old.document_id, new.document_id), REVISION, *values)
                    pairs.append(replace(pair, likeness=pair.contents))
        return pairs

    def _name(self, row: int) -> str:
        return self.collection.profiles[row].document.document_id


def run(work: Workspace) -> None:
    """Pair the documents of every comparison, and the versions of one document."""
    regions_by_id = regions.load(DATA / "regions.toml")
    texts = gather(work, regions_by_id)
    model = document_pair_model.load()
    places = [document.region_id for document in document_rows.heads(work.rows("documents"))]
    region_ids = set(places)
    compared = comparisons.load(DATA / "comparisons.toml", regions_by_id, region_ids)
    pairs: list[DocumentPair] = []
    seen: set[str] = set()
    for own, group in comparisons.in_groups(comparisons.sides(compared, regions_by_id), places):
        finder = texts.finder(own)
        for baseline, sides in group:
            left = finder.collection.rows_of(set(baseline))
            for _, region_id in sides:
                right = finder.collection.rows_of({region_id})
                pairs += finder.judge(finder.candidates(left, right), model)
        pairs += finder.revisions(own - seen)
        seen |= own
    for region_id in sorted(region_ids - seen):  # compared with none
        pairs += texts.finder({region_id}).revisions({region_id})
    by_names = {(pair.document_a, pair.document_b): pair for pair in pairs}
    jsonl.write(work.rows("document_pairs"), [by_names[names] for names in sorted(by_names)])
    count = Counter(pair.kind for pair in by_names.values())
    print(
        f"document_pairs: {count[COUNTERPART]} 对相应的文件，{count[PART]} 对部分相应，"
        f"{count[RELATED]} 对相关，{count[REVISION]} 对新旧文本"
    )


@dataclass(frozen=True, slots=True)
class OfficialTexts:
    """The official documents of a build, read region by region: memory holds those that are paired.

    Attributes:
        documents: without texts.
        places: names of regions by id.
    """

    documents: list[Document]
    clauses: DocumentRows[Clause]
    tokens: DocumentRows[Tokens]
    citations: DocumentRows[Citation]
    reference: ReferenceCorpus
    places: Mapping[str, str]

    def finder(self, region_ids: Container[str]) -> PairFinder:
        """The documents of some regions, ready to be paired."""
        documents = [d for d in self.documents if d.region_id in region_ids]
        names = [document.document_id for document in documents]
        reader = ProfileReader(
            lexicon.load(DATA / "lexicon"),
            title_matters.load(),
            provision_classes.load(DATA / "patterns/classes.toml"),
            document_collection.words_of(self.tokens.of(names)),
            document_collection.by_document(self.citations.of(names)),
            self.places,
        )
        clauses = self.clauses.of(names)
        profiles = document_collection.profiles(documents, clauses, reader, PAIRING.units)
        collection = document_collection.collect(profiles, self.reference)
        return PairFinder(collection, WordLikeness(self.reference))


def gather(work: Workspace, regions_by_id: Mapping[str, Region]) -> OfficialTexts:
    """Note where the official documents of a build are."""
    documents = document_rows.heads(work.rows("documents"))
    return OfficialTexts(
        [document for document in documents if document.text_kind == "official"],
        document_rows.index(work.rows("clauses"), Clause),
        document_rows.index(work.rows("tokens"), Tokens),
        document_rows.index(work.rows("citations"), Citation),
        reference_corpus.load(DATA / "background"),
        {region.region_id: region.name for region in regions_by_id.values()},
    )


def read(work: Workspace, regions_by_id: Mapping[str, Region]) -> PairFinder:
    """All official documents of a build, ready to be paired."""
    return gather(work, regions_by_id).finder(regions_by_id)


def demote_seconds(
    pairs: Sequence[DocumentPair], matters: Mapping[str, Sequence[str]]
) -> list[DocumentPair]:
    """The pairs, a weaker second counterpart of a document of the baseline made a part.

    It is weaker where its odds are below `PAIRING.second` of the best one's. Another version of the best one,
    or a text whose title says the same matter, stays.

    Args:
        pairs: with documents of one region.
        matters: the terms of each document's title that say its matter.
    """
    best: dict[str, DocumentPair] = {}
    for pair in pairs:
        if pair.kind == COUNTERPART:
            rival = best.get(pair.document_a)
            if rival is None or _odds(pair) > _odds(rival):
                best[pair.document_a] = pair
    kept = []
    for pair in pairs:
        if pair.kind == COUNTERPART:
            rival = best[pair.document_a]
            is_same = set(matters[pair.document_b]) == set(matters[rival.document_b])
            if not is_same and _odds(pair) < PAIRING.second * _odds(rival):
                pair = replace(pair, kind=PART)
        kept.append(pair)
    return kept


def _odds(pair: DocumentPair) -> float:
    whole = min(pair.whole or 0.0, 0.9999)
    return whole / (1 - whole)


def _pair(names: tuple[str, str], kind: str, titles: float, contents: float) -> DocumentPair:
    """A pair that no model has judged."""
    likeness = float(_likeness(np.array(titles), np.array(contents)))
    rounded = [round(value, 4) for value in (likeness, min(titles, 1.0), min(contents, 1.0))]
    a, b = names
    return DocumentPair(a, b, kind, rounded[0], rounded[1], rounded[2], None, None, [])


def _likeness(titles: FloatArray, contents: FloatArray) -> FloatArray:
    """How alike documents are by both."""
    return np.clip(contents + PAIRING.title * titles, 0, 1)


def _is_older(old: Document, new: Document) -> bool:
    """Whether `old` was issued before `new`; a document without a date counts as the earlier one."""
    return new.issued_date is not None and (old.issued_date or "") < new.issued_date


def _is_among_best(values: FloatArray, count: int) -> NDArray[np.bool_]:
    """Whether each is among the `count` best of its row or of its column, ties included."""

    def of_rows(each: FloatArray) -> NDArray[np.bool_]:
        kept = min(count, each.shape[1])
        least = -np.partition(-each, kept - 1, axis=1)[:, kept - 1]
        return np.asarray(each >= least[:, None])

    return np.logical_or(of_rows(values), of_rows(values.T).T)


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
