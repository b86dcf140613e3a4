"""Article matters: one question for each article that is compared, with the articles that answer it.

Reads   build/documents.jsonl, clauses, facts, topics, document_pairs, alignments, revisions, validity,
        article_accounts, corpus/regions.toml, corpus/patterns/classes.toml
Writes  build/article_matters.jsonl

A star: the article of the baseline, those on other levels that answer it, and the versions of both; none
is reached through a third. An article that the other text does not have is a matter of its own where the
two documents answer each other as a whole and every such text is complete. Its id is that of the article in
the first text of its document.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.articles import (
    absences,
    article_corpus,
    article_names,
    article_rules,
    asserted_pairs,
    said_elsewhere,
    whole_texts,
)
from pipeline.articles.article_corpus import Corpus
from pipeline.core import jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.gap_records import Absence
from pipeline.core.paths import DATA, Workspace
from pipeline.core.point_records import ArticleAccount, ArticleMatter
from pipeline.core.records import (
    Alignment,
    ClauseTopic,
    DocumentPair,
    Region,
    Tokens,
    document_of,
)
from pipeline.core.settings import ARTICLES
from pipeline.language import lexicon
from pipeline.similarity import boilerplate, provision_classes, reference_corpus
from pipeline.similarity.provision_classes import ArticleClass

ONLY_HERE = "only_here"
_LEVELS = {"national": "国家", "province": "省", "city": "市", "county": "县"}


@dataclass(frozen=True, slots=True)
class Answers:
    """Which articles answer each other, and which have none in a text that was read whole.

    Attributes:
        partners: article of a baseline → those that answer it, with confidence and likeness.
        absences: article → what says that another region has none.
        targets: article → the target's regions in that.
    """

    partners: Mapping[str, Mapping[str, tuple[float, float]]]
    absences: Mapping[str, Sequence[Absence]]
    targets: Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What matters are described by: regions, the best topic of each article, classes of boilerplate."""

    regions: Mapping[str, Region]
    topics: Mapping[str, str]
    classes: Sequence[ArticleClass]


def run(work: Workspace) -> None:
    """Make the matters of the official texts of this build."""
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    alignments = asserted_pairs.read_with_candidates(work.rows("alignments"))
    asserted = asserted_pairs.asserted(alignments)
    wanted = {n for p in pairs if p.kind != "related" for n in (p.document_a, p.document_b)}
    wanted |= {document_of(clause) for row in asserted for clause in (row.clause_a, row.clause_b)}
    corpus = article_corpus.read(work, wanted)
    partners = partners_of(asserted, pairs, corpus)
    accounts = jsonl.read(work.rows("article_accounts"), ArticleAccount)
    places = {name: document.region_id for name, document in corpus.documents.items()}
    whole = whole_texts.pairs(pairs, accounts, places)
    near = asserted_pairs.near_misses(alignments) | said_elsewhere.of_accounts(
        accounts,
        corpus,
        document_rows.index(work.rows("tokens"), Tokens),
        lexicon.load(DATA / "lexicon"),
        reference_corpus.load(DATA / "background"),
    )
    answers = Answers(partners, *absences.of_articles(accounts, partners, whole, near, corpus))
    descriptions = Descriptions(
        regions.load(DATA / "regions.toml"),
        _topics(work),
        boilerplate.only(provision_classes.load(DATA / "patterns/classes.toml")),
    )
    count: Counter[bool] = Counter()
    matters = of_articles(answers, corpus, descriptions)
    jsonl.write(
        work.rows("article_matters"), jsonl.counted(matters, count, lambda m: bool(m.pairs))
    )
    print(f"article_matters: {count[True]} 件两地都有条文，{count[False]} 件只见于一侧")
    for name, reason in corpus.unfinished.items():
        if reason:
            title = corpus.documents[name].title
            print(f"  注意：《{title}》{reason}，凡在其中找不到的条文不作结论")


