"""Point model: how likely a run is said on one side only, or two runs or sentences differ in something.

Reads   corpus/models/points.json, written by `make train`

Gradient-boosted forests of small trees (scikit-learn fits them) over named features. They are stored
as plain numbers, so that the file can be read without the library's version that wrote it.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.points.point_features import Features
from pipeline.similarity.arrays import FloatArray, IndexArray

PATH = DATA / "models/points.json"
_AT_ONCE = 512  # cases whose nodes are held in memory at once


Node = tuple[int, float, int, int, float]


def _depth(tree: list[Node], place: int = 0) -> int:
    _, _, left, right, _ = tree[place]
    return 0 if left == place else 1 + max(_depth(tree, left), _depth(tree, right))


@dataclass(frozen=True)
class Forest:
    """A sum of binary trees over features; the log odds are bias + the value of each tree's leaf.

    Attributes:
        names: of the features, in the order of their numbers.
        bias: log odds without any tree.
        trees: a list of nodes each, the root first: (feature, threshold, left, right, value). A case goes
            left where its feature is at most the threshold. A leaf is its own left and right, of feature 0.
    """

    names: list[str]
    bias: float
    trees: list[list[Node]]

    @cached_property
    def _levels(self) -> tuple[list[tuple[IndexArray, FloatArray]], FloatArray]:
        """Feature and threshold of the nodes of each level, the roots first, and the values of the leaves.

        Of shape (n_trees, 2 ** level), thresholds with an axis for cases. Below node k of a level are 2k
        and 2k + 1 of the next; below a leaf that is not of the last level is the same leaf twice.
        """
        starts = np.cumsum([0, *(len(tree) for tree in self.trees)])[:-1, None]
        nodes = [node for tree in self.trees for node in tree]
        feature, threshold, left, right, value = map(np.array, zip(*nodes, strict=True))
        places, levels = starts, []
        for _ in range(max(_depth(tree) for tree in self.trees)):
            levels.append((feature[places], threshold[places][..., None]))
            below = np.stack([left[places], right[places]], axis=-1)
            places = starts + below.reshape(len(starts), -1)
        return levels, value[places]

    def probability(self, features: Features) -> FloatArray:
        """The probability of each case; arrays of one length by name, names that it lacks are ignored."""
        cases = np.array([features[name] for name in self.names])
        log_odds = np.zeros(cases.shape[1])
        for start in range(0, len(log_odds), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            log_odds[part] = self._log_odds(cases[:, part])
        return np.asarray(expit(log_odds))

    def _log_odds(self, cases: FloatArray) -> FloatArray:
        """The log odds of cases, shape (n_features, n_cases).

        All nodes of a level are decided at once, then those chosen that the turns above them lead to.
        """
        levels, values = self._levels
        turns: list[NDArray[np.bool_]] = []  # whether left, shape (n_trees, 1, n_cases)
        leaves = np.zeros((len(values), cases.shape[1]), np.int16)
        for feature, threshold in levels:
            goes_left = cases[feature] <= threshold
            for turn in turns:
                half = goes_left.shape[1] // 2
                goes_left = turn & goes_left[:, :half] | ~turn & goes_left[:, half:]
            turns.append(goes_left)
            leaves = 2 * leaves + ~goes_left[:, 0]
        found = values[np.arange(len(values))[:, None], leaves]
        return np.asarray(self.bias + np.ascontiguousarray(found.T).sum(axis=1))


@dataclass(frozen=True, slots=True)
class PointModel:
    """The forests for runs of one side, for pairs of runs, and for pairs of whole sentences."""

    one_sided: Forest
    two_sided: Forest
    sentences: Forest


def load(path: Path = PATH) -> PointModel:
    """Read a trained model.

    Raises:
        CorpusError: the file is absent or not of this form.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return PointModel(**{name: Forest(**forest) for name, forest in content.items()})
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "恢复该文件，或用 make train 重新训练") from None
    except (ValueError, TypeError, AttributeError) as error:
        reason = f"不是训练好的模型（{error}）"
        raise CorpusError(str(path), reason, "恢复该文件，或用 make train 重新训练") from None
