"""Absences: what says that another region has nothing that answers an article."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pipeline.articles import terms
from pipeline.articles.article_corpus import Corpus
from pipeline.core.gap_records import Absence
from pipeline.core.point_records import ArticleAccount

ONLY_HERE = "only_here"


def of_articles(
    accounts: Iterable[ArticleAccount],
    partners: Mapping[str, Iterable[str]],
    whole: Collection[tuple[str, str]],
    corpus: Corpus,
) -> tuple[dict[str, list[Absence]], dict[str, set[str]]]:
    """What says that another region has nothing that answers an article; and the regions compared with.

    Nothing is concluded of an article where one of the texts that answer its document stops early: it
    could stand in the missing part.

    Args:
        accounts: of all articles.
        partners: article of a baseline → those that answer it.
        whole: pairs of documents that answer each other as a whole.
        corpus: the texts.
    """
    answered: dict[str, set[str]] = defaultdict(set)
    for a, others in partners.items():
        for b in others:
            answered[a].add(corpus.document(b).region_id)
            answered[b].add(corpus.document(a).region_id)
    found: dict[str, list[Absence]] = defaultdict(list)
    targets: dict[str, set[str]] = defaultdict(set)
    open_texts = set()
    for row in accounts:
        own, other = row.document_a, row.document_b
        if row.side == "b":
            own, other = other, own
        article, region = row.clause_id, corpus.documents[other].region_id
        if corpus.unfinished[other]:
            open_texts.add(article)
        elif row.account == ONLY_HERE and region not in answered[article]:
            is_whole = (row.document_a, row.document_b) in whole
            if is_whole and (
                days := terms.overlap(corpus.term(article), corpus.terms[other], corpus.newest)
            ):
                found[article].append(Absence(region, *days, "read_whole", other))
                targets[article].add(corpus.documents[row.document_b].region_id)
    return {a: rows for a, rows in found.items() if a not in open_texts}, targets
