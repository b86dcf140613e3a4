"""Training of the document pair model: documents are held out whole; a model survives its file."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import document_pair_model
from pipeline.alignment.document_pair_features import TITLES
from pipeline.alignment.document_pairs import PairCandidate
from pipeline.evaluation.document_pairing import held_out, training
from pipeline.evaluation.document_pairing.gold import Annotation, GoldDocument
from pipeline.evaluation.document_pairing.held_out import DocumentScore

COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))


def gold_document(number: int, matter: str) -> GoldDocument:
    """A document with one counterpart, one part, and three documents on other matters."""
    levels = {"whole": 0.9, "part": 0.5, **{f"other-{n}": 0.05 * n for n in range(3)}}
    rows = [
        PairCandidate(
            (f"a{number}", b), level, level, True, dict.fromkeys(TITLES, level + number / 500)
        )
        for b, level in levels.items()
    ]
    annotation = Annotation(f"a{number}", ["whole"], ["part"])
    return GoldDocument(annotation, (matter,), [rows], {f"a{number}": matter})


DOCUMENTS = [gold_document(n, f"事{n // 2}") for n in range(20)]


def test_versions_of_one_text_are_never_learned_from_and_scored():
    for count in (None, 3):
        scored = []
        for train, test in training.folds(DOCUMENTS, count):
            assert not {d.matter for d in train} & {d.matter for d in test}
            scored += [d.annotation.a for d in test]
        assert sorted(scored) == sorted(d.annotation.a for d in DOCUMENTS)


def test_a_model_tells_what_it_was_taught_and_survives_its_file(tmp_path):
    model = training.fit(DOCUMENTS)
    path = tmp_path / "model.json"
    training.write(model, path)
    assert document_pair_model.load(path) == model
    verdicts = [model.judge(each.features) for row in DOCUMENTS[0].candidates for each in row]
    assert [v.kind for v in verdicts] == ["counterpart", "part", None, None, None]
    assert all(v.confidence >= v.whole for v in verdicts)


def test_a_part_that_is_called_the_whole_counts_neither_way_there():
    document = DOCUMENTS[0]
    found = held_out.score(document, {"whole": "counterpart", "part": "counterpart"})
    assert found == {"counterpart": DocumentScore(1, 0, 1), "part": DocumentScore(0, 0, 1)}
    found = held_out.score(document, {"other-1": "counterpart", "part": "part"})
    assert found == {"counterpart": DocumentScore(0, 1, 1), "part": DocumentScore(1, 0, 1)}


@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_an_interval_lies_around_the_figure(counts):
    scores = [DocumentScore(min(right, there), wrong, there) for right, wrong, there in counts]
    low, high = held_out.interval(scores)
    f1 = sum(scores, DocumentScore()).figures()["F1"]
    assert 0 <= low <= high <= 1 and low - 0.2 <= f1 <= high + 0.2


def test_thresholds_lie_on_the_grid():
    rng = np.random.default_rng(1)
    whole, part = rng.random(50), rng.random(50)
    floors = training.thresholds(whole, part, rng.integers(0, 3, 50))
    assert all(0.3 <= floor <= 0.7 for floor in floors)
