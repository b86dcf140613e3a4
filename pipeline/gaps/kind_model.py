"""Kind model: in what two aligned clauses differ most, with a probability for each kind.

Reads   corpus/models/kinds.json, written by `make train`

A multinomial logistic regression over features of the difference. Every feature has a name that can be
put into words for a reader, and none depends on which clause is which or on any third clause.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax

from pipeline.core.errors import CorpusError
from pipeline.core.paths import DATA
from pipeline.core.records import Condition, Measure, Provision
from pipeline.similarity import article_parts
from pipeline.similarity.provision_classes import ArticleClass

PATH = DATA / "models/kinds.json"
KINDS = ("amount", "condition", "scope", "procedure", "deadline", "actor", "penalty", "equivalent")

_GROUPS = {  # (what they speak of, the words), looked for among the words that only one clause has
    "office": (
        "机关",
        "部门|机构|委员会|机关|政府|街道|办事处|法院|检察院|管委会|[^结大布格当]局$",
    ),
    "person": ("受规定的人", "企业|单位|个人|公民|组织|经营|业主|用户|[者人员方户]$"),
    "demand": ("条件", "条件|资格|符合|具备|要求|标准|情形|除外|证明|合格"),
    "step": (
        "程序",
        "申请|审批|审核|审查|备案|登记|公示|公告|公布|报告|程序|受理|批准|许可|评估|论证|听证"
        "|征求|编制|告知|通知|书面|签订|协商|验收|报送",
    ),
    "time": ("时间", "期限|时限|及时|立即|定期|期间|届满|逾期|日内|年度|每年|[日月年]$"),
    "sanction": ("处罚", "罚款|处罚|没收|责令|吊销|警告|处分|改正|违法|停产|停业|失信|拆除"),
    "money": ("钱", "资金|经费|补贴|补助|奖励|费用|价格|收费|比例|金额|数额|预算|投入|贷款|基金"),
    "extent": ("范围", "范围|包括|适用|其他|各类|类型|种类|区域|活动|以外"),
}
_WORDS = {name: re.compile(words) for name, (_, words) in _GROUPS.items()}
_ROLES = {"fine": "罚款", "due": "期限", "threshold": "门槛", "sum": "数额"}
_LABELS = {
    "department": "部门",
    "modality": "语气",
    "instrument": "政策工具",
    "beneficiary": "受益人",
}
_TITLES = {
    "same": "相同的词所占的份",
    "unsettled": "数量、部门、条件或步骤有不同",
    "settled": "相同的词所占的份，若数量、部门、条件、步骤都无不同",
    "differing": "只一方有的词数",
    "length": "长短相差",
    "size": "两条合计的长度",
    "items": "分项数相差",
    "listed": "分项合计",
    "laws": "引用的文件不同",
    "actor": "首要部门不同",
    "condition": "条件项数相差",
    "condition_count": "条件合计",
    "condition_types": "条件的种类不同",
    "step": "程序步数相差",
    "step_count": "程序步数合计",
    "step_types": "程序的步骤不同",
}
_UNSETTLED = (  # features that always signal a difference, however similar the wording
    "actor",
    "department_other",
    "condition_types",
    "step_types",
    *(f"{role}_{how}" for role in _ROLES for how in ("other", "one")),
)
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]")


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one of the two clauses that are compared.

    Attributes:
        words: telling words in reading order, as `Lexicon.terms` gives them.
        text: of the clause, with its number.
    """

    words: list[str]
    text: str
    measures: Sequence[Measure] = ()
    provision: Provision | None = None
    conditions: Sequence[Condition] = ()


@dataclass(frozen=True, slots=True)
class KindModel:
    """A softmax over standardised features: the log odds of a kind are bias + Σ weight·(x − mean)/scale.

    Attributes:
        weight: shape (n_kinds, n_features); bias: shape (n_kinds,).
        share: of each kind among what the model was fitted to.
        reliability: bins of (mean probability of the likeliest kind, share of them that people named,
            pairs of clauses), each scored by a model that had not seen its documents.
    """

    kinds: list[str]
    names: list[str]
    mean: list[float]
    scale: list[float]
    weight: list[list[float]]
    bias: list[float]
    share: list[float]
    reliability: list[tuple[float, float, int]]

    def chances(self, features: dict[str, float]) -> dict[str, float]:
        """Kind → its probability, adding up to 1."""
        score = np.asarray(self.weight) @ self._standard(features) + self.bias
        return dict(zip(self.kinds, softmax(score).tolist(), strict=True))

    def _standard(self, features: dict[str, float]) -> Any:
        values = np.array([features[name] for name in self.names])
        return (values - self.mean) / self.scale


def likeliest(chances: dict[str, float]) -> str:
    """The kind with the greatest probability; ties go to the earlier in `KINDS`."""
    return max(chances, key=lambda kind: (chances[kind], -KINDS.index(kind)))


def titles(classes: Sequence[ArticleClass]) -> dict[str, str]:
    """Feature → its Chinese name; the order of features everywhere."""
    found = dict(_TITLES)
    for name, (title, _) in _GROUPS.items():
        found |= {
            f"only_{name}": f"只一方有的关于{title}的词数",
            f"part_{name}": f"只一方有的词里关于{title}的所占的份",
        }
    for name, title in _LABELS.items():
        found |= {f"{name}_other": f"{title}不同", f"{name}_one": f"只一方写明{title}"}
    for name, title in _ROLES.items():
        found |= {
            f"{name}_same": f"{title}相同",
            f"{name}_other": f"{title}不同",
            f"{name}_one": f"只一方有{title}",
        }
    for each in classes:
        if each.telling:
            found |= {
                f"both_{each.class_id}": f"都属{each.name}",
                f"one_{each.class_id}": f"只一方属{each.name}",
            }
    return found


