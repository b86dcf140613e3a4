"""Records of articles that answer each other: accounts, matters, points; conventions as in records.py."""

from dataclasses import dataclass

from pipeline.core.gap_records import Matter, PointQuote, Rule


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


@dataclass(frozen=True, slots=True)
class ArticleAccount:
    """What became of an article of one of two documents that answer each other.

    `account` is aligned (with an article of the other document), boilerplate or only_here.
    """

    document_a: str
    document_b: str
    side: str
    clause_id: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMatter(Matter):
    """The matter of one article: what it rules, in its versions and in the articles that answer it.

    `rules` are one an article. `pairs` are those of its articles that answer each other: clause_a,
    clause_b, how sure the alignment is of them, and how alike their documents are, each 0 to 1. The
    source of an absence is the document that was read whole.
    """

    rules: list[Rule]
    pairs: list[tuple[str, str, float, float]]
