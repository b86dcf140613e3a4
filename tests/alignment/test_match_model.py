"""The match model: counterparts are found by their matter; an article without one is given none."""

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.alignment import match_model
from pipeline.core.errors import CorpusError
from pipeline.similarity.arrays import FloatArray
from support.match_samples import MATCHER, NEW, OLD, PARTNERS, features

A, B = features("sh-a", OLD), features("jx-b", NEW)


def links(probability: FloatArray) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(probability >= 0.5), strict=True)}


def test_counterparts_are_found_under_other_article_numbers():
    """A shared article number proves nothing: 第四条 answers 第五条 here, the penalty the penalty."""
    probability = MATCHER.predict(A, B).probability
    assert {i: int(row.argmax()) for i, row in enumerate(probability)} == dict(PARTNERS)
    assert links(probability) <= PARTNERS


def test_an_article_of_another_matter_has_no_counterpart():
    strange = features(
        "jx-c", [*NEW[:3], "第四条 养老机构应当与老年人签订服务合同，明确收费标准。", NEW[7]]
    )
    assert MATCHER.predict(A, strange).probability[3:7, 3].max() < 0.3


SCORES = arrays.arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(-8, 8)
)


def test_a_broken_model_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text('{"first": 1}', encoding="utf-8")
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "bad.json")