def _topics(work: Workspace) -> dict[str, str]:
    """The best topic of each clause."""
    best: dict[str, tuple[float, str]] = {}
    for row in jsonl.each(work.rows("topics"), ClauseTopic):
        if row.clause_id not in best or row.score > best[row.clause_id][0]:
            best[row.clause_id] = row.score, row.topic_id
    return {clause_id: topic_id for clause_id, (_, topic_id) in best.items()}


def partners_of(
    asserted: Iterable[Alignment], pairs: Iterable[DocumentPair], corpus: Corpus
) -> dict[str, dict[str, tuple[float, float]]]:
    """The articles that answer each article of a baseline: how sure that is, and how alike the documents.

    Args:
        asserted: alignments, those of other clauses than articles of official texts among them.
        pairs: of documents; two that are in none are as alike as `ARTICLES.unpaired`.
        corpus: the texts.
    """
    likeness = {(p.document_a, p.document_b): p.likeness for p in pairs if p.kind != "revision"}
    partners: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in asserted:
        if row.clause_a in corpus.articles and row.clause_b in corpus.articles:
            names = document_of(row.clause_a), document_of(row.clause_b)
            alike = likeness.get(names, ARTICLES.unpaired)
            partners[row.clause_a][row.clause_b] = row.confidence, alike
    return partners


def of_articles(
    answers: Answers, corpus: Corpus, descriptions: Descriptions
) -> Iterator[ArticleMatter]:
    """The matters in the order of their newest articles.

    Args:
        answers: which articles answer each other.
        corpus: the texts.
        descriptions: what the matters are described by.
    """
    compared = answers.partners.keys() | answers.absences.keys()
    newest = {corpus.versions.newest(article) for article in compared}
    for article in corpus.articles:
        if article in newest:
            yield _matter(article, answers, corpus, descriptions)


def _matter(
    article: str, answers: Answers, corpus: Corpus, descriptions: Descriptions
) -> ArticleMatter:
    """The matter of an article in its newest form."""
    forms = corpus.versions.chain(article)
    matter_id = corpus.versions.first(article)
    pairs = [
        (a, b, *sure) for a in sorted(forms) for b, sure in answers.partners.get(a, {}).items()
    ]
    others = [each for _, b, *_ in pairs for each in corpus.versions.chain(b)]
    articles = list(dict.fromkeys([*reversed(forms), *others]))
    clause = corpus.articles[article]
    return ArticleMatter(
        matter_id=matter_id,
        origin="aligned",
        topic_id=descriptions.topics.get(article),
        name=article_names.name(clause, corpus.document(article).title),
        question=article_names.question(bool(pairs)),
        kind="article",
        **dict.fromkeys(("name_en", "unit", "per", "lead", "searched")),
        better="none",
        affects="",
        decided_by=_deciding(forms, [b for _, b, *_ in pairs], answers, corpus, descriptions),
        reach=ARTICLES.reach,
        boilerplate=int(boilerplate.is_boilerplate(clause.text, descriptions.classes)),
        compare="told",
        inside="mention",
        favours={},
        departments={},
        absences=[absence for each in forms for absence in answers.absences.get(each, ())],
        aliases=sorted(
            each
            for each in forms
            if each != matter_id and not corpus.versions.predecessors.get(each)
        ),
        rules=[
            article_rules.of_article(matter_id, each, corpus, set(articles)) for each in articles
        ],
        pairs=pairs,
    )


def _deciding(
    forms: Iterable[str],
    partners: Iterable[str],
    answers: Answers,
    corpus: Corpus,
    descriptions: Descriptions,
) -> list[str]:
    """The levels of the target whose texts rule it; where none does, of those that were read whole."""
    places = {corpus.document(article).region_id for article in partners}
    places = places or {place for each in forms for place in answers.targets.get(each, ())}
    levels = {_LEVELS[descriptions.regions[place].level] for place in places}
    return [level for level in _LEVELS.values() if level in levels]
