"""Pairs of documents scored in parallel, and the reasons for a score."""

from pipeline.alignment import pair_scoring
from pipeline.core.computation import processes
from pipeline.similarity.document_features import FeatureExtractor
from support.match_samples import CLASSES, MATCHER, NEW, OLD, WORDS, clauses, features

A, B = features("sh-a", OLD), features("jx-b", NEW)


def test_any_number_of_processes_gives_the_same():
    documents = {f"d{k}": clauses(f"d{k}", OLD if k % 2 else NEW) for k in range(18)}
    words = {c.clause_id: WORDS.cut(c.text) for group in documents.values() for c in group}
    extractor = FeatureExtractor(WORDS, CLASSES, words, {}, {})
    pairs = [(f"d{k}", f"d{k + 1}") for k in range(17)]
    one, two = (
        list(
            processes.ordered(
                pair_scoring.Scorer(documents, extractor, MATCHER).line, pairs, jobs, 4
            )
        )
        for jobs in (1, 2)
    )
    assert one == two and len(one) == len(pairs)


def test_reasons_are_the_weightiest_parts_of_the_score():
    reasons = dict(pair_scoring.score(A, B, MATCHER).reasons[3, 4])
    contributions = MATCHER.predict(A, B).contributions[:, 3, 4]
    parts = dict(zip(MATCHER.model.second.names, contributions, strict=True))
    least = sorted(map(abs, parts.values()))[-len(reasons)]
    assert all(abs(parts[name] - value) < 0.006 for name, value in reasons.items())
    assert min(map(abs, reasons.values())) >= least - 0.006
