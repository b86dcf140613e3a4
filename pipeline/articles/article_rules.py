"""Article rules: an article of an official text as the rule of a matter."""

import re

from pipeline.articles.article_corpus import Corpus
from pipeline.core.gap_records import Rule
from pipeline.similarity import article_parts

_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")


def rule_id(matter_id: str, article: str) -> str:
    """The id of an article's rule in a matter."""
    return f"{matter_id}__{article}"


def of_article(matter_id: str, article: str, corpus: Corpus, articles: set[str]) -> Rule:
    """The rule of one article.

    Args:
        matter_id: of the matter.
        article: id of the clause.
        corpus: the texts.
        articles: of the matter, among which the rule that it replaced is looked for.
    """
    clause, document, term = (
        corpus.articles[article],
        corpus.document(article),
        corpus.term(article),
    )
    start, end = first_sentence(clause.text)
    before = _replaced(article, corpus, articles)
    return Rule(
        rule_id=rule_id(matter_id, article),
        matter_id=matter_id,
        region_id=document.region_id,
        tier=None,
        clause_id=article,
        start=start,
        end=end,
        quote=clause.text[start:end],
        **dict.fromkeys(("value", "value_min", "value_max", "unit", "bound", "answer")),
        in_force_from=term.first,
        in_force_to=term.last,
        ended=term.ended,
        replaces=before and rule_id(matter_id, before),
        source_grade="official",
        confidence="high",
        **dict.fromkeys(("fact_id", "derived", "note")),
        regions=sorted(set(document.applies_to) - {document.region_id}),
        within=None,
    )


def _replaced(article: str, corpus: Corpus, articles: set[str]) -> str | None:
    """The article of the same matter that it took the place of, if that is known to be no later."""
    before = [each for each in corpus.versions.predecessors.get(article, []) if each in articles]
    first = corpus.term(article).first or "9999"
    return next((each for each in before if (corpus.term(each).first or "") <= first), None)


def first_sentence(text: str) -> tuple[int, int]:
    r"""Where the first sentence of an article stands, after its number and heading.

    >>> text = "第三条（管理部门）\n市水务局负责供水。区水务局协助。"
    >>> text[slice(*first_sentence(text))]
    '市水务局负责供水。'
    """
    start = article_parts.body_start(text)
    sentence = _SENTENCE.match(text, start)
    words = sentence[0].strip() if sentence else ""
    if not words:
        start, words = 0, text.strip()
    start = text.index(words, start)
    return start, start + len(words)
