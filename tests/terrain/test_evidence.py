"""Signs, tags and steps beside the model."""

from dataclasses import replace

import numpy as np
import pytest

from guide.domain.profile import Profile
from guide.domain.slope import Measures
from guide.terrain.evidence import Claim, Stairs, compare_sign, compare_steps, compare_tag
from guide.terrain.measures import measure_profile


def measures_of(grade: float, *, steep: float | None = None) -> Measures:
    """100 m of one grade, or with 30 m of another in the middle; errors of 0.5 m."""
    distance = np.arange(11) * 10.0
    height = grade * distance
    if steep is not None:
        height = np.interp(
            distance, [0, 30, 60, 100], [0, 30 * grade, 30 * grade + 30 * steep, 70 * grade + 30 * steep]
        )
    profile = Profile(distance_m=distance, elevation_m=height, sigma_m=np.full(11, 0.5))
    return measure_profile(profile, resolution_m=5.0, steps=None, has_steps=False, elevation_source="made")


@pytest.mark.parametrize("posted", [None, 12.0, 13.0, 11.0])
def test_a_sign_that_agrees_says_nothing(posted: float | None) -> None:
    assert compare_sign("slope", posted, measures_of(0.12)) == []


def test_a_sign_may_mean_the_steepest_part() -> None:
    assert compare_sign("slope", 25.0, measures_of(0.10, steep=0.25)) == []


@pytest.mark.parametrize("posted", [6.0, 35.0])
def test_a_sign_that_disagrees_is_found(posted: float) -> None:
    (finding,) = compare_sign("slope", posted, measures_of(0.15))
    assert finding.code == "slope.sign-disagrees"
    assert all(f"{posted:.0f}%" in finding.message(language) for language in ("ja", "en"))


def test_a_steep_sign_contradicts_no_model_without_maxima() -> None:
    blind = replace(measures_of(0.12), max_grade_20m=None, max_grade_50m=None)
    assert compare_sign("slope", 30.0, blind) == []


def test_tags_are_compared_with_their_direction() -> None:
    assert compare_tag("slope", Claim(grade=0.10, model_grade=0.13, model_sigma=0.01)) == []
    (finding,) = compare_tag("slope", Claim(grade=-0.10, model_grade=0.10, model_sigma=0.01))
    assert finding.code == "slope.incline-disagrees"
    assert all("10" in finding.message(language) for language in ("ja", "en"))
    assert compare_tag("slope", None) == []
    assert compare_tag("slope", Claim(grade=0.1, model_grade=float("nan"), model_sigma=0.01)) == []


def test_steps_are_compared_by_their_rise() -> None:
    assert compare_steps("slope", Stairs(steps=57, model_rise_m=-9.0, model_sigma_m=0.5)) == []
    (finding,) = compare_steps("slope", Stairs(steps=57, model_rise_m=20.0, model_sigma_m=0.5))
    assert finding.code == "slope.steps-disagree"
    assert all("57" in finding.message(language) for language in ("ja", "en"))
    assert compare_steps("slope", None) == []
