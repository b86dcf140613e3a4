"""Curve: precision against recall as an SVG picture, for the model and the plain ways."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from pipeline.evaluation.cross_validation import Trial
from pipeline.evaluation.gold import COUNTERPART, PARTIAL
from pipeline.similarity import regression

_SIZE, _LEFT, _TOP = 420, 60, 24
_COLOURS = ("#9b1c1c", "#1f4e79", "#5b6b3a", "#7a5c99")
_DASHES = ("none", "6 3", "2 3", "8 3 2 3")  # told apart without colour


def points(trials: Sequence[Trial]) -> list[tuple[float, float]]:
    """(recall, precision) of all pairs ranked by probability, partial ones left out, best first."""
    chance = np.concatenate([trial.chance.ravel() for trial in trials])
    label = np.concatenate([trial.pair.labels.ravel() for trial in trials])
    kept = label != PARTIAL
    return regression.precision_recall(label[kept] == COUNTERPART, chance[kept])


def svg(
    curves: Mapping[str, list[tuple[float, float]]], marks: Mapping[str, tuple[float, float]]
) -> str:
    """Draw curves, each with the point (recall, precision) that its asserted links reach."""
    width, height = _LEFT + _SIZE + 20, _TOP + _SIZE + 76 + 20 * len(curves)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>准确率与召回率</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for step in range(0, 11, 2):
        x, y = _place(step / 10, step / 10)
        lines += [
            f'<path d="M{x} {_TOP}V{_TOP + _SIZE}M{_LEFT} {y}H{_LEFT + _SIZE}" stroke="#ddd" fill="none"/>',
            f'<text x="{x}" y="{_TOP + _SIZE + 18}" text-anchor="middle">{step / 10:.1f}</text>',
            f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{step / 10:.1f}</text>',
        ]
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


def _place(recall: float, precision: float) -> tuple[float, float]:
    return round(_LEFT + recall * _SIZE, 1), round(_TOP + (1 - precision) * _SIZE, 1)


def _thinned(curve: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points a hundredth of recall apart: the eye sees no more."""
    found: list[tuple[float, float]] = []
    for point in curve:
        if not found or point[0] - found[-1][0] >= 0.01:
            found.append(point)
    return found
