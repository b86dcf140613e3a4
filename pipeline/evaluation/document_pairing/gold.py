"""Document pair gold: which documents a person found to regulate the same matter, as a whole or in part.

Each line of corpus/gold/document_pairs.jsonl is one document that was held against every document of
`JUDGED`: those not listed are on other matters.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.alignment import document_pairs
from pipeline.alignment.document_pairs import PairCandidate, PairFinder
from pipeline.core import jsonl, regions
from pipeline.core.paths import DATA, Workspace

PATH = DATA / "gold/document_pairs.jsonl"
JUDGED = ("330000", "330400")  # regions whose documents were all read
WHOLE, PARTIAL, OTHER = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Annotation:
    """The documents that answer document a: as a whole, and in part."""

    a: str
    whole: list[str]
    part: list[str]

    def label(self, b: str) -> int:
        """WHOLE, PARTIAL or OTHER."""
        return WHOLE if b in self.whole else PARTIAL if b in self.part else OTHER


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated document with its candidates in each region.

    Attributes:
        matter: of its title; versions of one text share it, and are left out together.
        title_by_id: titles of all documents.
    """

    annotation: Annotation
    matter: tuple[str, ...]
    candidates: list[list[PairCandidate]]
    title_by_id: Mapping[str, str]

    def labels(self) -> list[int]:
        """The label of every candidate, one region after the other."""
        return [self.annotation.label(each.names[1]) for row in self.candidates for each in row]


def read(work: Workspace) -> tuple[PairFinder, list[GoldDocument]]:
    """The annotated documents that the build has, and the finder of their candidates."""
    regions_by_id = regions.load(DATA / "regions.toml")
    finder = document_pairs.read(work, regions_by_id)
    profiles = {p.document.document_id: p for p in finder.collection.profiles}
    annotations = [row for row in jsonl.read(PATH, Annotation) if row.a in profiles]
    sides = {profiles[row.a].document.region_id for row in annotations}
    left = finder.collection.rows_of(sides)
    found: dict[str, list[list[PairCandidate]]] = {
        row.a: [[] for _ in JUDGED] for row in annotations
    }
    for place, region_id in enumerate(JUDGED):
        by_document: dict[str, list[PairCandidate]] = defaultdict(list)
        for each in finder.candidates(left, finder.collection.rows_of({region_id})):
            by_document[each.names[0]].append(each)
        for name, rows in found.items():
            rows[place] += by_document[name]
    titles = {name: profile.document.title for name, profile in profiles.items()}
    return finder, [
        GoldDocument(row, tuple(profiles[row.a].matter.terms), found[row.a], titles)
        for row in annotations
    ]
