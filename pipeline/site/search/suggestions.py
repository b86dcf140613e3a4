"""Suggestions for a search without results: similar words, words apart, fewer words."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pipeline.site.search import fulltext, simplified

MAX_TERMS = 6  # of a query, for which suggestions are sought; each suggestion costs a count
MAX_NEIGHBOURS = 4
MIN_SIMILARITY = 0.5  # of two words: 积份 and 积分 share one character of two
Offer = tuple[str, str]  # the label of a suggestion, and its query


def _compose(wanted: Iterable[str], unwanted: Iterable[str]) -> str:
    """A query from its terms.

    >>> _compose(["居住证", "积分 落户"], ["租房"])
    '居住证 "积分 落户" -租房'
    """

    def quoted(term: str) -> str:
        return f'"{term}"' if re.search(r"\s", term) else term

    return " ".join([*map(quoted, wanted), *(f"-{quoted(term)}" for term in unwanted)])


def offers(query: str, keywords: Sequence[str]) -> list[Offer]:
    """Queries near this one, the nearest first; each once and none of them this one.

    Args:
        query: a query without results.
        keywords: of all topics.
    """
    wanted, unwanted = fulltext.terms(query)
    terms = wanted[:MAX_TERMS]
    result: list[Offer] = []
    for term in terms:
        for neighbour in _neighbours(term, keywords):
            replaced = [neighbour if t == term else t for t in wanted]
            result.append((f"“{term}”改为“{neighbour}”", _compose(replaced, unwanted)))
        if len(words := _split(term, keywords)) > 1:
            apart = [word for t in wanted for word in (words if t == term else [t])]
            result.append((f"分开找：{'、'.join(words)}", _compose(apart, unwanted)))
    if len(wanted) > 1:
        for term in terms:
            result.append((f"去掉“{term}”", _compose((t for t in wanted if t != term), unwanted)))
    for term in unwanted[:MAX_TERMS]:
        result.append((f"不排除“{term}”", _compose(wanted, (t for t in unwanted if t != term))))
    if len(wanted) > 1:
        nearest = [near[0] for term in terms if (near := _neighbours(term, keywords))]
        result += [(f"只找“{term}”", _compose([term], [])) for term in [*terms, *nearest]]
    # A query offered twice keeps its first label, at the place of its last offer.
    by_query = {new: (label, new) for label, new in reversed(result) if new != query}
    return list(by_query.values())[::-1]


def _neighbours(term: str, keywords: Iterable[str]) -> list[str]:
    """The keywords most similar in spelling to a term; anagrams first.

    >>> _neighbours("首套台", ["首台(套)", "首台套", "电价"])
    ['首台套', '首台(套)']
    """
    wanted = fulltext.normalize(simplified.simplified(term))
    similarity = {}
    for keyword in keywords:
        word = fulltext.normalize(keyword)
        common = len(set(wanted) & set(word))  # a cheap filter before the ratio
        if word != wanted and 2 * common >= MIN_SIMILARITY * (len(wanted) + len(word)):
            similarity[keyword] = SequenceMatcher(None, wanted, word, autojunk=False).ratio()
    near = [keyword for keyword, ratio in similarity.items() if ratio >= MIN_SIMILARITY]
    anagrams = {word for word in near if sorted(fulltext.normalize(word)) == sorted(wanted)}
    return sorted(near, key=lambda w: (w not in anagrams, -similarity[w], w))[:MAX_NEIGHBOURS]


def _split(term: str, keywords: Iterable[str]) -> list[str]:
    """A long term split into keywords, the rest into pairs of characters.

    >>> _split("居住证积分落户", ["居住证", "居住证积分"])
    ['居住证积分', '落户']
    >>> _split("收费", [])
    ['收费']
    """
    text = simplified.simplified(term)
    if len(text) < 4 or len(text) > 20 or re.search(r"[\W\d_a-zA-Z]", text):
        return [term]
    parts = sorted((w for w in keywords if w in text and w != text), key=len, reverse=True)
    words = re.findall("|".join([*map(re.escape, parts), "..?"]), text)
    return list(dict.fromkeys(words))
