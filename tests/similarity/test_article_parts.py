"""Parts of articles: subjects, acts, references."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity import article_parts
from support import cases

TEXTS = st.text(
    alphabet="第一二三条款项、。；，（）\n 违反本条例规定的由企业应当不得可以", min_size=1
)


@cases.table("article_parts.subject", "text", "subject", "predicate")
def test_subject_and_predicate_of_the_first_sentence(text, subject, predicate):
    assert [text[slice(*span)] for span in article_parts.first_sentence(text)] == [
        subject,
        predicate,
    ]


@cases.table("article_parts.reference", "text", "articles")
def test_references_to_articles_of_the_same_document(text, articles):
    assert list(article_parts.own_references(text)) == articles


def test_a_paragraph_keeps_its_items():
    text = "第一条 有下列情形的，不予许可：\n\n（一）甲甲甲甲甲甲甲甲；\n\n（二）乙。\n\n许可的期限为三年，可以延续。"
    found = [text[start:end] for start, end in article_parts.paragraphs(text)]
    assert len(found) == 2 and found[0].endswith("（二）乙。") and found[1].startswith("许可")


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
