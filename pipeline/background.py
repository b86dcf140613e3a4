"""Background: how common a word is in regulations at large, and which words keep its company.

Reads   corpus/background/words.tsv, bigrams.tsv (term, articles that hold it), vectors.npy
Writes  the same, by `make background`, counted on GOLD_CORPUS

What a pair of documents is held against must not depend on what else the corpus happens to hold, or
adding one document would move every figure. So these counts are fixed and ship with the lexicon:
figures about words, none of the texts they were counted on.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from pipeline import features, lexicon, rows
from pipeline.errors import CorpusError
from pipeline.records import Tokens
from pipeline.workspace import DATA, Workspace

FILES = ("words.tsv", "bigrams.tsv", "vectors.npy")
_LISTED = 5  # articles that must hold a term for it to be listed
_UNLISTED = 2  # articles that an unlisted term is taken to stand in
_WINDOW = 5  # words to either side that keep a word's company
_DIMENSIONS = 100
_SCALE = 127  # vectors are stored as whole numbers from -127 to 127


def run(work: Workspace) -> None:
    """Count the corpus of the build and write the background."""
    words = lexicon.load(DATA / "lexicon")
    terms = [words.terms(row.words) for row in rows.read(work.rows("tokens"), Tokens)]
    build(terms, [features.as_bigrams(row) for row in terms], DATA / "background")
    print(f"background: {len(terms)} 条")


@dataclass(frozen=True, slots=True)
class Background:
    """Counts over `articles` articles; `vectors` has a unit row for each of `words`, in that order."""

    articles: int
    words: dict[str, int]
    bigrams: dict[str, int]
    vectors: NDArray[np.float32]
    place: dict[str, int]

    def weights(self, terms: list[str], counts: dict[str, int]) -> NDArray[np.float64]:
        """Inverse document frequency of each term: ln((1 + N) / (1 + df)) + 1, as scikit-learn has it.

        Args:
            terms: words or bigrams.
            counts: this background's `words` or `bigrams`.
        """
        held = np.array([counts.get(term, _UNLISTED) for term in terms], float)
        return np.log((1 + self.articles) / (1 + held)) + 1

    def sense(self, terms: list[str]) -> NDArray[np.float32]:
        """Vectors of words, shape (len(terms), n_dimensions); zero for a word that is not listed."""
        found = np.zeros((len(terms), self.vectors.shape[1]), np.float32)
        for row, term in enumerate(terms):
            if (at := self.place.get(term)) is not None:
                found[row] = self.vectors[at]
        return found


def load(folder: Path) -> Background:
    """Read the counts and vectors.

    Raises:
        CorpusError: a file is absent, or the vectors are not as many as the words.
    """
    try:
        articles, words = _counts(folder / FILES[0])
        _, bigrams = _counts(folder / FILES[1])
        vectors = np.load(folder / FILES[2]).astype(np.float32) / _SCALE
    except (FileNotFoundError, ValueError) as error:
        raise CorpusError(str(folder), f"读不出背景词频（{error}）", "恢复该文件夹") from None
    if len(vectors) != len(words):
        found = f"{len(words)} 个词，{len(vectors)} 行向量"
        raise CorpusError(str(folder), found, "用 make background 一起重写")
    return Background(articles, words, bigrams, vectors, {w: i for i, w in enumerate(words)})


def _counts(path: Path) -> tuple[int, dict[str, int]]:
    """The first line gives the number of articles, each further one a term and its count."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return int(head.split("\t")[1]), {t: int(n) for t, n in (line.split("\t") for line in lines)}


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
        rows.write_lines(folder / name, [f"#\t{len(articles)}\n", *lines])
    part = folder / "part.npy"
    np.save(part, np.rint(_company(articles, list(listed)) * _SCALE).astype(np.int8))
    part.replace(folder / FILES[2])


def _listed(articles: list[list[str]]) -> dict[str, int]:
    counts = Counter(term for terms in articles for term in set(terms))
    return {term: counts[term] for term in sorted(counts) if counts[term] >= _LISTED}


def _company(articles: list[list[str]], words: list[str]) -> NDArray[np.float64]:
    """Unit vectors from the words that stand near: positive pointwise mutual information, reduced by SVD.

    Levy, Goldberg, Dagan: Improving distributional similarity (TACL 3, 2015), contexts smoothed by 0.75.
    """
    place = {word: i for i, word in enumerate(words)}
    rows_ = [np.array([place[t] for t in terms if t in place], int) for terms in articles]
    near: Any = sparse.csr_matrix((len(words), len(words)))
    for step in range(1, _WINDOW + 1):
        left = np.concatenate([row[:-step] for row in rows_ if len(row) > step])
        right = np.concatenate([row[step:] for row in rows_ if len(row) > step])
        near += sparse.csr_matrix((np.full(len(left), 1 / step), (left, right)), near.shape)
    near = (near + near.T).tocoo()
    total = np.asarray(near.sum(axis=1)).ravel()
    context = total**0.75 / (total**0.75).sum()
    value = np.maximum(np.log(near.data / (total[near.row] * context[near.col])), 0)
    left, strength, _ = svds(
        sparse.csr_matrix((value, (near.row, near.col)), near.shape), k=_DIMENSIONS, random_state=0
    )
    vectors = left * np.sqrt(strength)
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
