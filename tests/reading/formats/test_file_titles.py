"""Titles that a file carries, kept where they name a document."""

import pytest

from pipeline.reading.formats import file_titles


@pytest.mark.parametrize(
    "tried, title",
    [
        (["某市人民政府门户网站"], None),
        (["某市人民政府", "某市甲事办法-政策文件-某市门户网站"], "某市甲事办法"),
        (["某市某事管理办法_政策_某网"], "某市某事管理办法"),
        (["关于做好甲事的通知"], "关于做好甲事的通知"),
        (["某市甲事规划（2016-2020年）"], "某市甲事规划（2016-2020年）"),
        (["00001", ""], None),
    ],
)
def test_titles_that_name_a_document(tried, title):
    assert file_titles.choose(tried) == title
