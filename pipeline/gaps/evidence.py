"""Evidence: all that gaps are made from, by clause, and the words that prove them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pipeline.core import comparisons, fact_files, jsonl, regions
from pipeline.core.gap_records import Comparison, Coverage, Moment
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import (
    COMPARED,
    Alignment,
    Clause,
    ClauseTopic,
    Condition,
    Document,
    Fact,
    Measure,
    Provision,
    Region,
    Tokens,
    ValidityEvent,
    document_of,
)
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import Topic
from pipeline.gaps import fact_natures
from pipeline.similarity import provision_classes
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.validity import force
from pipeline.validity.force import Force

GLANCE = 120  # characters of a clause that a reader takes in at a glance
_CONDITION = "（条件："  # as digests write it
_STOPS = "。；\n"
_OPEN = re.compile(
    "未查得|未查|未核|历史|可能|到期|期满"
)  # a source's words that leave a rule's force open
Quote = tuple[str, int, int, str]  # clause_id, start, end, words
Row = TypeVar("Row", Measure, Condition, ClauseTopic)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of earlier stages by clause.

    `held` are the clauses of each (region, topic), `searches` the ids of search records of the same;
    `left_out` the region and id of facts that were not used, by the clause that they would answer.
    """

    regions: dict[str, Region]
    documents: dict[str, Document]
    forces: dict[str, Force]
    clauses: dict[str, Clause]
    measures: dict[str, list[Measure]]
    conditions: dict[str, list[Condition]]
    provisions: dict[str, Provision]
    topics: dict[str, list[ClauseTopic]]
    alignments: dict[str, list[Alignment]]
    words: dict[str, list[str]]
    taxonomy: dict[str, Topic]
    classes: list[ArticleClass]
    natures: dict[str, str]
    doubts: dict[str, str]
    held: dict[tuple[str, str], list[str]]
    searches: dict[tuple[str, str], list[str]]
    left_out: dict[str, list[tuple[str, str]]]

    def document(self, clause_id: str) -> Document:
        """The document that a clause stands in."""
        return self.documents[document_of(clause_id)]

    def region(self, clause_id: str) -> str:
        """The region of a clause."""
        return self.document(clause_id).region_id

    def name(self, clause_id: str) -> str:
        """The name of that region."""
        return self.regions[self.region(clause_id)].name

    def state(self, clause_id: str, on: str) -> str:
        """The state of the clause's document on a day."""
        return self.forces[document_of(clause_id)].state(on)

    def in_force(self, clause_id: str, on: str) -> bool:
        """Whether the clause counted on a day, as far as is known."""
        return self.state(clause_id, on) in force.IN_FORCE

    def lapsed(self, clause_id: str, on: str) -> bool:
        """Whether the clause's term was over on a day, or its levy suspended, with nothing in its place."""
        return self.state(clause_id, on) in force.LAPSED

    def later_wording(self, clause_id: str, on: str) -> bool:
        """Whether the text that was read is a revision later than the day."""
        wording = self.forces[document_of(clause_id)].wording
        return wording is not None and wording > on

    def doubt(self, clause_id: str, on: str) -> str | None:
        """What its source says of a clause's force that is not known to go on, on the newest day."""
        unknown = (
            self.state(clause_id, on) == "未知" and on >= self.forces[document_of(clause_id)].newest
        )
        return self.doubts.get(clause_id) if unknown else None

    def provides(self, clause_id: str) -> bool:
        """Whether the clause gives, demands or rules something; a plan's goal or a figure does not."""
        provision = self.provisions[clause_id]
        telling = bool(provision.instrument or self.measures[clause_id])
        return telling and clause_id not in self.natures

    def topic(self, clause_id: str) -> str | None:
        """The topic that a clause lies in most surely; None where it lies in none of ours."""
        found = self.topics.get(clause_id)
        return found[0].topic_id if found else None

    def subject(self, clause_id: str) -> str:
        """What a clause is about: its heading, or its document and path."""
        clause = self.clauses[clause_id]
        return clause.heading or f"《{self.document(clause_id).title}》{clause.path}"

    def main(self, clause_id: str) -> str:
        """The text of a clause without what a digest adds as its condition."""
        return self.clauses[clause_id].text.split(_CONDITION)[0]

    def parts(self, clause_id: str) -> tuple[list[Measure], list[Measure]]:
        """The measures of a clause: what it lays down, and what a digest adds as its condition."""
        at = self.clauses[clause_id].text.find(_CONDITION)
        measures = self.measures[clause_id]
        return [m for m in measures if at < 0 or m.start < at], [
            m for m in measures if 0 <= at <= m.start
        ]

    def quote(self, clause_id: str) -> Quote:
        """The words that prove a clause: the sentence of its first quantity, or its first one."""
        clause, measures = self.clauses[clause_id], self.parts(clause_id)[0]
        text, head = clause.text, 0
        if clause.heading and (after := text.find(clause.heading)) >= 0:
            head = after + len(clause.heading) + 1  # the heading is told apart as the subject
        at = next((m.start for m in measures if m.start >= head), head)
        start = max(head, *(text.rfind(stop, 0, at) + 1 for stop in _STOPS))
        end = min(
            [found + 1 for stop in _STOPS if (found := text.find(stop, at)) >= 0] + [len(text)]
        )
        while text[start].isspace():
            start += 1
        words = text[start : min(end, start + GLANCE)].rstrip()
        return clause_id, start, start + len(words), words

    def coverage(self, names: Iterable[str], topic: str, on: str) -> list[Coverage]:
        """What each region has in force on a topic: documents, clauses, date of the newest."""
        found: list[Coverage] = []
        for name in names:
            held = [document_of(c) for c in self.held[name, topic] if self.in_force(c, on)]
            found.append((name, len(set(held)), len(held), self._newest(held)))
        return found

    def _newest(self, documents: Iterable[str]) -> str | None:
        dates = (
            self.documents[d].issued_date or self.documents[d].effective_date for d in documents
        )
        return max((date for date in dates if date), default=None)

    def departments(self, clause_id: str | None, region: str, topic: str | None) -> str | None:
        """Who answers for a matter: the department that the clause names, else the region's for the topic.

        A county has none of its own in our topics: the city's does not answer for it.
        """
        if clause_id and (actor := self.provisions[clause_id].actor):
            return actor
        names = self.taxonomy[topic].departments.get(region) if topic else None
        return "、".join(names) if names else None


