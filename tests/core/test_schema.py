"""The checker of hand-edited files: what is wrong is one line with place, finding and remedy."""

import re

import pytest

from pipeline.core import pattern_files, schema, text_files, toml_files
from pipeline.core.errors import CorpusError
from pipeline.language import lexicon

KEYS = {
    "id": str,
    "years": int,
    "factor": float,
    "fixed": bool,
    "kind": schema.one_of(("money", "age"), "种类"),
    "level": schema.one_of(("city", "county")),
    "names": schema.each(str),
    "from": toml_files.date,
    "pattern": pattern_files.expression,
    "limits": schema.table({"low": int}),
    "verdict": schema.tables({"note": str}, label="note"),
}
ENTRY = """[[rule]]
id = "a"
years = 2
factor = 1
fixed = true
kind = "money"
level = "city"
names = ["甲"]
from = 2019-01-31
pattern = '甲+'
limits = {low = 1}
verdict = [{note = "乙"}]
"""


def read(tmp_path, text: str):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return toml_files.entries(path, "rule", KEYS, {"id", "years"})


def test_values_are_converted_by_their_kinds(tmp_path):
    (entry,) = read(tmp_path, ENTRY)
    assert entry["from"] == "2019-01-31"
    assert entry["pattern"] == re.compile("甲+")
    assert entry["limits"] == {"low": 1} and entry["verdict"] == [{"note": "乙"}]


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    (tmp_path / "rules.toml").write_text("\ufeff" + ENTRY, encoding="utf-8")
    assert len(toml_files.entries(tmp_path / "rules.toml", "rule", KEYS, {"id"})) == 1
    (tmp_path / "words.txt").write_text("\ufeff# 说明\n甲\n", encoding="utf-8")
    assert text_files.words(tmp_path / "words.txt") == ["甲"]


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("years = 2", "yaers = 2", "[a]：不认识的键 'yaers'；改法：可用的键：id、years、"),
        ("years = 2\n", "", "[a]：缺少 years；改法：补上 years = …"),
        ("years = 2", "years = true", "[a]：years = True 类型不对；改法：应为整数"),
        ("factor = 1", 'factor = "1"', "[a]：factor = '1' 类型不对；改法：应为数"),
        ("fixed = true", "fixed = 1", "[a]：fixed = 1 类型不对；改法：应为 true 或 false"),
        ('id = "a"', 'id = " "', "[ ]：id 是空的；改法：填上内容，或删去这一行"),
        ('"money"', '"monye"', "[a]：未知的种类 'monye'；改法：可用的种类：money、age"),
        ('"city"', '"town"', "[a]：level = 'town'；改法：只能是 city、county"),
        ('["甲"]', '"甲"', "[a]：names = '甲' 类型不对；改法：应为列表"),
        ('["甲"]', "[1]", "[a]：names = 1 类型不对；改法：应为文字"),
        ("2019-01-31", '"去年"', '[a]：from = "去年" 不是日期；改法：不加引号写 from = 2019-01-31'),
        (
            "'甲+'",
            "'(甲'",
            "[a]：pattern 的正则表达式有误（missing ), unterminated subpattern）：(甲；",
        ),
        ("low = 1", 'low = "x"', "[a] [limits]：low = 'x' 类型不对；改法：应为整数"),
        ('[{note = "乙"}]', "[{}]", "[a] [[verdict]] 第 1 条：缺少 note；改法：补上 note = …"),
        ('{note = "乙"}', '{note = "乙", x = 1}', "[a] [[verdict]] 乙：不认识的键 'x'"),
        ('[{note = "乙"}]', "3", "[a]：verdict 不是表的列表；改法：每条以 [[verdict]] 开头"),
    ],
)
def test_a_mistake_in_an_entry_is_reported_with_its_id(tmp_path, old, new, message):
    assert old in ENTRY
    with pytest.raises(CorpusError) as error:
        read(tmp_path, ENTRY.replace(old, new, 1))
    assert f"rules.toml {message}" in str(error.value) and "\n" not in str(error.value)


def test_two_entries_of_one_id(tmp_path):
    with pytest.raises(CorpusError, match=r"rules.toml \[a\]：id 重复"):
        read(tmp_path, ENTRY * 2)


@pytest.mark.parametrize(
    "content, message",
    [
        (None, "文件不存在；改法：补上该文件"),
        ("甲".encode("gb18030"), "第 0 字节不是 UTF-8；改法：另存为 UTF-8 编码"),
    ],
)
@pytest.mark.parametrize(
    "reader", [toml_files.load, text_files.words, lambda path: list(text_files.json_lines(path))]
)
def test_a_file_that_cannot_be_read(tmp_path, reader, content, message):
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        reader(path)


@pytest.mark.parametrize(
    "name, text, message",
    [
        ("userdict.txt", "积分 入学\n", "userdict.txt 第 1 行：'积分 入学' 中有空格"),
        (
            "synonyms.toml",
            '[[synonym]]\ncanonical = "甲"\nwords = ["乙"]\n'
            '[[synonym]]\ncanonical = "丙"\nwords = ["乙"]\n',
            "synonyms.toml [乙]：同时属于两组近义词",
        ),
        ("synonyms.toml", '[[synonym]]\ncanonical = "甲"\n', "[[synonym]] 甲：缺少 words"),
    ],
)
def test_a_mistake_in_the_lexicon_is_reported(tmp_path, name, text, message):
    for file in ("userdict.txt", "stopwords.txt", "places.txt", "synonyms.toml"):
        (tmp_path / file).write_text(text if file == name else "", encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(message)):
        lexicon.load(tmp_path)
