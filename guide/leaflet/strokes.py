"""Lines of the map as SVG."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

PAPER: Final = "#fbfaf6"
INK: Final = "#1d2733"


def path_of(points: NDArray[np.float64]) -> str:
    """Points as the data of a path."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points.tolist())


def stroke(path: str, colour: str, width: float, more: str = ' stroke-linecap="round"') -> str:
    """A path drawn in one colour, so many millimetres wide."""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2f}" stroke-linejoin="round"{more}/>'


def faded(colour: str) -> str:
    """A colour on its way to the paper: streets that are not walked step back."""
    mixed = [round(0.6 * int(colour[at : at + 2], 16) + 0.4 * int(PAPER[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{value:02x}" for value in mixed)


def spaced(line: NDArray[np.float64], every_mm: float, least_mm: float) -> Iterator[tuple[float, float, float, float]]:
    """Places along a line with its direction there, about ``every_mm`` apart; none on a line shorter than the least."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    if along[-1] < least_mm:
        return
    count = max(1, round(along[-1] / every_mm))
    for at in (np.arange(count) + 0.5) * along[-1] / count:
        after = min(max(int(np.searchsorted(along, at)), 1), len(along) - 1)
        step = line[after] - line[after - 1]
        size = float(np.hypot(*step)) or 1.0
        place = line[after - 1] + step * (at - along[after - 1]) / max(along[after] - along[after - 1], 1e-9)
        yield float(place[0]), float(place[1]), float(step[0]) / size, float(step[1]) / size


def arrow_head(x: float, y: float, dx: float, dy: float, size: float) -> str:
    """An arrow head of two strokes, its tip at the place."""
    left = (x - size * dx - size * dy * 0.8, y - size * dy + size * dx * 0.8)
    right = (x - size * dx + size * dy * 0.8, y - size * dy - size * dx * 0.8)
    return f"M{left[0]:.2f} {left[1]:.2f}L{x:.2f} {y:.2f}L{right[0]:.2f} {right[1]:.2f}"
