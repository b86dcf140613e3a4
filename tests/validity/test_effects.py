"""What documents do to others: repeals, extensions, amendments; terms that a rule presumes."""

import pytest

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.validity import effects
from support.validity import events, text

REGIONS = regions.load(DATA / "regions.toml")


OLD = text("甲。", "old", "上海市用水办法", issued="2010-01-01", number="沪府发〔2010〕1号",
           level="地方政府规章")  # fmt: skip


@pytest.mark.parametrize("body, found", [
    ("第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市用水办法》同时废止。", ("废止", "2020-02-01")),
    ("第一条 甲。\n第二条 《上海市用水办法》（沪府发〔2010〕1号）自2020年3月1日起废止。", ("废止", "2020-03-01")),
    ("经评估，《上海市用水办法》（沪府发〔2010〕1号）有效期延长至2025年12月31日。", ("延长", "2025-12-31")),
    ("下列文件有效期延长至2025年12月31日：\n（一）《上海市用水办法》；\n（二）其他。", ("延长", "2025-12-31")),
    ("延长有效期的文件\n| 序号 | 文件 | 文号 | 有效期延长至 |\n|---|---|---|---|\n"
     "| 1 | 上海市用水办法 | 沪府发〔2010〕1号 | 2025年12月31日 |", ("延长", "2025-12-31")),
    ("附件1\n宣布失效的文件目录\n| 1 | 上海市用水办法 | 沪府发〔2010〕1号 |", ("废止", "2020-01-15")),
    ("一、决定废止下列文件：\n（一）《上海市用水办法》（沪府发〔2010〕1号）。", ("废止", "2020-01-15")),
    ("市政府决定对《上海市用水办法》作如下修改：", ("修订", "2020-01-15")),
])  # fmt: skip
def test_others_say_what_becomes_of_a_document(body, found):
    citing = text(body, "new", "关于文件效力的决定", issued="2020-01-15")
    told = [e[1:3] for e in events(citing, OLD) if e[0] == "old"]
    assert told == [("施行", "2010-01-01"), found]


@pytest.mark.parametrize("body", [
    "附件1\n继续有效的文件目录\n| 1 | 上海市用水办法 | 沪府发〔2010〕1号 |",
    "依照《上海市用水办法》执行。",
    "《上海市用水办法》（沪府发〔2015〕9号）同时废止。",  # another text of that name
])  # fmt: skip
def test_what_is_not_ended_goes_on(body):
    citing = text(body, "new", "关于文件效力的决定", issued="2020-01-15")
    assert [e[1] for e in events(citing, OLD) if e[0] == "old"] == ["施行"]


def test_a_document_never_repeals_itself():
    body = "第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市水价办法》同时废止。"
    assert "废止" not in [e[1] for e in events(text(body, issued="2020-01-15"))]
    older = text("甲。", "old", issued="2010-01-01")
    found = events(text(body, issued="2020-01-15"), older)
    assert [e for e in found if e[1] == "废止"] == [("old", "废止", "2020-02-01", "废止条款")]


@pytest.mark.parametrize("caption", [
    "2021年8月19日通过的《关于修改〈甲〉的决定》修正",
    "2009年4月1日通过 根据2021年8月19日《关于修改〈甲〉的决定》第二次修正）",
    "2016年9月29日修正\n2021年8月19日修订",
])  # fmt: skip
def test_a_revised_law_is_read_in_its_later_wording(caption):
    head = f"2009年4月1日通过\n{caption}"
    found = events(text("第一条 本办法自2009年7月1日起施行。", head=head, level="地方性法规"))
    assert [e[1:] for e in found] == [
        ("施行", "2009-07-01", "施行条款"),
        ("修订", "2021-08-19", "题注"),
    ]


@pytest.mark.parametrize("about, found", [
    ({"issued": "2012-01-01"}, "2016-12-31"),
    ({"issued": "2012-01-01", "title": "上海市水价暂行办法"}, "2013-12-31"),
    ({"issued": "2012-01-01", "title": "关于停水的通告"}, "2012-12-31"),
    ({"issued": "2012-01-01", "region": "310115"}, "2016-12-31"),
    ({"issued": "2012-01-01", "region": "330400"}, None),
    ({"issued": "2009-01-01"}, None),  # before the rule
    ({"issued": "2018-01-01"}, None),  # after it; the later rule is not confirmed
    ({"issued": "2012-01-01", "level": "地方政府规章"}, None),
    ({"issued": "2012-01-01", "kind": "digest"}, None),
])  # fmt: skip
def test_a_term_is_presumed_only_where_a_cited_rule_gives_it(about, found):
    told = [e for e in events(text("本办法自2012年1月1日起施行。", **about)) if e[1] == "到期"]
    assert [(e[2], e[3]) for e in told] == ([(found, "规则推定")] if found else [])


def test_a_stated_term_is_never_replaced_by_a_presumed_one():
    found = events(text("本办法自2012年1月1日起施行，有效期一年。", issued="2012-01-01"))
    assert [e[2] for e in found if e[1] == "到期"] == ["2012-12-31"]


def test_a_faulty_rule_is_told(tmp_path):
    good = (DATA / "validity_rules.toml").read_text(encoding="utf-8")
    path = tmp_path / "validity_rules.toml"
    for change, found in ((('region = "310000"', 'region = "1"'), "未知地区"), (("years = 2", "years = 0"), "years = 0"),
                          (("from = 2010-05-01", 'from = "当年"'), "不是日期"), (("source = ", "sauce = "), "不认识的键")):  # fmt: skip
        path.write_text(good.replace(*change), encoding="utf-8")
        with pytest.raises(CorpusError, match=found):
            effects.load(path, REGIONS)
