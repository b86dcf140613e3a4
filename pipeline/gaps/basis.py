"""Basis: what all gaps are computed from, read once: matters, rules, searches, absences, neighbours."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from pipeline.core import comparisons, fact_files, jsonl, regions
from pipeline.core.computation import document_rows
from pipeline.core.gap_records import SOURCE_GRADES, Comparison, Matter, Moment, Rule
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Alignment, Fact, Region, document_of
from pipeline.core.settings import IMPORTANCE
from pipeline.extraction import taxonomy
from pipeline.extraction.taxonomy import Topic
from pipeline.gaps import nearest
from pipeline.gaps.nearest import Neighbours
from pipeline.matters import disagreements
from pipeline.validity import force

# A year that was looked for: 2022年以后, 2021—2025年, 2025、2026年; no document's 〔2022〕, no search word 2022.
_YEAR = re.compile(r"((?:19|20)\d\d)(?=[年、—-])")
# In a coder's note: what was looked for and not found, and not what nobody looked for.
_SEARCHED = re.compile("^(?!.*未(?:专门)?检索).*(?:未查得|未见)")


@dataclass(frozen=True, slots=True)
class AbsenceSource:
    """What an absence rests on: the document of a fact by its title, or of a search what was read."""

    grade: str
    confidence: str
    title: str


@dataclass(frozen=True, slots=True)
class Search:
    """A search for a matter in a region; `since` is the first year that it was about, "" of any."""

    region_id: str
    since: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What all gaps are computed from.

    Attributes:
        regions: by id.
        topics: by id.
        matters: of this build.
        rules: by matter.
        searches: where a matter was looked for, by matter.
        sources: what an absence may rest on, by fact or search id.
        neighbours: what the alignment puts near each clause.
        apart: pairs of clauses that the alignment is sure of and that lie in different matters.
    """

    regions: dict[str, Region]
    topics: dict[str, Topic]
    matters: list[Matter]
    rules: dict[str, list[Rule]]
    searches: dict[str, list[Search]]
    sources: dict[str, AbsenceSource]
    neighbours: Neighbours
    apart: int

    def is_searched(self, matter: Matter, region_id: str, day: str) -> bool:
        """Whether somebody looked for a matter in a region: by a record, or by the coder's note.

        What was looked for in later years alone does not answer for a day before.
        """
        records = self.searches.get(matter.matter_id, [])
        if any(record.region_id == region_id and record.since <= day for record in records):
            return True
        name = regions.short_name(self.regions[region_id].name)
        said = [part for part in re.split("[；;。]", matter.searched or "") if _since(part) <= day]
        return any(_SEARCHED.search(part) and name in _places(part) for part in said)

    def provable(self, matter: Matter) -> Matter:
        """The matter with the absences whose source is in this build."""
        known = [absence for absence in matter.absences if absence.source in self.sources]
        return matter if known == matter.absences else replace(matter, absences=known)

    def department(self, matter: Matter, region_id: str) -> str | None:
        """Who answers for a matter in a region; where the coding is silent, the topic's only department.

        Of several departments of a topic none is named, for which of them it is nobody has said.
        """
        if matter.departments:
            return matter.departments.get(region_id)
        topic = self.topics.get(matter.topic_id or "")
        names = topic.departments.get(region_id, []) if topic else []
        return names[0] if len(names) == 1 else None


def _places(part: str) -> list[str]:
    """The places that a part of a coder's note on searches begins with; their names have two characters.

    >>> _places("南湖、嘉善：未查得"), _places("平湖、海盐未查得"), _places("浙江指导性指标未查得")
    (['南湖', '嘉善'], ['平湖', '海盐'], ['浙江'])
    """
    return [name.strip()[:2] for name in part.partition("：")[0].split("、")]


def _since(words: str) -> str:
    """The first year that a search was about, by its subject or a coder's note; "" where it names none.

    >>> _since("水资源税税额（2024年12月后）"), _since("嘉兴：2025、2026年办法未查得"), _since("办法正文")
    ('2024', '2025', '')
    """
    return min(_YEAR.findall(words), default="")


def certainty(grade: str, confidence: str) -> float:
    """How surely a source of a grade holds, by the collector's confidence; 0 to 1."""
    return IMPORTANCE.source[grade] * IMPORTANCE.confidence[confidence]


def _matters_of_clauses(rules: dict[str, list[Rule]]) -> dict[str, set[str]]:
    matters: dict[str, set[str]] = defaultdict(set)
    for matter_id, found in rules.items():
        for rule in found:
            matters[rule.clause_id].add(matter_id)
    return matters


def gather(work: Workspace) -> tuple[Basis, list[Comparison], list[Moment]]:
    """Read the basis, the comparisons of this build, and the dates."""
    regions_by_id = regions.load(DATA / "regions.toml")
    documents = document_rows.heads(work.rows("documents"))
    facts = jsonl.read(work.rows("facts"), Fact)
    rules: dict[str, list[Rule]] = defaultdict(list)
    for rule in jsonl.read(work.rows("rules"), Rule):
        rules[rule.matter_id].append(rule)
    titles = {document.document_id: document.title for document in documents}
    sources = {
        fact.fact_id: AbsenceSource(
            SOURCE_GRADES[fact.source_kind], fact.confidence, titles[document_of(fact.clause_id)]
        )
        for fact in facts
    }
    searches: dict[str, list[Search]] = defaultdict(list)
    for search_id, record in fact_files.read(work.corpus).searches.items():
        sources[search_id] = AbsenceSource("search", record["confidence"], record["searched"])
        for matter_id in record["matters"]:
            searches[matter_id].append(Search(record["region"], _since(record["subject"])))
    regions_of_documents = {document.document_id: document.region_id for document in documents}
    coded = {rule.clause_id for own in rules.values() for rule in own}
    alignments = [
        replace(row, shared_terms=[], reasons=[], diff=None)
        for row in jsonl.each(work.rows("alignments"), Alignment)
        if row.clause_a in coded or row.clause_b in coded
    ]
    basis = Basis(
        regions=regions_by_id,
        topics=taxonomy.load(DATA / "topics.toml", set(regions_by_id)),
        matters=jsonl.read(work.rows("matters"), Matter),
        rules=rules,
        searches=searches,
        sources=sources,
        neighbours=nearest.of_alignments(alignments, regions_of_documents),
        apart=len(disagreements.between(alignments, _matters_of_clauses(rules))),
    )
    path, covered = DATA / "comparisons.toml", set(regions_of_documents.values())
    compared = comparisons.load(path, regions_by_id, covered)
    return basis, compared, comparisons.moments(path, force.newest(documents, facts))
