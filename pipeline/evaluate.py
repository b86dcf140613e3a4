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

from pipeline import (
    background,
    curve,
    fitting,
    gold,
    kind_fitting,
    kind_scores,
    kinds,
    matcher,
    measure_scores,
    measures,
    rows,
    sheets,
    trials,
)
from pipeline.alignment_scores import Score
from pipeline.gold import COUNTERPART, PARTIAL, GoldPair
from pipeline.kind_scores import Judged
from pipeline.sheets import Reader
from pipeline.trials import Trial
from pipeline.workspace import DATA, Workspace

MODEL, FIGURES = DATA / "gold/model.json", DATA / "gold/figures.json"
KINDS = DATA / "gold/kinds.json"


def run(work: Workspace) -> None:
    """Score every gold pair and print the figures."""
    known = background.load(DATA / "background")
    reader = sheets.reader(work, sheets.tokens(work))
    model = matcher.load(MODEL)
    pairs = gold.read(work.gold, work, reader)
    noted = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {"pairs": {}}
    examples = [fitting.example(pair, known, reader.classes) for pair in pairs]
    learnt: list[GoldPair] = []
    if {pair.titles for pair in pairs} & gold.titles(DATA / "gold"):
        learnt = gold.read(DATA / "gold", work, reader)
        fitted = [fitting.example(pair, known, reader.classes) for pair in learnt]
        by_title = {t.pair.titles: t for t in trials.left_out(fitted, work.jobs)}
    else:
        by_title = {}
    found = [by_title.get(each.pair.titles) or trials.by_model(model, each) for each in examples]
    report(found, trials.by_baselines(pairs, known), work.build / "precision-recall.svg")
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
        print(_line(f"{name} 合计", trials.total(each)))
    print(_line("合计", trials.total(found)))
    groups = {"本库": found, **plain}
    for name, each in plain.items():
        print(_line(name, trials.total(each)))
    figures = {name: trials.total(each).figures() for name, each in groups.items()}
    marks = {name: (row["recall"], row["precision"]) for name, row in figures.items()}
    drawn = curve.svg({name: curve.points(each) for name, each in groups.items()}, marks)
    rows.write_lines(picture, [drawn])
    print(f"准确率与召回率曲线：{picture}")
    pairs = {t.pair.name: {"figures": t.score.figures(), "found": _named(t)} for t in found}
    by_set = {name: trials.total(each).figures() for name, each in sets.items()}
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
    asked = kind_fitting.examples(pairs, work, reader)
    models = kind_fitting.left_out(kind_fitting.examples(learnt, work, reader))
    report_kinds(kind_fitting.judge(asked, models, kinds.load(KINDS)))


def report_kinds(found: Sequence[Judged]) -> dict[str, Any]:
    """Print how the kinds of difference were told, a line a set and a kind; returns the figures."""
    sets = {each.group: [e for e in found if e.group == each.group] for each in found}
    figures = {name: kind_scores.figures(rows) for name, rows in sets.items()}
    every = figures["all"] = kind_scores.figures(found)
    for name, row in figures.items():
        print(f"差异种类 {name}\t" + _told(row))
    for kind, row in every["kinds"].items():
        print(f"差异种类 {kinds.NAMES[kind]}\t" + _told(row))
    for mean, share, count in kind_scores.reliability(found):
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
