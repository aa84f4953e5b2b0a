"""Real files of every kind, read and compared with what is known of them."""

import math
import os
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSource
from guide.terrain.mosaic import Mosaic
from guide.terrain.open import open_elevation

pytestmark = pytest.mark.area

SHARED = Path(os.environ.get("HYAKUSAKA_SOURCES", Path(__file__).parents[3] / "shared/areas")).parent


def real(kind: str, file: str) -> Elevation:
    path = SHARED / file
    if not path.exists():
        pytest.skip(f"the real file is not here: {path}")
    return open_elevation(kind, path, source=ElevationSource(id=path.stem, resolution_m=0, sigma_m=1))


def scattered(west: float, south: float, east: float, north: float, count: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(11)
    return np.column_stack([rng.uniform(west, east, count), rng.uniform(south, north, count)])


def test_portland_is_read_as_its_cells_are() -> None:
    dem = real("geotiff", "areas/portland/portland-ned.tif")
    with rasterio.open(SHARED / "areas/portland/portland-ned.tif") as file:
        rows, cols = np.array([0, 100, 647, 333]), np.array([0, 200, 863, 444])
        points = np.column_stack(file.xy(rows, cols))
        stored = file.read(1)[rows, cols]
    np.testing.assert_allclose(dem.sample(points).elevation_m, stored, atol=0.01)
    assert dem.sources[0].resolution_m == pytest.approx(10.3, abs=0.1)


def test_portland_takes_200_000_points_in_well_under_a_third_of_a_second() -> None:
    dem = real("geotiff", "areas/portland/portland-ned.tif")
    points = scattered(-122.71, 45.49, -122.63, 45.55, 200_000)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = dem.sample(points)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3
    assert np.isfinite(found.elevation_m).all()
    assert 0 <= found.elevation_m.min() < found.elevation_m.max() < 330


def test_portos_three_models_agree_within_their_errors_and_join() -> None:
    files = ("porto-eudem25.tif", "gaia-eudem25.tif", "porto-srtm30.tif")
    models = [real("geotiff", f"areas/porto/{file}") for file in files]
    points = scattered(-8.70, 41.08, -8.55, 41.19, 50_000)
    heights = [model.sample(points).elevation_m for model in models]
    together = Mosaic(models).sample(points)
    known = np.isfinite(heights).any(axis=0)
    assert (np.isfinite(together.elevation_m) >= known).all()
    both = np.isfinite(heights[0]) & np.isfinite(heights[2])
    assert both.sum() > 10_000
    assert abs(np.median(heights[0][both] - heights[2][both])) < 5
    assert set(np.unique(together.source)) == {-1, 0, 1, 2}
    for index, alone in enumerate(heights):
        mine = together.source == index
        assert np.nanmedian(np.abs(together.elevation_m[mine] - alone[mine])) < 1e-9


def test_monacos_tile_knows_its_mountains() -> None:
    dem = real("hgt", "areas/monaco/N43E007.hgt")
    tete_de_chien = dem.sample(np.array([[7.4008, 43.7366]])).elevation_m[0]
    assert tete_de_chien == pytest.approx(550, abs=60)  # a cliff, and cells of 90 m
    assert dem.sources[0].resolution_m == pytest.approx(92.8, abs=0.1)


def test_osaka_in_its_plane_coordinates_knows_the_castle_hill_from_the_bay() -> None:
    dem = real("geotiff", "areas/osaka/osaka-srtm30.tif")
    found = dem.sample(scattered(135.494, 34.602, 135.559, 34.662, 5000)).elevation_m
    assert np.isfinite(found).all()
    assert -5 < np.median(found) < 25


def test_both_encodings_of_the_same_tiles_agree_within_2_mm() -> None:
    gsi, terrarium = real("gsi_tiles", "fixtures/gsi-png"), real("terrarium", "fixtures/gsi-png/terrarium")
    side = 1 << 14
    north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / side)))) for y in (5961, 5964))
    points = scattered(14752 / side * 360 - 180, south, 14755 / side * 360 - 180, north, 100_000)
    one, other = gsi.sample(points), terrarium.sample(points)
    assert np.isfinite(one.elevation_m).all()
    assert np.abs(one.elevation_m - other.elevation_m).max() <= 0.002
    assert one.elevation_m.max() > 50
    assert gsi.sources[0].id == "gsi-png-dem10b"


def test_the_geospatial_authoritys_xml_has_the_heights_that_its_lines_list() -> None:
    dem = real("fgd", "fixtures/fgd-xml/FG-GML-3926-76-DEM10B-20161001.xml")
    # The first listed cell is column 743 of row 639, "その他,1.20"; its neighbour 3.60; then no data.
    north, west, step = 26 + 2 / 3, 126.75, 1 / 9000
    points = np.array([[west + (col + 0.5) * step, north - 639.5 * step] for col in (742, 743, 744, 745)])
    assert dem.sample(points).elevation_m == pytest.approx([np.nan, 1.2, 3.6, np.nan], nan_ok=True, abs=1e-3)


def test_a_real_zip_of_eight_meshes_is_one_model() -> None:
    dem = real("fgd", "fixtures/fgd-xml/FG-GML-3624-30-DEM5B.zip")
    row, col = np.indices((450, 675)) + 0.5
    points = np.column_stack([(124.075 + col / 18000).ravel(), (24 + 1 / 3 - row / 18000).ravel()])
    found = dem.sample(points)
    assert np.isfinite(found.elevation_m).sum() == pytest.approx(134_630, abs=5)  # as jpgis-dem counts them
    assert (dem.sources[0].id, dem.sources[0].sigma_m) == ("FG-GML-3624-30-DEM5B-dem5b", 0.7)
