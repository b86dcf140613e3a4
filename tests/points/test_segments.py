"""Segments: sentences, items and comma units of an article."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.points import segments

TEXTS = st.text("甲乙丙应当，。；：\n（）一二、 ", max_size=80).map(lambda body: f"第一条 {body}")


@given(TEXTS)
def test_sentences_follow_each_other_and_lie_in_the_text(text):
    found = segments.sentences(text)
    ends = 0
    for sentence in found:
        start, end = sentence.span
        assert ends <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip(" \n，；。：、")
        ends = end


@given(TEXTS)
def test_runs_are_of_neighbouring_units_of_one_sentence(text):
    found = segments.sentences(text)
    units = [unit for sentence in found for unit in sentence.units]
    for run in segments.runs(found):
        assert run.span == (units[run.first][0], units[run.last][1])
        sentence = found[run.sentence]
        assert sentence.span[0] <= run.span[0] and run.span[1] <= sentence.span[1]
        assert run.is_start == (units[run.first] == sentence.units[0])
        assert run.is_end == (units[run.last] == sentence.units[-1])


@given(TEXTS)
def test_each_sentence_is_a_run(text):
    found = segments.sentences(text)
    whole = [run.sentence for run in segments.runs(found) if run.is_whole]
    assert whole == list(range(len(found)))


def test_an_item_knows_what_leads_its_list():
    text = "第三条 申请人应当符合下列条件：\n（一）有固定住所；\n（二）有经济来源。\n前款规定由主管部门解释。"
    assert [sentence.lead for sentence in segments.sentences(text)] == [None, 0, 0, None]
