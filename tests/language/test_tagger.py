"""The tagger: the longest hit wins; what is wrong in a file of patterns is told."""

import json

import pytest

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.extraction.provisions import provision
from pipeline.language import lexicon, tagger

WORDS = lexicon.load(DATA / "lexicon")
TAGGER = tagger.Tagger(DATA / "patterns", WORDS)


def read(text: str):
    return provision("c", WORDS.cut(text), TAGGER)


def test_the_longest_hit_of_a_label_wins():
    values = {
        hit["quote"] for hit in read("给予贷款贴息。").evidence if hit["label"] == "instrument"
    }
    assert values == {"贷款贴息"} or all("贴息" in value for value in values)


@pytest.mark.parametrize(
    "line, found",
    [
        ("{", "不是合法的 JSON"),
        ('{"label": "modality", "id": "应当"}', "键不对"),
        ('{"label": "instrument", "id": "应当", "pattern": "应当"}', "label = 'instrument'"),
        ('{"label": "modality", "id": "应当", "pattern": ""}', "pattern 是空的"),
    ],
)
def test_a_wrong_pattern_is_told_with_its_line(tmp_path, line, found):
    for label in tagger.LABELS:
        row = {"label": label, "id": "甲", "pattern": "甲"}
        text = json.dumps(row, ensure_ascii=False) + "\n"
        (tmp_path / f"{label}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "modality.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="modality.jsonl 第 1 行") as error:
        tagger.Tagger(tmp_path, WORDS)
    assert found in str(error.value)
