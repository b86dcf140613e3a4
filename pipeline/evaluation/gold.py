"""Gold annotations: pairs of regulations whose articles people aligned, from corpus/gold/*.json.

A pair names two documents by title and date and lists linked articles: label 2 = counterpart, 1 =
partial (counts neither way); every other pair of articles is 0. The texts are not here: they are looked
up in the corpus of the build. What two counterparts differ in (`types`, `diffs`) is kept for readers.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.core import jsonl
from pipeline.core.errors import CorpusError
from pipeline.core.paths import Workspace
from pipeline.core.records import Clause, Document
from pipeline.similarity.document_features import DocumentFeatures, FeatureExtractor

COUNTERPART, PARTIAL = 2, 1
UNREVIEWED = -1  # of a pair that reviewers told of in part: nothing is known
Labels = NDArray[np.int64]
_TITLE = re.compile(r"(.+?)(?:\((\d{4}-\d{2}-\d{2})\))?")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two documents and the annotations of their articles.

    Attributes:
        name: a letter for the set and a number.
        titles: of the documents, as the file gives them.
        a: features of the one document, with n_a clauses.
        b: features of the other, with n_b clauses.
        labels: shape (n_a, n_b): 2 counterpart, 1 partial, 0 none.
        alone_a: rows of a annotated as having no counterpart.
        alone_b: rows of b, likewise.
    """

    name: str
    titles: tuple[str, str]
    a: DocumentFeatures
    b: DocumentFeatures
    labels: Labels
    alone_a: list[int]
    alone_b: list[int]

    @property
    def group(self) -> str:
        """The set that the pair belongs to: the letters of its name."""
        return self.name.rstrip("0123456789")


def read(folder: Path, work: Workspace, extractor: FeatureExtractor) -> list[GoldPair]:
    """Read all pairs of a folder, with the features of their documents, in order of names.

    Args:
        folder: of the *.json files; those without links are skipped.
        work: where the rows of the corpus are that contains the documents.
        extractor: computes the features.

    Raises:
        CorpusError: a document is not in the corpus, or lacks an article that a link names.
    """
    annotations = _annotations(folder)
    documents = jsonl.read(work.rows("documents"), Document)
    document_ids = {
        _document_id(row[side], documents, path)
        for path, row in annotations
        for side in ("a_title", "b_title")
    }
    features = {
        name: extractor.extract(clauses) for name, clauses in _clauses(work, document_ids).items()
    }
    pairs = []
    for path, row in sorted(annotations, key=lambda annotation: _order(annotation[1]["pair"])):
        a, b = (
            features[_document_id(row[side], documents, path)] for side in ("a_title", "b_title")
        )
        pairs.append(_pair(row, a, b, path))
    return pairs


def titles(folder: Path) -> set[tuple[str, str]]:
    """The titles of the two documents of every pair in a folder."""
    return {(row["a_title"], row["b_title"]) for _, row in _annotations(folder)}


def _annotations(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """(file, content) of every file of a folder that holds links."""
    contents = [
        (p, json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.json"))
    ]
    return [(path, row) for path, row in contents if isinstance(row, dict) and "links" in row]


def _order(name: str) -> tuple[str, int]:
    digits = re.sub(r"\D", "", name)
    return name.rstrip("0123456789"), int(digits or 0)


def _clauses(work: Workspace, document_ids: set[str]) -> dict[str, list[Clause]]:
    by_document: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.document_id in document_ids:
            by_document[clause.document_id].append(clause)
    return by_document


def _document_id(title: str, documents: Iterable[Document], path: Path) -> str:
    """The document of a title that may end with its date in brackets."""
    match = _TITLE.fullmatch(title)
    for document in documents:
        if match and document.title == match[1] and match[2] in (None, document.issued_date):
            return document.document_id
    raise CorpusError(str(path), f"语料中没有《{title}》", "改正 GOLD_CORPUS，或标注中的题名和日期")


def _pair(
    annotation: dict[str, Any], a: DocumentFeatures, b: DocumentFeatures, path: Path
) -> GoldPair:
    rows_by_article = [{unit.article: i for i, unit in enumerate(d.clauses)} for d in (a, b)]

    def row_of(side: int, number: object) -> int:
        if (row := rows_by_article[side].get(str(number))) is None:
            message = f"{'ab'[side]} 没有第 {number} 条"
            raise CorpusError(str(path), message, "改正条号，或换回标注时的文本")
        return row

    labels = np.zeros((len(a.clauses), len(b.clauses)), np.int64)
    for link in annotation["links"]:
        labels[row_of(0, link["a"]), row_of(1, link["b"])] = link["label"]
    alone_a, alone_b = (
        [row_of(side, number) for number in annotation[f"{'ab'[side]}_without"]] for side in (0, 1)
    )
    document_titles = annotation["a_title"], annotation["b_title"]
    return GoldPair(annotation["pair"], document_titles, a, b, labels, alone_a, alone_b)
