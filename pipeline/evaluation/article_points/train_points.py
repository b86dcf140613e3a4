"""Training of the point model on all annotated pairs of articles, with the figures that it reaches.

Reads   corpus/gold/points.jsonl, and the rows of a build of the annotated texts
Writes  corpus/models/points.json and point_figures.json

The figures come from models fitted without the documents that they are scored on.
"""

import json

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation.article_points import gold, held_out, points, training
from pipeline.points import point_model
from pipeline.similarity import reference_corpus


def run(work: Workspace) -> None:
    """Fit both forests, score by held-out documents, and write the model and its figures."""
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(work)
    model = training.fit([training.examples(pair, reference) for pair in pairs])
    training.write(model, point_model.PATH)
    told = held_out.points(pairs, reference)
    scores = {name: held_out.score(pairs, told, prefix) for name, prefix in held_out.SETS.items()}
    for name, score in scores.items():
        print(points.line(name, score))
    figures = {
        "sets": {name: score.figures() for name, score in scores.items()},
        "found": held_out.found(pairs, told),
    }
    jsonl.write_text(points.FIGURES, [json.dumps(figures, ensure_ascii=False, indent=1) + "\n"])
