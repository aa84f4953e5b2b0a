"""Relief: what is known stays, the sea is at 0, what is unknown is no cliff."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.relief.shapes import FRAME, land
from tiles.relief.grid import SIZE, PixelGrid
from tiles.relief.heights import Relief, see_relief
from tiles.relief.outline import outline
from tiles.relief.unknown import fill_unknown

WEST, SOUTH, EAST, NORTH = FRAME
SEA = shapely.box(WEST - 1, SOUTH - 1, 140.94, NORTH + 1)


def relief(*arguments: object, frame: tuple[float, float, float, float] = FRAME) -> Relief:
    found = see_relief(arguments[0], frame, arguments[1] if len(arguments) > 1 else [])  # type: ignore[arg-type]
    assert found is not None
    return found


def steepest(heights: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> float:
    return float(max(np.abs(np.diff(heights, axis=axis)).max() for axis in (0, 1)))


def test_the_zoom_follows_the_model() -> None:
    zooms = [PixelGrid.around(FRAME, resolution_m).z for resolution_m in (90.0, 30.0, 10.0, 5.0, 0.5)]
    assert zooms == [9, 11, 13, 14, 14]


def test_a_wide_area_is_shown_coarser_rather_than_filling_the_memory() -> None:
    assert PixelGrid.around((139.0, 35.0, 141.0, 37.0), 5.0).pixels <= 24_000_000


def test_known_heights_are_the_models() -> None:
    found = relief(land(lambda lng, lat: 5000 * (lng - WEST) + 3000 * (lat - SOUTH)))
    lng, lat = np.meshgrid(found.grid.lng, found.grid.lat)
    assert found.known.all()
    np.testing.assert_allclose(found.height_m, 5000 * (lng - WEST) + 3000 * (lat - SOUTH), atol=0.01)


def test_the_sea_is_at_zero_whatever_the_model_says_of_it() -> None:
    # A surface model sees waves and ships; another knows nothing there.
    for at_sea in (1.7, np.nan):
        found = relief(land(lambda lng, _, sea=at_sea: np.where(lng < 140.94, sea, 20.0)), [SEA])
        wet = found.grid.lng < 140.94 - 1e-4
        assert (found.height_m[:, wet] == 0.0).all()
        assert found.known.all()


def test_land_comes_down_to_the_sea_within_a_cell() -> None:
    found = relief(land(lambda *_: np.array(20.0), 30.0), [SEA])
    cell = 30.0 / found.grid.pixel_m
    assert steepest(found.height_m) <= 20.0 / cell + 0.01
    inland = found.grid.lng > 140.94 + 1.5 * cell * (found.grid.lng[1] - found.grid.lng[0])
    assert (found.height_m[:, inland] == 20.0).all()


def test_a_hill_that_a_cut_coastline_calls_sea_stays_a_hill() -> None:
    def hill(lng: "np.ndarray[tuple[int], np.dtype[np.float64]]", _: object) -> object:
        return np.where(np.abs(lng - 140.92) < 0.005, 300.0, 0.0)

    found = relief(land(hill), [SEA])  # type: ignore[arg-type]
    middle = np.abs(found.grid.lng - 140.92) < 0.004
    assert (found.height_m[:, middle] == 300.0).all()
    assert outline(found.hills, found.grid).contains(shapely.Point(140.92, 42.33))
    assert not outline(found.hills, found.grid).contains(shapely.Point(140.935, 42.33))


def test_the_blur_of_a_steep_coast_is_no_hill() -> None:
    found = relief(land(lambda lng, _: np.clip((lng - 140.9395) / 0.001, 0, 1) * 200, 90.0), [SEA])
    assert not found.hills.any()


def test_nothing_known_is_no_relief() -> None:
    assert see_relief(land(lambda *_: np.array(np.nan)), FRAME, []) is None


def test_only_what_is_known_is_drawn_fine() -> None:
    def patch(lng: "np.ndarray[tuple[int], np.dtype[np.float64]]", lat: object) -> object:
        return np.where((np.abs(lng - 140.94) < 0.01) & (np.abs(lat - 42.33) < 0.01), 50.0, np.nan)  # type: ignore[operator]

    wide = (140.5, 42.0, 141.4, 42.7)
    assert relief(land(patch), frame=wide).grid.pixels < PixelGrid.around(wide, 10.0).pixels / 10  # type: ignore[arg-type]


HOLES = arrays(np.bool_, (48, 40), elements=st.booleans(), fill=st.just(False))  # noqa: FBT003 (no hole)


@given(HOLES, st.floats(-1000, 3000), st.floats(-3, 3), st.floats(-3, 3))
@settings(max_examples=60)
def test_what_is_unknown_is_never_steeper_than_the_land_around(
    holes: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", base: float, east: float, south: float
) -> None:
    rows, columns = np.mgrid[:48, :40]
    whole = (base + east * columns + south * rows).astype(np.float32)
    filled = fill_unknown(np.where(holes, np.nan, whole).astype(np.float32))
    if holes.all():
        assert (filled == 0).all()
        return
    assert (filled[~holes] == whole[~holes]).all()
    known = whole[~holes]
    assert filled.min() >= known.min() - 0.01
    assert filled.max() <= known.max() + 0.01


def test_beyond_the_models_edge_the_land_goes_on_without_a_step() -> None:
    rows, columns = np.mgrid[:256, :256]
    hills = (80 * np.sin(rows / 20) * np.cos(columns / 15)).astype(np.float32)
    cut = hills.copy()
    cut[:, 128:] = np.nan
    filled = fill_unknown(cut)
    assert steepest(filled) <= 1.05 * steepest(hills)


def test_an_outline_holds_what_it_should() -> None:
    grid = PixelGrid(z=13, x=7300, y=3025, columns=1, rows=1)
    inside = np.zeros((SIZE, SIZE), dtype=np.bool_)
    inside[100:300, 200:400] = True
    area = outline(inside, grid)
    west, south, east, north = area.bounds
    lng, lat = grid.edges(1)
    assert (west, east) == pytest.approx((lng[200], lng[400]), abs=1e-9)
    assert (south, north) == pytest.approx((lat[300], lat[100]), abs=1e-9)
    assert outline(np.zeros_like(inside), grid).is_empty
    assert shapely.equals(outline(np.ones_like(inside), grid), shapely.box(*grid.frame))
