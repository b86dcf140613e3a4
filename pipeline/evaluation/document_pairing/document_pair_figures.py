"""Evaluation of document pairs: which documents the engine calls counterparts, beside a plain threshold.

Reads   corpus/gold/document_pairs.jsonl, and the rows of a build of the annotated texts
Prints  precision, recall and F1 of counterparts and of parts with their intervals, the same of the
        baseline; every counterpart missed, every other matter paired

Every document is judged by a model that was fitted without it and the other versions of its text.
"""

from collections.abc import Mapping, Sequence

from pipeline.alignment.document_pair_model import COUNTERPART, PART
from pipeline.core.paths import Workspace
from pipeline.evaluation.document_pairing import gold, held_out
from pipeline.evaluation.document_pairing.gold import OTHER, GoldDocument
from pipeline.evaluation.document_pairing.held_out import DocumentScore, Kinds

_NAMES = {COUNTERPART: "文件对·整体", PART: "文件对·部分"}
_TITLE = 28  # characters of a title that are printed


def run(work: Workspace) -> None:
    """Score the engine and the baseline."""
    finder, documents = gold.read(work)
    if not documents:
        print("文件对\t语料里没有标注过的文件，未评；改法：make evaluate GOLD_CORPUS=…")
        return
    report(documents, held_out.by_model(finder, documents), held_out.by_likeness(documents))


def report(
    documents: Sequence[GoldDocument], kinds: Mapping[str, Kinds], plain: Mapping[str, Kinds]
) -> None:
    """Print the figures and the errors.

    Args:
        documents: annotated.
        kinds: as the engine judges their pairs.
        plain: as the baseline does.
    """
    for name, title in _NAMES.items():
        print(line(title, [held_out.score(d, kinds[d.annotation.a])[name] for d in documents]))
    scores = [held_out.score(d, plain[d.annotation.a])[COUNTERPART] for d in documents]
    print(line("只看题名和内容的相近程度", scores))
    for document in documents:
        for error in _errors(document, kinds[document.annotation.a]):
            print(error)


def line(name: str, scores: Sequence[DocumentScore]) -> str:
    """The figures of a kind on one line."""
    total = sum(scores, DocumentScore())
    figures = "  ".join(f"{key} {value:.3f}" for key, value in total.figures().items())
    low, high = held_out.interval(scores)
    counts = f"对 {total.right}  误 {total.wrong}  应有 {total.there}"
    return f"{name}\t{figures}  [{low:.3f}, {high:.3f}]  {counts}"


def _errors(document: GoldDocument, kinds: Kinds) -> list[str]:
    """The counterparts that are missed, and the documents on other matters that are paired."""
    annotation, titles = document.annotation, document.title_by_id
    missed = [b for b in annotation.whole if kinds.get(b) != COUNTERPART]
    wrong = {
        b: kind
        for b, kind in kinds.items()
        if kind in _NAMES and annotation.label(b) == OTHER and b in titles
    }
    own = titles[annotation.a][:_TITLE]
    return [
        *(f"漏\t{own}\t{titles.get(b, b)[:_TITLE]}\t{kinds.get(b, '—')}" for b in missed),
        *(f"误\t{own}\t{titles[b][:_TITLE]}\t{kind}" for b, kind in wrong.items()),
    ]
