"""Evaluate: alignment, kinds of difference and measures held against what people said.

Reads   <gold>/*.json, corpus/gold/model.json, kinds.json and figures.json, and the rows built from the corpus that
        holds the documents; <measures>, clauses with annotated quantities, if it is there
Prints  R@1, R@3, MRR, precision, recall, F1 and no-counterpart accuracy, a line a pair and one for all,
        the same for the plain ways, the links gained and lost against the last noted figures, and how
        often the kind of difference was told, beside always saying scope
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
    gold,
    kind_metrics,
    kind_training,
    match_training,
    measure_metrics,
    precision_recall_svg,
)
from pipeline.evaluation.alignment_metrics import Score
from pipeline.evaluation.cross_validation import Trial
from pipeline.evaluation.gold import COUNTERPART, PARTIAL, GoldPair
from pipeline.evaluation.kind_metrics import Judged
from pipeline.extraction import measure_rules, measures
from pipeline.gaps import kind_model
from pipeline.similarity import document_features, reference_corpus
from pipeline.similarity.document_features import Reader

MODEL, FIGURES = DATA / "gold/model.json", DATA / "gold/figures.json"
KINDS = DATA / "gold/kinds.json"


def run(work: Workspace) -> None:
    """Score every gold pair and print the figures."""
    known = reference_corpus.load(DATA / "background")
    reader = document_features.reader(work, document_features.tokens(work))
    model = match_model.load(MODEL)
    pairs = gold.read(work.gold, work, reader)
    noted = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {"pairs": {}}
    examples = [match_training.example(pair, known, reader.classes) for pair in pairs]
    learnt: list[GoldPair] = []
    if {pair.titles for pair in pairs} & gold.titles(DATA / "gold"):
        learnt = gold.read(DATA / "gold", work, reader)
        fitted = [match_training.example(pair, known, reader.classes) for pair in learnt]
        by_title = {t.pair.titles: t for t in cross_validation.left_out(fitted, work.jobs)}
    else:
        by_title = {}
    found = [
        by_title.get(each.pair.titles) or cross_validation.by_model(model, each)
        for each in examples
    ]
    report(found, cross_validation.by_baselines(pairs, known), work.build / "precision-recall.svg")
    changes(found, noted["pairs"])
    evaluate_kinds(pairs, learnt, work, reader)
    evaluate_measures(work.measures)


def report(found: Sequence[Trial], plain: dict[str, list[Trial]], picture: Path) -> dict[str, Any]:
    """Print the figures and draw the curve; returns what figures.json notes."""
    for trial in found:
        print(_line(trial.pair.name, trial.score))
    sets = {
        name: [t for t in found if t.pair.group == name]
        for name in {t.pair.group: 0 for t in found}
    }
    for name, each in sets.items():
        print(_line(f"{name} 合计", cross_validation.total(each)))
    print(_line("合计", cross_validation.total(found)))
    groups = {"本库": found, **plain}
    for name, each in plain.items():
        print(_line(name, cross_validation.total(each)))
    figures = {name: cross_validation.total(each).figures() for name, each in groups.items()}
    marks = {name: (row["recall"], row["precision"]) for name, row in figures.items()}
    drawn = precision_recall_svg.svg(
        {name: precision_recall_svg.points(each) for name, each in groups.items()}, marks
    )
    jsonl.write_lines(picture, [drawn])
    print(f"准确率与召回率曲线：{picture}")
    pairs = {t.pair.name: {"figures": t.score.figures(), "found": _named(t)} for t in found}
    by_set = {name: cross_validation.total(each).figures() for name, each in sets.items()}
    return {"figures": figures, "sets": by_set, "pairs": pairs}


def _line(name: str, score: Score) -> str:
    return f"{name}\t" + "  ".join(f"{key} {value:.3f}" for key, value in score.figures().items())


def _named(trial: Trial) -> list[str]:
    """The asserted links as article numbers, 12-9 for article 12 of a and 9 of b."""
    return [_name(trial.pair, link) for link in trial.links]


def _name(pair: GoldPair, link: tuple[int, int]) -> str:
    return f"{pair.a.clauses[link[0]].article}-{pair.b.clauses[link[1]].article}"


def changes(found: Sequence[Trial], noted: dict[str, Any]) -> None:
    """Print the links that came or went since the figures were last noted, and whether that is good."""
    for trial in found:
        before = set(noted.get(trial.pair.name, {}).get("found", _named(trial)))
        labels = {
            _name(trial.pair, (i, j)): int(label)
            for i, row in enumerate(trial.pair.labels)
            for j, label in enumerate(row)
        }
        now = set(_named(trial))
        for links, good, bad in ((now - before, "得", "误增"), (before - now, "失", "误减")):
            for link in sorted(links):
                label = labels.get(link, 0)
                if label != PARTIAL:
                    word = good if label == COUNTERPART else bad
                    print(f"{word}\t{trial.pair.name}\t{link}")


def evaluate_kinds(
    pairs: Sequence[GoldPair], learnt: Sequence[GoldPair], work: Workspace, reader: Reader
) -> None:
    """Score the kinds of difference; `learnt` are the pairs of the model where it learnt from some."""
    asked = kind_training.examples(pairs, work, reader)
    models = kind_training.left_out(kind_training.examples(learnt, work, reader))
    report_kinds(kind_training.judge(asked, models, kind_model.load(KINDS)))


def report_kinds(found: Sequence[Judged]) -> dict[str, Any]:
    """Print how the kinds of difference were told, a line a set and a kind; returns the figures."""
    sets = {each.group: [e for e in found if e.group == each.group] for each in found}
    figures = {name: kind_metrics.figures(rows) for name, rows in sets.items()}
    every = figures["all"] = kind_metrics.figures(found)
    for name, row in figures.items():
        print(f"差异种类 {name}\t" + _told(row))
    for kind, row in every["kinds"].items():
        print(f"差异种类 {kind_model.NAMES[kind]}\t" + _told(row))
    for mean, share, count in kind_metrics.reliability(found):
        print(f"差异种类 可靠程度\t{mean:.3f}  {share:.3f}  {count}")
    return figures


def _told(row: dict[str, Any]) -> str:
    shown = {name: value for name, value in row.items() if not isinstance(value, dict)}
    return "  ".join(
        f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
        for name, value in shown.items()
    )


def evaluate_measures(path: Path) -> None:
    """Score the measures of annotated clauses; print the figures, then what was missed and extra."""
    if not path.exists():
        return
    rules, found = measure_rules.load(), []
    for clause in json.loads(path.read_text(encoding="utf-8")):
        quantities = measures.find(clause["text"], rules)
        predicted = [
            measures.row(q, clause["id"], n, clause["text"]) for n, q in enumerate(quantities, 1)
        ]
        compared = measure_metrics.compare(clause["measures"], predicted)
        found.append(compared.score)
        for name, rows_ in (("漏", compared.missed), ("多", compared.extra)):
            for row in rows_:
                print(
                    f"{name}\t{clause['id']}\t{row['text'] if isinstance(row, dict) else row.quote}"
                )
    figures = measure_metrics.total(found).figures()
    print("数量\t" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
