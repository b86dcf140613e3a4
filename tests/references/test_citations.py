"""Citations: which document or provision of the corpus a mention means."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.language import document_titles
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses
from support import cases
from support.records import document

RULES = document_titles.load(document_titles.PATH)
REGIONS = regions.load(DATA / "regions.toml")


def paper(name, text, title="某文件", region="310000", number=None, issued=None):
    return document(name, text, title=title, region_id=region, level="行政规范性文件", number=number,
                    issued_date=issued)  # fmt: skip


def cite(text, *others, **about):
    """The citations of a text among other documents."""
    known = [paper("d", text, **about), *others]
    split = {each.document_id: ProvisionIndex(clauses.split(each)) for each in known}
    found = list(citations.cite(known[0], split, Catalogue(known, REGIONS), RULES))
    for row in found:
        holder = split["d"].by_id[row.clause_id]
        assert holder.text[row.start : row.end] == row.quote
    return found


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
    parts = {c.clause_id: c.text for c in clauses.split(paper("d", text))}
    assert [parts[told[quote]][:3] for quote in told] == ["（一）", "一、甲"]


def test_what_the_text_does_not_show_stays_open():
    (row,) = cite("第一条 甲。\n第二条 前款规定的，从其规定。")  # there is no paragraph before
    assert (row.document_id, row.target_clause_id) == ("d", None)


LAW = paper("law", "第一条 甲。\n第二条 乙。\n丙。", "中华人民共和国水价法", "000000")
RULE = paper("rule", "一、甲。", "某市人民政府关于印发《上海市水价办法（试行）》的通知", number="沪府发[2013]40号",
                issued="2013-05-01")  # fmt: skip


@cases.table("citations.resolved", "text", document=None, basis=None)
def test_names_are_resolved_by_number_then_title(text, document, basis):
    (row,) = cite(text, LAW, RULE)
    assert (row.document_id, row.basis) == (document, basis)
    if document == "law":
        assert row.target_clause_id == "law__art_2__para_2"


def test_a_name_without_place_is_first_of_the_own_region_and_never_of_another():
    own = paper("own", "甲。", "关于水价的若干意见", "310000")
    other = paper("other", "甲。", "关于水价的若干意见", "330000")
    assert cite("按照《关于水价的若干意见》执行。", own, other)[0].document_id == "own"
    assert cite("按照《关于水价的若干意见》执行。", other)[0].document_id is None


def test_of_several_texts_the_newest_is_meant_and_said_to_be():
    texts = [paper(f"v{n}", "甲。", "上海市水价条例", issued=f"20{n}-01-01") for n in (10, 15)]
    (row,) = cite("依照《上海市水价条例》执行。", *texts)
    assert (row.document_id, row.basis) == ("v15", "最新版本")
    undated = paper("v0", "甲。", "上海市水价条例")
    assert cite("依照《上海市水价条例》执行。", *texts, undated)[0].document_id is None


def test_a_notice_that_repeals_its_own_name_means_the_older_text():
    about = {"title": "上海市水价办法", "issued": "2020-01-01"}
    text = "第一条 甲。\n第二条 本办法自2020年2月1日起施行。《上海市水价办法》同时废止。"
    assert cite(text, **about)[0].document_id is None
    older = paper("old", "甲。", "上海市水价办法", issued="2010-01-01")
    newer = paper("new", "甲。", "上海市水价办法", issued="2024-01-01")
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


WORDS = st.sampled_from([*"《》〈〉（）()、，。；\n“”号条款项一二十本办法", "第三条", "第二款", "沪府发〔2013〕40号", "同时废止", "前款",
                         "根据", "制定本", "《甲条例》", "同法", "以下简称", "| 甲 | 乙 |", "关于", "的通知"])  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=40).map("".join).filter(str.strip))
def test_any_document_keeps_the_laws_of_citations(text):
    found = cite(text)  # slices: see there
    assert len({row.citation_id for row in found}) == len(found)
    assert all(row.title or row.number or row.relation == "本文" for row in found)
