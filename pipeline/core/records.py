"""Records: the rows that stages write and read; a dataclass per table, field = JSON key = column.

Offsets count characters; `end` is exclusive. Dates are ISO text, to the day, the month or the year.
"""

from dataclasses import dataclass, field
from typing import Any, Final

# Kinds of text that are compared. A draft (征求意见稿) is not a rule yet; a commentary (解读、问答、报道) is none.
COMPARED: Final = ("official", "digest")
# In a text file: ends the head (title, 题注), as in corpora of the LawRefBook form.
END_OF_HEAD: Final = "<!-- INFO END -->"

# Statuses of an alignment whose two clauses are taken as counterparts: by the model, or by a person.
ASSERTED: Final = ("auto", "accepted")


def document_of(clause_id: str) -> str:
    """The id of the document of a clause, or of any row whose id begins with a clause id.

    >>> document_of("sh-2019-shoutai__art_3__para_2")
    'sh-2019-shoutai'
    """
    return clause_id.split("__", 1)[0]


@dataclass(frozen=True, slots=True)
class Region:
    """A jurisdiction, with its code by GB/T 2260."""

    region_id: str
    name: str
    level: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A checked entry of a sources.toml; `folder` is its corpus folder.

    `applies_to` names the other regions where a joint document holds.
    """

    document_id: str
    title: str
    region_id: str
    applies_to: list[str]
    level: str
    number: str | None
    issuers: list[str]
    issued_date: str | None
    effective_date: str | None
    expires_date: str | None
    text_kind: str
    url: str | None
    folder: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its text, the head apart; `marks` are (offset, fact id) of a digest's clauses."""

    document_id: str
    title: str
    region_id: str
    applies_to: list[str]
    level: str
    number: str | None
    issuers: list[str]
    issued_date: str | None
    effective_date: str | None
    expires_date: str | None
    text_kind: str
    url: str | None
    file: str
    sha256: str
    head: str
    text: str
    marks: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision or a heading; text == document.text[start:end]. Units are compared as a whole."""

    clause_id: str
    document_id: str
    parent_id: str | None
    ordinal: int
    kind: str
    article: str | None
    path: str
    heading: str | None
    text: str
    start: int
    end: int
    is_unit: int


@dataclass(frozen=True, slots=True)
class Fact:
    """The source of a digest clause and the collector's confidence in it."""

    fact_id: str
    clause_id: str
    attribute: str
    source: str
    source_kind: str
    confidence: str
    as_of: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """The segmented text of a unit clause; "".join(words) == clause.text."""

    clause_id: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class ClauseTopic:
    """A topic of a clause, with the terms that matched and how often."""

    clause_id: str
    topic_id: str
    score: float
    matched_terms: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Provision:
    """The instrument, modality, beneficiary and responsible department of a unit clause."""

    clause_id: str
    instrument: str | None
    modality: str | None
    beneficiary: str | None
    actor: str | None
    evidence: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with its policy role; clause.text[start:end] == quote."""

    measure_id: str
    clause_id: str
    kind: str
    role: str
    min: float | None
    max: float | None
    unit: str
    bound: str
    base: str | None
    per: str | None
    of: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition or a procedural step of a unit clause; clause.text[start:end] == quote."""

    condition_id: str
    clause_id: str
    kind: str
    type: str | None
    operator: str | None
    value_min: float | None
    value_max: float | None
    unit: str | None
    measure_id: str | None
    actor: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents whose clauses are compared; similarities of titles and contents in [0, 1].

    Kinds: counterpart, documents on the same matter as a whole; part, on the same matter in part; related,
    near each other, read for candidates only; revision, an older and a newer text of one document. `whole`
    is the probability that both regulate the same matter as a whole, `confidence` that they do so at least
    in part; null for revisions. `reasons` are (feature, its contribution to the log odds of `whole`).
    """

    document_a: str
    document_b: str
    kind: str
    likeness: float
    titles: float
    contents: float
    whole: float | None
    confidence: float | None
    reasons: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two clauses on the same matter; `rank` is the place of clause_b among clause_a's neighbours.

    `scope` is pair where the two documents form a document pair, else corpus; `extent` tells a
    counterpart of the whole rule from counterparts that the rule is split over and from one of a part
    of it; `reasons` are (feature, its contribution to the log odds), largest first.
    """

    alignment_id: str
    comparison_id: str
    clause_a: str
    clause_b: str
    similarity: float
    confidence: float
    rank: int
    shared_terms: list[tuple[str, float]]
    status: str
    scope: str
    extent: str | None
    reasons: list[tuple[str, float]]
    diff: list[tuple[str, str, str]] | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A clause and its form in a later text; clause_old is null if new, clause_new if deleted."""

    revision_id: str
    document_old: str
    document_new: str
    clause_old: str | None
    clause_new: str | None
    kind: str
    confidence: float | None
    diff: list[tuple[str, str, str]] | None


@dataclass(frozen=True, slots=True)
class ValidityEvent:
    """An event that began, ended or changed a document's validity.

    Kinds: 施行, 到期, 延长, 修订, 废止, 暂停; the date of 到期 and 延长 is the last day in force.
    `successor` is the document that replaced it; `basis` names where the event was read.
    """

    event_id: str
    document_id: str
    kind: str
    date: str
    basis: str
    source_clause_id: str | None = None
    successor: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a document or to a provision of the same text; clause.text[start:end] == quote.

    `document_id` is null where the cited document is uncertain or not in the corpus; `basis` names what
    decided. `name` is the normalised title. `target_last_id` is the end of a range (第八条至第十条).
    """

    citation_id: str
    clause_id: str
    relation: str
    title: str | None
    name: str | None
    number: str | None
    place: str | None
    document_id: str | None
    basis: str | None
    target_clause_id: str | None
    target_last_id: str | None
    quote: str
    start: int
    end: int
