"""corpus/labels.toml: one label for each code; a mistake is named in one line."""

import pytest

from pipeline.core import labels
from pipeline.core.errors import CorpusError

VOCABULARY = '[[vocabulary]]\nid = "{}"\ncolumns = ["gaps.kind"]\n[vocabulary.codes]\n'


def load(folder, text):
    path = folder / "labels.toml"
    path.write_text(text, encoding="utf-8")
    return labels.load(path)


def test_a_code_without_label_is_its_own_and_other_forms_default_to_the_label(tmp_path):
    text = '"补贴" = {}\nfine = { label = "罚款", in_summary = "处罚" }\n'
    loaded = load(tmp_path, VOCABULARY.format("a") + text)
    subsidy, fine = loaded["a", "补贴"], loaded["a", "fine"]
    assert (subsidy.label, subsidy.in_summary, subsidy.english) == ("补贴", "补贴", None)
    assert (fine.label, fine.in_summary, fine.in_figures) == ("罚款", "处罚", "罚款")
    assert (fine.ordinal, fine.used_in) == (1, ["gaps.kind"])


@pytest.mark.parametrize(
    "text, found",
    [
        ('fine = "罚款"', "fine = '罚款' 不是文字的表"),
        ("fine = { label = 1 }", "不是文字的表"),
        ('fine = { label = "" }', "不是文字的表"),
        ('fine = { name = "罚款" }', "fine 有不认识的键 'name'"),
        (
            'fine = { label = "罚款" }\n' + VOCABULARY.format("b") + 'fine = { label = "处罚" }',
            "代码 fine 又叫“处罚”，前面叫“罚款”",
        ),
        ("fine = {", "不是合法的 TOML"),
    ],
)
def test_a_wrong_label_is_named_in_one_line(tmp_path, text, found):
    with pytest.raises(CorpusError) as error:
        load(tmp_path, VOCABULARY.format("a") + text)
    message = str(error.value)
    assert found in message and "labels.toml" in message and "改法：" in message
    assert "\n" not in message


def test_a_code_that_the_table_lacks_is_named():
    with pytest.raises(CorpusError, match="labels.toml.*没有代码 'vanished'"):
        labels.of("gap_kind", "vanished")
