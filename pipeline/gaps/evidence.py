"""Evidence: the rows of earlier stages that gaps are computed from, by clause."""

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
from pipeline.gaps import fact_natures, quotations
from pipeline.gaps.quotations import Quote
from pipeline.similarity import provision_classes
from pipeline.similarity.provision_classes import ArticleClass
from pipeline.validity import force
from pipeline.validity.force import Force

# Words by which a source leaves it open whether a rule is still in force.
_DOUBTFUL = re.compile("未查得|未查|未核|历史|可能|到期|期满")
Row = TypeVar("Row", Measure, Condition, ClauseTopic)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of earlier stages by clause id, where nothing else is said.

    Attributes:
        regions: by region id.
        documents: by document id.
        forces: when each document is in force, by document id.
        alignments: of a clause on either side.
        words: of the unit clauses.
        taxonomy: topics by topic id.
        classes: of articles.
        natures: of the clauses that carry a goal, a figure or background, no provision.
        doubts: what the source of a fact says of its time, where that leaves its force open.
        clauses_on_topic: ids of the clauses of each (region, topic).
        searches: ids of the search records of each (region, topic).
        left_out: (region, fact id) of facts that were not used, by the clause that they would answer.
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
    clauses_on_topic: dict[tuple[str, str], list[str]]
    searches: dict[tuple[str, str], list[str]]
    left_out: dict[str, list[tuple[str, str]]]

    def document(self, clause_id: str) -> Document:
        """The document of a clause."""
        return self.documents[document_of(clause_id)]

    def region(self, clause_id: str) -> str:
        """The region of a clause."""
        return self.document(clause_id).region_id

    def name(self, clause_id: str) -> str:
        """The name of a clause's region."""
        return self.regions[self.region(clause_id)].name

    def state(self, clause_id: str, on: str) -> str:
        """The state of the clause's document on a day."""
        return self.forces[document_of(clause_id)].state(on)

    def in_force(self, clause_id: str, on: str) -> bool:
        """Whether the clause was in force on a day, or is not known not to have been."""
        return self.state(clause_id, on) in force.IN_FORCE

    def lapsed(self, clause_id: str, on: str) -> bool:
        """Whether the clause had expired or was suspended on a day, with nothing known to replace it."""
        return self.state(clause_id, on) in force.LAPSED

    def later_wording(self, clause_id: str, on: str) -> bool:
        """Whether the text that was read is a revision later than the day."""
        wording = self.forces[document_of(clause_id)].wording
        return wording is not None and wording > on

    def doubt(self, clause_id: str, on: str) -> str | None:
        """The source's words on a clause whose force is unknown; None before the newest day."""
        unknown = (
            self.state(clause_id, on) == "未知" and on >= self.forces[document_of(clause_id)].newest
        )
        return self.doubts.get(clause_id) if unknown else None

    def provides(self, clause_id: str) -> bool:
        """Whether the clause has an instrument or a quantity and is no goal, figure or background."""
        if clause_id in self.natures:
            return False
        return bool(self.provisions[clause_id].instrument or self.measures[clause_id])

    def topic(self, clause_id: str) -> str | None:
        """The topic of a clause with the highest score; None outside our topics."""
        topics = self.topics.get(clause_id)
        return topics[0].topic_id if topics else None

    def subject(self, clause_id: str) -> str:
        """The subject of a clause: its heading, or its document and path."""
        clause = self.clauses[clause_id]
        return clause.heading or f"《{self.document(clause_id).title}》{clause.path}"

    def main_text(self, clause_id: str) -> str:
        """The text of a clause without the condition that a digest appends."""
        return quotations.main_text(self.clauses[clause_id])

    def parts(self, clause_id: str) -> tuple[list[Measure], list[Measure]]:
        """The measures of a clause: those of its provision, and those of the condition of a digest."""
        return quotations.parts(self.clauses[clause_id], self.measures[clause_id])

    def quote(self, clause_id: str) -> Quote:
        """The sentence of a clause that is quoted as evidence."""
        return quotations.quote(self.clauses[clause_id], self.parts(clause_id)[0])

    def coverage(self, regions: Iterable[str], topic: str, on: str) -> list[Coverage]:
        """How much the corpus has in force on a topic, for each of some regions.

        Args:
            regions: region ids.
            topic: topic id.
            on: the day.
        """
        rows: list[Coverage] = []
        for region in regions:
            clauses = [c for c in self.clauses_on_topic[region, topic] if self.in_force(c, on)]
            documents = [document_of(clause) for clause in clauses]
            rows.append((region, len(set(documents)), len(clauses), self._newest(documents)))
        return rows

    def _newest(self, documents: Iterable[str]) -> str | None:
        dates = (
            self.documents[d].issued_date or self.documents[d].effective_date for d in documents
        )
        return max((date for date in dates if date), default=None)

    def departments(self, clause_id: str | None, region: str, topic: str | None) -> str | None:
        """The departments in charge: the one that the clause names, else the region's for the topic.

        Our topics list none for counties, and a city's department is not in charge of a county.
        """
        if clause_id and (actor := self.provisions[clause_id].actor):
            return actor
        names = self.taxonomy[topic].departments.get(region) if topic else None
        return "、".join(names) if names else None


