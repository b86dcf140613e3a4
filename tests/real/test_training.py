"""`make train` on the annotated regulations gives the model that is committed."""

import numpy as np
import pytest

from pipeline.alignment import match_model
from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation import gold, match_training
from pipeline.similarity import document_features, reference_corpus
from support.building import excerpt, make


@pytest.fixture(scope="module")
def work(realtext, tmp_path_factory) -> Workspace:
    """The rows of the annotated regulations."""
    folder = tmp_path_factory.mktemp("gold")
    titles = {title.split("(20")[0] for pair in gold.titles(DATA / "gold") for title in pair}
    corpus = excerpt(realtext, titles, folder / "corpus")
    done = make(f"GOLD_CORPUS={corpus}", f"BUILD={folder}", "gold-rows")
    assert done.returncode == 0, done.stderr
    return Workspace((corpus,), folder / "gold", folder / "kb.db")


@pytest.fixture(scope="module")
def extractor(work):
    """The features of their documents."""
    return document_features.extractor(work, document_features.read_tokens(work))


@pytest.fixture(scope="module")
def pairs(work, extractor):
    """The annotated pairs of documents."""
    return gold.read(DATA / "gold", work, extractor)


def test_the_match_model_is_fitted_to_the_gold(pairs, extractor):
    """`make train` writes the model that is committed: no weight was set by hand."""
    reference = reference_corpus.load(DATA / "background")
    fitted = match_training.fit(
        [match_training.training_pair(pair, reference, extractor.classes) for pair in pairs]
    )
    kept = match_model.load()
    assert (fitted.floor, fitted.tie) == (kept.floor, kept.tie)
    for name in ("first", "second"):
        ours, theirs = getattr(fitted, name), getattr(kept, name)
        assert ours.names == theirs.names
        assert np.allclose(ours.weight, theirs.weight, atol=2e-3), name
