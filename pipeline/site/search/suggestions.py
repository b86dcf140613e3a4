"""What to try when nothing is found: other words, fewer words, fewer choices."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pipeline.site.search import fulltext, simplified

MOST_TERMS = 6  # of a query that are weighed; each costs a count
NEIGHBOURS = 4
ALIKE = 0.5  # 积份 and 积分 share one character of two
Offer = tuple[str, str]  # what is offered, and the query it leads to


def written(wanted: Iterable[str], unwanted: Iterable[str]) -> str:
    """A query from its terms.

    >>> written(["居住证", "积分 落户"], ["租房"])
    '居住证 "积分 落户" -租房'
    """

    def quoted(term: str) -> str:
        return f'"{term}"' if re.search(r"\s", term) else term

    return " ".join([*map(quoted, wanted), *(f"-{quoted(term)}" for term in unwanted)])


def offers(query: str, keywords: Sequence[str]) -> list[Offer]:
    """Queries near this one, the nearest first; each once and none of them this one.

    Args:
        query: which found nothing.
        keywords: words that the topics are known by.
    """
    wanted, unwanted = fulltext.terms(query)
    weighed = wanted[:MOST_TERMS]
    made: list[Offer] = []
    for term in weighed:
        nearest = neighbours(term, keywords)
        made += [
            (f"“{term}”改为“{near}”", written([near if t == term else t for t in wanted], unwanted))
            for near in nearest
        ]
        if len(parts := pieces(term, keywords)) > 1:
            apart = [p for t in wanted for p in (parts if t == term else [t])]
            made.append((f"分开找：{'、'.join(parts)}", written(apart, unwanted)))
    if len(wanted) > 1:
        made += [(f"去掉“{t}”", written((w for w in wanted if w != t), unwanted)) for t in weighed]
    made += [
        (f"不排除“{t}”", written(wanted, (u for u in unwanted if u != t)))
        for t in unwanted[:MOST_TERMS]
    ]
    if len(wanted) > 1:
        near = [found[0] for t in weighed if (found := neighbours(t, keywords))]
        made += [(f"只找“{t}”", written([t], [])) for t in [*weighed, *near]]
    return list({to: (say, to) for say, to in reversed(made) if to != query}.values())[::-1]


def neighbours(term: str, keywords: Iterable[str]) -> list[str]:
    """The keywords spelt most like a term.

    >>> neighbours("首套台", ["首台(套)", "首台套", "电价"])
    ['首台套', '首台(套)']
    """
    said = fulltext.normalize(simplified.simplified(term))
    likeness = {}
    for word in keywords:
        told = fulltext.normalize(word)
        if told != said and 2 * len(set(said) & set(told)) >= ALIKE * (len(said) + len(told)):
            likeness[word] = SequenceMatcher(None, said, told, autojunk=False).ratio()
    near = [word for word, ratio in likeness.items() if ratio >= ALIKE]
    turned = {word for word in near if sorted(fulltext.normalize(word)) == sorted(said)}
    return sorted(near, key=lambda w: (w not in turned, -likeness[w], w))[:NEIGHBOURS]


def pieces(term: str, keywords: Iterable[str]) -> list[str]:
    """A long term in the words that it is made of: known ones, the rest by two characters.

    >>> pieces("居住证积分落户", ["居住证", "居住证积分"])
    ['居住证积分', '落户']
    >>> pieces("收费", [])
    ['收费']
    """
    said = simplified.simplified(term)
    if len(said) < 4 or len(said) > 20 or re.search(r"[\W\d_a-zA-Z]", said):
        return [term]
    known = sorted((w for w in keywords if w in said and w != said), key=len, reverse=True)
    found = re.findall("|".join([*map(re.escape, known), "..?"]), said)
    return list(dict.fromkeys(found))
