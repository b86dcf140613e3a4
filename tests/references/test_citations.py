"""Citations: what a text names, what for, and which document or provision of the corpus that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import regions
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Document
from pipeline.language import document_titles
from pipeline.reading import documents, sources
from pipeline.references import citations, mentions, pinpoints
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses

RULES = document_titles.load(document_titles.PATH)
REGIONS = regions.load(DATA / "regions.toml")


def document(
    name, text, title="某文件", region="310000", number=None, issued=None, kind="official"
):
    return Document(name, title, region, "行政规范性文件", number, [], issued, None, None, kind, None,
                    "f", "0", "", text)  # fmt: skip


def cite(text, *others, **about):
    """The citations of a text among other documents."""
    known = [document("d", text, **about), *others]
    split = {each.document_id: ProvisionIndex(clauses.split(each)) for each in known}
    found = list(citations.cite(known[0], split, Catalogue(known, REGIONS), RULES))
    for row in found:
        holder = split["d"].by_id[row.clause_id]
        assert holder.text[row.start : row.end] == row.quote
    return found


def named(text):
    return [(m.name, m.number) for m in mentions.find(text, RULES) if not m.own]


@pytest.mark.parametrize("text, found", [
    ("按照《甲市水价条例》执行。", [("甲市水价条例", None)]),
    ("依照《关于修改〈甲条例〉的决定》修正。", [("关于修改〈甲条例〉的决定", None)]),
    ("依照《关于修改《甲条例》的决定》修正。", [("关于修改《甲条例》的决定", None)]),
    ("按《甲条例》实施细则办理。", [("《甲条例》实施细则", None)]),
    ("按甲省实施《乙法》办法办理。", [("甲省实施《乙法》办法", None)]),
    ("见《甲办法》（沪府发〔2013〕40号）。", [("甲办法", "沪府发〔2013〕40号")]),
    ("见《甲办法》(沪府发[2013] 40 号，以下简称《办法》)，《办法》另有规定的除外。",
     [("甲办法", "沪府发〔2013〕40号"), ("甲办法", None)]),
    ("见《甲办法》（武政[2004]66号）（以下简称《办法》）。《办法》另有规定的除外。",
     [("甲办法", "武政〔2004〕66号"), ("甲办法", None)]),
    ("见沪府发〔2013〕40号《甲办法》。", [("甲办法", "沪府发〔2013〕40号")]),
    ("2013年5月28日某市人民政府令第2号发布的《甲办法》", [("甲办法", "某市人民政府令第2号")]),
    ("按照财库〔2022〕3号文件执行。", [(None, "财库〔2022〕3号")]),
    ("依据财政部 税务总局公告2019年第98号。", [(None, "财政部公告2019年第98号")]),
    ("《甲法》《乙条例》和《丙规定》", [("甲法", None), ("乙条例", None), ("丙规定", None)]),
    ("持《上海市居住证》并填写《申请表》，凭《不动产权证书》办理，刊于《某某日报》。", []),
    ("《办法》另有规定的除外。", []),  # which one is not said
    ("《甲办法", []), ("甲》办法", []), ("《》", []), ("《》第三条", []), ("令第17号", []),
])  # fmt: skip
def test_what_a_text_names(text, found):
    assert named(text) == found


@pytest.mark.parametrize("text, relation", [
    ("根据《甲法》，结合本市实际，制定本办法。", "依据"),
    ("为了贯彻《甲法》，制定如下规定：", "依据"),
    ("违反规定的，依照《甲法》第三条处罚。", "引用"),
    ("按照《甲法》执行。", "引用"),
    ("《甲办法》同时废止。", "废止"),
    ("某市人民政府2003年发布的《甲办法》自2020年1月1日起停止执行。", "废止"),
    ("决定废止《甲办法》。", "废止"),
    ("决定对《甲办法》作如下修改：", "修订"),
    ("现将修改后的《甲办法》印发给你们。", "引用"),
    ("现将《甲办法》转发给你们。", "转发"),
])  # fmt: skip
def test_what_it_is_named_for(text, relation):
    assert [m.relation for m in mentions.find(text, RULES) if not m.own] == [relation]


def test_all_that_is_repealed_together_is_repealed():
    text = "《甲办法》（沪府发〔2013〕40号）和市人民政府发布的《乙办法》、《丙规定》同时废止。"
    assert [m.relation for m in mentions.find(text, RULES)] == ["废止"] * 3


@pytest.mark.parametrize("text, keys", [
    ("第三十三条第二款", [("33", "2", None, None)]),
    ("第三条第二款、第三款和第五条规定", [("3", "2", None, None), ("3", "3", None, None), ("5", None, None, None)]),
    ("第三、四条", [("3", None, None, None), ("4", None, None, None)]),
    ("第五条第(一)、(二)项", [("5", None, "1", None), ("5", None, "2", None)]),
    ("第二十条之一", [("20-1", None, None, None)]),
    ("第39条", [("39", None, None, None)]),
    ("第三条,应当", [("3", None, None, None)]),
    ("第三方", []), ("第三", []), ("三条", []),
])  # fmt: skip
def test_places_are_read_as_listed(text, keys):
    assert [place.key for place in pinpoints.follow(text, 0)] == keys


def test_a_range_has_two_ends():
    (place,) = pinpoints.follow("第八条至第十一条", 0)
    assert (place.key[0], place.last.key[0]) == ("8", "11")


OWN = ("第一条 甲。\n第二条 乙。\n丙。\n第三条 有下列情形的：\n（一）丁；\n（二）戊。\n己的，按照前款第二项办理。\n"
       "第四条 违反本办法第二条第二款、第三条第一款第（一）项规定的，处罚。\n第五条 前条规定的，从本办法第一条至第三条。\n"
       "前款规定不适用的，从本条第一款。")  # fmt: skip


def test_own_provisions_are_found_where_they_stand():
    found = [(row.quote, row.target_clause_id, row.target_last_id) for row in cite(OWN)]
    assert found == [
        ("前款第二项", "d__art_3__para_1__item_2", None),
        ("本办法第二条第二款", "d__art_2__para_2", None),
        ("第三条第一款第（一）项", "d__art_3__para_1__item_1", None),
        ("前条", "d__art_4", None),
        ("本办法第一条至第三条", "d__art_1", "d__art_3"),
        ("前款", "d__art_5__para_1", None),
        ("本条第一款", "d__art_5__para_1", None),
    ]
    assert {row.relation for row in cite(OWN)} == {"本文"}


def test_an_item_is_found_where_the_article_is_named_and_its_paragraph_is_not():
    text = "第一条 有下列情形的：\n（一）丁；\n（二）戊。\n另有规定的除外。\n第二条 违反本办法第一条第二项的，处罚。"
    assert [row.target_clause_id for row in cite(text)] == ["d__art_1__para_1__item_2"]


def test_a_paper_of_numbered_parts_is_cited_as_articles():
    text = "一、甲。\n二、乙：\n（一）丙；\n（二）丁。\n三、违反本意见第二条第（一）项和第一条的，处理。"
    told = {row.quote: row.target_clause_id for row in cite(text)}
    parts = {c.clause_id: c.text for c in clauses.split(document("d", text))}
    assert [parts[told[quote]][:3] for quote in told] == ["（一）", "一、甲"]


def test_what_the_text_does_not_show_stays_open():
    (row,) = cite("第一条 甲。\n第二条 前款规定的，从其规定。")  # there is no paragraph before
    assert (row.document_id, row.target_clause_id) == ("d", None)


def test_the_same_law_is_that_of_the_paragraph_and_only_if_it_is_one():
    assert named("《甲法》第三条、同法第五条")[1] == ("甲法", None)
    assert len(named("《甲法》和《乙法》，同法第五条")) == 2


LAW = document("law", "第一条 甲。\n第二条 乙。\n丙。", "中华人民共和国水价法", "000000")
RULE = document("rule", "一、甲。", "某市人民政府关于印发《上海市水价办法（试行）》的通知", number="沪府发[2013]40号",
                issued="2013-05-01")  # fmt: skip


@pytest.mark.parametrize("text, target, basis", [
    ("依照《水价法》第二条第二款处罚。", "law", "题名"),
    ("依照《中华人民共和国水价法》第二条第二款处罚。", "law", "题名"),
    ("见《上海市水价办法》。", "rule", "题名"),
    ("见《关于印发〈上海市水价办法（试行）〉的通知》。", "rule", "题名"),
    ("见《上海市水价办法》（沪府发〔2013〕40号）。", "rule", "文号"),
    ("见沪府发（2013）40号文。", "rule", "文号"),
    ("见《上海市水价办法》（沪府发〔2020〕1号）。", None, None),  # another text of that name
    ("见《另一办法》（沪府发〔2013〕40号）。", "rule", "文号"),
    ("见《江苏省水价办法》。", None, None),
])  # fmt: skip
def test_names_are_resolved_by_number_then_title(text, target, basis):
    (row,) = cite(text, LAW, RULE)
    assert (row.document_id, row.basis) == (target, basis)
    if target == "law":
        assert row.target_clause_id == "law__art_2__para_2"


def test_a_name_without_place_is_first_of_the_own_region_and_never_of_another():
    own = document("own", "甲。", "关于水价的若干意见", "310000")
    other = document("other", "甲。", "关于水价的若干意见", "330000")
    assert cite("按照《关于水价的若干意见》执行。", own, other)[0].document_id == "own"
    assert cite("按照《关于水价的若干意见》执行。", other)[0].document_id is None


def test_of_several_texts_the_newest_is_meant_and_said_to_be():
    texts = [document(f"v{n}", "甲。", "上海市水价条例", issued=f"20{n}-01-01") for n in (10, 15)]
    (row,) = cite("依照《上海市水价条例》执行。", *texts)
    assert (row.document_id, row.basis) == ("v15", "最新版本")
    undated = document("v0", "甲。", "上海市水价条例")
    assert cite("依照《上海市水价条例》执行。", *texts, undated)[0].document_id is None


def test_a_notice_that_repeals_its_own_name_means_the_older_text():
    about = {"title": "上海市水价办法", "issued": "2020-01-01"}
    text = "第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市水价办法》同时废止。"
    assert cite(text, **about)[0].document_id is None
    older = document("old", "甲。", "上海市水价办法", issued="2010-01-01")
    newer = document("new", "甲。", "上海市水价办法", issued="2024-01-01")
    assert cite(text, older, newer, **about)[0].document_id == "old"


def test_the_own_title_and_number_are_no_citations():
    text = "上海市水价办法\n沪府发〔2013〕40号\n现将《上海市水价办法》印发给你们。"
    assert cite(text, title="上海市水价办法") == []


LISTS = "附件1\n宣布失效的文件目录\n| 序号 | 名称 | 文号 |\n|---|---|---|\n| 1 | 上海市水价办法 | 沪府发〔2013〕40号 |\n附件2\n" \
        "继续有效的文件目录\n1.关于水费的通知（沪府发〔2014〕1号）"  # fmt: skip


def test_catalogues_are_read_row_by_row():
    found = [(row.relation, row.title, row.number) for row in cite(LISTS)]
    assert found == [
        ("废止", "上海市水价办法", "沪府发〔2013〕40号"),
        ("引用", "关于水费的通知", "沪府发〔2014〕1号"),
    ]


def test_a_list_under_a_heading_is_what_the_heading_says():
    text = "一、决定废止下列文件：\n（一）《甲办法》（沪府发〔2001〕1号）；\n（二）《乙办法》。"
    assert [row.relation for row in cite(text)] == ["废止", "废止"]


def test_the_lowest_clause_has_a_mention_and_only_that():
    text = "第一条 有下列情形的：\n（一）违反《甲法》的；\n（二）其他。"
    assert [row.clause_id for row in cite(text)] == ["d__art_1__item_1"]


@pytest.mark.parametrize("a, b", [
    ("中华人民共和国甲法", "甲法"), ("甲办法（试行）", "甲办法"), ("甲条例（2021年修正）", "甲条例"),
    ("某省实施〈甲法〉办法", "某省实施《甲法》办法"), ("甲·乙办法", "甲•乙 办法"), ("首台（套）办法", "首台(套)办法"),
])  # fmt: skip
def test_titles_fold_to_one(a, b):
    assert document_titles.key(a) == document_titles.key(b)


WORDS = st.sampled_from([*"《》〈〉（）()、，。；\n“”号条款项一二十本办法", "第三条", "第二款", "沪府发〔2013〕40号", "同时废止", "前款",
                         "根据", "制定本", "《甲条例》", "同法", "以下简称", "| 甲 | 乙 |", "关于", "的通知"])  # fmt: skip


@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_text_gives_slices_in_order_that_do_not_overlap(text):
    found = mentions.find(text, RULES)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@given(st.lists(WORDS, min_size=1, max_size=40).map("".join).filter(str.strip))
def test_any_document_keeps_the_laws_of_citations(text):
    found = cite(text)  # slices: see there
    assert len({row.citation_id for row in found}) == len(found)
    assert all(row.title or row.number or row.relation == "本文" for row in found)


@pytest.mark.parametrize("change, found", [
    (("same = '", "sames = '"), "不认识的键"),
    (("own = '", "own = '("), "正则表达式有误"),
    (('name = "转发"', 'nom = "转发"'), "不认识的键 'nom'"),
])  # fmt: skip
def test_a_faulty_patterns_file_is_told(tmp_path, change, found):
    path = tmp_path / "citations.toml"
    path.write_text(
        document_titles.PATH.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match=found):
        document_titles.load(path)


def test_real_texts_are_cited_and_resolved(realtext):
    """How much is found in 631 regulations; what is lost by a change shows here."""
    known = [documents.read(source) for source in sources.read(realtext, REGIONS)]
    split = {each.document_id: ProvisionIndex(clauses.split(each)) for each in known}
    catalogue = Catalogue(known, REGIONS)
    found = [row for each in known for row in citations.cite(each, split, catalogue, RULES)]
    for row in found:
        holder = split[row.clause_id.split("__")[0]].by_id[row.clause_id]
        assert holder.text[row.start : row.end] == row.quote
        if row.target_clause_id:
            assert row.target_clause_id in split[row.document_id].by_id
    own = [row for row in found if row.relation == "本文"]
    assert (
        len(own) >= 3800 and sum(row.target_clause_id is not None for row in own) / len(own) > 0.99
    )
    others = [row for row in found if row.relation != "本文"]
    assert len(others) >= 1750 and sum(row.document_id is not None for row in others) >= 190
