"""Official texts that stop before their end."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure import clauses, completeness
from support import cases
from support.records import document

USUAL = {"title": "某市某某条例", "level": "地方性法规", "head": "", "text_kind": "official"}


def told(text: str, **fields: str) -> str | None:
    read = document(text=text.strip("\n"), **USUAL | fields)
    return completeness.unfinished(read, clauses.split(read))


@cases.table("completeness.unfinished", "text", "reason", **USUAL)
def test_a_text_that_was_cut_off_is_told_with_the_reason(
    text, reason, title, level, head, text_kind
):
    assert told(text, title=title, level=level, head=head, text_kind=text_kind) == reason


@cases.table("completeness.complete", "text", **USUAL)
def test_a_whole_text_and_one_that_cannot_be_judged_are_not(text, title, level, head, text_kind):
    assert told(text, title=title, level=level, head=head, text_kind=text_kind) is None


def test_the_last_article_is_none_where_there_is_none():
    assert completeness.last_article(clauses.split(document(text="一、甲。"))) is None


@given(st.integers(2, 40), st.data())
def test_a_regulation_is_whole_to_its_last_article_and_cut_before_it(count, data):
    articles = [f"第{n}条 停车场应当公示第{n}号标准。" for n in range(1, count)]
    end = f"第{count}条 本条例自2020年1月1日起施行。"
    kept = data.draw(st.integers(1, count - 1))
    assert told("\n".join([*articles, end])) is None
    assert told("\n".join(articles[:kept])) is not None
