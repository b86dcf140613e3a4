"""Records of article points: what two aligned articles differ in; conventions as in records.py."""

from dataclasses import dataclass

from pipeline.core.gap_records import PointQuote


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePoint:
    """One thing in which two aligned articles differ or agree, with the words of both.

    `kind`, `relation`, `basis`, `favours` and `weight` as in `Point`. The sentence names the places of
    both documents. A quote's clause is the article or a clause inside it.
    """

    kind: str
    relation: str
    value_a: float | None
    value_b: float | None
    unit: str | None
    ratio: float | None
    basis: str | None
    favours: str
    weight: int
    sentence: str
    quotes: list[PointQuote]


@dataclass(frozen=True, slots=True)
class ArticlePoints:
    """The points of an asserted pair of articles of official texts, heaviest first."""

    clause_a: str
    clause_b: str
    points: list[ArticlePoint]
