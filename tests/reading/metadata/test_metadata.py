"""What a paper says of itself, read from heads and ends as they are really printed; texts written by us."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.curation import single_document
from pipeline.reading.metadata import document_kinds, metadata
from support import cases

PRESENT = ("metadata.document", "what", "text", "issuers")
OPTIONAL = dict.fromkeys(("title", "inner_title", "number", "issued")) | {"articles": False}


@cases.rows(*PRESENT, **OPTIONAL)
def test_a_paper_tells_of_itself(row):
    found = metadata.read(row["text"])
    keys = ("title", "inner_title", "number", "issued")
    assert {key: getattr(found, key) for key in keys} == {key: row[key] for key in keys}
    assert list(found.issuers) == row["issuers"]


@cases.rows(*PRESENT, only="articles", **OPTIONAL)
def test_the_text_to_compare_begins_behind_head_and_notice(row):
    body = row["text"][metadata.read(row["text"]).body :]
    assert body.lstrip().startswith(("第一章", "第一条"))
    assert body.endswith("起施行。")


@cases.table("metadata.kind", "title", "kind", text="")
def test_what_is_not_policy_text_is_told(title, kind, text):
    assert document_kinds.kind(title, text) == kind


@given(
    st.text(
        alphabet="第一二三条、（）《》〔〕年月日2016号令\n 甲乙关于印发的通知附件：|-.“”○",
        max_size=200,
    )
)
def test_any_text_is_read(text):
    found = metadata.read(text, None, "某文件")
    assert 0 <= found.body <= len(text)
    parsed = single_document.parse(found, text)
    single_document.period(found, parsed)
    single_document.repeals(found, parsed)
