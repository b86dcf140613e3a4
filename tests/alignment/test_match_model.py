"""Comparing two documents article by article: laws that hold for any weights of the model."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.alignment import context_features, match_model, pair_features, pair_scoring
from pipeline.alignment.match_model import Matcher
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Clause
from pipeline.language import lexicon
from pipeline.similarity import provision_classes, reference_corpus, term_counts
from pipeline.similarity.arrays import FloatArray
from pipeline.similarity.document_features import DocumentFeatures, FeatureExtractor

WORDS = lexicon.load(DATA / "lexicon")
CLASSES = provision_classes.load(DATA / "patterns/classes.toml")
REFERENCE = reference_corpus.load(DATA / "background")
MATCHER = Matcher(match_model.load(), REFERENCE, CLASSES)
OLD = [
    "第一条 为了加强共享单车停放管理，根据有关法律，结合本市实际，制定本办法。",
    "第二条 本市行政区域内共享单车的投放、停放及其监督管理，适用本办法。",
    "第三条 市交通部门负责共享单车的监督管理，组织实施本办法。",
    "第四条 运营企业应当按照核定的数量投放共享单车，不得超量投放。",
    "第五条 运营企业应当设置电子围栏，引导用户在停放点停放共享单车。",
    "第六条 用户押金应当存入专用账户，运营企业不得挪用。",
    "第七条 违反本办法第四条规定，运营企业超量投放的，由市交通部门责令改正，处一万元以上五万元以下罚款。",
    "第八条 本办法自2020年1月1日起施行。",
]
NEW = [
    "第一条 为了规范共享单车停放秩序，根据有关法律、法规，结合本市实际，制定本办法。",
    "第二条 本办法适用于本市行政区域内共享单车的投放、停放和监督管理。",
    "第三条 交通运输主管部门负责共享单车的监督管理工作。",
    "第四条 运营企业收取的用户押金，应当存入专用账户，任何人不得挪用。",
    "第五条 运营企业投放共享单车不得超过核定的数量。",
    "第六条 停放点由区人民政府划定，运营企业应当以电子围栏引导用户停放。",
    "第七条 运营企业违反本办法第五条规定超量投放的，由交通运输主管部门责令改正，可以处三万元以下罚款。",
    "第八条 本办法自2023年6月1日起施行。",
]
PARTNERS = {(0, 0), (1, 1), (2, 2), (3, 4), (4, 5), (5, 3), (6, 6), (7, 7)}


def clauses(name: str, texts: list[str]) -> list[Clause]:
    return [
        Clause(
            f"{name}__art_{i}", name, None, i, "article", str(i), "", None, text, 0, len(text), 1
        )
        for i, text in enumerate(texts, 1)
    ]


def document(name: str, texts: list[str]) -> DocumentFeatures:
    units = clauses(name, texts)
    words = {unit.clause_id: WORDS.cut(unit.text) for unit in units}
    return FeatureExtractor(WORDS, CLASSES, words, {}, {}).extract(units)


A, B = document("sh-a", OLD), document("jx-b", NEW)


def links(probability: FloatArray) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(probability >= 0.5), strict=True)}


def test_counterparts_are_found_under_other_article_numbers():
    """A shared article number proves nothing: 第四条 answers 第五条 here, the penalty the penalty."""
    probability = MATCHER.predict(A, B).probability
    assert {i: int(row.argmax()) for i, row in enumerate(probability)} == dict(PARTNERS)
    assert links(probability) <= PARTNERS


def test_an_article_of_another_matter_has_no_counterpart():
    strange = document(
        "jx-c", [*NEW[:3], "第四条 养老机构应当与老年人签订服务合同，明确收费标准。", NEW[7]]
    )
    assert MATCHER.predict(A, strange).probability[3:7, 3].max() < 0.3


def test_the_model_has_the_features_that_the_code_computes():
    features = pair_features.features(A, B, REFERENCE, CLASSES)
    assert MATCHER.model.first.names == list(features)
    assert MATCHER.model.second.names == [*features, *context_features.TITLES]
    assert set(match_model.feature_titles(CLASSES)) >= {*features, *context_features.TITLES}
    assert all(value.shape == (8, 8) for value in features.values())


def test_pair_features_are_symmetric():
    there, back = (pair_features.features(*pair, REFERENCE, CLASSES) for pair in ((A, B), (B, A)))
    for name in pair_features.titles(CLASSES):
        assert np.allclose(there[name], back[name].T), name


def test_any_number_of_processes_gives_the_same():
    documents = {f"d{k}": clauses(f"d{k}", OLD if k % 2 else NEW) for k in range(18)}
    words = {c.clause_id: WORDS.cut(c.text) for group in documents.values() for c in group}
    extractor = FeatureExtractor(WORDS, CLASSES, words, {}, {})
    pairs = [(f"d{k}", f"d{k + 1}") for k in range(17)]
    one, two = (
        pair_scoring.score_all(pairs, documents, extractor, MATCHER, jobs) for jobs in (1, 2)
    )
    assert list(one) == list(two) == pairs
    for pair in pairs:
        assert np.array_equal(one[pair].probability, two[pair].probability)
        assert one[pair].reasons == two[pair].reasons


def test_reasons_are_the_weightiest_parts_of_the_score():
    reasons = dict(pair_scoring.score(A, B, MATCHER).reasons[3, 4])
    contributions = MATCHER.predict(A, B).contributions[:, 3, 4]
    parts = dict(zip(MATCHER.model.second.names, contributions, strict=True))
    assert all(abs(parts[name] - value) < 0.006 for name, value in reasons.items())
    assert (
        min(map(abs, reasons.values())) >= sorted(map(abs, parts.values()))[-len(reasons)] - 0.006
    )


SCORES = arrays.arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(-8, 8)
)


@settings(deadline=None)
@given(SCORES)
def test_balanced_shares_never_add_up_to_more_than_one(score):
    share = np.exp(context_features.balance(score))
    assert share.sum(axis=0).max() <= 1.001 and share.sum(axis=1).max() <= 1.05


@settings(deadline=None)
@given(SCORES)
def test_context_features_are_finite_for_any_scores(score):
    n, m = score.shape
    features = context_features.features(score, ["甲"] * n, ["乙"] * m)
    assert list(features) == list(context_features.TITLES)
    assert all(value.shape == (n, m) and np.isfinite(value).all() for value in features.values())


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), min_size=1, max_size=4))
def test_term_counts_are_those_of_the_texts(rows):
    counted = term_counts.count(rows)
    back = [
        {counted.terms[k]: n for k, n in enumerate(line) if n} for line in counted.counts.toarray()
    ]
    assert back == [dict(Counter(row)) for row in rows]


def test_a_broken_model_file_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text('{"first": 1}', encoding="utf-8")
    with pytest.raises(CorpusError, match="make train"):
        match_model.load(tmp_path / "bad.json")
