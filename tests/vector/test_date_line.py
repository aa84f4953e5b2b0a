"""Lines across the date line go the short way, not once round the world."""

import gzip

import mapbox_vector_tile
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tiles import date_line
from tiles.layers.feature import Feature
from tiles.vector import Reach, encode_tiles

TAVEUNI = np.array([(179.9, -16.8), (-179.9, -16.9), (-179.8, -16.9)])


def test_a_line_is_parted_at_the_meridian() -> None:
    west, east = date_line.split(TAVEUNI)
    np.testing.assert_allclose(west, [(179.9, -16.8), (180, -16.85)])
    np.testing.assert_allclose(east, [(-180, -16.85), (-179.9, -16.9), (-179.8, -16.9)])


def test_and_back_again() -> None:
    parts = date_line.split(np.vstack((TAVEUNI, TAVEUNI[::-1])))
    assert [round(float(part[:, 0].mean())) for part in parts] == [180, -180, 180]


def test_other_lines_stay_whole() -> None:
    line = np.array([(-170.0, 10.0), (9.0, 20.0)])
    (same,) = date_line.split(line)
    assert same is line


PLACES = st.tuples(st.floats(-180, 180), st.floats(-80, 80))


@given(st.lists(PLACES, min_size=2, max_size=8))
def test_no_part_jumps(places: list[tuple[float, float]]) -> None:
    parts = date_line.split(np.array(places))
    assert not any(date_line.crosses(part) for part in parts)
    assert all(np.abs(part[:, 0]).max() <= 180 for part in parts)


def test_in_tiles_it_is_on_both_sides_and_nowhere_between() -> None:
    feature = Feature(layer="slopes", key="a", lng_lat=TAVEUNI, attributes={"id": "a"}, min_zoom=0)
    tiles = {
        address: mapbox_vector_tile.decode(gzip.decompress(data))
        for address, data in encode_tiles([feature], Reach(min_zoom=8, max_zoom=8))
    }
    assert {address.x for address in tiles} == {0, 255}
    assert {tile["slopes"]["features"][0]["id"] for tile in tiles.values()} == {feature.id}
