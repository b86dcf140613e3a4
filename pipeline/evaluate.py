"""Evaluate: alignment held against pairs of regulations that people aligned.

Reads   <gold>/D*.json, and documents, tokens and topics built from the corpus that they speak of
        <gold>/measures.json, clauses with annotated quantities
Prints  R@1, R@3, precision, recall and F1, a line a pair and one for all; then the F1 of measures

A pair names two documents by title and date and lists linked articles with label 2 (counterpart) or
1 (partial: neither right nor wrong).
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import alignments, features, lexicon, measure_scores, measures, rows
from pipeline.alignments import Units
from pipeline.errors import CorpusError
from pipeline.records import ClauseTopic, Document, Tokens
from pipeline.settings import ALIGNMENTS
from pipeline.workspace import DATA, Workspace

_TITLE = re.compile(r"(.+?)(?:\((\d{4}-\d{2}-\d{2})\))?")
_ARTICLE = re.compile(r".*__art_(\d+)")
Links = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add up over pairs; the figures are ratios of them."""

    ranked: int
    first: int
    third: int
    right: int
    predicted: int
    gold: int

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.ranked + other.ranked, self.first + other.first, self.third + other.third,
            self.right + other.right, self.predicted + other.predicted, self.gold + other.gold,
        )  # fmt: skip

    def figures(self) -> dict[str, float]:
        """R@1, R@3, precision, recall, F1.

        >>> Score(4, 3, 4, 2, 4, 2).figures()
        {'R@1': 0.75, 'R@3': 1.0, 'precision': 0.5, 'recall': 1.0, 'F1': 0.6667}
        """
        precision, recall = _ratio(self.right, self.predicted), _ratio(self.right, self.gold)
        figures = {
            "R@1": _ratio(self.first, self.ranked), "R@3": _ratio(self.third, self.ranked),
            "precision": precision, "recall": recall,
            "F1": _ratio(2 * precision * recall, precision + recall),
        }  # fmt: skip
        return {name: round(value, 4) for name, value in figures.items()}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def run(work: Workspace) -> None:
    """Score every gold pair and print the figures."""
    documents = rows.read(work.rows("documents"), Document)
    units = alignments.gather(
        documents,
        rows.read(work.rows("tokens"), Tokens),
        rows.read(work.rows("topics"), ClauseTopic),
        lexicon.load(DATA / "lexicon"),
        {},
    )
    total = Score(0, 0, 0, 0, 0, 0)
    for path in sorted(work.gold.glob("D*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        score = score_pair(pair, documents, units, path)
        print(_line(pair["pair"], score))
        total += score
    print(_line("合计", total))
    evaluate_measures(work.gold / "measures.json")


def evaluate_measures(path: Path) -> None:
    """Score the measures of annotated clauses; print the figures, then what was missed and extra."""
    if not path.exists():
        return
    rules, found = measures.load(DATA / measures.PATTERNS), []
    for clause in json.loads(path.read_text(encoding="utf-8")):
        quantities = measures.find(clause["text"], rules)
        predicted = [
            measures.row(q, clause["id"], n, clause["text"]) for n, q in enumerate(quantities, 1)
        ]
        compared = measure_scores.compare(clause["measures"], predicted)
        found.append(compared.score)
        for name, rows_ in (("漏", compared.missed), ("多", compared.extra)):
            for row in rows_:
                print(
                    f"{name}\t{clause['id']}\t{row['text'] if isinstance(row, dict) else row.quote}"
                )
    figures = measure_scores.total(found).figures()
    print("数量\t" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))


def _line(name: str, score: Score) -> str:
    return f"{name}\t" + "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())


def score_pair(pair: dict[str, Any], documents: list[Document], units: Units, path: Path) -> Score:
    """Score one pair of documents, both directions.

    Raises:
        CorpusError: a document of the pair is not in the corpus.
    """
    left, right = (_articles(pair[key], documents, units, path) for key in ("a_title", "b_title"))
    similarity = alignments.similarities(units, list(left.values()), list(right.values()), 200)
    names_a, names_b = list(left), list(right)
    predicted = {
        (names_a[a], names_b[b])
        for a, b in features.links(similarity, ALIGNMENTS.floor, ALIGNMENTS.tie)
    }
    return score(pair["links"], predicted, _rankings(similarity, names_a, names_b))


def _articles(title: str, documents: list[Document], units: Units, path: Path) -> dict[int, int]:
    """Article number → row of the feature matrix."""
    named = _TITLE.fullmatch(title)
    for place, document in enumerate(documents):
        if named and document.title == named[1] and named[2] in (None, document.issued_date):
            found = {}
            for row, tokens in enumerate(units.tokens):
                if units.document[row] == place and (hit := _ARTICLE.fullmatch(tokens.clause_id)):
                    found[int(hit[1])] = row
            return found
    raise CorpusError(str(path), f"语料中没有《{title}》", "改正 GOLD_CORPUS，或标注中的题名和日期")


def _rankings(
    similarity: Any, names_a: list[int], names_b: list[int]
) -> dict[tuple[str, int], list[int]]:
    """For every article of either side, the other side's articles, nearest first."""
    found = {}
    for side, matrix, own, other in (
        ("a", similarity, names_a, names_b),
        ("b", similarity.T.tocsr(), names_b, names_a),
    ):
        for row, name in enumerate(own):
            found[side, name] = [other[col] for col, _ in features.ranked(matrix, row)]
    return found


def score(
    links: Iterable[dict[str, Any]], predicted: Links, rankings: dict[tuple[str, int], list[int]]
) -> Score:
    """Hold predicted links and rankings against the gold links of one pair."""
    gold = {(link["a"], link["b"]) for link in links if link["label"] == 2}
    partial = {(link["a"], link["b"]) for link in links if link["label"] == 1}
    ranked = first = third = 0
    for (side, article), order in rankings.items():
        partners = {
            b if side == "a" else a for a, b in gold if (a if side == "a" else b) == article
        }
        if partners:
            ranked += 1
            first += bool(partners & set(order[:1]))
            third += bool(partners & set(order[:3]))
    counted = predicted - partial
    return Score(ranked, first, third, len(counted & gold), len(counted), len(gold))
