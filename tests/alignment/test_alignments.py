"""Alignment: links, their independence of order, and the precedence of expert pairs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment import alignments, match_model
from pipeline.core.paths import DATA
from pipeline.core.records import ASSERTED, Tokens
from pipeline.language import lexicon
from pipeline.similarity import clause_index, provision_classes, vectors
from support.records import document

WORDS = lexicon.load(DATA / "lexicon")
CLASSES = provision_classes.load(DATA / "patterns/classes.toml")
MODEL = match_model.load()
TEXTS = {
    "sh-a__art_1": "对认定为首台（套）装备的企业给予资助。",
    "sh-a__art_2": "生活垃圾应当分类投放，收集容器由管理责任人设置。",
    "sh-a__art_3": "居住证积分达到标准分值的，子女可以参加中考。",
    "jx-b__art_1": "生活垃圾分类投放，管理责任人应当设置收集容器。",
    "jx-b__art_2": "首台（套）装备经认定的，给予企业一次性资助。",
    "jx-b__art_3": "河道管理范围内禁止倾倒渣土。",
}


def index(order: list[str], regions=("310000", "330400")) -> clause_index.ClauseIndex:
    documents = [
        document(d, title=d, region_id=region, text_kind="digest")
        for d, region in zip(("sh-a", "jx-b"), regions, strict=True)
    ]
    tokens = [Tokens(k, WORDS.cut(TEXTS[k])) for k in order]
    return clause_index.build(documents, tokens, [], WORDS, {}, CLASSES)


def asserted(order: list[str], verdicts=None, regions=("310000", "330400")):
    clauses = index(order, regions)
    rows = (clauses.rows_of_regions({region}) for region in regions)
    pair = alignments.RegionPair("c", *rows)
    found = alignments.align(pair, alignments.Evidence(clauses, {}, {}, MODEL, verdicts or {}))
    return {(row.clause_a, row.clause_b) for row in found if row.status in ASSERTED}


RIGHT = {("sh-a__art_1", "jx-b__art_2"), ("sh-a__art_2", "jx-b__art_1")}


def test_counterparts_are_linked_and_other_clauses_are_not():
    assert asserted(list(TEXTS)) == RIGHT


@settings(deadline=None)
@given(st.permutations(list(TEXTS)))
def test_order_does_not_matter(order):
    assert asserted(order) == RIGHT


def test_two_counties_are_aligned_like_two_cities():
    assert asserted(list(TEXTS), regions=("330421", "330482")) == RIGHT


def test_expert_verdicts_override_the_model():
    verdicts = {
        ("sh-a__art_1", "jx-b__art_2"): "rejected",
        ("sh-a__art_3", "jx-b__art_3"): "accepted",
    }
    assert asserted(list(TEXTS), verdicts) == {
        ("sh-a__art_2", "jx-b__art_1"),
        ("sh-a__art_3", "jx-b__art_3"),
    }


def test_shared_terms_come_heaviest_first():
    clauses = index(list(TEXTS))
    place = {row.clause_id: i for i, row in enumerate(clauses.tokens)}
    terms = vectors.shared_terms(clauses.vectors, place["sh-a__art_2"], place["jx-b__art_1"])
    assert {"投放", "分类", "收集"} & {term for term, _ in terms}
    assert [weight for _, weight in terms] == sorted((weight for _, weight in terms), reverse=True)
    no_words = vectors.shared_terms(clauses.vectors, place["sh-a__art_1"], place["jx-b__art_3"])
    assert no_words == []


BOILERPLATE = {
    "sh-a__art_1": "本条例自2020年1月1日起施行。",
    "jx-b__art_1": "本条例自2019年5月1日起施行。",
}


def test_boilerplate_of_unrelated_documents_is_not_aligned(monkeypatch):
    monkeypatch.setitem(globals(), "TEXTS", BOILERPLATE)
    assert asserted(list(BOILERPLATE)) == set()
