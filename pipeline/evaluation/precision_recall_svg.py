"""Precision–recall curve as an SVG picture, for the model and the baselines."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
from sklearn.metrics import precision_recall_curve

from pipeline.evaluation.cross_validation import PairResult
from pipeline.evaluation.gold import COUNTERPART, PARTIAL

_SIZE, _LEFT, _TOP = 420, 60, 24
_COLOURS = ("#9b1c1c", "#1f4e79", "#5b6b3a", "#7a5c99")
_DASHES = ("none", "6 3", "2 3", "8 3 2 3")  # for readers who do not see the colours


def points(results: Sequence[PairResult]) -> list[tuple[float, float]]:
    """(recall, precision) at every threshold, the highest first; partial pairs are left out."""
    probability = np.concatenate([result.probability.ravel() for result in results])
    label = np.concatenate([result.pair.labels.ravel() for result in results])
    counted = label != PARTIAL
    precision, recall, _ = precision_recall_curve(
        label[counted] == COUNTERPART, probability[counted]
    )
    return list(zip(recall[::-1].tolist(), precision[::-1].tolist(), strict=True))[1:]


def svg(
    curves: Mapping[str, list[tuple[float, float]]], marks: Mapping[str, tuple[float, float]]
) -> str:
    """Draw curves, each with the point that its asserted links reach.

    Args:
        curves: name → (recall, precision) at every threshold.
        marks: name → (recall, precision) of the asserted links.
    """
    width, height = _LEFT + _SIZE + 20, _TOP + _SIZE + 76 + 20 * len(curves)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>准确率与召回率</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    lines += _grid()
    middle = _TOP + _SIZE / 2
    lines += [
        f'<text x="{_LEFT + _SIZE / 2}" y="{_TOP + _SIZE + 38}" text-anchor="middle">召回率</text>',
        f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">准确率</text>',
    ]
    for i, (name, curve) in enumerate(curves.items()):
        colour, dash = _COLOURS[i % len(_COLOURS)], _DASHES[i % len(_DASHES)]
        path = " ".join("{} {}".format(*_place(*point)) for point in _thinned(curve))
        x, y = _place(*marks[name])
        key = _TOP + _SIZE + 62 + 20 * i
        lines += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
            f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>',
            f'<path d="M{_LEFT} {key - 4}h36" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
            f'<text x="{_LEFT + 46}" y="{key}">{escape(name)}：召回率 {marks[name][0]:.2f}，准确率 {marks[name][1]:.2f}</text>',
        ]
    note = _TOP + _SIZE + 64 + 20 * len(curves)
    lines.append(
        f'<text x="{_LEFT}" y="{note}" fill="#555">圆点：按认定规则（常规做法为互为最近）实际认定的</text>'
    )
    return "\n".join([*lines, "</svg>", ""])


def _grid() -> list[str]:
    lines = []
    for step in range(0, 11, 2):
        x, y = _place(step / 10, step / 10)
        lines += [
            f'<path d="M{x} {_TOP}V{_TOP + _SIZE}M{_LEFT} {y}H{_LEFT + _SIZE}" stroke="#ddd" fill="none"/>',
            f'<text x="{x}" y="{_TOP + _SIZE + 18}" text-anchor="middle">{step / 10:.1f}</text>',
            f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{step / 10:.1f}</text>',
        ]
    return lines


def _place(recall: float, precision: float) -> tuple[float, float]:
    """The point in the picture, in user units."""
    return round(_LEFT + recall * _SIZE, 1), round(_TOP + (1 - precision) * _SIZE, 1)


def _thinned(curve: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points at least a hundredth of recall apart: more cannot be seen at this size."""
    points: list[tuple[float, float]] = []
    for point in curve:
        if not points or point[0] - points[-1][0] >= 0.01:
            points.append(point)
    return points
