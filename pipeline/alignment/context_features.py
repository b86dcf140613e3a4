"""Standing: how a pair of clauses stands among its rivals, and whether its neighbours agree.

A clause that is like five others answers none of them for sure; two regulations on one matter mostly
run in the same order. Both show only once every pair of two documents has a first score.
"""

from collections.abc import Sequence

import numpy as np

from pipeline.similarity.pairwise import Array

_ROUNDS = 30  # of balancing; by then rows and columns add up to within a thousandth
_NEAR = (3.0, 6.0)  # articles: how far from a pair its neighbours' partners are looked for
_REACH = 3  # articles before and after

TITLES = {
    "score": "初读得分", "lead_row": "比本行次好者多", "lead_column": "比本列次好者多",
    "rank_row": "本行名次", "rank_column": "本列名次", "rival_row": "本行的对手", "rival_column": "本列的对手",
    "share_row": "与本行最好者之比", "share_column": "与本列最好者之比", "above_row": "高出本行平均",
    "above_column": "高出本列平均", "balanced": "行列平衡后", "before": "前文相承", "after": "后文相承",
    "around_3": "近处对应", "around_6": "远近对应", "diagonal_1": "相邻条款对应", "diagonal_2": "隔条对应",
    "chapters": "两章对应",
}  # fmt: skip


def features(
    score: Array, chapters_a: Sequence[str], chapters_b: Sequence[str]
) -> dict[str, Array]:
    """What the scores of all pairs say of each, in the order of TITLES.

    Args:
        score: log odds of the first reading, shape (n_a, n_b), both at least 1.
        chapters_a: the chapter of each clause of a.
        chapters_b: the chapter of each clause of b.
    """
    balanced = np.clip(balance(score), -9, 0)
    likely = np.exp(balanced)
    found = {
        "score": score,
        "balanced": balanced,
        "chapters": _chapters(likely, chapters_a, chapters_b),
    }
    shares = []
    for axis, name in ((1, "row"), (0, "column")):
        rival = _rival(score, axis)
        found[f"lead_{name}"] = np.clip(score - rival, -4, 4)
        found[f"rival_{name}"] = np.clip(rival, -6, 6)
        order = np.argsort(-score, axis=axis, kind="stable")
        found[f"rank_{name}"] = 1 / (1 + np.argsort(order, axis=axis, kind="stable"))
        best = score.max(axis=axis, keepdims=True)
        shares.append(np.exp(np.clip(score - best, -6, 0)))
        found[f"share_{name}"] = shares[-1]
        spread = score.std(axis=axis, keepdims=True) + 1e-9
        found[f"above_{name}"] = (score - score.mean(axis=axis, keepdims=True)) / spread
    found["before"], found["after"] = _shifted(likely, -1), _shifted(likely, 1)
    for width in _NEAR:
        found[f"around_{width:.0f}"] = np.log(_around(likely, width) + 0.01)
    for step in (1, 2):
        found[f"diagonal_{step}"] = _diagonal(shares[0] * shares[1], step)
    return {name: found[name] for name in TITLES}


def _rival(score: Array, axis: int) -> Array:
    """The best other score in the same row (axis 1) or column (axis 0); the least where there is none."""
    if score.shape[axis] == 1:
        return np.full_like(score, -6)
    ordered = -np.sort(-score, axis=axis)
    best, second = (np.take(ordered, [i], axis=axis) for i in (0, 1))
    return np.where(score >= best - 1e-12, second, best)


def balance(score: Array) -> Array:
    """Log of the shares that rows and columns give each other, each keeping some for nobody.

    Sinkhorn, Knopp: Concerning nonnegative matrices and doubly stochastic matrices (1967), with one more
    row and column that take what has no partner.
    """
    n, m = score.shape
    padded = np.zeros((n + 1, m + 1))
    padded[:n, :m], padded[n, m] = score, -9
    row_sum = np.append(np.zeros(n), np.log(m))
    column_sum = np.append(np.zeros(m), np.log(n))
    of_row, of_column = np.zeros(n + 1), np.zeros(m + 1)
    for _ in range(_ROUNDS):
        of_row = row_sum - _log_sum(padded + of_column[None], 1)
        of_column = column_sum - _log_sum(padded + of_row[:, None], 0)
    return np.asarray((padded + of_row[:, None] + of_column[None])[:n, :m])


def _log_sum(values: Array, axis: int) -> Array:
    most = values.max(axis=axis, keepdims=True)
    return np.asarray((most + np.log(np.exp(values - most).sum(axis=axis, keepdims=True))).ravel())


def _shifted(likely: Array, way: int) -> Array:
    """The best pair among the clauses just before both (way -1) or after both (way 1), nearer ones more."""
    n, m = likely.shape
    padded, found = np.pad(likely, _REACH), np.zeros_like(likely)
    for step in range(1, _REACH + 1):
        row = _REACH + way * step
        columns = [_REACH + way * aside for aside in range(_REACH + 1)]
        found += np.max([padded[row : row + n, c : c + m] for c in columns], axis=0) / step
    return found


def _around(likely: Array, width: float) -> Array:
    """How many of the neighbouring clauses of a are paired near the same place of b."""
    n, m = likely.shape
    rows = np.exp(-0.5 * ((np.arange(n)[:, None] - np.arange(n)[None]) / width) ** 2)
    np.fill_diagonal(rows, 0)
    columns = np.exp(-0.5 * ((np.arange(m)[:, None] - np.arange(m)[None]) / width) ** 2)
    return np.asarray(rows @ likely @ columns / np.maximum(rows.sum(axis=1, keepdims=True), 1e-9))


def _diagonal(share: Array, step: int) -> Array:
    """The pairs `step` before and `step` after on the diagonal."""
    n, m = share.shape
    padded = np.pad(share, step)
    return padded[:n, :m] + padded[2 * step :, 2 * step :]


def _chapters(likely: Array, names_a: Sequence[str], names_b: Sequence[str]) -> Array:
    """Log of how much of the two clauses' chapters answers each other, the pair itself left out."""
    held_a, held_b = _members(names_a), _members(names_b)
    if 1 in (held_a.shape[1], held_b.shape[1]):
        return np.zeros_like(likely)
    between = held_a @ (held_a.T @ likely @ held_b) @ held_b.T - likely
    of_a = (held_a @ (held_a.T @ likely).sum(axis=1))[:, None] - likely
    of_b = (held_b @ (likely @ held_b).sum(axis=0))[None] - likely
    scale = np.sqrt(np.maximum(of_a, 0) * np.maximum(of_b, 0)) + 0.3
    return np.asarray(np.log((between + 0.05) / scale))


def _members(names: Sequence[str]) -> Array:
    column = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.eye(len(column))[[column[name] for name in names]]
