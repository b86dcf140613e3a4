"""What documents do to others: repeals, extensions, amendments; terms that a rule presumes."""

import pytest

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.validity import presumed_terms
from support import cases
from support.validity import events, official

REGIONS = regions.load(DATA / "regions.toml")


OLD = official("甲。", "old", "上海市用水办法", issued="2010-01-01", number="沪府发〔2010〕1号",
           level="地方政府规章")  # fmt: skip


@cases.table("validity.others", "text", "kind", "date")
def test_others_say_what_becomes_of_a_document(text, kind, date):
    citing = official(text, "new", "关于文件效力的决定", issued="2020-01-15")
    found = [event[1:3] for event in events(citing, OLD) if event[0] == "old"]
    assert found == [("施行", "2010-01-01"), (kind, date)]


@cases.table("validity.goes_on", "text")
def test_what_is_not_ended_goes_on(text):
    citing = official(text, "new", "关于文件效力的决定", issued="2020-01-15")
    assert [event[1] for event in events(citing, OLD) if event[0] == "old"] == ["施行"]


def test_a_document_never_repeals_itself():
    body = "第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市水价办法》同时废止。"
    assert "废止" not in [e[1] for e in events(official(body, issued="2020-01-15"))]
    older = official("甲。", "old", issued="2010-01-01")
    found = events(official(body, issued="2020-01-15"), older)
    assert [e for e in found if e[1] == "废止"] == [("old", "废止", "2020-02-01", "废止条款")]


@cases.table("validity.amended", "caption")
def test_a_revised_law_is_read_in_its_later_wording(caption):
    head = f"2009年4月1日通过\n{caption}"
    found = events(official("第一条 本办法自2009年7月1日起施行。", head=head, level="地方性法规"))
    assert [e[1:] for e in found] == [
        ("施行", "2009-07-01", "施行条款"),
        ("修订", "2021-08-19", "题注"),
    ]


@cases.rows(
    "validity.presumed",
    "issued",
    title="上海市水价办法",
    region="310000",
    level="行政规范性文件",
    kind="official",
    date=None,
)
def test_a_term_is_presumed_only_where_a_cited_rule_gives_it(row):
    about = {key: value for key, value in row.items() if key != "date"}
    found = [e for e in events(official("本办法自2012年1月1日起施行。", **about)) if e[1] == "到期"]
    assert [(e[2], e[3]) for e in found] == ([(row["date"], "规则推定")] if row["date"] else [])


def test_a_stated_term_is_never_replaced_by_a_presumed_one():
    found = events(official("本办法自2012年1月1日起施行，有效期一年。", issued="2012-01-01"))
    assert [e[2] for e in found if e[1] == "到期"] == ["2012-12-31"]


def test_a_faulty_rule_is_told(tmp_path):
    good = (DATA / "validity_rules.toml").read_text(encoding="utf-8")
    path = tmp_path / "validity_rules.toml"
    for change, found in ((('region = "310000"', 'region = "1"'), "未知地区"), (("years = 2", "years = 0"), "years = 0"),
                          (("from = 2010-05-01", 'from = "当年"'), "不是日期"), (("source = ", "sauce = "), "不认识的键")):  # fmt: skip
        path.write_text(good.replace(*change), encoding="utf-8")
        with pytest.raises(CorpusError, match=found):
            presumed_terms.load(path, REGIONS)
