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
from pipeline.structure import clauses, numbering_checks
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
