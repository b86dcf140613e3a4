"""Boilerplate: articles on purpose, scope, commencement and the like, which every regulation has."""

from collections.abc import Iterable, Sequence

from pipeline.similarity import article_parts
from pipeline.similarity.provision_classes import ArticleClass


def only(classes: Iterable[ArticleClass]) -> list[ArticleClass]:
    """The classes whose articles are boilerplate."""
    return [each for each in classes if each.boilerplate]


def is_boilerplate(text: str, classes: Sequence[ArticleClass]) -> bool:
    """Whether every sentence of an article is in a class of boilerplate.

    A penalty that ends in 构成犯罪的，依法追究刑事责任 is none.

    Args:
        text: of the article.
        classes: of boilerplate.
    """
    spans = article_parts.sentences(text)
    return all(any(each.pattern.search(text[a:b]) for each in classes) for a, b in spans)
