"""Provisions: rules as data over our words, every value with its quote."""

from pipeline.core.paths import DATA
from pipeline.extraction.provisions import provision
from pipeline.language import lexicon, tagger
from support import cases

WORDS = lexicon.load(DATA / "lexicon")
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)


def read(text: str):
    return provision("c", WORDS.cut(text), TAGGER)


@cases.table("provisions.case", "text", instrument=None, modality=None)
def test_what_a_clause_does(text, instrument, modality):
    found = read(text)
    assert (found.instrument, found.modality) == (instrument, modality)


def test_departments_are_named_by_their_function_old_names_too():
    new, old = read("市经济信息化部门负责认定。"), read("市经信委负责认定。")
    assert new.actor == old.actor is not None


def test_every_value_keeps_its_quote():
    text = "市人力资源社会保障部门应当对企业给予补贴，企业可以申请奖励。"
    for hit in read(text).evidence:
        assert text[hit["start"] : hit["end"]] == hit["quote"]
