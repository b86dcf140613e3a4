"""Point model: the stored forest answers as scikit-learn's own."""

import json

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from pipeline.core.errors import CorpusError
from pipeline.evaluation.article_points import training
from pipeline.points import point_model
from pipeline.points.point_model import PointModel


@pytest.fixture(scope="module")
def examples():
    random = np.random.default_rng(1)
    features = {name: random.normal(size=400) for name in ("one", "two")}
    labels = (features["one"] + features["two"] ** 2 > 0.7).astype(float)
    return features, labels


def test_a_forest_that_is_written_and_read_answers_as_the_fitted_one(examples, tmp_path):
    features, labels = examples
    forest = training._forest([(features, labels)])
    path = tmp_path / "points.json"
    training.write(PointModel(forest, forest, forest), path)
    cases = np.column_stack(list(features.values()))
    fitted = GradientBoostingClassifier(**training._TREES).fit(cases, labels > 0)
    found = point_model.load(path).one_sided.probability(features)
    assert found == pytest.approx(fitted.predict_proba(cases)[:, 1], abs=0.02)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"one_sided": 1, "two_sided": 2}', json.dumps({"a": {}})]
)
def test_a_broken_file_is_told_in_one_line(tmp_path, content):
    path = tmp_path / "points.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match="make train"):
        point_model.load(path)


def test_the_absent_file_is_told_with_the_way_to_get_it(tmp_path):
    with pytest.raises(CorpusError, match="make train"):
        point_model.load(tmp_path / "points.json")
