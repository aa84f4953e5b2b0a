"""Cliffs beside the way: what the ground to the left and right says of a height.

A way below a retaining wall shares a cell with the ground above it, and a way along a steep hillside that is drawn
some metres off its bed is given the hillside's height. Neither shows along the way; both show across it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation
from guide.terrain.sampling import LineSamples

SUSPECT_GRADE: Final = 0.15
"""Only where heights along the way rise or fall by this much is the ground beside it asked for."""

PLACED_M: Final = 2.0
PLACED_CELLS: Final = 0.3
"""A way lies where it is drawn to so many metres, and a cell where it is to so many cells."""

_ACROSS_CELLS: Final = 0.75
_METRES_PER_DEGREE: Final = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """What lies across the way: ``weight`` (S,) trust in each height, 0 to 1; ``extra_m`` (S,) error beside sigma."""

    weight: NDArray[np.float64]
    extra_m: NDArray[np.float64]


def look_across(
    elevation: Elevation,
    lines: LineSamples,
    grade: NDArray[np.float64],
    height_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
    cell_m: NDArray[np.float64],
) -> Across:
    """Trust and extra errors of heights that their neighbours along the way make suspect.

    Args:
        elevation: what knows the heights.
        lines: S samples along their ways.
        grade: (S,) the steeper of the grades to the neighbours along the way.
        height_m: (S,) heights, NaN where unknown.
        sigma_m: (S,) their errors.
        cell_m: (S,) the size of their cells.
    """
    lng_lat = lines.lng_lat
    weight, extra_m = np.ones(len(lng_lat)), np.zeros(len(lng_lat))
    suspect = np.flatnonzero((np.abs(grade) > SUSPECT_GRADE) & np.isfinite(height_m))
    if len(suspect) == 0:
        return Across(weight=weight, extra_m=extra_m)
    reach = _ACROSS_CELLS * cell_m[suspect]
    metre = 1.0 / (_METRES_PER_DEGREE * np.stack((np.cos(np.radians(lng_lat[suspect, 1])), np.ones(len(suspect))), 1))
    way = np.searchsorted(lines.start, suspect, side="right") - 1
    before, after = np.maximum(suspect - 1, lines.start[way]), np.minimum(suspect + 1, lines.start[way + 1] - 1)
    along = (lng_lat[after] - lng_lat[before]) / metre
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)[:, None]
    aside = np.stack((-along[:, 1], along[:, 0]), axis=1) * reach[:, None] * metre
    beside = elevation.sample(np.concatenate((lng_lat[suspect] + aside, lng_lat[suspect] - aside))).elevation_m
    left, right = beside[: len(suspect)], beside[len(suspect) :]
    here, sigma = height_m[suspect], sigma_m[suspect]
    slope = np.nan_to_num((left - right) / (2 * reach))
    shifted_m = np.abs(slope) * (PLACED_M + PLACED_CELLS * cell_m[suspect])
    weight[suspect] = sigma**2 / (sigma**2 + shifted_m**2)
    # An even hillside only shifts a straight way's heights; where it breaks off, their differences err too.
    broken_m = np.abs(np.nan_to_num(0.5 * (left + right) - here))
    extra_m[suspect] = np.maximum(broken_m - 2 * sigma, 0.0)
    return Across(weight=weight, extra_m=extra_m)
