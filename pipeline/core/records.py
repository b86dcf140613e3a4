"""The rows that stages hand on: one frozen dataclass a table, field = JSON key = column.

Offsets count characters; `end` is exclusive. Dates are text, as precise as is known.
"""

from dataclasses import dataclass, field
from typing import Any, Final

# Kinds of text that rules are read from: a draft (征求意见稿) is no rule yet, a commentary (解读、问答、报道) none at all.
COMPARED: Final = ("official", "digest")

# Statuses of an alignment whose two clauses are taken as counterparts: by the model, or by a person.
ASSERTED: Final = ("auto", "accepted")


def document_of(clause_id: str) -> str:
    """The id of the document that a clause, or any row whose id begins with a clause's, lies in.

    >>> document_of("sh-2019-shoutai__art_3__para_2")
    'sh-2019-shoutai'
    """
    return clause_id.split("__", 1)[0]


@dataclass(frozen=True, slots=True)
class Region:
    """A place with authority to make policy; codes by GB/T 2260."""

    region_id: str
    name: str
    level: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of a sources.toml, checked; `folder` is the corpus folder it stands in."""

    document_id: str
    title: str
    region_id: str
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
    """A source with its text; `marks` are (offset, fact id) of a digest's numbered clauses."""

    document_id: str
    title: str
    region_id: str
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
    scheme: str
    head: str
    text: str
    marks: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision or a heading; text == document.text[start:end]."""

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
    """Where a digest clause was read, and what is judged of it."""

    fact_id: str
    clause_id: str
    attribute: str
    source: str
    source_kind: str
    confidence: str
    as_of: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for and not found: 未查得, never 没有."""

    search_id: str
    region_id: str
    topic_id: str
    subject: str
    searched: str
    finding: str
    as_of: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a unit clause; "".join(words) == clause.text."""

    clause_id: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class ClauseTopic:
    """A clause lies in a topic because of these terms."""

    clause_id: str
    topic_id: str
    score: float
    matched_terms: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Provision:
    """What a unit clause does: instrument, modality, beneficiary, responsible department."""

    clause_id: str
    instrument: str | None
    modality: str | None
    beneficiary: str | None
    actor: str | None
    evidence: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with policy meaning; clause.text[start:end] == quote."""

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
    """A condition or a step of a unit clause; clause.text[start:end] == quote."""

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
    """Two documents whose clauses may answer each other; likeness in [0, 1] by titles and contents.

    Kinds: counterpart, they answer each other; related, they touch on common matters; revision, an
    older and a newer text of one document.
    """

    document_a: str
    document_b: str
    kind: str
    likeness: float
    titles: float
    contents: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two clauses on the same matter; rank counts clause_b among clause_a's neighbours.

    `scope` is pair where both documents were read against each other, else corpus; `extent` tells a
    whole counterpart from one that the rule is split over, or that answers a part only; `reasons` are
    (feature, what it adds to the log odds), weightiest first.
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
    """What became of a clause in a later text of its document; one side is null where it is new or gone."""

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
    """What began, ended or changed a document's force; the last day it reaches, for 到期 and 延长.

    Kinds: 施行, 到期, 延长, 修订, 废止, 暂停. `successor` is the document that took its place;
    `basis` says where the event is read from.
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
    """A policy document, or a provision of the own text, named in a clause; clause.text[start:end] == quote.

    `document_id` is null where what is cited is not in the corpus or not certain; `basis` says what
    decided. `name` is the title's form for matching. `target_last_id` is the other end of 第八条至第十条.
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
