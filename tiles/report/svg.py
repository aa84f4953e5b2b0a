"""Small plots as SVG text, readable in print and without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

WIDTH: Final = 640
HEIGHT: Final = 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 10, 34
_TICKS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One curve: its points (n,), its name and its colour; ``error`` (n,) is drawn as a band around it."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    name: str
    colour: str
    error: NDArray[np.float64] | None = None


def line_plot(lines: Sequence[Line], x_label: str, y_label: str) -> str:
    """Curves over one axis."""
    xs = np.concatenate([line.x for line in lines])
    spread = [line.error if line.error is not None else np.zeros_like(line.y) for line in lines]
    lows = np.concatenate([line.y - error for line, error in zip(lines, spread, strict=True)])
    highs = np.concatenate([line.y + error for line, error in zip(lines, spread, strict=True)])
    frame = _Frame(float(np.nanmin(xs)), float(np.nanmax(xs)), float(np.nanmin(lows)), float(np.nanmax(highs)))
    parts = [frame.axes(x_label, y_label)]
    for line, error in zip(lines, spread, strict=True):
        if line.error is not None:
            x = np.concatenate((line.x, line.x[::-1]))
            y = np.concatenate((line.y + error, (line.y - error)[::-1]))
            parts.append(f'<polygon points="{frame.points(x, y)}" fill="{line.colour}" opacity="0.18"/>')
        parts.append(f'<polyline points="{frame.points(line.x, line.y)}" fill="none" stroke="{line.colour}" '
                     'stroke-width="2"/>')  # fmt: skip
    for row, line in enumerate(lines):
        down = _TOP + 14 + 15 * row
        parts.append(f'<text x="{_LEFT + 10}" y="{down}" fill="{line.colour}">{escape(line.name)}</text>')
    return _svg(parts)


def bar_plot(edges: NDArray[np.float64], shares: NDArray[np.float64], expected: Line, x_label: str) -> str:
    """A histogram (n,) between ``edges`` (n + 1,), with the curve that it should follow."""
    top = float(max(shares.max(), expected.y.max())) * 1.05
    frame = _Frame(float(edges[0]), float(edges[-1]), 0.0, top)
    parts = [frame.axes(x_label, "share")]
    for left, right, share in zip(edges[:-1], edges[1:], shares, strict=True):
        corners = np.array([left, left, right, right]), np.array([0.0, share, share, 0.0])
        parts.append(f'<polygon points="{frame.points(*corners)}" fill="#7aa6c2" stroke="white"/>')
    parts.append(
        f'<polyline points="{frame.points(expected.x, expected.y)}" fill="none" stroke="{expected.colour}"/>'
        f'<text x="{_LEFT + 10}" y="{_TOP + 14}" fill="{expected.colour}">{escape(expected.name)}</text>'
    )
    return _svg(parts)


class _Frame:
    """From values to the picture's coordinates."""

    def __init__(self, left: float, right: float, low: float, high: float) -> None:
        self._left, self._right = left, max(right, left + 1e-9)
        self._low, self._high = low, max(high, low + 1e-9)

    def points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
        across = _LEFT + (x - self._left) / (self._right - self._left) * (WIDTH - _LEFT - _RIGHT)
        down = _TOP + (self._high - y) / (self._high - self._low) * (HEIGHT - _TOP - _BOTTOM)
        known = np.isfinite(across) & np.isfinite(down)
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across[known], down[known], strict=True))

    def axes(self, x_label: str, y_label: str) -> str:
        size = f'width="{WIDTH - _LEFT - _RIGHT}" height="{HEIGHT - _TOP - _BOTTOM}"'
        parts = [f'<rect x="{_LEFT}" y="{_TOP}" {size} fill="none" stroke="#999"/>']
        for share in np.linspace(0, 1, _TICKS):
            x = _LEFT + share * (WIDTH - _LEFT - _RIGHT)
            y = _TOP + (1 - share) * (HEIGHT - _TOP - _BOTTOM)
            parts.append(f'<text x="{x:.0f}" y="{HEIGHT - _BOTTOM + 14}" text-anchor="middle">'
                         f"{self._left + share * (self._right - self._left):.3g}</text>")  # fmt: skip
            parts.append(f'<text x="{_LEFT - 5}" y="{y + 4:.0f}" text-anchor="end">'
                         f"{self._low + share * (self._high - self._low):.3g}</text>")  # fmt: skip
        parts.append(
            f'<text x="{(WIDTH + _LEFT) / 2:.0f}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x_label)}</text>'
        )
        parts.append(f'<text x="12" y="{HEIGHT / 2:.0f}" transform="rotate(-90 12 {HEIGHT / 2:.0f})" '
                     f'text-anchor="middle">{escape(y_label)}</text>')  # fmt: skip
        return "".join(parts)


def _svg(parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" font-family="sans-serif" font-size="11">'
        + "".join(parts)
        + "</svg>"
    )
