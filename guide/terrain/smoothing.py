"""Smoothing of heights along lines: the ends stay, planes stay, and nothing becomes steeper.

What is smoothed is the grade, not the height. Each line's grades flow into each other like heat in a rod that is
insulated at both ends, one implicit step long:

    minimise  sum h (g - g0)^2  +  length^2 sum (g' - g)^2 / d

with h the length of a piece and d the distance between the middles of neighbours (Whittaker 1923 applied to grades).
The matrix is an M-matrix whose rows sum to h, so each new grade is a mean of old ones with positive weights - none
can exceed the steepest - and the sum of h g, the rise, is kept, so both ends stay where they are. In the
inside the weights fall as exp(-distance / length).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solveh_banded

from guide.domain.elevation import HeightErrors

SMOOTHED_CELLS: Final = 0.75
"""The smoothing length in cells of a rough model: below that its own cells, not the ground, are seen."""

ROUGH_GRADE: Final = 0.01
"""A model whose errors bend a way by this much from cell to cell is rough; a smoother one is smoothed less."""

LEAST_CELLS: Final = 0.25
"""The smoothing length of a model without visible errors."""

SPIKE_SIGMAS: Final = 3.0
"""How many errors a sample must stand off its neighbours to be a spike."""

_SHORTEST_M: Final = 1e-3  # pieces of no length carry no grade, and must not divide


def smoothing_length_m(errors: HeightErrors) -> float:
    """How far grades of a model are smoothed: in proportion to its own roughness, less than a cell."""
    rough = errors.bend_sigma_m() / errors.resolution_m / ROUGH_GRADE
    return errors.resolution_m * min(max(SMOOTHED_CELLS * rough, LEAST_CELLS), SMOOTHED_CELLS)


def smooth_lines(
    start: NDArray[np.int64],
    distance_m: NDArray[np.float64],
    elevation_m: NDArray[np.float64],
    length_m: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Heights (S,) of many lines, smoothed.

    Line e has the samples ``start[e]:start[e + 1]``. Unknown heights (NaN) stay unknown; what lies between them is
    smoothed on its own.

    Args:
        start: (E + 1,) where lines begin.
        distance_m: (S,) from each line's start.
        elevation_m: (S,) NaN where unknown.
        length_m: how far grades flow; one value, or one for each line (E,).
    """
    if len(elevation_m) < 2:  # noqa: PLR2004 (no piece)
        return elevation_m.copy()
    run = np.diff(distance_m)
    last = start[1:-1] - 1
    inside = np.isfinite(elevation_m[:-1]) & np.isfinite(elevation_m[1:]) & (run > _SHORTEST_M)
    inside[last] = False
    h = np.where(inside, run, 1.0)
    grade = np.where(inside, np.diff(elevation_m, prepend=0.0)[1:] / h, 0.0)
    joined = inside[:-1] & inside[1:]
    flow = np.broadcast_to(np.asarray(length_m, dtype=np.float64), (len(start) - 1,))
    flow = np.repeat(flow, np.diff(start))[:-1][: len(joined)] ** 2
    pull = np.where(joined, flow / (0.5 * (h[:-1] + h[1:])), 0.0)
    diagonal = h.copy()
    diagonal[:-1] += pull
    diagonal[1:] += pull
    banded = np.zeros((2, len(h)))
    banded[0, 1:] = -pull
    banded[1] = diagonal
    smooth = solveh_banded(banded, h * grade, check_finite=False) if len(h) > 1 else grade
    # Heights are summed up anew within each run of known ones, from its own first height.
    rise = np.where(inside, smooth * h, 0.0)
    climbed = np.concatenate(([0.0], np.cumsum(rise)))
    begins = np.concatenate(([True], ~inside))
    anchor = np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))
    result = elevation_m[anchor] + (climbed - climbed[anchor])
    # The end of a run is its own old height, to the last bit, however the sum was rounded.
    ends = np.concatenate((~inside, [True]))
    result[ends] = elevation_m[ends]
    return np.asarray(result)


def remove_spikes(
    start: NDArray[np.int64],
    distance_m: NDArray[np.float64],
    elevation_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Heights (S,) without spikes, and where they were.

    A spike is one cell's: one sample, or two where the cell's middle falls between them. It stands off the straight
    line between its neighbours by more than ``SPIKE_SIGMAS`` errors of that distance, and by more than that line bends
    against the pieces beyond it: the top of a ridge or the edge of a terrace does, a spike does not. It is laid on the
    line between its neighbours, which cannot steepen anything.
    """
    flat, spike = elevation_m.copy(), np.zeros(len(elevation_m), dtype=bool)
    line = np.repeat(np.arange(len(start) - 1), np.diff(start))
    for width in (1, 2):
        # Places of the sample before the one before the spike; all around it lies on one line.
        first = np.arange(len(flat) - width - 3)
        first = first[line[first] == line[first + width + 3]]
        _flatten(flat, spike, distance_m, sigma_m, first, width)
    return flat, spike


def _flatten(
    flat: NDArray[np.float64],
    spike: NDArray[np.bool_],
    distance_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
    first: NDArray[np.int64],
    width: int,
) -> None:
    """Lay spikes of ``width`` samples flat; the first of two that touch goes first."""
    before, after, last = first + 1, first + 2 + width, first + 3 + width
    climb = _grade(flat, distance_m, first, before)
    fall = _grade(flat, distance_m, after, last)
    across = _grade(flat, distance_m, before, after)
    bend = np.maximum(np.abs(across - climb), np.abs(across - fall)) * (distance_m[after] - distance_m[before]) / 2
    found = np.ones(len(first), dtype=bool)
    side = np.zeros(len(first))
    lines = []
    for step in range(width):
        here = before + 1 + step
        between = flat[before] + across * (distance_m[here] - distance_m[before])
        off = flat[here] - between
        # The sample's own error and, as errors of its neighbours' mean, half of another.
        found &= np.abs(off) > SPIKE_SIGMAS * np.sqrt(1.5) * sigma_m[here] + bend  # NaN compares as no spike
        found &= (side == 0) | (np.sign(off) == side)
        side = np.sign(off)
        lines.append((here, between))
    found[1:] &= ~found[:-1]
    for here, between in lines:
        spike[here[found]] = True
        flat[here[found]] = between[found]


def _grade(
    height_m: NDArray[np.float64], distance_m: NDArray[np.float64], one: NDArray[np.int64], two: NDArray[np.int64]
) -> NDArray[np.float64]:
    rise = height_m[two] - height_m[one]
    return np.asarray(rise / np.maximum(distance_m[two] - distance_m[one], _SHORTEST_M))
