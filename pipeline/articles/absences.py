"""Absences: what says that another region has nothing that answers an article."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pipeline.articles import terms
from pipeline.articles.article_corpus import Corpus
from pipeline.core.gap_records import Absence
from pipeline.core.point_records import ArticleAccount
from pipeline.core.settings import ARTICLES

ONLY_HERE = "only_here"


def of_articles(
    accounts: Iterable[ArticleAccount],
    partners: Mapping[str, Iterable[str]],
    whole: Collection[tuple[str, str]],
    near: Mapping[tuple[str, str], float],
    corpus: Corpus,
) -> tuple[dict[str, list[Absence]], dict[str, set[str]]]:
    """What says that another region has nothing that answers an article; and the regions compared with.

    Nothing is concluded of an article where one of the texts that answer its document stops early, for it
    could stand in the missing part, or has an article that may answer it after all.

    Args:
        accounts: of all articles.
        partners: article of a baseline → those that answer it.
        whole: pairs of documents that answer each other as a whole.
        near: article, other document → how sure the likeliest candidate there is.
        corpus: the texts.
    """
    answered = _answered(partners, corpus)
    found: dict[str, list[Absence]] = defaultdict(list)
    targets: dict[str, set[str]] = defaultdict(set)
    open_texts = set()
    for row in accounts:
        own, other = row.document_a, row.document_b
        if row.side == "b":
            own, other = other, own
        article, region = row.clause_id, corpus.documents[other].region_id
        may_answer = near.get((article, other), 0.0) >= ARTICLES.near
        if corpus.unfinished[other] or (may_answer and row.account == ONLY_HERE):
            open_texts.add(article)
        elif row.account == ONLY_HERE and region not in answered[article]:
            is_whole = (row.document_a, row.document_b) in whole
            if is_whole and (
                days := terms.overlap(corpus.term(article), corpus.terms[other], corpus.newest)
            ):
                found[article].append(Absence(region, *days, "read_whole", other))
                targets[article].add(corpus.documents[row.document_b].region_id)
    return {a: rows for a, rows in found.items() if a not in open_texts}, targets


def _answered(partners: Mapping[str, Iterable[str]], corpus: Corpus) -> dict[str, set[str]]:
    """The regions in which each article is answered."""
    answered: dict[str, set[str]] = defaultdict(set)
    for a, others in partners.items():
        for b in others:
            answered[a].add(corpus.document(b).region_id)
            answered[b].add(corpus.document(a).region_id)
    return answered
