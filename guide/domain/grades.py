"""Grades, ascents and bands of a profile: what follows from heights alone."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guide.domain.bands import band_of
from guide.domain.profile import Profile

LEAST_ASCENT_M: Final = 0.5
"""A rise smaller than this is not counted as ascent even on the best model."""

WORST_CARRIED_SIGMA: Final = 0.10
"""A maximum whose grade error (1 sigma) is above ten percentage points says nothing; it is not published."""

CELLS_PER_WINDOW: Final = 1.5
"""A window must span at least so many cells of the model, or the model's cells and not the ground are measured."""


class BandPiece(NamedTuple):
    """A stretch of a profile whose grade lies in one band (-1 where heights are unknown)."""

    from_m: float
    to_m: float
    grade: float
    band: int


def segment_grades(profile: Profile) -> NDArray[np.float64]:
    """Signed grade (ratio) between neighbouring samples, (s - 1,); NaN where a height is unknown."""
    return np.diff(profile.elevation_m) / np.diff(profile.distance_m)


def ascent_descent_m(profile: Profile, threshold_m: float) -> tuple[float, float] | None:
    """Metres climbed and metres descended, each at least 0; None if a height is unknown.

    With hysteresis: a rise or fall counts once it exceeds ``threshold_m``, so that noise smaller than that is not
    summed up. Ascent minus descent is always the rise from the first sample to the last.
    """
    return climbed_m(profile.elevation_m.tolist(), threshold_m) if profile.known else None


def climbed_m(heights_m: Sequence[float], threshold_m: float) -> tuple[float, float]:
    """Metres climbed and descended over known heights, from one peak or valley to the next.

    Those count that stand out by more than the threshold, and the first and the last height.
    """
    ascent = descent = 0.0
    turn = low = high = heights_m[0]  # the last peak or valley, and the extremes since
    heading = 0  # 1 climbing towards a peak, -1 falling towards a valley, 0 not yet known
    for height in heights_m:
        if height > high:
            high = height
        elif height < low:
            low = height
        if heading >= 0 and high - height > threshold_m:
            ascent += high - turn
            heading, turn, low, high = -1, high, height, height
        elif heading <= 0 and height - low > threshold_m:
            descent += turn - low
            heading, turn, low, high = 1, low, height, height
    rest = heights_m[-1] - turn
    return (ascent + rest, descent) if rest > 0 else (ascent, descent - rest)


def max_window_grade(profile: Profile, window_m: float) -> float | None:
    """The steepest mean grade of any stretch of ``window_m``, signed along the line.

    None if the profile is shorter than the window or a height is unknown.
    """
    steepest = steepest_window(profile, window_m)
    return None if steepest is None else steepest.grade


class Window(NamedTuple):
    """A stretch of a profile and its mean grade, signed along the line."""

    from_m: float
    to_m: float
    grade: float


def steepest_window(profile: Profile, window_m: float) -> Window | None:
    """The steepest stretch of ``window_m``, the first one if there are several.

    Exact for a profile whose heights run straight between samples: the steepest stretch begins or ends at a sample.
    None if the profile is shorter than the window or a height is unknown.
    """
    length_m = profile.length_m
    if length_m < window_m or not profile.known:
        return None
    begins = np.concatenate((profile.distance_m, profile.distance_m - window_m))
    begins = begins[(begins >= 0) & (begins + window_m <= length_m)]
    begins = np.concatenate((begins, [0.0, length_m - window_m]))
    low = np.interp(begins, profile.distance_m, profile.elevation_m)
    high = np.interp(begins + window_m, profile.distance_m, profile.elevation_m)
    grades = (high - low) / window_m
    steepest = np.argmax(np.abs(grades))
    begin_m = float(begins[steepest])
    return Window(from_m=begin_m, to_m=begin_m + window_m, grade=float(grades[steepest]))


def grade_sigma(sigma_m: float, run_m: float) -> float:
    """Error (1 sigma, a ratio) of a grade from two heights ``run_m`` apart, each with error ``sigma_m``.

    sigma = sqrt(2) * sigma_z / L, the heights' errors taken as independent, which is cautious.
    """
    return math.sqrt(2.0) * sigma_m / run_m


def carried_window_grade(
    profile: Profile, window_m: float, resolution_m: float, difference_sigma_m: float | None = None
) -> tuple[float, float] | None:
    """The steepest mean grade of any stretch of ``window_m`` and its error (1 sigma).

    None if the profile is shorter, a height is unknown, or the elevation model, whose cells are ``resolution_m`` wide,
    cannot carry it. ``difference_sigma_m`` is the error of the difference of two heights ``window_m`` apart; without
    it their errors are taken as independent.
    """
    if not profile.known or window_m < CELLS_PER_WINDOW * resolution_m:
        return None
    if difference_sigma_m is None:
        sigma = grade_sigma(float(profile.sigma_m.max()), window_m)
    else:
        sigma = difference_sigma_m / window_m
    grade = max_window_grade(profile, window_m)
    return None if grade is None or sigma > WORST_CARRIED_SIGMA else (grade, sigma)


def counting_threshold_m(sigma_m: float) -> float:
    """The rise from which on a climb is counted, for heights of which the worst errs by ``sigma_m``."""
    return max(LEAST_ASCENT_M, sigma_m)


def counted_ascent_descent_m(profile: Profile) -> tuple[float, float] | None:
    """Ascent and descent, with noise up to the heights' error not counted; None if a height is unknown."""
    if not profile.known:
        return None
    return ascent_descent_m(profile, counting_threshold_m(float(profile.sigma_m.max())))


def mean_abs_grade(profile: Profile) -> float | None:
    """The length-weighted mean of the absolute grade; None if a height is unknown."""
    if not profile.known or profile.length_m == 0:
        return None
    return float(np.abs(np.diff(profile.elevation_m)).sum() / profile.length_m)


def band_pieces(profile: Profile) -> list[BandPiece]:
    """The profile cut into stretches of one band, in order and without gaps; neighbours differ in band.

    A stretch's ``grade`` is its mean, NaN where heights are unknown.
    """
    if profile.length_m == 0:
        return []
    bands = band_of(segment_grades(profile))
    starts = np.flatnonzero(np.concatenate(([True], bands[1:] != bands[:-1])))
    ends = np.concatenate((starts[1:], [len(bands)]))
    return [
        BandPiece(
            from_m=float(profile.distance_m[start]),
            to_m=float(profile.distance_m[end]),
            grade=float(
                (profile.elevation_m[end] - profile.elevation_m[start])
                / (profile.distance_m[end] - profile.distance_m[start])
            ),
            band=int(bands[start]),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
