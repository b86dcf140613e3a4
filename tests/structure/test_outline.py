"""Texts as researchers collect them: run-on lines, quoted laws, attachments, signatures, tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.records import Clause, Document
from pipeline.structure import clauses, layout, numbering_checks, summary


def split(text: str) -> list[Clause]:
    return clauses.split(
        Document(
            "d", "某办法", "310000", "其他", None, [], None, None, None, "official", None,
            "d.md", "0", "", text,
        )
    )  # fmt: skip


def places(text: str) -> list[str]:
    """The places of all clauses but unnumbered paragraphs."""
    ids = [clause.clause_id.removeprefix("d__") for clause in split(text)]
    return [one for one in ids if not one.split("__")[-1].startswith("para")]


def units(text: str) -> list[str]:
    return [clause.text for clause in split(text) if clause.is_unit]


@pytest.mark.parametrize(
    "text, expected",
    [
        # a number in mid-line that goes on from the last one, after the end of a sentence
        ("第一条 甲。\n第二条 乙，不得重复享受。第三条本细则自公布之日起施行。", ["art_1", "art_2", "art_3"]),
        ("一、甲事\n（一）乙，不重复享受。二、丙事\n丁。", ["h_1", "h_1__item_1", "h_2"]),
        ("一、甲；\n二、乙；三、丙。四、丁。", ["item_1", "item_2", "item_3", "item_4"]),
        ("第一条 甲：\n（一）乙；（二）丙；\n（三）丁。", ["art_1", "art_1__item_1", "art_1__item_2", "art_1__item_3"]),
        # the whole text on one line
        (
            "某办法 第一章 总则 第一条 为了甲。第二条 乙。第二章 附则 第三条 丙。",
            ["ch_1", "art_1", "art_2", "ch_2", "art_3"],
        ),
        ("某办法第一章总则第一条为了甲。第二条乙。第二章附则第三条丙。", ["ch_1", "art_1", "art_2", "ch_2", "art_3"]),
        ("各单位：现通知如下：一、甲。二、乙。三、丙。", ["item_1", "item_2", "item_3"]),
        # citations are no headings
        ("第一条 甲。\n第二条 按照第三条的规定办理。\n第三条 乙。", ["art_1", "art_2", "art_3"]),
        ("第一条 甲。第二条规定的情形除外。\n第二条 乙。", ["art_1", "art_2"]),
        ("第四条 甲，根据《某法》第五条办理。", ["art_4"]),
        ("第一条 甲（见附注。第二条除外）。", ["art_1"]),
        ("一、甲\n工资为1.5万元。二、三级伤残除外。见第（一）项。", ["h_1"]),
        ("第一条 自2015年3月1日起。一、二级伤残军人除外。", ["art_1"]),
    ],
)  # fmt: skip
def test_a_number_in_mid_line_begins_a_clause_only_where_it_continues_the_series(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    "line, place",
    [
        ("第十二条本市居民应当登记。", "art_12"),
        ("第 十 二 条 本市居民应当登记。", "art_12"),
        ("第１２条 本市居民应当登记。", "art_12"),
        ("第12条本市居民应当登记。", "art_12"),
        ("**第十二条** 本市居民应当登记。", "art_12"),
        ("第十二条之一　本市居民应当登记。", "art_12-1"),
        ("第十二条（登记）本市居民应当登记。", "art_12"),
        ("第四章项目变更", "ch_4"),
        ("第 一 章  总 则", "ch_1"),
        ("第一部分 总体要求", "part_1"),
        ("一、总体要求", "h_1"),
        ("一．总体要求", "h_1"),
        ("一. 总体要求", "h_1"),
        ("**一、总体要求**", "h_1"),
        ("（一）、甲。", "item_1"),
        ("( 一 ) 甲。", "item_1"),
        ("1.甲。", "item_1"),
        ("1．甲。", "item_1"),
        ("1、甲。", "item_1"),
        ("1)甲。", "item_1"),
        ("（1）甲。", "item_1"),
        ("①甲。", "item_1"),
        ("㈠甲。", "item_1"),
    ],
)
def test_every_form_of_a_number_is_read(line, place):
    assert places(line) == [place]


@pytest.mark.parametrize(
    "line",
    ["1.5万元以下的部分。", "第三条规定的情形除外。", "2015年3月1日施行。", "三级以上医院。",
     "附件所列材料应当齐全。", "第三章的规定适用于本市。", "第一次申请的，从其规定。"],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_none(line):
    assert places(line) == []


def test_an_article_that_looks_like_a_citation_is_one_where_its_number_is_missing():
    text = "第三十三条 甲。\n第三十四条第二十五条、第三十条规定的事项，由市公安局办理。\n第三十五条 乙。"
    assert places(text) == ["art_33", "art_34", "art_35"]


@pytest.mark.parametrize(
    "text, expected",
    [
        # out of sequence, and the sequence goes on
        ("第一条 甲。\n第二条 乙。\n第三十二条 他法。\n第三条 丙。", ["art_1", "art_2", "art_3"]),
        ("第一条 甲。\n第二条 乙。\n第一条 他法。\n第三条 丙。\n第四条 丁。", ["art_1", "art_2", "art_3", "art_4"]),
        # between quotation marks
        ("第一条 将第二条修改为：\n“第二条 乙：\n（一）丙；\n（二）丁。”\n第二条 戊。", ["art_1", "art_2"]),
        ("第一条 甲。\n「第九条 他法。」\n第二条 乙。", ["art_1", "art_2"]),
        # under 附
        ("第一条 甲。\n第二条 乙。\n附：某法（节选）\n第三十二条 他法。\n第一条 他法。", ["art_1", "art_2", "att_1"]),
        # after the last article, with nothing that goes on
        ("第一条 甲。\n第二条 乙。\n第三条 丙。\n某法：\n第二条 他法。", ["art_1", "art_2", "art_3"]),
    ],
)  # fmt: skip
def test_articles_of_other_laws_are_not_the_text_s_own(text, expected):
    assert places(text) == expected


def test_excerpts_of_other_laws_are_not_compared():
    text = "第一条 甲。\n附：某法（节选）\n第三十二条 他法。"
    assert units(text) == ["第一条 甲。"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("某条例\n目 录\n第一章 总则\n第二章 附则\n第一章 总 则\n第一条 甲。\n第二章 附 则\n第二条 乙。",
         ["toc_1", "ch_1", "art_1", "ch_2", "art_2"]),
        ("目录\n第一章 总则……1\n第二章 附则……9\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。",
         ["toc_1", "ch_1", "art_1", "ch_2", "art_2"]),
        ("目　录：第一章 总则；第二章 附则\n第一章 总则\n第一条 甲。", ["toc_1", "ch_1", "art_1"]),
        ("第一章 总则\n第二章 管理\n第三章 附则\n第一章 总则\n第一条 甲。", ["toc_1", "ch_1", "art_1"]),
        # nothing comes again: these are the headings themselves
        ("目录\n一、甲事\n乙。", ["h_1"]),
        ("第一章 总则\n第二章 管理\n第一条 甲。", ["ch_1", "ch_2", "art_1"]),
    ],
)  # fmt: skip
def test_a_table_of_contents_has_no_chapters(text, expected):
    assert places(text) == expected


SIGNED = "第一条 甲。\n第二条 本办法自2015年1月1日起施行。\n"


@pytest.mark.parametrize(
    "ending",
    [
        "某市人民政府\n2015年3月1日",
        "某 市 人 民 政 府\n二○一五年三月一日",
        "某市民政局　某市财政局\n2015年3月1日",
        "某市教育局 2015年3月1日",
        "市长：张三\n2015年3月1日",
        "2015年3月1日",
        "某市人民政府办公室\n2015年3月1日\n（此件公开发布）",
        "抄送：市委各部门，市人大办，市政协办。\n某市人民政府办公室 2015年3月2日印发",
        "公开方式：主动公开",
    ],
)
def test_a_signature_is_no_part_of_the_last_article(ending):
    found = split(SIGNED + ending)
    assert units(SIGNED + ending) == ["第一条 甲。", "第二条 本办法自2015年1月1日起施行。"]
    assert (found[-1].text, found[-1].path) == (ending, "署名")


@pytest.mark.parametrize(
    "text",
    [
        "一、报名时间\n2015年3月1日\n二、报名地点\n某中学。",  # a date may be what is provided
        "第一条 主管部门是：\n市教育局\n市财政局\n第二条 乙。",
    ],
)
def test_a_provision_is_no_signature(text):
    assert not any("sign" in place for place in places(text))


NOTICE = "关于印发《某办法》的通知\n各区：\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        # the list at the end of a notice is no attachment
        ("一、甲。\n二、乙。\n附件：1.某表\n2.某名单\n某市教育局\n2015年3月1日", ["item_1", "item_2", "atts_1", "sign_1"]),
        ("一、甲。\n附件：1．2015年某表\n　　　2．2016年某表\n某市教育局\n2015年3月1日\n附件1\n丙。\n附件2\n丁。",
         ["item_1", "atts_1", "sign_1", "att_1", "att_2"]),
        ("一、甲。\n附表：\n1.某表\n2.某名单\n附件1：某表\n丙。", ["item_1", "atts_1", "att_1"]),
        ("第一条 甲。\n附件：某表", ["art_1", "atts_1"]),
        # attachments that count anew
        ("一、甲\n乙。\n二、丙\n丁。\n附件1\n一、戊\n己。\n二、庚\n辛。",
         ["h_1", "h_2", "att_1", "att_1__h_1", "att_1__h_2"]),
        ("第一条 甲。\n附件一：某标准\n（一）乙。\n附件二\n第一条 丙。",
         ["art_1", "att_1", "att_1__item_1", "att_2", "att_2__art_1"]),
        ("第一条 甲。\n附录\n一、乙。\n附表2 某表\n丙。", ["art_1", "att_1", "att_1__item_1", "att_2"]),
        # the attached text that only its title heads
        (NOTICE + "附件：某管理办法\n某市教育局\n2015年3月1日\n某管理办法\n第一条 甲。\n第二条 乙。",
         ["atts_1", "sign_1", "att_1", "att_1__art_1", "att_1__art_2"]),
        # two numberings in one file
        (NOTICE + "一、丙。\n二、丁。\n某市教育局\n2015年3月1日\n某管理办法\n第一条 甲。\n第二条 乙。",
         ["item_1", "item_2", "sign_1", "scope_2__art_1", "scope_2__art_2"]),
        (NOTICE + "第一条 丙。\n第二条 丁。\n某市教育局\n2015年3月1日\n某管理办法\n第一章 总则\n第一条 甲。\n第二条 乙。",
         ["art_1", "art_2", "sign_1", "scope_2__ch_1", "scope_2__art_1", "scope_2__art_2"]),
        (NOTICE + "一、丙。\n二、丁。\n某实施细则\n一、甲。\n二、乙。",
         ["item_1", "item_2", "scope_2__item_1", "scope_2__item_2"]),
    ],
)  # fmt: skip
def test_an_attachment_counts_for_itself(text, expected):
    assert places(text) == expected


def test_a_title_lies_in_the_text_that_it_heads():
    text = NOTICE + "一、丙。\n二、丁。\n某实施细则\n为了甲，制定本细则。\n一、甲。\n二、乙。"
    (title,) = (clause for clause in split(text) if clause.text == "某实施细则")
    assert title.clause_id == "d__scope_2__para_1" and not title.is_unit


def test_lists_nest_as_they_open():
    text = "一、甲\n1.乙。\n二、丙\n（一）丁：\n1.戊；\n2.己。\n（二）庚：\n1.辛。"
    assert places(text) == [
        "h_1", "h_1__item_1", "h_2", "h_2__item_1", "h_2__item_1__sub_1", "h_2__item_1__sub_2",
        "h_2__item_2", "h_2__item_2__sub_1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table, expected",
    [
        (["学历|分值", "硕士|100分", "本科|60分"], {"硕士·分值": "100分", "本科·分值": "60分"}),
        # a column that counts the rows heads nothing
        (["序号|学历|分值", "1|硕士|100分", "2|本科|60分"], {"硕士·分值": "100分", "本科·分值": "60分"}),
        # cells that span rows: left blank, or repeated
        (["类别|指标|分值", "学历|硕士|100分", "|本科|60分"], {"学历·硕士·分值": "100分", "学历·本科·分值": "60分"}),
        (["类别|指标|分值", "学历|硕士|100分", "学历|本科|60分"], {"学历·硕士·分值": "100分", "学历·本科·分值": "60分"}),
        # headers of two rows
        (["病种|限额|限额", "病种|一级医院|二级医院", "甲病|10元|20元"],
         {"甲病·限额·一级医院": "10元", "甲病·限额·二级医院": "20元"}),
        (["病种|限额|", "|一级医院|二级医院", "甲病|10元|20元"],
         {"甲病·限额·一级医院": "10元", "甲病·限额·二级医院": "20元"}),
        (["序号|病种|限额|备注", "序号|病种|标准（一年计）|备注", "1|甲病|10元|新"],
         {"甲病·限额·标准（一年计）": "10元", "甲病·备注": "新"}),
        # a caption over all columns, and a row that heads those below
        (["某市收费表|某市收费表", "项目|标准", "甲费|10元"], {"甲费·标准": "10元"}),
        (["项目|标准", "门诊|门诊", "甲费|10元"], {"门诊·甲费·标准": "10元"}),
        # the headers again on the next page
        (["项目|标准", "甲费|10元", "项目|标准", "乙费|20元"], {"甲费·标准": "10元", "乙费·标准": "20元"}),
        # words in every column
        (["事项|部门", "登记|公安局", "备案|民政局"], {"登记·部门": "公安局", "备案·部门": "民政局"}),
        (["日期|内容", "3月1日|公布名单。", "4月1日|报名。"], {"3月1日·内容": "公布名单。", "4月1日·内容": "报名。"}),
        # a row that lacks cells does not say in which column its cells stand
        (["科目|形式|满分", "语文|闭卷|120分", "合计|570分"], {"语文·闭卷·满分": "120分", "合计": "570分"}),
        (["a\\|b|分值", "甲|1分"], {"甲·分值": "1分"}),
    ],
)  # fmt: skip
def test_each_cell_is_a_unit_that_carries_its_headers(table, expected):
    rows = [f"| {' | '.join(row.replace(chr(92) + '|', '¦').split('|'))} |".replace("¦", "\\|") for row in table]  # fmt: skip
    rule = "|" + "---|" * (table[0].replace("\\|", "").count("|") + 1)
    text = "一、标准\n" + "\n".join([rows[0], rule, *rows[1:]])
    found = [clause for clause in split(text) if clause.is_unit]
    assert {clause.heading: clause.text for clause in found} == expected
    assert all(clause.kind == "row" for clause in found)


def test_the_cells_of_an_article_are_units_beside_its_paragraphs():
    text = (
        "第一条 标准如下：\n| 学历 | 分值 |\n|---|---|\n| 硕士 | 100分 |\n以上为准。\n第二条 乙。"
    )
    assert units(text) == ["第一条 标准如下：", "100分", "以上为准。", "第二条 乙。"]
    (cell,) = (clause for clause in split(text) if clause.text == "100分")
    assert (cell.article, cell.clause_id) == ("1", "d__art_1__row_1__cell_1")


@pytest.mark.parametrize("text", ["| 甲 | 乙 |", "| 甲 |\n|---|\n| 乙 |", "| 甲 | 乙 |\n|---|---|"])
def test_a_table_without_headers_and_data_is_one_block(text):
    assert [clause.text for clause in split(text)] == [text]


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("第一条 甲。\n第三条 乙。", [("hole", "缺少第二条")]),
        ("一、甲\n乙。\n三、丙\n丁。", [("hole", "缺少二")]),
        ("一、甲\n乙。\n二、丙\n丁。\n二、戊\n己。", [("duplicate", "二出现")]),
        ("第一条 甲。\n第三条 乙。\n第二条 丙。\n第四条 丁。", [("order", "第二条排在")]),
        ("第一条 甲。\n第二条 乙。\n附件\n第一条 丙。\n第三条 丁。", [("hole", "缺少第二条")]),
        ("第一条 甲。\n第二条 乙。\n附：某法（节选）\n第三十二条 丙。", []),
        # the same draft twice in one file
        ("某办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n某办法\n第一条 甲。\n第二条 乙。\n第三条 丙。",
         [("duplicate", "同一文本出现不止一次")]),
        ("某通知\n一、甲。\n二、乙。\n三、丙。\n某通知\n一、甲。\n二、乙。\n三、丙。", [("duplicate", "同一文本")]),
    ],
)  # fmt: skip
def test_numbering_faults_are_reported(text, kinds):
    found = numbering_checks.warnings(split(text))
    assert [kind for kind, _ in found] == [kind for kind, _ in kinds]
    assert all(
        message.startswith(start) for (_, message), (_, start) in zip(found, kinds, strict=True)
    )


INNER = "某管理办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n第三条 丙。\n"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("第一条 甲。\n第二条 乙。", ("articles", 2, "2", 0, 0)),
        ("第一条 甲。\n第一条之一 乙。", ("articles", 2, "1-1", 0, 0)),
        (INNER, ("articles", 3, "3", 0, 1)),
        # the inner text is what is meant
        (NOTICE + "现将某办法印发给你们。\n一、丁。\n二、戊。\n某市教育局\n2015年3月1日\n" + INNER, ("mixed", 3, "3", 0, 1)),
        ("关于公布某办法的通知\n第一条 现将某办法印发给你们。\n某市教育局\n2015年3月1日\n" + INNER, ("articles", 3, "3", 0, 1)),
        # attached tables and laws are not
        (INNER + "附件\n第一条 丁。", ("articles", 3, "3", 0, 1)),
        ("一、甲。\n二、乙。", ("numbered", 0, None, 2, 0)),
        ("甲。", ("none", 0, None, 0, 0)),
        # plans have chapters and no articles
        ("第一章 基础\n甲已经完成。\n第二章 目标\n乙要达到。", ("numbered", 0, None, 0, 2)),
    ],
)  # fmt: skip
def test_the_shape_is_that_of_the_main_scope(text, expected):
    shape, scheme = summary.shape(layout.read(text)), summary.scheme(split(text))
    assert (scheme, shape.articles, shape.last, shape.top, shape.chapters) == expected


@pytest.mark.parametrize(
    "text, names",
    [
        (
            "一、甲。\n附件：1.某表\n2.某名单\n某局\n2015年3月1日\n附件1\n某表\n乙。",
            ["某表", "某名单"],
        ),
        ("第一条 甲。\n附件1：某标准\n乙。\n附件2\n某名单\n丙。", ["某标准", "某名单"]),
        ("第一条 甲。", []),
    ],
)
def test_attachments_are_named_as_printed(text, names):
    assert summary.shape(layout.read(text)).attachments == names


PIECES = st.sampled_from(
    ["第一章 总则", "第二章 附则", "第一条 甲。", "第二条", "第三条乙规定。", "第三十二条 丙。", "一、", "二、丁。",
     "三．", "（一）戊；", "（二）", "1.", "2．己", "①", "附件", "附件1：某表", "附：某法（节选）", "附件：1.甲表", "目录",
     "某市人民政府", "2015年3月1日", "某管理办法", "“", "”", "（", "）", "| 甲 | 乙 |", "|---|---|", "| 丙 | 1元 | |", "|",
     "。", "；", "：", "\n", "\n", "\n\n", " ", "　", "企业应当登记", "第一部分", "**第四条**", "抄送：某局", "按照第二条的规定"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join) | st.text(min_size=1, max_size=200)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_loss(text):
    found = split(text)
    by_id = {clause.clause_id: clause for clause in found}
    assert len(by_id) == len(found)
    sisters: dict[str | None, list[Clause]] = {}
    covered: set[int] = set()
    for clause in found:
        assert text[clause.start : clause.end] == clause.text and clause.text
        parent = by_id.get(clause.parent_id or "")
        inside = parent is not None and parent.start <= clause.start and clause.end <= parent.end
        assert parent is None or inside or parent.end <= clause.start  # headings stand above
        assert not (parent and parent.is_unit and clause.is_unit)
        if not inside:
            assert not covered & set(range(clause.start, clause.end))
            covered |= set(range(clause.start, clause.end))
        sisters.setdefault(clause.parent_id, []).append(clause)
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    for group in sisters.values():
        assert all(a.end <= b.start for a, b in zip(group, group[1:], strict=False))
    assert [c.start for c in found] == sorted(c.start for c in found)
    numbering_checks.warnings(found)
    summary.shape(layout.read(text))


@settings(deadline=None)
@given(TEXTS)
def test_units_do_not_lie_in_units(text):
    ends = [clause for clause in split(text) if clause.is_unit]
    assert all(a.end <= b.start for a, b in zip(ends, ends[1:], strict=False))
