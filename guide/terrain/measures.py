"""A profile to the measures of a slope, each with what is known of its error."""

from typing import Final

from guide.domain.elevation import HeightErrors
from guide.domain.grades import (
    CELLS_PER_WINDOW,
    carried_window_grade,
    counted_ascent_descent_m,
    grade_sigma,
    mean_abs_grade,
)
from guide.domain.profile import Profile
from guide.domain.slope import Confidence, Measures
from guide.terrain.effort import course_constant, effort_class, slope_rank

HIGH_SIGMA: Final = 0.01
FAIR_SIGMA: Final = 0.03


def measure_profile(  # noqa: PLR0913 (all named; a line is known by this much)
    profile: Profile,
    *,
    resolution_m: float,
    steps: int | None,
    has_steps: bool,
    elevation_source: str | None,
    errors: HeightErrors | None = None,
    ends_apart_m: float | None = None,
    end_sigmas_m: tuple[float, float] | None = None,
) -> Measures:
    """All measures of a line from its foot to its head.

    Measures that need heights are None if any height is unknown.

    Args:
        profile: the heights along the line.
        resolution_m: the coarsest cell size among the models the heights come from.
        steps: how many steps there are, where every stair on the line tells its own.
        has_steps: whether there is any stair.
        elevation_source: the models' names.
        errors: how alike neighbouring heights err; without it their errors are taken as independent, which is cautious.
        ends_apart_m: how far foot and head lie apart as the crow flies, which is what likens their errors; the line's
            length if not given.
        end_sigmas_m: errors of foot and head where they are known better than the profile's.
    """
    length_m = profile.length_m
    if not profile.known or length_m <= 0:
        return _unknown(length_m, steps)
    rise_m = float(profile.elevation_m[-1] - profile.elevation_m[0])
    foot_m, head_m = end_sigmas_m or (float(profile.sigma_m[0]), float(profile.sigma_m[-1]))
    apart_m = length_m if ends_apart_m is None else min(ends_apart_m, length_m)
    if errors is None:
        mean_sigma = grade_sigma(float(profile.sigma_m.max()), length_m)
    else:
        mean_sigma = errors.difference_sigma_m(apart_m, foot_m, head_m) / length_m
    ascent_m, descent_m = counted_ascent_descent_m(profile) or (None, None)
    worst_m = float(profile.sigma_m.max())
    windows = []
    for window_m in (20.0, 50.0):
        difference_m = None if errors is None else errors.difference_sigma_m(window_m, worst_m, worst_m)
        windows.append(carried_window_grade(profile, window_m, resolution_m, difference_m) or (None, None))
    (steepest_20m, sigma_20m), (steepest_50m, sigma_50m) = windows
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
