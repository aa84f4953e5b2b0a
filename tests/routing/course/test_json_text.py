"""Texts written before: what a walk's JSON is made of says the same as its numbers."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.network import Kind
from guide.domain.walk import Stretch, Walk
from guide.routing.course.json_text import (
    array_text,
    number_text,
    number_texts,
    position_text,
    position_texts,
    rising_array_text,
)
from tests.routing.ascii_maps import town
from tests.routing.helpers import geometry_of

NUMBERS = st.one_of(st.floats(-9999, 9999), st.just(math.nan))


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.integers(0, 3))
def test_an_array_of_numbers_reads_as_the_numbers(values: list[float], digits: int) -> None:
    found = json.loads(array_text(number_texts(np.array(values), digits)))
    assert len(found) == len(values)
    for text, value in zip(found, values, strict=True):
        assert (text is None) if math.isnan(value) else text == pytest.approx(value, abs=0.5 * 10**-digits + 1e-9)
        alone = json.loads(number_text(value, digits)[:-1])
        assert alone == (None if text is None else pytest.approx(text, abs=1.01 * 10**-digits))


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90), NUMBERS), min_size=1, max_size=20))
def test_positions_read_as_places_and_leave_out_what_is_not_known(places: list[tuple[float, float, float]]) -> None:
    rows = np.array(places)
    found = json.loads(array_text(position_texts(rows[:, :2], rows[:, 2])))
    for position, (lng, lat, height) in zip(found, places, strict=True):
        assert position[:2] == pytest.approx([lng, lat], abs=0.6e-6)
        assert position[2:] == pytest.approx([] if math.isnan(height) else [height], abs=0.051)
        assert json.loads(position_text((lng, lat), height)[:-1]) == pytest.approx(position, abs=0.11)


@given(st.lists(st.floats(0, 400), min_size=0, max_size=60))
def test_distances_read_as_they_rise(steps: list[float]) -> None:
    distance_m = np.concatenate(([0.0], np.cumsum(steps)))
    assert json.loads(rising_array_text(distance_m)) == pytest.approx(distance_m.tolist(), abs=0.0051)


def test_no_number_is_minus_nothing() -> None:
    assert b"-" not in array_text(number_texts(np.array([-0.001, 0.0]), 2))
    assert number_text(-0.001, 2) == b"0.00,"
    assert position_text((-1e-9, 0.0), -0.01) == b"[0.000000,0.000000,0.0],"


@settings(deadline=None)
@given(
    st.lists(st.floats(-20, 60), min_size=4, max_size=4),
    st.sampled_from([("AB", "BC", "CD"), ("DC", "CB"), ("BC",), ("CB", "BA")]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_walks_json_is_its_line_and_its_profile(
    heights: list[float], arcs: tuple[str, ...], start: float, end: float
) -> None:
    place = town("A--B-C----D", elevation_m=dict(zip("ABCD", heights, strict=True)), kinds={"BC": Kind.STEPS})
    if len(arcs) == 1:
        start, end = sorted((start, end))
    stretches = [Stretch(place.arc(arc)) for arc in arcs]
    stretches[0] = Stretch(stretches[0].arc, start, stretches[0].end)
    stretches[-1] = Stretch(stretches[-1].arc, stretches[-1].start, end)
    course = geometry_of(place.network, place.heights).course(Walk.of(stretches))
    line = json.loads(course.line_json())
    expected = np.column_stack((course.line, course.line_elevation_m))
    expected = np.repeat(expected, 2, axis=0) if len(expected) == 1 else expected
    assert np.array(line)[:, :2] == pytest.approx(expected[:, :2], abs=0.6e-6)
    assert np.array(line)[:, 2] == pytest.approx(expected[:, 2], abs=0.051)
    distances, elevations, sigmas = map(json.loads, course.profile_json())
    assert distances == pytest.approx(course.profile.distance_m.tolist(), abs=0.0051)
    assert elevations == pytest.approx(course.profile.elevation_m.tolist(), abs=0.0051)
    assert sigmas == pytest.approx(course.profile.sigma_m.tolist(), abs=0.0051)
    assert np.all(np.diff(course.profile.distance_m) > 0)


def test_what_is_not_known_is_null_and_has_no_height() -> None:
    place = town("A--B--C", elevation_m={"A": 0, "B": 5})
    course = geometry_of(place.network, place.heights).course(
        Walk.of([Stretch(place.arc("AB"), 0.5), Stretch(place.arc("BC"))])
    )
    assert [len(position) for position in json.loads(course.line_json())] == [3, 3, 2]
    elevations, sigmas = (json.loads(text) for text in course.profile_json()[1:])
    assert elevations[0] == pytest.approx(2.5)
    assert elevations[-1] is sigmas[-1] is None
