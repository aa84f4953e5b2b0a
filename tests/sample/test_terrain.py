import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from tiles.sample import plane, terrain

eastings = st.floats(terrain.WEST_M, terrain.EAST_M)
northings = st.floats(terrain.SOUTH_M, terrain.NORTH_M)


def height(x: float, y: float) -> float:
    return float(terrain.height(np.array(x), np.array(y)))


@given(eastings, northings)
def test_land_lies_above_the_sea_and_below_the_summit(x: float, y: float) -> None:
    there = height(x, y)
    # The valley takes its share of the shore too, where it reaches the sea.
    lowest = terrain.SHORE_M * (1 - terrain.VALLEY_DEPTH) - 1e-9
    assert np.isnan(there) or lowest <= there <= 250.0


@given(eastings, northings)
def test_the_ground_is_smooth_enough_for_a_5_m_grid(x: float, y: float) -> None:
    corners = [height(x + east, y + north) for east in (-2.5, 2.5) for north in (-2.5, 2.5)]
    there = height(x, y)
    if not np.isnan([*corners, there]).any():
        assert abs(float(np.mean(corners)) - there) < 0.12


@given(eastings, northings)
def test_a_point_comes_back_from_degrees(x: float, y: float) -> None:
    there_and_back = plane.to_plane(plane.to_lng_lat(np.array([[x, y]])))
    assert there_and_back == pytest.approx(np.array([[x, y]]), abs=1e-6)


@given(eastings, northings, eastings, northings)
def test_lengths_on_the_plane_are_geodesic_lengths(x1: float, y1: float, x2: float, y2: float) -> None:
    (lng1, lat1), (lng2, lat2) = plane.to_lng_lat(np.array([[x1, y1], [x2, y2]])).tolist()
    geodesic = Geod(ellps="WGS84").inv(lng1, lat1, lng2, lat2)[2]
    assert np.hypot(x2 - x1, y2 - y1) == pytest.approx(geodesic, rel=1e-7, abs=1e-6)


def test_a_hill_stands_behind_the_town_and_a_bay_before_it() -> None:
    assert 190.0 < height(*terrain.SUMMIT_XY) < 230.0
    assert np.isnan(height(-900.0, 0.0))
    assert height(*terrain.ISLAND_XY) == pytest.approx(terrain.SHORE_M + terrain.ISLAND_RISE_M)


def test_the_grid_starts_in_the_north_west_at_the_middle_of_a_cell() -> None:
    grid = terrain.elevation_grid(5.0)
    assert grid.shape == (480, 600)
    assert grid[300, 500] == height(terrain.WEST_M + 500 * 5.0 + 2.5, terrain.NORTH_M - 300 * 5.0 - 2.5)
