"""Several models as one: who is asked, and how one fades into the next."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSamples, ElevationSource
from guide.domain.errors import SourceError, UsageError
from guide.terrain.grid import Interpolated, interpolate
from guide.terrain.mosaic import Mosaic
from guide.terrain.open import KINDS, open_elevation
from guide.terrain.reader import Reader, positions

Array = NDArray[np.float64]


class Grid(Reader):
    """A raster whose cells lie on whole degrees: its first on (west, north)."""

    def __init__(self, name: str, values: Array, *, west: int = 0, north: int = 0, sigma_m: float = 1.0) -> None:
        self._values, self._west, self._north = np.asarray(values, dtype=float), west, north
        self._source = ElevationSource(id=name, resolution_m=10, sigma_m=sigma_m)

    @property
    def shape(self) -> tuple[int, int]:
        return self._values.shape[0], self._values.shape[1]

    def read(self, rows: slice, cols: slice) -> Array:
        return self._values[rows, cols]

    def interpolated(self, lng_lat: Array) -> Interpolated:
        lng, lat = positions(lng_lat)
        return interpolate(self, self._north - lat, lng - self._west)


class Foreign:
    """An elevation of somebody else's making: two models, one of them known west of 0 only."""

    sources = (
        ElevationSource(id="west", resolution_m=1, sigma_m=0.1),
        ElevationSource(id="east", resolution_m=1, sigma_m=0.2),
    )

    def sample(self, lng_lat: Array) -> ElevationSamples:
        west = lng_lat[:, 0] < 0
        known = np.abs(lng_lat[:, 0]) < 3
        return ElevationSamples(
            elevation_m=np.where(known, np.where(west, 1.0, 2.0), np.nan),
            sigma_m=np.where(known, np.where(west, 0.1, 0.2), np.nan),
            source=np.where(known, np.where(west, 0, 1), -1).astype(np.int16),
        )


def along(elevation: Elevation, lng: NDArray[np.float64] | list[float], lat: float = -1.0) -> ElevationSamples:
    return elevation.sample(np.column_stack([lng, np.full(len(lng), lat)]))


FINE = Grid("fine", np.full((3, 3), 10.0), sigma_m=0.3)
ROUGH = Grid("rough", np.full((9, 9), 20.0), west=-3, north=3, sigma_m=5.0)
FAR = Grid("far", np.full((3, 3), 30.0), west=20, sigma_m=9.0)


def test_each_point_is_of_the_first_that_knows_it() -> None:
    found = along(Mosaic([FINE, ROUGH, FAR]), [0.0, 1.3, 2.0, 3.0, 5.0, 21.0, 50.0])
    assert found.elevation_m == pytest.approx([10, 10, 10, 20, 20, 30, np.nan], nan_ok=True)
    assert found.source.tolist() == [0, 0, 0, 1, 1, 2, -1]
    assert found.sigma_m == pytest.approx([0.3, 0.3, 0.3, 5, 5, 9, np.nan], nan_ok=True)
    assert found.source.dtype == np.int16


def test_sources_stand_in_order() -> None:
    assert [source.id for source in Mosaic([FINE, Foreign(), FAR]).sources] == ["fine", "west", "east", "far"]


def test_one_fades_into_the_next_over_a_cell() -> None:
    found = along(Mosaic([FINE, ROUGH]), [2.0, 2.25, 2.5, 2.75, 3.0])
    assert found.elevation_m == pytest.approx([10, 12.5, 15, 17.5, 20])
    assert found.sigma_m == pytest.approx([0.3, 0.75 * 0.3 + 0.25 * 5, 2.65, 0.25 * 0.3 + 0.75 * 5, 5])
    assert found.source.tolist()[:2] + found.source.tolist()[3:] == [0, 0, 1, 1]


def test_round_a_hole_it_fades_too() -> None:
    holed = np.full((5, 5), 10.0)
    holed[2, 2] = np.nan
    found = along(Mosaic([Grid("fine", holed, west=-1, north=1), ROUGH]), np.linspace(0, 2, 41))
    assert found.elevation_m.max() == pytest.approx(20)
    assert np.abs(np.diff(found.elevation_m)).max() <= 10 * 0.05 + 1e-9


def test_where_nothing_follows_a_model_ends_half_a_cell_out() -> None:
    found = along(Mosaic([FINE]), [2.0, 2.49, 2.51, -0.49, -0.51])
    assert found.elevation_m == pytest.approx([10, 10, np.nan, 10, np.nan], nan_ok=True)


@given(st.lists(st.floats(-6, 25), min_size=1, max_size=20), st.floats(-4, 4))
def test_a_mosaic_of_one_says_what_it_says(lng: list[float], lat: float) -> None:
    alone, in_mosaic = along(FINE, lng, lat), along(Mosaic([FINE]), lng, lat)
    np.testing.assert_allclose(alone.elevation_m, in_mosaic.elevation_m)
    np.testing.assert_array_equal(alone.source, in_mosaic.source)
    np.testing.assert_allclose(alone.sigma_m, in_mosaic.sigma_m)


@given(st.lists(st.floats(-6, 25), min_size=1, max_size=20), st.floats(-4, 4))
def test_nesting_changes_nothing_and_order_of_points_does_not_matter(lng: list[float], lat: float) -> None:
    flat, nested = Mosaic([FINE, ROUGH, FAR]), Mosaic([Mosaic([FINE, ROUGH]), FAR])
    np.testing.assert_array_equal(along(flat, lng, lat).elevation_m, along(nested, lng, lat).elevation_m)
    np.testing.assert_array_equal(along(flat, lng, lat).elevation_m, along(flat, lng[::-1], lat).elevation_m[::-1])


def test_anybodys_elevation_fits_in() -> None:
    found = along(Mosaic([FAR, Foreign(), ROUGH]), [-1.0, 1.0, 4.0])
    assert found.elevation_m == pytest.approx([1, 2, 20])
    assert found.source.tolist() == [1, 2, 3]
    assert found.sigma_m == pytest.approx([0.1, 0.2, 5.0])


def test_a_mosaic_of_nothing_knows_nothing() -> None:
    found = along(Mosaic([]), [0.0, 1.0])
    assert np.isnan(found.elevation_m).all()
    assert found.source.tolist() == [-1, -1]


def test_an_unknown_kind_is_said_with_those_that_are_known(tmp_path: Path) -> None:
    source = ElevationSource(id="x", resolution_m=0, sigma_m=1)
    with pytest.raises(UsageError, match="geotiff, hgt, gsi_tiles, terrarium, fgd"):
        open_elevation("netcdf", tmp_path, source=source)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_that_there_is_nothing(tmp_path: Path, kind: str) -> None:
    source = ElevationSource(id="x", resolution_m=0, sigma_m=1)
    with pytest.raises(SourceError, match="nothing-here"):
        open_elevation(kind, tmp_path / "nothing-here", source=source)
