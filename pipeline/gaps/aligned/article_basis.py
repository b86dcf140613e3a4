"""Article basis: what the gaps of articles of one comparison are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.computation.document_rows import DocumentRows
from pipeline.core.paths import Workspace
from pipeline.core.point_records import ArticleMatter, ArticlePoint, ArticlePoints
from pipeline.core.records import Clause, Document, DocumentPair, Region, document_of
from pipeline.gaps.aligned.told_points import PairKey, PairPoints
from pipeline.gaps.sentences.article_headlines import Citations
from pipeline.reviews import review_verdicts


@dataclass(frozen=True, slots=True)
class ArticleBasis:
    """What the gaps of articles of one comparison are computed from.

    Attributes:
        matters: of articles, that the target has as its own.
        points: of the pairs of articles.
        likeness: of two documents that answer each other.
        citations: how articles are cited.
        regions: by id.
    """

    matters: Sequence[ArticleMatter]
    points: PairPoints
    likeness: Mapping[PairKey, float]
    citations: Citations
    regions: Mapping[str, Region]


@dataclass(frozen=True, slots=True)
class BasisRows:
    """What bases are made from, read target by target: memory holds one comparison.

    Attributes:
        matters: by the regions that have them as their own.
        titles: of documents.
        rejected: points that reviewers rejected.
    """

    matters: DocumentRows[ArticleMatter]
    points: DocumentRows[ArticlePoints]
    clauses: DocumentRows[Clause]
    likeness: Mapping[PairKey, float]
    titles: Mapping[str, str]
    regions: Mapping[str, Region]
    rejected: frozenset[str]

    def basis(self, target: str) -> ArticleBasis:
        """The basis of a comparison with a region."""
        matters = self.matters.of([target])
        articles = {rule.clause_id for matter in matters for rule in matter.rules}
        texts = {document_of(article) for article in articles}
        clauses = [
            (clause.clause_id, clause.start, clause.path) for clause in self.clauses.of(texts)
        ]
        return ArticleBasis(
            matters,
            PairPoints(
                {(row.clause_a, row.clause_b): self._kept(row) for row in self.points.of(texts)},
                {clause_id: start for clause_id, start, _ in clauses},
            ),
            self.likeness,
            Citations(
                self.titles,
                {name: path.split()[-1] for name, _, path in clauses if name in articles},
                {region.region_id: region.name for region in self.regions.values()},
            ),
            self.regions,
        )

    def _kept(self, row: ArticlePoints) -> list[ArticlePoint]:
        """The points of a pair of articles but those that reviewers rejected."""
        if not self.rejected:
            return row.points
        return [
            point
            for point in row.points
            if review_verdicts.point_id(row, point) not in self.rejected
        ]


def rows_of(
    work: Workspace, documents: list[Document], regions_by_id: dict[str, Region]
) -> BasisRows:
    """Note where the rows of a build are.

    Args:
        work: of the build.
        documents: all, with or without texts.
        regions_by_id: all regions.
    """
    pairs = jsonl.read(work.rows("document_pairs"), DocumentPair)
    return BasisRows(
        document_rows.index(work.rows("article_matters"), ArticleMatter, _places),
        document_rows.index(work.rows("article_points"), ArticlePoints),
        document_rows.index(work.rows("clauses"), Clause),
        {(p.document_a, p.document_b): p.likeness for p in pairs if p.kind == "counterpart"},
        {document.document_id: document.title for document in documents},
        regions_by_id,
        review_verdicts.rejected(review_verdicts.of_build(work), "point"),
    )


def _places(line: bytes) -> frozenset[str]:
    """The regions of a matter: they have an article of their own, or are known to have none in their texts.

    What only a level above a region rules has its row in the comparison with that level, once.
    """
    (matter,) = jsonl.from_lines([line], ArticleMatter)
    places = {place for rule in matter.rules for place in (rule.region_id, *rule.regions)}
    return frozenset(places | {absence.region_id for absence in matter.absences})
