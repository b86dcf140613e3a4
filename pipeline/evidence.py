"""Evidence: all that gaps are made from, by clause, and the words that prove them."""

from collections import defaultdict
from dataclasses import dataclass

from pipeline import regions, rows
from pipeline.records import (
    Alignment,
    Clause,
    ClauseTopic,
    Document,
    Measure,
    Provision,
    Region,
)
from pipeline.workspace import DATA, Workspace

_GLANCE = 120  # characters of a clause that a reader takes in at a glance
_CONDITION = "（条件："  # as digests write it
_STOPS = "。；\n"
Quote = tuple[str, int, int, str]  # clause_id, start, end, words


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of earlier stages by clause; coverage counts (documents, clauses) of a (region, topic)."""

    regions: dict[str, Region]
    documents: dict[str, Document]
    clauses: dict[str, Clause]
    measures: dict[str, list[Measure]]
    provisions: dict[str, Provision]
    topics: dict[str, list[ClauseTopic]]
    alignments: list[Alignment]
    coverage: dict[tuple[str, str], tuple[int, int]]

    def document(self, clause_id: str) -> Document:
        """The document that a clause stands in."""
        return self.documents[clause_id.split("__")[0]]

    def region(self, clause_id: str) -> str:
        """The region of a clause."""
        return self.document(clause_id).region_id

    def name(self, clause_id: str) -> str:
        """The name of that region."""
        return self.regions[self.region(clause_id)].name

    def covered(self, names: set[str], topic: str) -> tuple[int, int]:
        """How many documents and clauses these regions together have in a topic."""
        held = [self.coverage.get((name, topic), (0, 0)) for name in names]
        return sum(documents for documents, _ in held), sum(clauses for _, clauses in held)

    def topic(self, clause_id: str) -> str:
        """The topic that a clause lies in most surely."""
        return self.topics[clause_id][0].topic_id

    def subject(self, clause_id: str) -> str:
        """What a clause is about: its heading, or its document and path."""
        clause = self.clauses[clause_id]
        return clause.heading or f"《{self.document(clause_id).title}》{clause.path}"

    def parts(self, clause_id: str) -> tuple[list[Measure], list[Measure]]:
        """The measures of a clause: what it lays down, and what a digest adds as its condition."""
        at = self.clauses[clause_id].text.find(_CONDITION)
        measures = self.measures[clause_id]
        return [m for m in measures if at < 0 or m.start < at], [
            m for m in measures if 0 <= at <= m.start
        ]

    def quote(self, clause_id: str) -> Quote:
        """The words that prove a clause: the sentence of its first quantity, or its first one."""
        clause, measures = self.clauses[clause_id], self.measures[clause_id]
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
        words = text[start : min(end, start + _GLANCE)].rstrip()
        return clause_id, start, start + len(words), words


def gather(work: Workspace) -> Evidence:
    """Read what gaps are made from."""
    measures: dict[str, list[Measure]] = defaultdict(list)
    for measure in rows.read(work.rows("measures"), Measure):
        measures[measure.clause_id].append(measure)
    topics: dict[str, list[ClauseTopic]] = defaultdict(list)
    for topic in rows.read(work.rows("topics"), ClauseTopic):
        topics[topic.clause_id].append(topic)
    documents = {d.document_id: d for d in rows.read(work.rows("documents"), Document)}
    return Evidence(
        regions.load(DATA / "regions.toml"),
        documents,
        {c.clause_id: c for c in rows.read(work.rows("clauses"), Clause)},
        measures,
        {p.clause_id: p for p in rows.read(work.rows("provisions"), Provision)},
        topics,
        rows.read(work.rows("alignments"), Alignment),
        coverage(documents, topics),
    )


def coverage(
    documents: dict[str, Document], topics: dict[str, list[ClauseTopic]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """How many documents and clauses of each (region, topic) the corpus holds."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for clause_id, sorted_into in topics.items():
        document_id = clause_id.split("__")[0]
        for row in sorted_into:
            found[documents[document_id].region_id, row.topic_id].append(document_id)
    return {key: (len(set(held)), len(held)) for key, held in found.items()}
