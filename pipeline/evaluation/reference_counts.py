"""Reference counts: in how many articles each word and bigram occurs, and which words co-occur.

Reads   the tokens of GOLD_CORPUS (`make background`)
Writes  corpus/background/words.tsv, bigrams.tsv (term, number of articles that contain it), vectors.npy
"""

from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from pipeline.core import jsonl
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Tokens
from pipeline.language import lexicon
from pipeline.similarity import vectors
from pipeline.similarity.arrays import FloatArray, SparseMatrix
from pipeline.similarity.reference_corpus import FILES, SCALE

_LISTED = 5  # articles that must contain a term for it to be listed
_WINDOW = 5  # words to either side that count as co-occurring
_DIMENSIONS = 100


def run(work: Workspace) -> None:
    """Count the corpus of the build and write corpus/background."""
    words = lexicon.load(DATA / "lexicon")
    terms = [words.terms(row.words) for row in jsonl.read(work.rows("tokens"), Tokens)]
    build(terms, [vectors.bigrams(row) for row in terms], DATA / "background")
    print(f"background: {len(terms)} 条")


def build(articles: list[list[str]], bigrams: list[list[str]], folder: Path) -> None:
    """Count terms over articles and write the three files.

    Args:
        articles: the terms of each article in reading order.
        bigrams: the character bigrams of each article.
        folder: where to write.
    """
    listed = _listed(articles)
    for name, counts in ((FILES[0], listed), (FILES[1], _listed(bigrams))):
        lines = [f"{term}\t{count}\n" for term, count in counts.items()]
        jsonl.write_text(folder / name, [f"#\t{len(articles)}\n", *lines])
    part = folder / "part.npy"
    np.save(part, np.rint(_word_vectors(articles, list(listed)) * SCALE).astype(np.int8))
    part.replace(folder / FILES[2])


def _listed(articles: list[list[str]]) -> dict[str, int]:
    """Term → number of articles that contain it, in code point order."""
    counts = Counter(term for terms in articles for term in set(terms))
    return {term: counts[term] for term in sorted(counts) if counts[term] >= _LISTED}


def _word_vectors(articles: list[list[str]], words: list[str]) -> FloatArray:
    """Unit vectors of words from co-occurrence: positive pointwise mutual information, reduced by SVD.

    Levy, Goldberg, Dagan: Improving distributional similarity (TACL 3, 2015), contexts smoothed by 0.75.

    Args:
        articles: the terms of each article in reading order.
        words: those to compute a vector for.

    Returns:
        shape (len(words), _DIMENSIONS).
    """
    row_by_word = {word: i for i, word in enumerate(words)}
    sequences = [
        np.array([row_by_word[t] for t in terms if t in row_by_word], int) for terms in articles
    ]
    near: SparseMatrix = sparse.csr_matrix((len(words), len(words)))
    for step in range(1, _WINDOW + 1):
        left = np.concatenate([row[:-step] for row in sequences if len(row) > step])
        right = np.concatenate([row[step:] for row in sequences if len(row) > step])
        near += sparse.csr_matrix((np.full(len(left), 1 / step), (left, right)), near.shape)
    near = (near + near.T).tocoo()
    total = np.asarray(near.sum(axis=1)).ravel()
    context = total**0.75 / (total**0.75).sum()
    value = np.maximum(np.log(near.data / (total[near.row] * context[near.col])), 0)
    left, strength, _ = svds(
        sparse.csr_matrix((value, (near.row, near.col)), near.shape), k=_DIMENSIONS, random_state=0
    )
    rows = left * np.sqrt(strength)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
