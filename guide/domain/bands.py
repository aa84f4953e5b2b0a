"""Bands of steepness: one scale for map, profile, legend and print.

The limits follow what walkers and standards know (guide to figures: 5 % is felt, 8 % is the limit of a ramp, 12 % is
hard with a pram, 18 % is the last band of Japan's barrier-free standard, 25 % and 35 % tell the world's steepest
streets and stairs apart). The scale does not end at 15 %, where most maps stop.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band: absolute grade from ``low`` up to below ``high`` (ratios), and its colour."""

    index: int
    low: float
    high: float
    colour: str


BANDS: Final = tuple(
    Band(index=index, low=low, high=high, colour=colour)
    for index, (low, high, colour) in enumerate(
        (
            # From 5 % on lightness falls from band to band, so that the order survives in grey and colour-blind eyes;
            # the two gentlest stay dark enough to be seen on light paper.
            (0.00, 0.02, "#8fb8a8"),
            (0.02, 0.05, "#b9c46a"),
            (0.05, 0.08, "#ecc544"),
            (0.08, 0.12, "#f09a35"),
            (0.12, 0.18, "#e2622b"),
            (0.18, 0.25, "#c02a3a"),
            (0.25, 0.35, "#861a5b"),
            (0.35, math.inf, "#3d1450"),
        )
    )
)
UNKNOWN_COLOUR: Final = "#a3a3a3"

_LOWS: Final = np.array([band.low for band in BANDS[1:]])


def band_of(grade: NDArray[np.float64]) -> NDArray[np.int8]:
    """The band index of each signed grade (ratio), -1 where it is NaN."""
    # Rounded first: 0.05 reached through subtraction must not fall into the band below.
    index = np.searchsorted(_LOWS, np.round(np.abs(grade), 9), side="right").astype(np.int8)
    index[np.isnan(grade)] = -1
    return index
