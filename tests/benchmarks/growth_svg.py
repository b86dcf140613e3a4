"""Growth as an SVG picture: figures of each stage against the size of the corpus, both scales logarithmic."""

import math
from collections.abc import Mapping
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP = 460, 340, 70, 24
_COLOURS = ("#9b1c1c", "#1f4e79", "#5b6b3a", "#7a5c99", "#8a5a00", "#2f6f6f", "#555555")
_DASHES = (
    "none",
    "6 3",
    "2 3",
    "8 3 2 3",
    "1 2",
    "10 4",
    "none",
)  # for readers who do not see the colours
Curve = list[tuple[float, float]]  # (clauses, figure)


def svg(title: str, unit: str, curves: Mapping[str, Curve]) -> str:
    """Draw curves; a grey line shows growth in proportion to the corpus, from the first curve's first point.

    Args:
        title: of the picture.
        unit: of the figures.
        curves: by name, at least one; every figure is above 0.
    """
    xs = [x for curve in curves.values() for x, _ in curve]
    ys = [y for curve in curves.values() for _, y in curve]
    left, right = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def place(x: float, y: float) -> str:
        across = (math.log10(x) - left) / max(right - left, 1)
        up = (math.log10(y) - low) / max(high - low, 1)
        return f"{_LEFT + across * _WIDTH:.1f},{_TOP + (1 - up) * _HEIGHT:.1f}"

    height = _TOP + _HEIGHT + 56 + 20 * len(curves)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 30} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_LEFT + _WIDTH + 30}" height="{height}" fill="#fff"/>',
    ]
    for power in range(left, right + 1):
        x = place(10**power, 10**low).split(",")[0]
        lines.append(f'<path d="M{x} {_TOP}v{_HEIGHT}" stroke="#ddd"/>')
        lines.append(
            f'<text x="{x}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(low, high + 1):
        y = place(10**left, 10**power).split(",")[1]
        lines.append(f'<path d="M{_LEFT} {y}h{_WIDTH}" stroke="#ddd"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y}" text-anchor="end">{10**power:g}</text>')
    lines.append(
        f'<text x="{_LEFT}" y="{_TOP - 8}">{escape(unit)}</text>'
        f'<text x="{_LEFT + _WIDTH / 2}" y="{_TOP + _HEIGHT + 36}" text-anchor="middle">clauses</text>'
    )
    (x, y), end = next(iter(curves.values()))[0], max(xs)
    lines.append(f'<path d="M{place(x, y)}L{place(end, y * end / x)}" stroke="#bbb" fill="none"/>')
    for i, (name, curve) in enumerate(curves.items()):
        style = f'stroke="{_COLOURS[i % 7]}" stroke-width="2" stroke-dasharray="{_DASHES[i % 7]}"'
        key = _TOP + _HEIGHT + 58 + 20 * i
        path = " ".join(place(*point) for point in curve)
        lines.append(f'<polyline points="{path}" fill="none" {style}/>')
        lines.append(f'<path d="M{_LEFT} {key - 4}h36" {style}/>')
        lines.append(f'<text x="{_LEFT + 46}" y="{key}">{escape(name)}</text>')
    return "\n".join([*lines, "</svg>", ""])
