"""All of a real corpus, 631 official local regulations kept outside the repository: read, divided, cited, dated."""

from collections import Counter

import pytest

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.core.records import document_of
from pipeline.language import document_titles
from pipeline.reading import documents, sources
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses, completeness, numbering_checks
from pipeline.validity import validity_clauses

REGIONS = regions.load(DATA / "regions.toml")


@pytest.fixture(scope="module")
def parsed(realtext):
    """Every document with its clauses."""
    found = sources.read(realtext, REGIONS)
    texts = [documents.read(source) for source in found]
    return [(document, clauses.split(document)) for document in texts]


def test_every_article_is_found(parsed):
    articles = [sum(clause.kind == "article" for clause in found) for _, found in parsed]
    assert (len(parsed), sum(articles), sum(count > 0 for count in articles)) == (631, 26263, 628)


def test_the_holes_are_those_of_the_source(parsed):
    """Two regulations lost their first articles before they reached this corpus; no other lacks any."""
    holes = {document.title: numbering_checks.warnings(found) for document, found in parsed}
    assert {title: found for title, found in holes.items() if found} == {
        "浙江省无人驾驶航空器公共安全管理规定": [
            ("hole", "缺少第一条至第四条：来源文本中没有，条文不全")
        ],
        "浙江省测绘地理信息条例": [("hole", "缺少第一条至第二条：来源文本中没有，条文不全")],
    }


# Title → last article; the end of each was read. That the laws go on was not checked against another copy.
CUT = {
    "丽水市革命遗址保护条例": "11", "台州市文明行为促进条例": "21", "嘉兴市户外广告和招牌设置条例": "4",
    "宁波市全民阅读促进条例": "28", "宁波市公共汽车客运条例": "32", "宁波市公共资源交易管理条例": "32",
    "宁波市公安机关警务辅助人员管理规定": "21", "宁波市养犬管理条例": "18", "宁波市城市绿化条例": "18",
    "宁波市广播电视管理条例": "21", "宁波市河道管理条例": "39", "宁波市非机动车管理条例": "34",
    "杭州城市大脑赋能城市治理促进条例": "18", "杭州市公共汽车客运管理条例": "38", "杭州市公安机关警务辅助人员管理规定": "18",
    "杭州市公路条例": "30", "杭州市户外广告设施和招牌指示牌管理条例": "21", "杭州市燃气管理条例": "43",
    "杭州市禁止销售燃放烟花爆竹管理规定": "7", "杭州市道路交通安全管理条例": "49", "浙江省企业商号管理和保护规定": "10",
    "浙江省公共文化服务保障条例": "16", "浙江省反走私综合治理规定": "14", "浙江省各级人民代表大会常务委员会监督条例": "51",
    "浙江省实施《道路交通安全法》办法": "53", "浙江省广告管理条例": "2", "浙江省未成年人保护条例": "63",
    "浙江省消防条例": "18", "浙江省电网设施建设保护和供用电秩序维护条例": "9", "湖州市禁止销售燃放烟花爆竹规定": "9",
    "绍兴市村庄规划建设条例": "31", "舟山市文明行为促进条例": "42", "衢州市农村住房建设管理条例": "21",
    "金华市禁止销售燃放烟花爆竹管理规定": "8",
}  # fmt: skip
# Whole, though something is odd: interpretation as the last article, a commencement without a day or
# without 起, first numbers lost, no articles, a stamp after the last article.
WHOLE = {
    "浙江省景宁畲族自治县自治条例", "浙江省各级人民代表大会常务委员会讨论决定重大事项的规定", "舟山市港口船舶污染物管理条例",
    "上海市人民建议征集若干规定", "浙江省无人驾驶航空器公共安全管理规定", "浙江省测绘地理信息条例",
    "上海市人民代表大会常务委员会关于进一步促进和保障“一网通办”改革的决定", "宁波市市容和环境卫生管理条例",
}  # fmt: skip


def test_texts_that_stop_early_are_found_and_no_other(parsed):
    found = {
        document.title: last.article
        for document, split in parsed
        if completeness.unfinished(document, split) and (last := completeness.last_article(split))
    }
    assert found == CUT
    assert {document.title for document, _ in parsed} - found.keys() >= WHOLE


def test_no_character_is_lost_and_none_occurs_twice(parsed):
    for document, found in parsed:
        by_id = {clause.clause_id: clause for clause in found}
        top = [c for c in found if c.parent_id is None or not inside(c, by_id[c.parent_id])]
        seen = Counter(i for clause in top for i in range(clause.start, clause.end))
        assert max(seen.values()) == 1, document.title
        assert all(document.text[i].isspace() for i in range(len(document.text)) if i not in seen)


def inside(clause, parent) -> bool:
    """Whether a clause lies within its parent's span (it does not, where the parent is a heading)."""
    return parent.start <= clause.start and clause.end <= parent.end


def test_real_texts_are_cited_and_resolved(parsed):
    """How much is found in 631 regulations; what is lost by a change shows here."""
    known = [document for document, _ in parsed]
    rules = document_titles.load(document_titles.PATH)
    split = {document.document_id: ProvisionIndex(found) for document, found in parsed}
    catalogue = Catalogue(known, REGIONS)
    found = [row for each in known for row in citations.cite(each, split, catalogue, rules)]
    for row in found:
        holder = split[document_of(row.clause_id)].by_id[row.clause_id]
        assert holder.text[row.start : row.end] == row.quote
        if row.target_clause_id:
            assert row.target_clause_id in split[row.document_id].by_id
    own = [row for row in found if row.relation == "本文"]
    assert (
        len(own) >= 3800 and sum(row.target_clause_id is not None for row in own) / len(own) > 0.99
    )
    others = [row for row in found if row.relation != "本文"]
    assert len(others) >= 1750 and sum(row.document_id is not None for row in others) >= 190


def test_real_laws_say_when_they_begin(parsed):
    rules = validity_clauses.load(validity_clauses.PATH)
    found = [e for each, split in parsed for e in validity_clauses.read(each, split, rules)]
    begun = [e for e in found if e.kind == "施行"]
    assert len(begun) >= 560 and all(len(e.date) == 10 for e in begun)
    assert not [e for e in found if e.kind in ("到期", "延长")]  # no law of these ends by itself