def gather(work: Workspace) -> tuple[Evidence, list[Comparison], list[Moment]]:
    """Read what gaps are made from, what is to be compared, and as of when."""
    known = regions.load(DATA / "regions.toml")
    documents = jsonl.read(work.rows("documents"), Document)
    facts = jsonl.read(work.rows("facts"), Fact)
    topics = taxonomy.load(DATA / "topics.toml", set(known))
    newest = force.newest(documents, facts)
    events = jsonl.read(work.rows("validity"), ValidityEvent)
    sorted_into = _by_clause(jsonl.read(work.rows("topics"), ClauseTopic))
    by_id = {d.document_id: d for d in documents}
    files = fact_files.read(work.corpus)
    of_fact = {fact.fact_id: fact.clause_id for fact in facts}
    evidence = Evidence(
        known,
        by_id,
        force.forces(documents, events, newest),
        {c.clause_id: c for c in jsonl.read(work.rows("clauses"), Clause)},
        _by_clause(jsonl.read(work.rows("measures"), Measure)),
        _by_clause(jsonl.read(work.rows("conditions"), Condition)),
        {p.clause_id: p for p in jsonl.read(work.rows("provisions"), Provision)},
        sorted_into,
        _alignments(jsonl.read(work.rows("alignments"), Alignment)),
        {t.clause_id: t.words for t in jsonl.read(work.rows("tokens"), Tokens)},
        topics,
        provision_classes.load(DATA / "patterns/classes.toml"),
        fact_natures.by_clause(fact_natures.load(DATA / "natures.toml"), of_fact),
        _doubts(facts),
        _held(sorted_into, by_id),
        _searches(files),
        _left_out(files, of_fact),
    )
    held = {document.region_id for document in documents}
    path = DATA / "comparisons.toml"
    return evidence, comparisons.load(path, known, held), comparisons.moments(path, newest)


def _by_clause(found: list[Row]) -> dict[str, list[Row]]:
    by_clause: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_clause[row.clause_id].append(row)
    return by_clause


def _doubts(facts: list[Fact]) -> dict[str, str]:
    """What a fact's source says of its time (2019年度适用；其后版本未查得), where that leaves its force open."""
    told = {fact.clause_id: (fact.as_of or "").partition("：")[2] for fact in facts}
    return {clause: words for clause, words in told.items() if _OPEN.search(words)}


def _held(
    topics: dict[str, list[ClauseTopic]], documents: dict[str, Document]
) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for clause_id, sorted_into in topics.items():
        document = documents[document_of(clause_id)]
        if document.text_kind in COMPARED:
            for row in sorted_into:
                found[document.region_id, row.topic_id].append(clause_id)
    return found


def _alignments(found: list[Alignment]) -> dict[str, list[Alignment]]:
    """By clause, of either side."""
    by_clause: dict[str, list[Alignment]] = defaultdict(list)
    for row in found:
        by_clause[row.clause_a].append(row)
        by_clause[row.clause_b].append(row)
    return by_clause


def _searches(files: fact_files.FactFiles) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for search_id, row in files.searches.items():
        found[row["region"], row["topic"]].append(search_id)
    return found


def _left_out(
    files: fact_files.FactFiles, of_fact: dict[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """By the clause that it would answer: the region and id of a fact that was not used."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact_id, row in files.excluded.items():
        for answered in row.get("answers", []):
            if answered in of_fact:
                found[of_fact[answered]].append((row["region"], fact_id))
    return found