def gather(work: Workspace) -> tuple[Evidence, list[Comparison], list[Moment]]:
    """Read the evidence, the comparisons of this build, and the dates that gaps are computed for."""
    regions_by_id = regions.load(DATA / "regions.toml")
    documents = {d.document_id: d for d in jsonl.read(work.rows("documents"), Document)}
    facts = jsonl.read(work.rows("facts"), Fact)
    newest = force.newest(documents.values(), facts)
    events = jsonl.read(work.rows("validity"), ValidityEvent)
    topics = _by_clause(jsonl.read(work.rows("topics"), ClauseTopic))
    files = fact_files.read(work.corpus)
    clause_of_fact = {fact.fact_id: fact.clause_id for fact in facts}
    natures = fact_natures.load(DATA / "natures.toml")
    evidence = Evidence(
        regions=regions_by_id,
        documents=documents,
        forces=force.forces(documents.values(), events, newest),
        clauses={c.clause_id: c for c in jsonl.read(work.rows("clauses"), Clause)},
        measures=_by_clause(jsonl.read(work.rows("measures"), Measure)),
        conditions=_by_clause(jsonl.read(work.rows("conditions"), Condition)),
        provisions={p.clause_id: p for p in jsonl.read(work.rows("provisions"), Provision)},
        topics=topics,
        alignments=_alignments(jsonl.read(work.rows("alignments"), Alignment)),
        words={t.clause_id: t.words for t in jsonl.read(work.rows("tokens"), Tokens)},
        taxonomy=taxonomy.load(DATA / "topics.toml", set(regions_by_id)),
        classes=provision_classes.load(DATA / "patterns/classes.toml"),
        natures=fact_natures.by_clause(natures, clause_of_fact),
        doubts=_doubts(facts),
        clauses_on_topic=_clauses_on_topic(topics, documents),
        searches=_searches(files),
        left_out=_left_out(files, clause_of_fact),
    )
    path = DATA / "comparisons.toml"
    covered = {document.region_id for document in documents.values()}
    compared = comparisons.load(path, regions_by_id, covered)
    return evidence, compared, comparisons.moments(path, newest)


def _by_clause(rows: list[Row]) -> dict[str, list[Row]]:
    by_clause: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_clause[row.clause_id].append(row)
    return by_clause


def _doubts(facts: list[Fact]) -> dict[str, str]:
    """The note in a fact's date (…：2019年度适用；其后版本未查得) where it leaves the fact's force open."""
    notes = {fact.clause_id: (fact.as_of or "").partition("：")[2] for fact in facts}
    return {clause: note for clause, note in notes.items() if _DOUBTFUL.search(note)}


def _clauses_on_topic(
    topics: dict[str, list[ClauseTopic]], documents: dict[str, Document]
) -> dict[tuple[str, str], list[str]]:
    clauses: dict[tuple[str, str], list[str]] = defaultdict(list)
    for clause_id, rows in topics.items():
        document = documents[document_of(clause_id)]
        if document.text_kind in COMPARED:
            for row in rows:
                clauses[document.region_id, row.topic_id].append(clause_id)
    return clauses


def _alignments(rows: list[Alignment]) -> dict[str, list[Alignment]]:
    """Alignments by the clause of either side."""
    by_clause: dict[str, list[Alignment]] = defaultdict(list)
    for row in rows:
        by_clause[row.clause_a].append(row)
        by_clause[row.clause_b].append(row)
    return by_clause


def _searches(files: fact_files.FactFiles) -> dict[tuple[str, str], list[str]]:
    searches: dict[tuple[str, str], list[str]] = defaultdict(list)
    for search_id, row in files.searches.items():
        searches[row["region"], row["topic"]].append(search_id)
    return searches


def _left_out(
    files: fact_files.FactFiles, clause_of_fact: dict[str, str]
) -> dict[str, list[tuple[str, str]]]:
    left_out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact_id, row in files.excluded.items():
        for answered in row.get("answers", []):
            if answered in clause_of_fact:
                left_out[clause_of_fact[answered]].append((row["region"], fact_id))
    return left_out
