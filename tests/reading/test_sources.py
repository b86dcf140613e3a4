"""What a person gets wrong in a corpus is told in one line: where, what, how to fix."""

import hashlib

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading import sources
from pipeline.reading.documents import read as read_document
from support.manifest import KNOWN, TEXT, entry


def test_a_right_entry_is_read(corpus):
    (source,) = sources.read(corpus(entry(issued="2019-01-31", expires='"2021"')), KNOWN)
    assert (source.issued_date, source.effective_date, source.expires_date) == (
        "2019-01-31",
        None,
        "2021",
    )
    assert source.applies_to == []
    assert read_document(source).text == TEXT.strip()


def test_a_joint_document_names_the_other_regions_where_it_holds(corpus):
    (source,) = sources.read(corpus(entry(applies_to='["330421", "320500"]')), KNOWN)
    assert source.applies_to == ["330421", "320500"]
    assert read_document(source).applies_to == ["330421", "320500"]


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"colour": '"red"'}, "colour"),
        ({"title": None}, "缺少 title"),
        ({"title": '" "'}, "title 是空的"),
        ({"title": "3"}, "title = 3 类型不对"),
        ({"id": '"A_1"'}, "id = 'A_1'"),
        ({"region": '"999999"'}, "未知地区 '999999'"),
        ({"level": '"通知"'}, "level = '通知'"),
        ({"text_kind": '"copy"'}, "text_kind = 'copy'"),
        ({"issued": '"2021年3月5日"'}, "不是日期"),
        ({"issued": '"2021-13"'}, "不是日期"),
        ({"issued": "2021"}, "不是日期"),
        ({"file": '"texts/b.md"'}, "不存在"),
        ({"file": '"../a.md"'}, "之外"),
        ({"file": '"texts/a.xyz"'}, "不支持的格式 .xyz"),
        ({"sha256": f'"{"0" * 64}"'}, "sha256 不符"),
        ({"issuers": '["甲", 3]'}, "issuers"),
        ({"applies_to": '"330421"'}, "applies_to"),
        ({"applies_to": '["999999"]'}, "applies_to 中有未知地区 '999999'"),
        ({"applies_to": "[330421]"}, "applies_to 中有未知地区 330421"),
        ({"applies_to": '["310000"]'}, "'310000' 已经写过"),
        ({"applies_to": '["330421", "330421"]'}, "'330421' 已经写过"),
    ],
)
def test_a_wrong_entry_is_told_with_its_id(corpus, changes, found):
    with pytest.raises(CorpusError) as error:
        sources.read(corpus(entry(**changes)), KNOWN)
    assert found in str(error.value)
    assert "sources.toml [" in str(error.value) and "改法：" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_changed_file_is_told_with_the_hash_that_would_mend_it(corpus):
    folder = corpus(entry(), TEXT + "第三条 改了。")
    with pytest.raises(
        CorpusError, match=hashlib.sha256((TEXT + "第三条 改了。").encode()).hexdigest()
    ):
        sources.read(folder, KNOWN)


def test_two_entries_of_one_id(corpus):
    with pytest.raises(CorpusError, match="id 重复"):
        sources.read(corpus(entry() + entry()), KNOWN)


def test_two_entries_of_one_file(corpus):
    with pytest.raises(CorpusError, match=r"文件已属于 \[a-1\]"):
        sources.read(corpus(entry() + entry(id='"a-2"')), KNOWN)


def test_a_file_without_entry(corpus):
    folder = corpus(entry())
    (folder / "texts/b.md").write_text("第一条 乙。", encoding="utf-8")
    with pytest.raises(CorpusError, match="b.md：文件没有登记"):
        sources.read(folder, KNOWN)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CorpusError, match="语料文件夹不存在"):
        sources.read(tmp_path / "nowhere", KNOWN)


@pytest.mark.parametrize(
    "toml, found", [("[[document]\n", "TOML"), ("[document]\n", "不是表的列表"), ("x = 1\n", "'x'")]
)
def test_a_file_that_is_no_list_of_documents(tmp_path, toml, found):
    (tmp_path / "sources.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(CorpusError, match=found):
        sources.read(tmp_path, KNOWN)
