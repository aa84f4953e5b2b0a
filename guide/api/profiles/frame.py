"""From metres to a picture: scales and marks that are round."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from guide.domain.profile import Profile

LEAST_SPAN_M: Final = 5.0
"""Metres of height that a picture shows at least: a flat street must not look like a mountain."""

_ROUND: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 8.0)
"""Exaggerations, times a power of ten: people can reckon with these."""

_TICKS: Final = (1, 2, 5, 10)
_ROOM: Final = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The plot within a picture: its edges in the picture's units, and the metres along them.

    ``exaggeration`` is how many times larger heights are drawn than lengths.
    """

    left: float
    right: float
    top: float
    bottom: float
    length_m: float
    low_m: float
    high_m: float
    exaggeration: float

    def x(self, distance_m: float) -> float:
        """The place of a distance from left to right."""
        return self.left + (self.right - self.left) * distance_m / self.length_m

    def y(self, elevation_m: float) -> float:
        """The place of a height from top to bottom."""
        return self.bottom - (self.bottom - self.top) * (elevation_m - self.low_m) / (self.high_m - self.low_m)


def fit_frame(profile: Profile, *, left: float, right: float, top: float, tallest: float) -> Frame:
    """The frame of a profile with some known height: as tall as a round exaggeration allows, ``tallest`` at most."""
    sigma = np.nan_to_num(profile.sigma_m)
    low, high = float(np.nanmin(profile.elevation_m - sigma)), float(np.nanmax(profile.elevation_m + sigma))
    room = max(LEAST_SPAN_M - (high - low), 2 * _ROOM * (high - low)) / 2
    span_m = high - low + 2 * room
    per_metre = (right - left) / profile.length_m
    exaggeration = _largest_round(tallest / (span_m * per_metre))
    return Frame(
        left=left,
        right=right,
        top=top,
        bottom=top + span_m * per_metre * exaggeration,
        length_m=profile.length_m,
        low_m=low - room,
        high_m=high + room,
        exaggeration=exaggeration,
    )


def ticks(low: float, high: float, count: float) -> list[float]:
    """Round values between two limits, about ``count`` of them and no more."""
    raw = (high - low) / max(count, 1.0)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in _TICKS if power * factor >= raw * (1 - 1e-9))
    first = math.ceil(low / step)
    return [round(step * number, 10) for number in range(first, math.floor(high / step) + 1)]


def _largest_round(limit: float) -> float:
    power = 10.0 ** math.floor(math.log10(limit))
    return max(power * factor for factor in _ROUND if power * factor <= limit * (1 + 1e-9))
