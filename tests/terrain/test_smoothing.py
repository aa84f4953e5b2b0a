"""Smoothing of lines keeps what it must and removes only what it may."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.terrain.smoothing import remove_spikes, smooth_lines

HEIGHTS = st.lists(st.floats(-200, 200), min_size=2, max_size=40)
GAPS = st.lists(st.floats(0.5, 15), min_size=39, max_size=39)


def line(heights: list[float], gaps: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    distance = np.concatenate(([0.0], np.cumsum(gaps[: len(heights) - 1])))
    return np.array([0, len(heights)]), distance, np.array(heights)


@given(HEIGHTS, GAPS, st.floats(0.1, 100))
def test_the_ends_stay_and_nothing_becomes_steeper(heights: list[float], gaps: list[float], length_m: float) -> None:
    start, distance, height = line(heights, gaps)
    smooth = smooth_lines(start, distance, height, length_m)
    assert smooth[[0, -1]].tolist() == height[[0, -1]].tolist()
    run = np.diff(distance)
    before, after = np.diff(height) / run, np.diff(smooth) / run
    assert after.max() <= before.max() + 1e-6
    assert after.min() >= before.min() - 1e-6


@given(HEIGHTS, GAPS, st.floats(0.1, 100))
def test_walked_back_it_is_smoothed_alike(heights: list[float], gaps: list[float], length_m: float) -> None:
    start, distance, height = line(heights, gaps)
    there = smooth_lines(start, distance, height, length_m)
    back = smooth_lines(start, distance[-1] - distance[::-1], height[::-1], length_m)
    assert back[::-1] == pytest.approx(there, abs=1e-6)


@given(st.floats(-1, 1), GAPS)
def test_an_even_grade_stays_as_it_is(grade: float, gaps: list[float]) -> None:
    start, distance, _ = line([0.0] * 40, gaps)
    assert smooth_lines(start, distance, grade * distance, 30.0) == pytest.approx(grade * distance, abs=1e-6)


@given(HEIGHTS, HEIGHTS, GAPS)
def test_lines_do_not_know_of_each_other(one: list[float], two: list[float], gaps: list[float]) -> None:
    _, far, first = line(one, gaps)
    _, near, second = line(two, gaps)
    start = np.array([0, len(one), len(one) + len(two)])
    both = smooth_lines(start, np.concatenate((far, near)), np.concatenate((first, second)), np.array([5.0, 20.0]))
    assert both[: len(one)] == pytest.approx(smooth_lines(np.array([0, len(one)]), far, first, 5.0), abs=1e-6)
    assert both[len(one) :] == pytest.approx(smooth_lines(np.array([0, len(two)]), near, second, 20.0), abs=1e-6)


def test_unknown_heights_stay_unknown_and_part_what_lies_beside_them() -> None:
    height = np.array([0.0, 5.0, 0.0, np.nan, 9.0, 1.0, 9.0])
    smooth = smooth_lines(np.array([0, 7]), np.arange(7) * 10.0, height, 10.0)
    assert np.isnan(smooth).tolist() == np.isnan(height).tolist()
    assert smooth[[0, 2, 4, 6]].tolist() == [0.0, 0.0, 9.0, 9.0]
    assert 0 < smooth[1] < 5


def test_a_zigzag_is_flattened() -> None:
    height = np.array([0.0, 1.0] * 20)
    smooth = smooth_lines(np.array([0, 40]), np.arange(40) * 10.0, height, 10.0)
    assert np.abs(np.diff(smooth))[5:-5].max() < 0.35


@given(HEIGHTS, GAPS)
def test_taking_a_spike_away_steepens_nothing(heights: list[float], gaps: list[float]) -> None:
    start, distance, height = line(heights, gaps)
    flat, spike = remove_spikes(start, distance, height, np.full(len(height), 0.5))
    assert (flat[~spike] == height[~spike]).all()
    if not (spike[1:] & spike[:-1]).any():
        run = np.diff(distance)
        assert np.abs(np.diff(flat) / run).max() <= np.abs(np.diff(height) / run).max() + 1e-9
