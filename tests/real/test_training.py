"""`make train` on the annotated regulations gives the models that are committed."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.alignment import match_model
from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation import gold, kind_training, match_training
from pipeline.gaps import kind_model
from pipeline.similarity import document_features, reference_corpus
from support.building import make


@pytest.fixture(scope="module")
def gold_rows(realtext) -> Workspace:
    done = make(f"GOLD_CORPUS={realtext}", "gold-rows")
    assert done.returncode == 0, done.stderr
    return Workspace((realtext,), Path("build/gold"), Path("kb.db"))


def test_the_match_model_is_fitted_to_the_gold(gold_rows):
    """`make train` writes the model that is committed: no weight was set by hand."""
    extractor = document_features.extractor(gold_rows, document_features.read_tokens(gold_rows))
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(DATA / "gold", gold_rows, extractor)
    fitted = match_training.fit(
        [match_training.training_pair(pair, reference, extractor.classes) for pair in pairs]
    )
    kept = match_model.load()
    assert (fitted.floor, fitted.tie) == (kept.floor, kept.tie)
    for name in ("first", "second"):
        ours, theirs = getattr(fitted, name), getattr(kept, name)
        assert ours.names == theirs.names
        assert np.allclose(ours.weight, theirs.weight, atol=2e-3), name


def test_the_kind_model_is_fitted_to_the_gold(gold_rows):
    extractor = document_features.extractor(gold_rows, document_features.read_tokens(gold_rows))
    pairs = gold.read(DATA / "gold", gold_rows, extractor)
    fitted = kind_training.fit(kind_training.examples(pairs, gold_rows, extractor))
    kept = kind_model.load()
    assert (fitted.kinds, fitted.names, fitted.share) == (kept.kinds, kept.names, kept.share)
    assert np.allclose(fitted.weight, kept.weight, atol=2e-3)
