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
    """One band: absolute grade from ``low`` up to below ``high`` (ratios), its colour by day and in the evening."""

    index: int
    low: float
    high: float
    colour: str
    evening_colour: str


BANDS: Final = tuple(
    Band(index=index, low=low, high=high, colour=colour, evening_colour=evening_colour)
    for index, (low, high, colour, evening_colour) in enumerate(
        (
            # By day and in print each band is darker than the one before, in the evening brighter, so that the order
            # survives in grey and in colour-blind eyes; the hues are the same. What is flat steps back into the
            # paper, which is why the map draws an edge around its streets.
            (0.00, 0.02, "#e6eee3", "#4a5350"),
            (0.02, 0.05, "#dcd59f", "#6a6a47"),
            (0.05, 0.08, "#e0b654", "#93793a"),
            (0.08, 0.12, "#e08f24", "#c28a2b"),
            (0.12, 0.18, "#d05f33", "#f8925f"),
            (0.18, 0.25, "#b0374f", "#fda9be"),
            (0.25, 0.35, "#7d205a", "#f8c6ec"),
            (0.35, math.inf, "#3a0a4d", "#f6f8ff"),
        )
    )
)
UNKNOWN_COLOUR: Final = "#a3a3a3"
UNKNOWN_EVENING_COLOUR: Final = "#7b828c"

_LOWS: Final = np.array([band.low for band in BANDS[1:]])


def band_of(grade: NDArray[np.float64]) -> NDArray[np.int8]:
    """The band index of each signed grade (ratio), -1 where it is NaN."""
    # Rounded first: 0.05 reached through subtraction must not fall into the band below.
    index = np.searchsorted(_LOWS, np.round(np.abs(grade), 9), side="right").astype(np.int8)
    index[np.isnan(grade)] = -1
    return index
