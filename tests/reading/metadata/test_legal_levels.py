"""The legal level of a document by title, number and issuer."""

import pytest

from pipeline.reading.metadata import legal_levels


@pytest.mark.parametrize(
    "title, number, issuers, national, level",
    [
        ("某市甲条例", None, ["某市人民代表大会常务委员会"], False, "地方性法规"),
        ("某市甲办法", "某市人民政府令第2号", ["某市人民政府"], False, "地方政府规章"),
        ("某市甲办法", "沪府令第8号", [], False, "地方政府规章"),
        ("关于甲的意见", "某发〔2020〕1号", ["中共某市委员会", "某市人民政府"], False, "党委文件"),
        ("关于甲的通知", "某财〔2020〕1号", ["某市财政局"], False, "行政规范性文件"),
        ("甲条例", "国务院令第257号", ["国务院"], True, "行政法规"),
        ("甲管理办法", "教育部令第3号", ["教育部"], True, "部门规章"),
        ("中华人民共和国甲法", None, ["全国人民代表大会常务委员会"], True, "法律"),
    ],
)
def test_levels(title, number, issuers, national, level):
    assert legal_levels.level(title, number, issuers, national) == level
