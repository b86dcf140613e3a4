"""Evaluation of alignment, measures and gaps against annotations.

Reads   <gold>/*.json, corpus/gold/*.json, corpus/models/match.json and figures.json; the rows
        of a build of the annotated texts; <measures>, clauses with annotated quantities, if the file exists
Prints  R@1 (partial links counted wrong, and left out), R@3, MRR, precision, recall, F1, no-counterpart
        accuracy, recall of links one to one and of split rules, a line for each pair, for each set and for
        all, with bootstrap intervals over pairs; the same for the baselines; the links gained and lost against the noted figures;
        what reviewers changed, if anybody reviewed; the scores of measures
Writes  build/precision-recall.svg

A pair that the model was fitted to is scored by a model fitted without it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.alignment import match_model
from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation import (
    cross_validation,
    end_to_end,
    gold,
    match_training,
    measure_metrics,
    precision_recall_svg,
    reviewed_pairs,
)
from pipeline.evaluation.alignment_metrics import AlignmentScore
from pipeline.evaluation.cross_validation import PairResult
from pipeline.evaluation.gold import COUNTERPART, PARTIAL, GoldPair
from pipeline.evaluation.match_training import TrainingPair
from pipeline.extraction import measure_finding, measure_rules, measures
from pipeline.similarity import document_features, reference_corpus
from pipeline.similarity.document_features import FeatureExtractor
from pipeline.similarity.reference_corpus import ReferenceCorpus

GOLD = DATA / "gold"  # what the models are fitted to; work.gold is what they are scored on
FIGURES = DATA / "models/figures.json"
_INTERVALS = ("R@1", "F1", "no-counterpart", "split")


def run(work: Workspace) -> None:
    """Score every gold pair and print the figures."""
    reference = reference_corpus.load(DATA / "background")
    extractor = document_features.extractor(work, document_features.read_tokens(work))
    pairs = gold.read(work.gold, work, extractor)
    noted = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {"pairs": {}}
    training: list[GoldPair] = []
    if {pair.titles for pair in pairs} & gold.titles(GOLD):
        training = gold.read(GOLD, work, extractor)
    reviewed = [
        match_training.training_pair(pair, reference, extractor.classes)
        for pair in reviewed_pairs.read(work, extractor)
    ]
    results = evaluate_links(pairs, training, reference, extractor, work.jobs, reviewed)
    baselines = cross_validation.by_baselines(pairs, reference)
    report(results, baselines, work.build / "precision-recall.svg")
    report_changes(results, noted["pairs"])
    model = match_model.load()
    by_reviews = [cross_validation.by_model(model, each) for each in reviewed]
    reviewed_pairs.report(by_reviews, results)
    report_end_to_end(end_to_end.results(work, results))
    evaluate_measures(work.measures)


def evaluate_links(
    pairs: Sequence[GoldPair],
    training: Sequence[GoldPair],
    reference: ReferenceCorpus,
    extractor: FeatureExtractor,
    jobs: int,
    reviewed: Sequence[TrainingPair] = (),
) -> list[PairResult]:
    """Score pairs by the model, and those of its training pairs by models fitted without them.

    Args:
        pairs: to score.
        training: the pairs that the model was fitted to; empty if none of them is to be scored.
        reference: weights of terms.
        extractor: that the pairs' features were computed with.
        jobs: processes.
        reviewed: pairs that reviewers decided on, which the model was fitted to as well.
    """
    model = match_model.load()
    fitted = [match_training.training_pair(p, reference, extractor.classes) for p in training]
    held_out = cross_validation.leave_one_out(fitted, jobs, reviewed) if fitted else []
    by_titles = {result.pair.titles: result for result in held_out}
    results = []
    for pair in pairs:
        if (result := by_titles.get(pair.titles)) is None:
            each = match_training.training_pair(pair, reference, extractor.classes)
            result = cross_validation.by_model(model, each)
        results.append(result)
    return results


def report(
    results: Sequence[PairResult], baselines: dict[str, list[PairResult]], picture: Path
) -> dict[str, Any]:
    """Print the figures and draw the curve; returns what figures.json notes."""
    for result in results:
        print(_line(result.pair.name, result.score))
    sets = {
        name: [result for result in results if result.pair.group == name]
        for name in dict.fromkeys(result.pair.group for result in results)
    }
    for name, members in sets.items():
        print(_line(f"{name} 合计", cross_validation.total(members)))
        print(_interval_line(f"{name} 区间", members))
    print(_line("合计", cross_validation.total(results)))
    print(_interval_line("合计区间", results))
    for name, members in baselines.items():
        print(_line(name, cross_validation.total(members)))
    methods = {"本库": results, **baselines}
    figures = {name: cross_validation.total(each).figures() for name, each in methods.items()}
    curves = {name: precision_recall_svg.points(each) for name, each in methods.items()}
    marks = {name: (row["recall"], row["precision"]) for name, row in figures.items()}
    jsonl.write_text(picture, [precision_recall_svg.svg(curves, marks)])
    print(f"准确率与召回率曲线：{picture}")
    pairs = {
        result.pair.name: {"figures": result.score.figures(), "found": _link_names(result)}
        for result in results
    }
    by_set = {name: cross_validation.total(each).figures() for name, each in sets.items()}
    return {"figures": figures, "sets": by_set, "pairs": pairs}


def report_end_to_end(results: Sequence[PairResult]) -> None:
    """Print the figures of pairs whose documents the engine paired itself, by set and in all."""
    for name in dict.fromkeys(result.pair.group for result in results):
        members = [result for result in results if result.pair.group == name]
        print(_line(f"端到端 {name}", cross_validation.total(members)))
    print(_line("端到端 合计", cross_validation.total(results)))
    print(_interval_line("端到端 合计区间", results))


def _line(name: str, score: AlignmentScore) -> str:
    return f"{name}\t" + "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())


def _interval_line(name: str, results: Sequence[PairResult]) -> str:
    found = cross_validation.intervals(results, _INTERVALS)
    return f"{name}\t" + "  ".join(f"{key} [{a:.3f}, {b:.3f}]" for key, (a, b) in found.items())


def _link_names(result: PairResult) -> list[str]:
    """The asserted links by article numbers: 12-9 for article 12 of a and 9 of b."""
    return [_link_name(result.pair, link) for link in result.links]


def _link_name(pair: GoldPair, link: tuple[int, int]) -> str:
    return f"{pair.a.clauses[link[0]].article}-{pair.b.clauses[link[1]].article}"


def report_changes(results: Sequence[PairResult], noted: dict[str, Any]) -> None:
    """Print the links gained and lost since the figures were last noted, and whether they are right.

    Args:
        results: of this run.
        noted: the entry `pairs` of figures.json.
    """
    for result in results:
        now = set(_link_names(result))
        before = set(noted.get(result.pair.name, {}).get("found", now))
        labels = {
            _link_name(result.pair, (i, j)): int(label)
            for i, row in enumerate(result.pair.labels)
            for j, label in enumerate(row)
        }
        for links, right, wrong in ((now - before, "得", "误增"), (before - now, "失", "误减")):
            for link in sorted(links):
                label = labels.get(link, 0)
                if label != PARTIAL:
                    word = right if label == COUNTERPART else wrong
                    print(f"{word}\t{result.pair.name}\t{link}")


def evaluate_measures(path: Path | None) -> None:
    """Score the measures of annotated clauses; print those missed and extra, then the figures.

    Args:
        path: a JSON list of clauses with annotated measures; nothing is printed where there is none.
    """
    if path is None or not path.exists():
        return
    rules, scores = measure_rules.load(), []
    for clause in json.loads(path.read_text(encoding="utf-8")):
        clause_id, text = clause["id"], clause["text"]
        quantities = measure_finding.find(text, rules)
        rows = [measures.row(q, clause_id, n, text) for n, q in enumerate(quantities, 1)]
        compared = measure_metrics.compare(clause["measures"], rows)
        scores.append(compared.score)
        for annotated in compared.missed:
            print(f"漏\t{clause_id}\t{annotated['text']}")
        for measure in compared.extra:
            print(f"多\t{clause_id}\t{measure.quote}")
    figures = measure_metrics.total(scores).figures()
    print("数量\t" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
