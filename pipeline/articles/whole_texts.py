"""Whole texts: documents that answer each other as a whole, so that what one lacks may be concluded.

Each is the likeliest counterpart of the other in its region, with a probability of at least
`ARTICLES.counterpart`, and at least `ARTICLES.whole` of the articles of each are answered in the other. Of
documents that answer each other in part nothing is concluded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.core.point_records import ArticleAccount
from pipeline.core.records import DocumentPair
from pipeline.core.settings import ARTICLES

ALIGNED = "aligned"
Names = tuple[str, str]  # document_a, document_b


def pairs(
    document_pairs: Iterable[DocumentPair],
    accounts: Iterable[ArticleAccount],
    regions: Mapping[str, str],
) -> set[Names]:
    """The pairs of documents that answer each other as a whole.

    Args:
        document_pairs: all.
        accounts: of the articles of those that are counterparts.
        regions: document → its region.
    """
    counterparts = [p for p in document_pairs if p.kind == "counterpart"]
    best: dict[Names, float] = defaultdict(float)  # document, region of the other
    for p in counterparts:
        for own, other in ((p.document_a, p.document_b), (p.document_b, p.document_a)):
            if other in regions:
                key = own, regions[other]
                best[key] = max(best[key], p.whole or 0.0)
    answered: Counter[tuple[str, str, str]] = Counter()
    total: Counter[tuple[str, str, str]] = Counter()
    for row in accounts:
        total[row.document_a, row.document_b, row.side] += 1
        answered[row.document_a, row.document_b, row.side] += row.account == ALIGNED
    whole = set()
    for p in counterparts:
        a, b = p.document_a, p.document_b
        if {a, b} <= regions.keys():
            rivals = best[a, regions[b]], best[b, regions[a]]
            is_best = (p.whole or 0.0) >= max(ARTICLES.counterpart, *rivals)
            shares = (answered[a, b, side] >= ARTICLES.whole * total[a, b, side] for side in "ab")
            if is_best and all(shares):
                whole.add((a, b))
    return whole