def features(a: Side, b: Side, classes: Sequence[ArticleClass]) -> dict[str, float]:
    """What may tell the kind of difference, by name, in the order of `titles`."""
    found = _of_words(a, b) | _of_build(a, b) | _of_labels(a, b) | _of_conditions(a, b)
    found |= _of_measures(a, b) | _of_classes(a, b, classes)
    found["unsettled"] = float(any(found[name] for name in _UNSETTLED))
    found["settled"] = found["same"] * (1 - found["unsettled"])
    return {name: float(found[name]) for name in titles(classes)}


def _of_words(a: Side, b: Side) -> dict[str, float]:
    left, right = Counter(a.words), Counter(b.words)
    shared = (left & right).total()
    every = len(a.words) + len(b.words)
    only = (left - right) + (right - left)
    found = {
        "same": 2 * shared / every if every else 1.0,
        "differing": log1p(only.total()),
    }
    for name, pattern in _WORDS.items():
        count = sum(n for word, n in only.items() if pattern.search(word))
        found[f"only_{name}"] = log1p(count)
        found[f"part_{name}"] = count / max(only.total(), 1)
    return found


def _of_build(a: Side, b: Side) -> dict[str, float]:
    """How long the clauses are, what they enumerate, which texts they cite."""
    bodies = [side.text[article_parts.body_start(side.text) :] for side in (a, b)]
    lengths = [max(len(body), 1) for body in bodies]
    items = [len(_ITEM.findall(body)) for body in bodies]
    return {
        "length": _apart(*lengths),
        "size": log1p(sum(lengths)),
        "items": _apart(*items),
        "listed": log1p(sum(items)),
        "laws": _unlike(*(set(article_parts.cited_titles(body)) for body in bodies)),
    }


def _of_labels(a: Side, b: Side) -> dict[str, float]:
    """Departments, modality, instruments and beneficiaries that are not the same."""
    actors = [side.provision.actor if side.provision else None for side in (a, b)]
    found = {"actor": float(all(actors) and actors[0] != actors[1])}
    for label in _LABELS:
        left, right = (_named(side, label) for side in (a, b))
        found[f"{label}_other"] = _unlike(left, right) if left and right else 0.0
        found[f"{label}_one"] = float(bool(left) != bool(right))
    return found


def _named(side: Side, label: str) -> set[Any]:
    evidence = side.provision.evidence if side.provision else []
    return {row["value"] for row in evidence if row["label"] == label}


def _of_conditions(a: Side, b: Side) -> dict[str, float]:
    found = {}
    for kind in ("condition", "step"):
        left, right = ([c for c in side.conditions if c.kind == kind] for side in (a, b))
        found[kind] = _apart(len(left), len(right))
        found[f"{kind}_count"] = log1p(len(left) + len(right))
        found[f"{kind}_types"] = _unlike({c.type for c in left}, {c.type for c in right})
    return found


def _of_measures(a: Side, b: Side) -> dict[str, float]:
    """By role: quantities that are the same, that are not, that one clause alone has."""
    found = {}
    for role in _ROLES:
        left, right = (
            {(m.kind, m.min, m.max, m.unit) for m in side.measures if _role(m) == role}
            for side in (a, b)
        )
        both = bool(left and right)
        found[f"{role}_same"] = float(both and left == right)
        found[f"{role}_other"] = float(both and left != right)
        found[f"{role}_one"] = float(bool(left) != bool(right))
    return found


def _role(measure: Measure) -> str:
    """The group of roles that a quantity counts with; a limit that is a time is a deadline."""
    if measure.role in ("fine", "threshold"):
        return measure.role
    timed = measure.kind == "duration" and measure.role in ("deadline", "limit", "validity")
    return "due" if timed or measure.role == "deadline" else "sum"


def _of_classes(a: Side, b: Side, classes: Sequence[ArticleClass]) -> dict[str, float]:
    found = {}
    bodies = [side.text[article_parts.body_start(side.text) :] for side in (a, b)]
    for each in classes:
        if each.telling:
            left, right = (bool(each.pattern.search(body)) for body in bodies)
            found[f"both_{each.class_id}"] = float(left and right)
            found[f"one_{each.class_id}"] = float(left != right)
    return found


def _apart(a: int, b: int) -> float:
    """How many times one count is the other, as a logarithm; counts of none stand for themselves."""
    return abs(log((1 + a) / (1 + b)))


def _unlike(a: set[Any], b: set[Any]) -> float:
    """The share of all members that only one of two sets has; 0 where both are empty.

    >>> _unlike({"受理", "公示"}, {"公示"}), _unlike(set(), set())
    (0.5, 0.0)
    """
    return len(a ^ b) / len(a | b) if a | b else 0.0


def load(path: Path = PATH) -> KindModel:
    """Read a trained model.

    Raises:
        CorpusError: the file is absent or not of this form.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        content["reliability"] = [tuple(row) for row in content["reliability"]]
        return KindModel(**content)
    except FileNotFoundError:
        raise CorpusError(str(path), "文件不存在", "恢复该文件，或用 make train 重新训练") from None
    except (ValueError, KeyError, TypeError) as error:
        found = f"不是训练好的模型（{error}）"
        raise CorpusError(str(path), found, "恢复该文件，或用 make train 重新训练") from None
