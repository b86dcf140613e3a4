"""All of a real corpus: 631 official local regulations, kept outside the repository."""

from collections import Counter

import pytest

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.reading import documents, sources
from pipeline.structure import clauses, numbering_checks


@pytest.fixture(scope="module")
def parsed(realtext):
    found = sources.read(realtext, regions.load(DATA / "regions.toml"))
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
        top = [c for c in found if c.parent_id is None or not inside(c, found)]
        seen = Counter(i for clause in top for i in range(clause.start, clause.end))
        assert max(seen.values()) == 1, document.title
        assert all(document.text[i].isspace() for i in range(len(document.text)) if i not in seen)


def inside(clause, found) -> bool:
    """Whether a clause lies within its parent's span (it does not, where the parent is a heading)."""
    parent = next(c for c in found if c.clause_id == clause.parent_id)
    return parent.start <= clause.start and clause.end <= parent.end
