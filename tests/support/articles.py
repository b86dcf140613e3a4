"""Official texts of invented places, article by article, and the matters that they make."""

from pipeline.articles import absences, article_matters
from pipeline.articles.article_corpus import Corpus
from pipeline.articles.article_matters import Answers, Descriptions
from pipeline.articles.terms import Term
from pipeline.articles.versions import of_revisions
from pipeline.core.point_records import ArticleAccount, ArticleMatter
from pipeline.core.records import Clause, Revision
from support.matters import NEWEST, REGIONS
from support.records import clause, document

NUMBERS = "一二三四五六七八九十"
PLACES = {"dh": "东海市", "xs": "西山省", "nh": "南河市", "bx": "北溪县"}
SINCE = "2015-01-01"


def article(document_id: str, number: int, body: str = "单位应当节约用水。") -> Clause:
    """An article of a text."""
    name = f"第{NUMBERS[number - 1]}条"
    return clause(f"{name} {body}", f"{document_id}__art_{number}", path=name, article=str(number))


def corpus(
    articles: list[Clause],
    terms: dict[str, Term] | None = None,
    revisions: list[Revision] | None = None,
    unfinished: dict[str, str] | None = None,
    replaced: frozenset[str] = frozenset(),
) -> Corpus:
    """The texts that some articles are of; the region is told by the first two letters of the id."""
    names = dict.fromkeys(each.document_id for each in articles)
    texts = {
        n: document(n, title=f"{PLACES[n[:2]]}节水条例", region_id=PLACES[n[:2]]) for n in names
    }
    plain = {name: Term(SINCE, None, None) for name in names}
    return Corpus(
        documents=texts,
        articles={each.clause_id: each for each in articles},
        terms=plain | (terms or {}),
        versions=of_revisions(revisions or [], dict(zip(names, names, strict=True))),
        unfinished=dict.fromkeys(names) | (unfinished or {}),
        replaced=replaced,
        newest=NEWEST,
    )


def matters(
    texts: Corpus,
    pairs: dict[tuple[str, str], float],
    accounts: list[ArticleAccount] | None = None,
    whole: set[tuple[str, str]] | None = None,
    near: dict[tuple[str, str], float] | None = None,
) -> dict[str, ArticleMatter]:
    """The matters of some texts, by id."""
    partners: dict[str, dict[str, tuple[float, float]]] = {}
    for (a, b), confidence in pairs.items():
        partners.setdefault(a, {})[b] = confidence, 0.8
    found = absences.of_articles(accounts or [], partners, whole or set(), near or {}, texts)
    rows = article_matters.of_articles(
        Answers(partners, *found), texts, Descriptions(REGIONS, {}, [])
    )
    return {row.matter_id: row for row in rows}
