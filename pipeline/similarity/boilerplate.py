"""Boilerplate: articles on purpose, scope, commencement and the like, which every regulation has."""

import re
from collections.abc import Iterable, Sequence

from pipeline.similarity import article_parts
from pipeline.similarity.provision_classes import ArticleClass

_ITEM = re.compile(r"[\s　]*[（(][一二三四五六七八九十]+[)）]")


def only(classes: Iterable[ArticleClass]) -> list[ArticleClass]:
    """The classes whose articles are boilerplate."""
    return [each for each in classes if each.boilerplate]


def is_boilerplate(text: str, classes: Sequence[ArticleClass]) -> bool:
    """Whether every sentence of an article, list items apart, is in a class of boilerplate.

    A penalty that ends in 构成犯罪的，依法追究刑事责任 is none.

    Args:
        text: of the article.
        classes: of boilerplate.
    """
    sentences = [text[a:b] for a, b in article_parts.sentences(text)]
    own = [words for words in sentences if not _ITEM.match(words)]
    return bool(own) and all(any(each.pattern.search(s) for each in classes) for s in own)
