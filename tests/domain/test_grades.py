"""Grades of a profile: exact on known shapes, and lawful on any."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.domain.bands import BANDS, band_of
from guide.domain.grades import ascent_descent_m, band_pieces, max_window_grade, mean_abs_grade, segment_grades
from guide.domain.profile import Profile

HEIGHTS = st.lists(st.floats(-100, 100), min_size=2, max_size=40)


def profile(heights: list[float], spacing_m: float = 10.0) -> Profile:
    return Profile(
        distance_m=np.arange(len(heights)) * spacing_m,
        elevation_m=np.array(heights, dtype=np.float64),
        sigma_m=np.full(len(heights), 0.3),
    )


def test_a_plane_has_its_grade_everywhere() -> None:
    plane = profile([0.12 * 10 * n for n in range(11)])
    assert segment_grades(plane) == pytest.approx(np.full(10, 0.12))
    assert max_window_grade(plane, 20.0) == pytest.approx(0.12)
    assert mean_abs_grade(plane) == pytest.approx(0.12)
    assert ascent_descent_m(plane, 0.5) == pytest.approx((12.0, 0.0))


def test_the_steepest_window_is_found_between_samples() -> None:
    # 25 % over the middle 20 m, which begins half-way between two even samples.
    crooked = Profile(
        distance_m=np.array([0.0, 15.0, 35.0, 50.0]),
        elevation_m=np.array([0.0, 0.0, 5.0, 5.0]),
        sigma_m=np.zeros(4),
    )
    assert max_window_grade(crooked, 20.0) == pytest.approx(0.25)
    assert max_window_grade(crooked, 40.0) == pytest.approx(0.125)


def test_the_steepest_window_may_fall() -> None:
    assert max_window_grade(profile([10, 4, 4, 5]), 10.0) == pytest.approx(-0.6)


def test_a_profile_shorter_than_the_window_has_no_maximum() -> None:
    assert max_window_grade(profile([0, 1]), 20.0) is None


def test_one_unknown_height_makes_the_sums_unknown() -> None:
    holed = profile([0, math.nan, 2])
    assert ascent_descent_m(holed, 0.5) is None
    assert max_window_grade(holed, 10.0) is None
    assert mean_abs_grade(holed) is None
    assert [piece.band for piece in band_pieces(holed)] == [-1]


def test_noise_below_the_threshold_is_not_climbed() -> None:
    noisy = profile([0, 0.4, 0, 0.4, 0, 0.4, 0, 5])
    assert ascent_descent_m(noisy, 0.5) == pytest.approx((5.0, 0.0))
    assert ascent_descent_m(noisy, 0.1) == pytest.approx((6.2, 1.2))


def test_a_hill_counts_up_and_down() -> None:
    assert ascent_descent_m(profile([0, 5, 10, 5, 3, 8]), 1.0) == pytest.approx((15.0, 7.0))


@given(HEIGHTS, st.floats(0, 20))
def test_ascent_minus_descent_is_the_rise(heights: list[float], threshold_m: float) -> None:
    ascent_m, descent_m = ascent_descent_m(profile(heights), threshold_m) or (math.nan, math.nan)
    assert ascent_m - descent_m == pytest.approx(heights[-1] - heights[0], abs=1e-6)
    assert ascent_m >= 0
    assert descent_m >= 0


@given(HEIGHTS, st.floats(0, 20))
def test_walking_back_swaps_ascent_and_descent(heights: list[float], threshold_m: float) -> None:
    there = ascent_descent_m(profile(heights), threshold_m) or (math.nan, math.nan)
    back = ascent_descent_m(profile(heights).reversed(), threshold_m) or (math.nan, math.nan)
    if threshold_m == 0:
        assert back == pytest.approx(there[::-1], abs=1e-6)
    assert back[0] - back[1] == pytest.approx(there[1] - there[0], abs=1e-6)


@given(HEIGHTS)
def test_walking_back_negates_grades(heights: list[float]) -> None:
    there = profile(heights)
    assert segment_grades(there.reversed()) == pytest.approx(-segment_grades(there)[::-1])


@given(HEIGHTS, st.sampled_from([10.0, 20.0, 35.0]))
def test_no_window_is_steeper_than_the_steepest_segment(heights: list[float], window_m: float) -> None:
    steepest = max_window_grade(profile(heights), window_m)
    if steepest is not None:
        assert abs(steepest) <= np.abs(segment_grades(profile(heights))).max() + 1e-9


@given(HEIGHTS)
def test_band_pieces_cover_the_profile_without_gaps(heights: list[float]) -> None:
    pieces = band_pieces(profile(heights))
    assert pieces[0].from_m == 0
    assert pieces[-1].to_m == profile(heights).length_m
    for left, right in pairwise(pieces):
        assert left.to_m == right.from_m
        assert left.band != right.band


def test_bands_begin_at_their_lower_limit_and_go_on_for_ever() -> None:
    lows = np.array([band.low for band in BANDS])
    assert band_of(lows).tolist() == list(range(len(BANDS)))
    assert band_of(-lows).tolist() == list(range(len(BANDS)))
    assert band_of(np.array([0.0499999, 9.9, math.nan])).tolist() == [1, len(BANDS) - 1, -1]
    assert all(left.high == right.low for left, right in pairwise(BANDS))
