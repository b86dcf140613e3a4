"""Reference corpus: how common each word is in Chinese regulations, and vectors of co-occurring words.

Reads   corpus/background/words.tsv, bigrams.tsv (term, number of articles that contain it), vectors.npy;
        `make background` counts them on GOLD_CORPUS and writes them

The weights of a pair of documents must not depend on which other documents the corpus contains, or
adding one document would change every figure. So these counts are fixed and ship with the lexicon:
figures about words, without the texts they were counted on.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.core.errors import CorpusError
from pipeline.similarity.arrays import FloatArray

FILES = ("words.tsv", "bigrams.tsv", "vectors.npy")
_UNLISTED = 2  # articles that an unlisted term is assumed to occur in
SCALE = 127  # vectors are stored as integers from -127 to 127


@dataclass(frozen=True, slots=True)
class ReferenceCorpus:
    """Collection statistics over a fixed set of articles.

    Attributes:
        articles: number of articles counted.
        word_counts: word → number of articles that contain it.
        bigram_counts: character bigram → number of articles that contain it.
        vectors: a unit vector for each word, shape (n_words, n_dimensions).
        row_by_word: word → its row of `vectors`.
    """

    articles: int
    word_counts: dict[str, int]
    bigram_counts: dict[str, int]
    vectors: NDArray[np.float32]
    row_by_word: dict[str, int]

    def idf(self, terms: list[str], counts: dict[str, int]) -> FloatArray:
        """Inverse document frequency of each term: ln((1 + N) / (1 + df)) + 1, as in scikit-learn.

        Args:
            terms: words or bigrams.
            counts: `word_counts` or `bigram_counts`.

        Returns:
            shape (len(terms),).
        """
        df = np.array([counts.get(term, _UNLISTED) for term in terms], float)
        return np.log((1 + self.articles) / (1 + df)) + 1

    def word_vectors(self, words: list[str]) -> NDArray[np.float32]:
        """Vectors of words, shape (len(words), n_dimensions); zero for an unlisted word."""
        rows = np.array([self.row_by_word.get(word, -1) for word in words], int)
        vectors: NDArray[np.float32] = self.vectors[rows]
        vectors[rows < 0] = 0
        return vectors


def load(folder: Path) -> ReferenceCorpus:
    """Read the counts and vectors.

    Raises:
        CorpusError: a file is absent or broken, or there are not as many vectors as words.
    """
    try:
        articles, words = _counts(folder / FILES[0])
        _, bigrams = _counts(folder / FILES[1])
        vectors = np.load(folder / FILES[2]).astype(np.float32) / SCALE
    except (FileNotFoundError, ValueError) as error:
        raise CorpusError(str(folder), f"读不出背景词频（{error}）", "恢复该文件夹") from None
    if len(vectors) != len(words):
        sizes = f"{len(words)} 个词，{len(vectors)} 行向量"
        raise CorpusError(str(folder), sizes, "用 make background 一起重写")
    return ReferenceCorpus(articles, words, bigrams, vectors, {w: i for i, w in enumerate(words)})


def _counts(path: Path) -> tuple[int, dict[str, int]]:
    """The number of articles, from the first line, and each term's count, from the further lines."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return int(head.split("\t")[1]), {t: int(n) for t, n in (line.split("\t") for line in lines)}
