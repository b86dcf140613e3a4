"""Parts of articles: subjects, acts, references; a table that a lawyer can extend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity import article_parts

TEXTS = st.text(
    alphabet="第一二三条款项、。；，（）\n 违反本条例规定的由企业应当不得可以", min_size=1
)


@pytest.mark.parametrize(
    "text, subject, predicate",
    [
        ("第三条 运营单位应当公布价格。", "运营单位", "公布价格"),
        ("第四条　任何单位和个人不得占用河道；违者处罚。", "任何单位和个人", "占用河道"),
        ("第五条 鼓励企业增加投入。", "", "鼓励企业增加投入"),
        ("第六条 下列用语的含义：（一）甲；", "", "下列用语的含义"),
    ],
)
def test_subject_and_predicate_of_the_first_sentence(text, subject, predicate):
    assert [text[slice(*span)] for span in article_parts.first_sentence(text)] == [
        subject,
        predicate,
    ]


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("违反本条例第十八条、第十九条规定的", ["18", "19"]),
        ("按照本办法第二十三条第二款的规定", ["23"]),
        ("依照《价格法》第四十条处罚", []),  # of another law
        ("第五条 经营者明码标价", []),  # its own number
    ],
)
def test_references_to_articles_of_the_same_document(text, numbers):
    assert list(article_parts.own_references(text)) == numbers


def test_a_paragraph_keeps_its_items():
    text = "第一条 有下列情形的，不予许可：\n\n（一）甲甲甲甲甲甲甲甲；\n\n（二）乙。\n\n许可的期限为三年，可以延续。"
    paragraphs = [text[start:end] for start, end in article_parts.paragraphs(text)]
    assert (
        len(paragraphs) == 2
        and paragraphs[0].endswith("（二）乙。")
        and paragraphs[1].startswith("许可")
    )


@given(TEXTS)
def test_spans_lie_in_the_text_in_order(text):
    for spans in (
        article_parts.sentences(text),
        article_parts.paragraphs(text),
        article_parts.punished_acts(text),
    ):
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
    assert article_parts.sentences(text) and article_parts.paragraphs(text)
