"""A profile to the measures of a slope, each with what is known of its error."""

import math
from typing import Final

from guide.domain.grades import ascent_descent_m, max_window_grade, mean_abs_grade
from guide.domain.profile import Profile
from guide.domain.slope import Confidence, Measures
from guide.terrain.effort import course_constant, effort_class, slope_rank

WORST_CARRIED_SIGMA: Final = 0.10
"""A maximum whose grade error (1 sigma) is above ten percentage points says nothing; it is not published."""

CELLS_PER_WINDOW: Final = 1.5
"""A window must span at least so many cells of the model, or the model's cells and not the ground are measured."""

HIGH_SIGMA: Final = 0.01
FAIR_SIGMA: Final = 0.03

LEAST_ASCENT_M: Final = 0.5
"""A rise smaller than this is not counted as ascent even on the best model."""


def grade_sigma(sigma_m: float, run_m: float) -> float:
    """Error (1 sigma, a ratio) of a grade from two heights ``run_m`` apart, each with error ``sigma_m``.

    sigma = sqrt(2) * sigma_z / L, the heights' errors taken as independent, which is cautious.
    """
    return math.sqrt(2.0) * sigma_m / run_m


def measure_profile(
    profile: Profile, *, resolution_m: float, steps: int | None, has_steps: bool, elevation_source: str | None
) -> Measures:
    """All measures of a line from its foot to its head.

    ``resolution_m`` is the coarsest cell size among the models the heights come from; ``steps`` the number of steps
    where every stair on the line tells its own; ``has_steps`` whether there is any stair. Measures that need heights
    are None if any height is unknown.
    """
    length_m = profile.length_m
    if not profile.known or length_m <= 0:
        return _unknown(length_m, steps)
    sigma_m = float(profile.sigma_m.max())
    rise_m = float(profile.elevation_m[-1] - profile.elevation_m[0])
    mean_sigma = grade_sigma(sigma_m, length_m)
    ascent_m, descent_m = ascent_descent_m(profile, max(LEAST_ASCENT_M, sigma_m)) or (None, None)
    steepest_20m, sigma_20m = _carried_maximum(profile, 20.0, resolution_m, sigma_m)
    steepest_50m, sigma_50m = _carried_maximum(profile, 50.0, resolution_m, sigma_m)
    steepest = next((grade for grade in (steepest_20m, steepest_50m) if grade is not None), rise_m / length_m)
    return Measures(
        length_m=length_m,
        rise_m=rise_m,
        ascent_m=ascent_m,
        descent_m=descent_m,
        mean_grade=rise_m / length_m,
        mean_abs_grade=mean_abs_grade(profile),
        mean_grade_sigma=mean_sigma,
        max_grade_20m=steepest_20m,
        max_grade_20m_sigma=sigma_20m,
        max_grade_50m=steepest_50m,
        max_grade_50m_sigma=sigma_50m,
        steps=steps,
        effort=effort_class(profile),
        course_constant_up=course_constant(profile, ascent_m or 0.0, descent_m or 0.0),
        course_constant_down=course_constant(profile.reversed(), descent_m or 0.0, ascent_m or 0.0),
        rank=slope_rank(steepest, has_steps=has_steps),
        elevation_source=elevation_source,
        confidence=_confidence(mean_sigma, length_m, resolution_m),
    )


def _carried_maximum(
    profile: Profile, window_m: float, resolution_m: float, sigma_m: float
) -> tuple[float | None, float | None]:
    """The steepest stretch of ``window_m`` and its error; None where the line or the model is too short for it."""
    sigma = grade_sigma(sigma_m, window_m)
    if window_m < CELLS_PER_WINDOW * resolution_m or sigma > WORST_CARRIED_SIGMA:
        return None, None
    grade = max_window_grade(profile, window_m)
    return (None, None) if grade is None else (grade, sigma)


def _confidence(mean_sigma: float, length_m: float, resolution_m: float) -> Confidence:
    if length_m < CELLS_PER_WINDOW * resolution_m or mean_sigma > FAIR_SIGMA:
        return Confidence.LOW
    return Confidence.HIGH if mean_sigma <= HIGH_SIGMA else Confidence.FAIR


def _unknown(length_m: float, steps: int | None) -> Measures:
    """The measures of a line of which only the length is known."""
    return Measures(
        length_m=length_m,
        rise_m=None,
        ascent_m=None,
        descent_m=None,
        mean_grade=None,
        mean_abs_grade=None,
        mean_grade_sigma=None,
        max_grade_20m=None,
        max_grade_20m_sigma=None,
        max_grade_50m=None,
        max_grade_50m_sigma=None,
        steps=steps,
        effort=None,
        course_constant_up=None,
        course_constant_down=None,
        rank="X",
        elevation_source=None,
        confidence=None,
    )
