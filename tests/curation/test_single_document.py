"""One document read whole: when it applies, what it ends."""

from dataclasses import replace

from pipeline.curation import single_document
from pipeline.reading.metadata import metadata
from support import cases


@cases.table("metadata.period", "text", issued=None, effective=None, expires=None)
def test_from_when_to_when_a_paper_applies(text, issued, effective, expires):
    told = replace(
        metadata.read(text, "甲办法", None), title="甲办法", inner_title=None, issued=issued, body=0
    )
    assert single_document.period(told, text) == (effective, expires)


@cases.table("metadata.repeal", "text", "titles")
def test_which_papers_a_paper_ends(text, titles):
    assert single_document.repeals(metadata.read(text, "丁办法", None), text) == tuple(titles)
