"""`make bench`: our code against the usual way to do the same work, as ratios within one run.

The usual way: jieba's Python segmentation, and the full product of TF-IDF rows with a sort of every
line, one process, on the same documents.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import numpy as np

from pipeline.core import jsonl
from pipeline.core.paths import DATA
from pipeline.core.records import ClauseTopic, Document, Tokens
from pipeline.core.settings import ALIGNMENTS
from pipeline.language import lexicon
from pipeline.similarity import clause_index, provision_classes, vectors
from pipeline.similarity.arrays import SparseMatrix


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(name: str, ours: float, usual: float) -> None:
    """One line: both times and their ratio."""
    print(f"{name}\t本库 {ours:.2f} 秒\t常规 {usual:.2f} 秒\t快 {usual / ours:.1f} 倍")


def dense(left: SparseMatrix, right: SparseMatrix) -> None:
    """Top-k by the full product, in blocks so that it fits into memory."""
    for start in range(0, left.shape[0], 1000):
        block = (left[start : start + 1000] @ right.T).toarray()
        np.argpartition(-block, ALIGNMENTS.neighbours, axis=1)


def main(build: Path) -> None:
    """Compare on the rows of one build."""
    documents = jsonl.read(build / "documents.jsonl", Document)
    tokens = jsonl.read(build / "tokens.jsonl", Tokens)
    words = lexicon.load(DATA / "lexicon")
    texts = ["".join(row.words) for row in tokens]
    reference = jieba.Tokenizer()
    reference.initialize()
    sample = texts[:: max(1, len(texts) // 3000)]
    show(
        f"分词（{len(sample)} 条）",
        seconds(lambda: [list(words.engine.cut(text, True)) for text in sample]),
        seconds(lambda: [reference.lcut(text) for text in sample]),
    )
    topics = jsonl.read(build / "topics.jsonl", ClauseTopic)
    classes = provision_classes.load(DATA / "patterns/classes.toml")
    index = clause_index.build(documents, tokens, topics, words, {}, classes)
    left, right = (
        index.rows_of_regions({"310000"}),
        [i for i, name in enumerate(index.region_ids) if name != "310000"],
    )
    rows = index.vectors.combined
    show(
        f"近邻（{len(left)}×{len(right)} 条）",
        seconds(
            lambda: vectors.neighbours(
                rows[left], rows[right], ALIGNMENTS.neighbours, ALIGNMENTS.least
            )
        ),
        seconds(lambda: (dense(rows[left], rows[right]), dense(rows[right], rows[left]))),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
