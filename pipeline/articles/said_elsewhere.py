"""Said elsewhere: articles without partner whose words stand in some sentence of the other text.

A rule may be a paragraph or an item of an article that answers another one; nothing is concluded then.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from pipeline.articles.article_corpus import Corpus
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.point_records import ArticleAccount
from pipeline.core.records import Tokens
from pipeline.core.settings import ARTICLES
from pipeline.language.lexicon import Lexicon
from pipeline.similarity import article_parts, sentence_index
from pipeline.similarity.reference_corpus import ReferenceCorpus

_FEW = 3  # fewer words than these stand together anywhere
_SURE = 1.0  # as sure as a candidate can be


def of_accounts(
    accounts: Sequence[ArticleAccount],
    corpus: Corpus,
    tokens: DocumentRows[Tokens],
    lexicon: Lexicon,
    reference: ReferenceCorpus,
) -> dict[tuple[str, str], float]:
    """Article, other document → 1, where a sentence of it has most words of a sentence of the article.

    Args:
        accounts: of all articles; those that are only in one of two documents are looked at.
        corpus: the texts.
        tokens: words of the clauses of those texts, read in portions.
        lexicon: for the terms of words.
        reference: for their weights.
    """
    wanted = [row for row in accounts if row.account == "only_here"]
    found: dict[tuple[str, str], float] = {}
    for some in document_rows.portions(wanted, lambda row: (row.document_a, row.document_b)):
        texts = {name for row in some for name in (row.document_a, row.document_b)}
        words = {row.clause_id: row.words for row in tokens.of(texts)}
        found |= _found(some, words, corpus, lexicon, reference)
    return found


def _found(
    accounts: Iterable[ArticleAccount],
    words: Mapping[str, list[str]],
    corpus: Corpus,
    lexicon: Lexicon,
    reference: ReferenceCorpus,
) -> dict[tuple[str, str], float]:
    """Likewise, of some accounts, given the words of all clauses of their texts."""
    index = sentence_index.build(
        (clause_id, cut, [*map(lexicon.term, cut)]) for clause_id, cut in words.items()
    )
    found = {}
    for row in accounts:
        other = row.document_b if row.side == "a" else row.document_a
        text = corpus.articles[row.clause_id].text
        for terms in _sentences(text, words.get(row.clause_id, []), lexicon):
            weights = sentence_index.word_weights(terms, reference)
            is_said = index.coverage(other, weights) >= ARTICLES.said
            near = index.nearest(other, terms)[0] if len(weights) >= _FEW else 0.0
            if is_said or near >= ARTICLES.said_near:
                found[row.clause_id, other] = _SURE
    return found


def _sentences(text: str, cut: Sequence[str], lexicon: Lexicon) -> Iterator[list[str]]:
    """The terms of each sentence of an article that has some."""
    starts = [0, *accumulate(map(len, cut))]
    for span in article_parts.sentences(text):
        first, last = (bisect_left(starts, edge) for edge in span)
        if terms := lexicon.terms(list(cut[first:last])):
            yield terms
