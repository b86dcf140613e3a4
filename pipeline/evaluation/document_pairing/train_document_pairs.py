"""Training of the document pair model on all annotated documents, with the figures that it reaches.

Reads   corpus/gold/document_pairs.jsonl, and the rows of a build of the annotated texts
Writes  corpus/models/document_pairs.json

The figures come from models fitted without the document that they are scored on.
"""

from pipeline.alignment import document_pair_model
from pipeline.core.paths import Workspace
from pipeline.evaluation.document_pairing import document_pair_figures, gold, held_out, training


def run(work: Workspace) -> None:
    """Fit the model, write it, and score it by leaving documents out."""
    finder, documents = gold.read(work)
    training.write(training.fit(documents), document_pair_model.PATH)
    kinds = held_out.by_model(finder, documents)
    document_pair_figures.report(documents, kinds, held_out.by_likeness(documents))
