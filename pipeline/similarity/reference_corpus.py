"""Background: how common a word is in regulations at large, and which words keep its company.

Reads   corpus/background/words.tsv, bigrams.tsv (term, articles that hold it), vectors.npy
Writes  the same, by `make background`, counted on GOLD_CORPUS

What a pair of documents is held against must not depend on what else the corpus happens to hold, or
adding one document would move every figure. So these counts are fixed and ship with the lexicon:
figures about words, none of the texts they were counted on.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.core.errors import CorpusError

FILES = ("words.tsv", "bigrams.tsv", "vectors.npy")
_UNLISTED = 2  # articles that an unlisted term is taken to stand in
SCALE = 127  # vectors are stored as whole numbers from -127 to 127


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
        vectors = np.load(folder / FILES[2]).astype(np.float32) / SCALE
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
