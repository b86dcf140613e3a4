"""Training of the point model on all annotated pairs of articles.

Reads   corpus/gold/points.jsonl, and the rows of a build of the annotated texts
Writes  corpus/models/points.json
"""

from pipeline.core.paths import DATA, Workspace
from pipeline.evaluation.article_points import gold, training
from pipeline.points import point_model
from pipeline.similarity import reference_corpus


def run(work: Workspace) -> None:
    """Fit both forests and write them."""
    reference = reference_corpus.load(DATA / "background")
    pairs = gold.read(work)
    model = training.fit([training.examples(pair, reference) for pair in pairs])
    training.write(model, point_model.PATH)
    print(f"差异点\t由 {len(pairs)} 对条文训练，写入 {point_model.PATH}")
