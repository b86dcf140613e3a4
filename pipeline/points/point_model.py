"""Point model: how likely a run is said on one side only, or two runs differ in something.

Reads   corpus/models/points.json, written by `make train`

Two gradient-boosted forests of small trees (scikit-learn fits them) over named features. They are stored
as plain numbers, so that the file can be read without the library's version that wrote it.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.special import expit

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.points.point_features import Features
from pipeline.similarity.arrays import FloatArray

PATH = DATA / "models/points.json"


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
    def _columns(self) -> tuple[FloatArray, ...]:
        """Feature, threshold, left, right and value of all nodes, numbered over all trees; the roots."""
        starts = np.cumsum([0, *(len(tree) for tree in self.trees)])[:-1]
        nodes = [
            (feature, threshold, start + left, start + right, value)
            for tree, start in zip(self.trees, starts, strict=True)
            for feature, threshold, left, right, value in tree
        ]
        return (*(np.array(column) for column in zip(*nodes, strict=True)), starts)

    @cached_property
    def _depth(self) -> int:
        """The most steps from a root to a leaf."""
        return max(_depth(tree) for tree in self.trees)

    def probability(self, features: Features) -> FloatArray:
        """The probability of each case; arrays of one length by name, names that it lacks are ignored."""
        cases = np.column_stack([features[name] for name in self.names])
        feature, threshold, left, right, value, roots = self._columns
        offsets = (np.arange(len(cases)) * len(self.names))[:, None]
        flat, places = cases.ravel(), np.repeat(roots[None, :], len(cases), axis=0)
        for _ in range(self._depth):
            goes_left = flat[offsets + feature[places]] <= threshold[places]
            places = np.where(goes_left, left[places], right[places])
        return np.asarray(expit(self.bias + value[places].sum(axis=1)))


@dataclass(frozen=True, slots=True)
class PointModel:
    """The forest for runs of one side, and the one for pairs of runs."""

    one_sided: Forest
    two_sided: Forest


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
