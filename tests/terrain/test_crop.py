"""What a built area takes along of each model: the same heights as the whole, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
from rasterio import Affine

from guide.area.read import BuiltArea
from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.crop import Frame, crop_name, open_crops, write_crops
from guide.terrain.mosaic import Mosaic
from guide.terrain.open import open_elevation
from tests.conftest import SHARED
from tests.measure.models import CELL, COLS, NORTH, ROWS, WEST, place, write_dem

FIXTURES = SHARED / "fixtures"


def cropped(elevation: Elevation, folder: Path, frame: Frame) -> Mosaic:
    whole = Mosaic([elevation])
    write_crops(whole, folder, frame)
    files = [(folder / crop_name(rank, source), source) for rank, source in enumerate(whole.sources)]
    return open_crops([(path, source) for path, source in files if path.is_file()])


def points_in(frame: Frame, count: int = 2000) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    west, south, east, north = frame
    return np.random.default_rng(3).uniform((west, south), (east, north), (count, 2))


def assert_same(whole: Elevation, crop: Elevation, frame: Frame, tolerance_m: float) -> None:
    points = points_in(frame)
    expected, found = whole.sample(points), crop.sample(points)
    np.testing.assert_array_equal(np.isnan(found.elevation_m), np.isnan(expected.elevation_m))
    np.testing.assert_allclose(found.elevation_m, expected.elevation_m, atol=tolerance_m)
    np.testing.assert_allclose(found.sigma_m, expected.sigma_m)


@pytest.mark.parametrize(
    ("crs", "transform", "units"),
    [
        ("EPSG:32654", Affine(CELL, 0, WEST, 0, -CELL, NORTH), None),
        ("EPSG:32654", Affine(CELL, 0, WEST, 0, -CELL, NORTH), "foot"),
        ("EPSG:32654", Affine.translation(WEST, NORTH) @ Affine.rotation(30) @ Affine.scale(10, -7), None),
        ("EPSG:32654", Affine(CELL, 0, WEST, 0, CELL, NORTH), None),
        ("EPSG:4326", Affine(1e-4, 0, 141.0, 0, -1.5e-4, 42.36), None),
        ("EPSG:6680", Affine(5, 0, 0, 0, -5, -180_000), None),
        ("EPSG:32654+5773", Affine(CELL, 0, WEST, 0, -CELL, NORTH), None),
    ],
    ids=["utm", "feet", "turned", "south up", "oblong degrees", "japan xii", "with heights"],
)
def test_heights_are_those_of_the_whole(tmp_path: Path, crs: str, transform: Affine, units: str | None) -> None:
    random = np.random.default_rng(5)
    values = (100 + random.normal(0, 20, (600, 800))).astype("float32")
    values[random.uniform(size=values.shape) < 0.05] = -9999
    values[300:340, 300:340] = -9999
    path = write_dem(tmp_path / "m.tif", values=values, crs=crs, transform=transform, units=units, nodata=-9999)
    whole = open_elevation("geotiff", path, source=ElevationSource(id="m", resolution_m=0, sigma_m=1.5))
    x, y = transform @ (np.array([320, 480, 320, 480]), np.array([240, 240, 360, 360]))
    lng, lat = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    frame = (min(lng), min(lat), max(lng), max(lat))
    crop = cropped(whole, tmp_path / "crop", frame)
    assert crop.sources == whole.sources
    assert np.isfinite(whole.sample(points_in(frame)).elevation_m).mean() > 0.5
    assert_same(whole, crop, frame, 1e-4)


def test_it_is_no_larger_than_it_must_be_and_always_the_same(tmp_path: Path) -> None:
    big = write_dem(tmp_path / "big.tif", values=np.ones((3000, 3000), dtype="float32"))
    whole = open_elevation("geotiff", big, source=ElevationSource(id="a/../b c", resolution_m=0, sigma_m=1))
    (west, north), (east, south) = place(14_000, 14_000), place(16_000, 16_000)
    for name in ("one", "two"):
        cropped(whole, tmp_path / name, (west, south, east, north))
    (one,), (two,) = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert one.name == "0-a_.._b_c.tif"
    assert one.read_bytes() == two.read_bytes()
    with rasterio.open(one) as file:
        assert file.width == pytest.approx(400, abs=10)  # 2 km of cells of 10 m, and 1 km around
        assert file.height == pytest.approx(400, abs=10)


def test_a_model_that_knows_nothing_there_gets_no_file(tmp_path: Path) -> None:
    values = np.full((ROWS, COLS), -9999.0)
    values[:, -5:] = 10.0
    path = write_dem(tmp_path / "m.tif", values=values, nodata=-9999)
    whole = Mosaic([open_elevation("geotiff", path, source=ElevationSource(id="m", resolution_m=0, sigma_m=1))])
    (west, north), (east, south) = place(-9000, -9000), place(-8000, -8000)
    write_crops(whole, tmp_path / "far", (west, south, east, north))
    assert list((tmp_path / "far").iterdir()) == []
    (west, north), (east, south) = place(-900, 100), place(-800, 200)  # only unknown cells within the margin
    write_crops(whole, tmp_path / "near", (west, south, east, north))
    assert list((tmp_path / "near").iterdir()) == []
    with pytest.raises(SourceError, match="There is no elevation file"):
        open_crops([(tmp_path / "near" / "0-m.tif", whole.sources[0])])


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the fixtures are not here")
@pytest.mark.parametrize(
    ("kind", "path", "frame"),
    [
        ("gsi_tiles", "gsi-png", (144.150, 43.90, 144.200, 43.94)),
        ("terrarium", "gsi-png/terrarium", (144.150, 43.90, 144.200, 43.94)),
    ],
)
def test_tiles_are_cut_from_their_pyramid(tmp_path: Path, kind: str, path: str, frame: Frame) -> None:
    whole = open_elevation(kind, FIXTURES / path, source=ElevationSource(id="t", resolution_m=0, sigma_m=1))
    assert np.isfinite(whole.sample(points_in(frame)).elevation_m).any()
    assert_same(whole, cropped(whole, tmp_path / "crop", frame), frame, 1e-3)


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the fixtures are not here")
def test_fundamental_geospatial_data_is_cut(tmp_path: Path) -> None:
    path = FIXTURES / "fgd-xml/FG-GML-3926-76-DEM10B-20161001.xml"
    whole = open_elevation("fgd", path, source=ElevationSource(id="fgd", resolution_m=0, sigma_m=0))
    frame = (126.78, 26.53, 126.85, 26.62)
    found = whole.sample(points_in(frame)).elevation_m
    assert np.isfinite(found).any()
    assert_same(whole, cropped(whole, tmp_path / "crop", frame), frame, 1e-4)


@pytest.mark.area
def test_an_srtm_tile_is_cut(tmp_path: Path, sources: Path) -> None:
    whole = open_elevation(
        "hgt", sources / "monaco/N43E007.hgt", source=ElevationSource(id="srtm", resolution_m=0, sigma_m=5)
    )
    frame = (7.40, 43.72, 7.44, 43.76)
    assert_same(whole, cropped(whole, tmp_path / "crop", frame), frame, 1e-4)


@pytest.mark.parametrize("area", ["sample", pytest.param("portland", marks=pytest.mark.area)])
def test_a_built_area_carries_its_heights(built: Callable[[str], BuiltArea], area: str) -> None:
    build = built(area)
    (model,) = build.manifest.elevation
    assert model.file is not None
    assert build.manifest.files[model.file].bytes > 1000
    source = ElevationSource(id=model.id, resolution_m=model.resolution_m, sigma_m=model.sigma_m)
    elevation = open_crops([(build.directory / model.file, source)])
    assert build.streets is not None
    network = build.streets.network
    known = np.isfinite(elevation.sample(network.point_lng_lat).elevation_m).mean()
    assert known > 0.9
