"""Context features: rank of a pair of clauses among competing pairs, agreement of neighbouring pairs.

A clause that is similar to five others is not surely the counterpart of any; two regulations on one matter
mostly run in the same order. Both show only once every pair of clauses of two documents has a first score.
"""

from collections.abc import Sequence

import numpy as np

from pipeline.similarity.arrays import FloatArray

_ROUNDS = 30  # of balancing; by then rows and columns add up to within a thousandth
_WIDTHS = (3.0, 6.0)  # articles: standard deviations of the neighbourhood of a pair
_REACH = 3  # articles looked at before and after a pair

TITLES = {
    "score": "初读得分",
    "lead_row": "比本行次好者多",
    "lead_column": "比本列次好者多",
    "rank_row": "本行名次",
    "rank_column": "本列名次",
    "rival_row": "本行的对手",
    "rival_column": "本列的对手",
    "share_row": "与本行最好者之比",
    "share_column": "与本列最好者之比",
    "above_row": "高出本行平均",
    "above_column": "高出本列平均",
    "balanced": "行列平衡后",
    "before": "前文相承",
    "after": "后文相承",
    "around_3": "近处对应",
    "around_6": "远近对应",
    "diagonal_1": "相邻条款对应",
    "diagonal_2": "隔条对应",
    "chapters": "两章对应",
}


def features(
    score: FloatArray, chapters_a: Sequence[str], chapters_b: Sequence[str]
) -> dict[str, FloatArray]:
    """The context features of every pair of clauses of two documents.

    Args:
        score: log odds of the first regression, shape (n_a, n_b), both at least 1.
        chapters_a: the chapter heading of each clause of a.
        chapters_b: the chapter heading of each clause of b.

    Returns:
        Feature → matrix of shape (n_a, n_b), in the order of TITLES.
    """
    balanced = np.clip(balance(score), -9, 0)
    likely = np.exp(balanced)
    by_name = {
        "score": score,
        "balanced": balanced,
        "chapters": _chapter_agreement(likely, chapters_a, chapters_b),
    }
    shares = []
    for axis, name in ((1, "row"), (0, "column")):
        rival = _rival(score, axis)
        by_name[f"lead_{name}"] = np.clip(score - rival, -4, 4)
        by_name[f"rival_{name}"] = np.clip(rival, -6, 6)
        order = np.argsort(-score, axis=axis, kind="stable")
        by_name[f"rank_{name}"] = 1 / (1 + np.argsort(order, axis=axis, kind="stable"))
        best = score.max(axis=axis, keepdims=True)
        shares.append(np.exp(np.clip(score - best, -6, 0)))
        by_name[f"share_{name}"] = shares[-1]
        spread = score.std(axis=axis, keepdims=True) + 1e-9
        by_name[f"above_{name}"] = (score - score.mean(axis=axis, keepdims=True)) / spread
    by_name["before"], by_name["after"] = _best_nearby(likely, -1), _best_nearby(likely, 1)
    for width in _WIDTHS:
        by_name[f"around_{width:.0f}"] = np.log(_smoothed(likely, width) + 0.01)
    for step in (1, 2):
        by_name[f"diagonal_{step}"] = _diagonal(shares[0] * shares[1], step)
    return {name: by_name[name] for name in TITLES}


def _rival(score: FloatArray, axis: int) -> FloatArray:
    """The best other score in the same row (axis 1) or column (axis 0); -6 where there is no other."""
    if score.shape[axis] == 1:
        return np.full_like(score, -6)
    ordered = -np.sort(-score, axis=axis)
    best, second = (np.take(ordered, [i], axis=axis) for i in (0, 1))
    return np.where(score >= best - 1e-12, second, best)


def balance(score: FloatArray) -> FloatArray:
    """Log of the shares of a soft assignment of rows to columns, each of which may stay unassigned.

    Sinkhorn, Knopp: Concerning nonnegative matrices and doubly stochastic matrices (1967), with one more
    row and column for what has no partner.

    Args:
        score: log odds, shape (n_a, n_b).

    Returns:
        shape (n_a, n_b); the exponentials of a row, and of a column, add up to at most about 1.
    """
    n, m = score.shape
    padded = np.zeros((n + 1, m + 1))
    padded[:n, :m], padded[n, m] = score, -9
    row_sum = np.append(np.zeros(n), np.log(m))
    column_sum = np.append(np.zeros(m), np.log(n))
    row_shift, column_shift = np.zeros(n + 1), np.zeros(m + 1)
    for _ in range(_ROUNDS):  # scipy's logsumexp takes five times as long on matrices of this size
        row_shift = row_sum - np.logaddexp.reduce(padded + column_shift[None], axis=1)
        column_shift = column_sum - np.logaddexp.reduce(padded + row_shift[:, None], axis=0)
    return np.asarray((padded + row_shift[:, None] + column_shift[None])[:n, :m])


def _best_nearby(likely: FloatArray, direction: int) -> FloatArray:
    """The best pair just before both clauses (direction -1) or after both (1); nearer ones weigh more."""
    n, m = likely.shape
    padded, total = np.pad(likely, _REACH), np.zeros_like(likely)
    for step in range(1, _REACH + 1):
        row = _REACH + direction * step
        columns = [_REACH + direction * offset for offset in range(_REACH + 1)]
        total += np.max([padded[row : row + n, c : c + m] for c in columns], axis=0) / step
    return total


def _smoothed(likely: FloatArray, width: float) -> FloatArray:
    """Share of the neighbouring clauses of a that are paired near the same place of b (Gaussian kernel)."""
    n, m = likely.shape
    rows = np.exp(-0.5 * ((np.arange(n)[:, None] - np.arange(n)[None]) / width) ** 2)
    np.fill_diagonal(rows, 0)
    columns = np.exp(-0.5 * ((np.arange(m)[:, None] - np.arange(m)[None]) / width) ** 2)
    return np.asarray(rows @ likely @ columns / np.maximum(rows.sum(axis=1, keepdims=True), 1e-9))


def _diagonal(share: FloatArray, step: int) -> FloatArray:
    """Sum of the pairs `step` clauses before and `step` clauses after in both documents."""
    n, m = share.shape
    padded = np.pad(share, step)
    return padded[:n, :m] + padded[2 * step :, 2 * step :]


def _chapter_agreement(
    likely: FloatArray, chapters_a: Sequence[str], chapters_b: Sequence[str]
) -> FloatArray:
    """Log of how much of the two clauses' chapters corresponds, the pair itself left out."""
    in_a, in_b = _membership(chapters_a), _membership(chapters_b)
    if 1 in (in_a.shape[1], in_b.shape[1]):
        return np.zeros_like(likely)
    between = in_a @ (in_a.T @ likely @ in_b) @ in_b.T - likely
    of_a = (in_a @ (in_a.T @ likely).sum(axis=1))[:, None] - likely
    of_b = (in_b @ (likely @ in_b).sum(axis=0))[None] - likely
    scale = np.sqrt(np.maximum(of_a, 0) * np.maximum(of_b, 0)) + 0.3
    return np.asarray(np.log((between + 0.05) / scale))


def _membership(chapters: Sequence[str]) -> FloatArray:
    """1 where the clause of the row stands in the chapter of the column."""
    column_by_chapter = {chapter: i for i, chapter in enumerate(dict.fromkeys(chapters))}
    return np.eye(len(column_by_chapter))[[column_by_chapter[chapter] for chapter in chapters]]
