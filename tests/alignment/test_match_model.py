"""The match model: counterparts are found by their matter, none is forced."""

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.alignment import match_model
from pipeline.core.errors import CorpusError
from pipeline.similarity import pairwise
from support.match_samples import MATCHER, NEW, OLD, PARTNERS, sheet

A, B = sheet("sh-a", OLD), sheet("jx-b", NEW)


def links(chance: pairwise.Array) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(chance >= 0.5), strict=True)}


def test_counterparts_are_found_whatever_their_numbers():
    """A shared article number proves nothing: 第四条 answers 第五条 here, the penalty the penalty."""
    chance = MATCHER.read(A, B).probability
    assert {i: int(row.argmax()) for i, row in enumerate(chance)} == dict(PARTNERS)
    assert links(chance) <= PARTNERS


def test_nothing_is_forced_on_an_article_of_another_matter():
    strange = sheet(
        "jx-c", [*NEW[:3], "第四条 养老机构应当与老年人签订服务合同，明确收费标准。", NEW[7]]
    )
    assert MATCHER.read(A, strange).probability[3:7, 3].max() < 0.3


SCORES = arrays.arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(-8, 8)
)


def test_a_spoilt_model_is_told(tmp_path):
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text('{"first": 1}', encoding="utf-8")
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "bad.json")
