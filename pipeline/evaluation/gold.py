"""Gold: pairs of regulations whose articles people aligned, from corpus/gold/*.json.

A pair names two documents by title and date and lists linked articles: label 2 = counterpart, 1 =
partial (neither right nor wrong); every other pair of articles is none. `types` say in what two
counterparts differ most. The texts are not here: they are looked up in the corpus that is being built.
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
from pipeline.similarity.document_features import Reader, Sheet

COUNTERPART, PARTIAL = 2, 1
Labels = NDArray[np.int64]
_TITLE = re.compile(r"(.+?)(?:\((\d{4}-\d{2}-\d{2})\))?")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two documents and what people said of their articles.

    Attributes:
        labels: shape (n_a, n_b): 2 counterpart, 1 partial, 0 none.
        alone_a: rows of a that people left without a counterpart; alone_b likewise.
        types: in what the counterparts differ most, as each person said; several where they disagree.
    """

    name: str
    titles: tuple[str, str]
    a: Sheet
    b: Sheet
    labels: Labels
    alone_a: list[int]
    alone_b: list[int]
    types: dict[tuple[int, int], tuple[str, ...]]

    @property
    def group(self) -> str:
        """The set that the pair belongs to: the letters of its name."""
        return self.name.rstrip("0123456789")


def read(folder: Path, work: Workspace, reader: Reader) -> list[GoldPair]:
    """Read all pairs of a folder, with their documents' sheets.

    Args:
        folder: of the *.json files; those without links are passed over.
        work: where the rows of the corpus are that holds the documents.
        reader: lays out the documents.

    Raises:
        CorpusError: a document is not in the corpus, or lacks an article that a link names.
    """
    found = []
    pairs = _pairs(folder)
    documents = jsonl.read(work.rows("documents"), Document)
    wanted = {
        _document(row[side], documents, path)
        for path, row in pairs
        for side in ("a_title", "b_title")
    }
    sheets = {key: reader.read(clauses) for key, clauses in _clauses(work, wanted).items()}
    for path, row in sorted(pairs, key=lambda pair: _order(pair[1]["pair"])):
        a, b = (sheets[_document(row[side], documents, path)] for side in ("a_title", "b_title"))
        found.append(_pair(row, a, b, path))
    return found


def titles(folder: Path) -> set[tuple[str, str]]:
    """The titles of the two documents of every pair in a folder."""
    return {(row["a_title"], row["b_title"]) for _, row in _pairs(folder)}


def _pairs(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    contents = [
        (p, json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.json"))
    ]
    return [(path, row) for path, row in contents if isinstance(row, dict) and "links" in row]


def _order(name: str) -> tuple[str, int]:
    digits = re.sub(r"\D", "", name)
    return name.rstrip("0123456789"), int(digits or 0)


def _clauses(work: Workspace, wanted: set[str]) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = defaultdict(list)
    for clause in jsonl.read(work.rows("clauses"), Clause):
        if clause.document_id in wanted:
            found[clause.document_id].append(clause)
    return found


def _document(title: str, documents: Iterable[Document], path: Path) -> str:
    named = _TITLE.fullmatch(title)
    for document in documents:
        if named and document.title == named[1] and named[2] in (None, document.issued_date):
            return document.document_id
    raise CorpusError(str(path), f"语料中没有《{title}》", "改正 GOLD_CORPUS，或标注中的题名和日期")


def _pair(row: dict[str, Any], a: Sheet, b: Sheet, path: Path) -> GoldPair:
    places = [{unit.article: i for i, unit in enumerate(side.clauses)} for side in (a, b)]

    def place(side: int, number: object) -> int:
        if (found := places[side].get(str(number))) is None:
            raise CorpusError(
                str(path), f"{'ab'[side]} 没有第 {number} 条", "改正条号，或换回标注时的文本"
            )
        return found

    labels = np.zeros((len(a.clauses), len(b.clauses)), np.int64)
    types = {}
    for link in row["links"]:
        cell = place(0, link["a"]), place(1, link["b"])
        labels[cell] = link["label"]
        if link["label"] == COUNTERPART and link.get("types"):
            types[cell] = tuple(link["types"])
    alone = [[place(side, n) for n in row[f"{'ab'[side]}_without"]] for side in (0, 1)]
    return GoldPair(
        row["pair"], (row["a_title"], row["b_title"]), a, b, labels, alone[0], alone[1], types
    )
