"""Document pair model: how likely two documents regulate the same matter, as a whole or in part.

Reads   corpus/models/document_pairs.json, written by `make train`

Two logistic regressions over the same named features: one for the same matter as a whole, one for the same
matter at least in part.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import expit

from pipeline.alignment.document_pair_features import Features
from pipeline.alignment.logistic_model import LogisticModel
from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.similarity.arrays import FloatArray

PATH = DATA / "models/document_pairs.json"
COUNTERPART, PART = "counterpart", "part"
_FIX = "恢复该文件，或用 make train 重新训练"
_REASONS = 8  # reasons kept of a pair


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What the model makes of two documents.

    Attributes:
        kind: COUNTERPART, PART, or None where they are on different matters.
        whole: probability that they regulate the same matter as a whole.
        confidence: probability that they do so at least in part.
        reasons: features and what they add to the log odds of `whole`, weightiest first.
    """

    kind: str | None
    whole: float
    confidence: float
    reasons: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class DocumentPairModel:
    """The regressions and the thresholds.

    Attributes:
        whole: of the same matter as a whole.
        part: of the same matter at least in part.
        whole_floor: least probability of a counterpart.
        part_floor: least probability of a part.
    """

    whole: LogisticModel
    part: LogisticModel
    whole_floor: float
    part_floor: float

    def judge(self, features: Features) -> PairVerdict:
        """Judge two documents by their features."""
        columns: dict[str, FloatArray] = {name: np.array(x) for name, x in features.items()}
        contributions = self.whole.contributions(columns)
        whole = float(expit(contributions.sum() + self.whole.bias))
        part = max(whole, float(expit(self.part.log_odds(columns))))
        order = np.argsort(-np.abs(contributions), kind="stable")[:_REASONS].tolist()
        reasons = [(self.whole.names[k], round(float(contributions[k]), 2)) for k in order]
        return PairVerdict(self._kind(whole, part), round(whole, 4), round(part, 4), reasons)

    def _kind(self, whole: float, part: float) -> str | None:
        if whole >= self.whole_floor:
            return COUNTERPART
        return PART if part >= self.part_floor else None


def load(path: Path = PATH) -> DocumentPairModel:
    """Read a trained model.

    Raises:
        CorpusError: the file is absent or not of this form.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        whole, part = (LogisticModel(**content.pop(name)) for name in ("whole", "part"))
        return DocumentPairModel(whole, part, **content)
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", _FIX) from None
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(str(path), f"不是训练好的模型（{error}）", _FIX) from None
