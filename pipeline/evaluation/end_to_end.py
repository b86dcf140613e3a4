"""End to end: articles aligned in documents that the engine paired itself.

A pair of documents that the engine does not pair has no alignments at all; one that it is unsure of has fewer.
Neither model has learned from the pair: the alignment comes from leave-one-out cross-validation, and the
pairing from a model fitted without the baseline's document and its versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.alignment.document_pairs import RELATED, PairCandidate, PairFinder
from pipeline.core.paths import Workspace
from pipeline.evaluation import cross_validation
from pipeline.evaluation.cross_validation import PairResult
from pipeline.evaluation.document_pairing import gold as pairing_gold
from pipeline.evaluation.document_pairing import training
from pipeline.evaluation.document_pairing.gold import GoldDocument

Names = tuple[str, str]  # ids of two documents


def results(work: Workspace, held_out: Sequence[PairResult]) -> list[PairResult]:
    """The results of held-out pairs, each discounted by how sure the engine is of its documents."""
    names = [_names(result) for result in held_out]
    confidence = confidences(work, names)
    return [
        _discounted(result, confidence.get(name))
        for result, name in zip(held_out, names, strict=True)
    ]


def _names(result: PairResult) -> Names:
    a, b = (side.clauses[0].document_id for side in (result.pair.a, result.pair.b))
    return a, b


def _discounted(result: PairResult, confidence: float | None) -> PairResult:
    if confidence is None:
        nothing = cross_validation.evaluate(
            result.pair, 0 * result.probability, result.floor, result.tie
        )
        unranked = replace(nothing.score, first=0, first_partial=0, third=0, reciprocal=0.0)
        return replace(nothing, score=unranked)
    probability = result.probability * confidence
    return cross_validation.evaluate(result.pair, probability, result.floor, result.tie)


def confidences(work: Workspace, names: Iterable[Names]) -> dict[Names, float]:
    """How sure the engine is that documents answer each other; those that it does not pair are left out."""
    finder, documents = pairing_gold.read(work)
    regions = {p.document.document_id: p.document.region_id for p in finder.collection.profiles}
    by_sides: dict[Names, list[Names]] = defaultdict(list)
    for a, b in names:
        by_sides[regions[a], regions[b]].append((a, b))
    found: dict[Names, float] = {}
    for sides, pairs in by_sides.items():
        candidates = _candidates(finder, sides)
        for a, b in pairs:
            model = training.fit(_without(documents, a, finder))
            for pair in finder.judge(candidates[a], model):
                if pair.document_b == b and pair.kind != RELATED:
                    found[a, b] = pair.confidence or 0.0
    return found


def _candidates(finder: PairFinder, sides: Names) -> Mapping[str, list[PairCandidate]]:
    """The candidates of two regions' documents by the first document."""
    left, right = (finder.collection.rows_of({region_id}) for region_id in sides)
    by_document: dict[str, list[PairCandidate]] = defaultdict(list)
    for each in finder.candidates(left, right):
        by_document[each.names[0]].append(each)
    return by_document


def _without(
    documents: Sequence[GoldDocument], document_id: str, finder: PairFinder
) -> list[GoldDocument]:
    """The annotated documents but one and its other versions."""
    matter = next(
        tuple(p.matter.terms)
        for p in finder.collection.profiles
        if p.document.document_id == document_id
    )
    return [document for document in documents if document.matter != matter]
