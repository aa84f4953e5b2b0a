"""GeoTIFFs of formulas, in many coordinate systems and in many kinds of disrepair."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import rasterio
from numpy.typing import NDArray
from PIL import Image
from rasterio import Affine

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError, UsageError
from guide.terrain.geotiff import GeoTiff
from guide.terrain.geotiff_write import write_geotiff

Array = NDArray[np.float64]

DEM = ElevationSource(id="dem", resolution_m=0, sigma_m=1.5)
UTM = "EPSG:32610"
WEST, NORTH = 525_000.0, 5_040_000.0
ROWS, COLS = 60, 80


def write(path: Path, values: NDArray[Any], transform: Affine, *, crs: str | None = UTM, **profile: Any) -> Path:  # noqa: ANN401
    units, scales = profile.pop("units", None), profile.pop("scales", None)
    bands = values if values.ndim == 3 else values[None]
    with rasterio.open(
        path, "w", driver="GTiff", width=bands.shape[2], height=bands.shape[1], count=bands.shape[0],
        dtype=bands.dtype, crs=crs, transform=transform, **profile,
    ) as file:  # fmt: skip
        file.write(bands)
        if units:
            file.units = (units,)
        if scales:
            file.scales = (scales,)
    return path


def plane(x: Array, y: Array, transform: Affine) -> Array:
    """100 m at the raster's corner, 0.4 m up a cell eastwards and 0.3 m a cell southwards."""
    col, row = ~transform @ (x, y)
    return 100 + 0.4 * np.asarray(col) + 0.3 * np.asarray(row)


def centres(transform: Affine, rows: int = ROWS, cols: int = COLS) -> tuple[Array, Array]:
    row, col = np.indices((rows, cols)) + 0.5
    x, y = transform @ (col, row)
    return np.asarray(x), np.asarray(y)


def lng_lat(crs: str, x: Array, y: Array) -> Array:
    return np.column_stack(pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y))


def inside(transform: Affine, count: int = 500) -> tuple[Array, Array]:
    """Random points between the outer centres."""
    rng = np.random.default_rng(7)
    x, y = transform @ (rng.uniform(0.5, COLS - 0.5, count), rng.uniform(0.5, ROWS - 0.5, count))
    return np.asarray(x), np.asarray(y)


@pytest.fixture
def utm_plane(tmp_path: Path) -> Path:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    return write(tmp_path / "plane.tif", plane(*centres(transform), transform).astype("float32"), transform)


@pytest.mark.parametrize(
    ("crs", "transform"),
    [
        ("EPSG:4326", Affine(1e-4, 0, 140.9, 0, -1e-4, 42.4)),
        ("EPSG:4269", Affine(9.26e-5, 0, -122.7, 0, -9.26e-5, 45.55)),
        ("EPSG:6668", Affine(1 / 9000, 0, 140.9, 0, -1 / 9000, 42.4)),
        (UTM, Affine(10, 0, WEST, 0, -10, NORTH)),
        ("EPSG:6679", Affine(5, 0, 48_000, 0, -5, -188_000)),  # Japan's zone XI, whose first axis points north
        ("EPSG:3035", Affine(25, 0, 2_760_375, 0, -25, 2_205_500)),
        ("EPSG:3857", Affine(4.7, 0, 15_690_000, 0, -4.7, 5_200_000)),
        ("EPSG:2269", Affine(30, 0, 7_640_000, 0, -30, 690_000)),  # Oregon north, in feet
        (UTM, Affine.translation(WEST, NORTH) @ Affine.rotation(30) @ Affine.scale(10, -10)),
        (UTM, Affine(10, 0, WEST, 0, 10, NORTH)),  # south up
    ],
    ids=["wgs84", "nad83", "jgd2011", "utm", "japan xi", "laea", "mercator", "feet", "turned", "south up"],
)
def test_a_plane_is_exact_in_any_coordinate_system(tmp_path: Path, crs: str, transform: Affine) -> None:
    path = write(tmp_path / "plane.tif", plane(*centres(transform), transform), transform, crs=crs)
    x, y = inside(transform)
    found = GeoTiff(path, source=DEM).sample(lng_lat(crs, x, y))
    np.testing.assert_allclose(found.elevation_m, plane(x, y, transform), atol=1e-4)
    assert (found.source == 0).all()
    assert (found.sigma_m == 1.5).all()


def test_the_centre_of_a_cell_is_not_its_corner(utm_plane: Path) -> None:
    with rasterio.open(utm_plane) as file:
        stored = file.read(1)
    point = lng_lat(UTM, np.array([WEST + 5.0]), np.array([NORTH - 5.0]))
    assert GeoTiff(utm_plane, source=DEM).sample(point).elevation_m[0] == pytest.approx(stored[0, 0], abs=1e-5)


def test_outside_nothing_is_known(utm_plane: Path) -> None:
    x, y = np.array([WEST + 1, WEST - 1, WEST + 400]), np.array([NORTH - 1, NORTH - 300, NORTH + 1])
    points = np.vstack([lng_lat(UTM, x, y), [[np.nan, 45.0]], [[0.0, 91.0]], [[200.0, np.inf]]])
    found = GeoTiff(utm_plane, source=DEM).sample(points)
    assert np.isfinite(found.elevation_m).tolist() == [True, False, False, False, False, False]
    assert found.source.tolist() == [0, -1, -1, -1, -1, -1]
    assert np.isnan(found.sigma_m).tolist() == [False, True, True, True, True, True]


def test_points_must_be_pairs(utm_plane: Path) -> None:
    assert len(GeoTiff(utm_plane, source=DEM).sample(np.empty((0, 2))).elevation_m) == 0
    with pytest.raises(ValueError, match="longitude and latitude"):
        GeoTiff(utm_plane, source=DEM).sample(np.zeros((4, 3)))


@pytest.mark.parametrize(
    ("crs", "transform", "metres"),
    [
        (UTM, Affine(10, 0, 500_000, 0, -10, NORTH), 10.0),
        ("EPSG:4326", Affine(1e-4, 0, 140.9, 0, -1e-4, 42.4), 11.1),
        ("EPSG:3857", Affine(10, 0, 0, 0, -10, 8_399_737), 5.0),  # 60 degrees north: half of what it says
        ("EPSG:2269", Affine(30, 0, 7_640_000, 0, -30, 690_000), 9.14),
    ],
)
def test_the_resolution_is_a_cell_on_the_ground(tmp_path: Path, crs: str, transform: Affine, metres: float) -> None:
    path = write(tmp_path / "dem.tif", np.ones((ROWS, COLS), "float32"), transform, crs=crs)
    assert GeoTiff(path, source=DEM).sources[0].resolution_m == pytest.approx(metres, rel=0.005)
    declared = ElevationSource(id="dem", resolution_m=25, sigma_m=1)
    assert GeoTiff(path, source=declared).sources[0].resolution_m == 25


@pytest.mark.parametrize(
    ("units", "crs", "factor"),
    [
        ("m", UTM, 1.0),
        ("ft", UTM, 0.3048),
        ("Foot_US", UTM, 1200 / 3937),
        ("US survey foot", UTM, 1200 / 3937),
        (None, "EPSG:32610+5703", 1.0),
        (None, "EPSG:32610+6360", 1200 / 3937),
        (None, "EPSG:32610+8228", 0.3048),
        ("m", "EPSG:2269", 1.0),
        (None, "EPSG:2269", 1.0),  # a map in feet does not make heights in feet
    ],
)
def test_feet_become_metres_where_the_file_says_feet(
    tmp_path: Path, units: str | None, crs: str, factor: float
) -> None:
    transform = Affine(30, 0, 7_640_000, 0, -30, 690_000) if "2269" in crs else Affine(10, 0, WEST, 0, -10, NORTH)
    values = np.full((ROWS, COLS), 1000.0, "float32")
    reader = GeoTiff(write(tmp_path / "feet.tif", values, transform, crs=crs, units=units), source=DEM)
    x, y = inside(transform, 10)
    found = reader.sample(lng_lat(crs.split("+", maxsplit=1)[0], x, y)).elevation_m
    assert found == pytest.approx(np.full(10, 1000 * factor), abs=1e-3)
    assert reader.findings == ()


def test_an_unknown_unit_is_reported_and_read_as_metres(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.tif", np.full((9, 9), 5, "float32"), Affine(10, 0, WEST, 0, -10, NORTH), units="shaku")
    reader = GeoTiff(path, source=DEM)
    assert [(finding.code, finding.where) for finding in reader.findings] == [("elevation.unit-unknown", "odd.tif")]


def test_decimetres_stored_as_integers_are_scaled(tmp_path: Path) -> None:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    values = np.full((ROWS, COLS), 1234, "int16")
    reader = GeoTiff(write(tmp_path / "dm.tif", values, transform, scales=0.1), source=DEM)
    assert reader.sample(lng_lat(UTM, *inside(transform, 5))).elevation_m == pytest.approx(np.full(5, 123.4))


@pytest.mark.parametrize(
    ("dtype", "declared", "stored", "reported"),
    [
        ("float32", -9999.0, -9999.0, False),
        ("float32", -3.4028234663852886e38, -3.4028235e38, False),
        ("float32", np.nan, np.nan, False),
        ("float32", None, np.nan, False),
        ("int16", -32768, -32768, False),
        ("int16", 0, 0, False),
        ("float32", None, -9999.0, True),
        ("float32", -9999.0, -3.4028235e38, True),
        ("float32", -9999.0, np.inf, True),
        ("int16", -9999, -32768, True),
        ("uint16", None, 65535, True),
    ],
)
def test_unknown_cells_are_never_heights(
    tmp_path: Path,
    dtype: str,
    declared: float | None,
    stored: float,
    reported: bool,  # noqa: FBT001
) -> None:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    values = np.full((ROWS, COLS), 50, dtype)
    values[:, 40:] = stored
    reader = GeoTiff(write(tmp_path / "holes.tif", values, transform, nodata=declared), source=DEM)
    x, y = np.array([WEST + 50, WEST + 395, WEST + 402, WEST + 405, WEST + 700]), np.full(5, NORTH - 300)
    found = reader.sample(lng_lat(UTM, x, y)).elevation_m
    assert found == pytest.approx([50, 50, np.nan, np.nan, np.nan], nan_ok=True)
    assert [finding.code for finding in reader.findings] == (["elevation.implausible"] if reported else [])


def test_an_internal_mask_hides_cells(tmp_path: Path) -> None:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    path = write(tmp_path / "mask.tif", np.full((ROWS, COLS), 50, "float32"), transform)
    mask = np.full((ROWS, COLS), 255, "uint8")
    mask[:30] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as file:
        file.write_mask(mask)
    found = GeoTiff(path, source=DEM).sample(lng_lat(UTM, np.full(2, WEST + 400), NORTH - np.array([100.0, 500])))
    assert found.elevation_m == pytest.approx([np.nan, 50], nan_ok=True)


def test_a_file_without_a_coordinate_system_needs_to_be_told_one(tmp_path: Path) -> None:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    path = write(tmp_path / "lost.tif", plane(*centres(transform), transform), transform, crs=None)
    with pytest.raises(SourceError, match="--crs"):
        GeoTiff(path, source=DEM)
    with pytest.raises(UsageError, match="not a coordinate system"):
        GeoTiff(path, source=DEM, crs="EPSG:nonsense")
    x, y = inside(transform)
    found = GeoTiff(path, source=DEM, crs=UTM).sample(lng_lat(UTM, x, y))
    np.testing.assert_allclose(found.elevation_m, plane(x, y, transform), atol=1e-4)


def test_a_files_own_coordinate_system_is_kept_and_the_difference_said(utm_plane: Path) -> None:
    assert GeoTiff(utm_plane, source=DEM, crs=UTM).findings == ()
    (finding,) = GeoTiff(utm_plane, source=DEM, crs="EPSG:4326").findings
    assert finding.code == "elevation.crs-ignored"


def broken_files() -> dict[str, Callable[[Path], object]]:
    transform = Affine(10, 0, WEST, 0, -10, NORTH)
    good = np.full((ROWS, COLS), 5, "float32")
    return {
        "missing": lambda _: None,
        "empty": lambda path: path.write_bytes(b""),
        "text": lambda path: path.write_text("ncols 3\nnrows 3\n"),
        "png": lambda path: Image.new("RGB", (10, 10)).save(path, "PNG"),
        "folder": lambda path: path.mkdir(),
        "head only": lambda path: path.write_bytes(write(path, good, transform).read_bytes()[:120]),
        "picture": lambda path: write(path, np.zeros((3, 9, 9), "uint8"), transform),
        "complex": lambda path: write(path, good.astype("complex64"), transform),
        "no place": lambda path: Image.new("F", (10, 10)).save(path, "TIFF"),
        "all nodata": lambda path: write(path, np.full((ROWS, COLS), -9999, "float32"), transform, nodata=-9999),
        "all impossible": lambda path: write(path, np.full((ROWS, COLS), 1e6, "float32"), transform),
        "wrong crs": lambda path: write(path, good, transform, crs="EPSG:4326"),
        "local crs": lambda path: write(path, good, transform, crs='LOCAL_CS["site",UNIT["metre",1]]'),
    }


@pytest.mark.parametrize("kind", broken_files())
def test_a_broken_file_is_said_in_a_sentence_that_names_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "broken.tif"
    broken_files()[kind](path)
    with pytest.raises(SourceError, match=r"broken\.tif") as error:
        GeoTiff(path, source=DEM)
    assert "\n" not in error.value.message
    assert error.value.message.endswith(".")


def test_a_file_cut_short_is_noticed_where_it_is_read(tmp_path: Path) -> None:
    path, cut = tmp_path / "whole.tif", tmp_path / "cut.tif"
    noise = np.random.default_rng(1).uniform(0, 100, (1500, 1500)).astype("float32")
    # Strips in their order: the middle, where the reader looks first, is whole.
    write(path, noise, Affine(10, 0, WEST, 0, -10, NORTH), tiled=False, compress="deflate")
    cut.write_bytes(path.read_bytes()[: path.stat().st_size * 9 // 10])
    reader = GeoTiff(cut, source=DEM)
    x = np.array([WEST + 7000])
    assert np.isfinite(reader.sample(lng_lat(UTM, x, np.array([NORTH - 7000]))).elevation_m).all()
    with pytest.raises(SourceError, match=r"cut\.tif is damaged or cut short"):
        reader.sample(lng_lat(UTM, x, np.array([NORTH - 14_900])))


THREADS = """
import sys
import numpy as np, pyproj
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from guide.domain.elevation import ElevationSource
from guide.terrain.geotiff import GeoTiff
rng = np.random.default_rng(0)
to_degrees = pyproj.Transformer.from_crs(32610, 4326, always_xy=True)
x, y = rng.uniform(525000, 535000, 3000), rng.uniform(5030000, 5040000, 3000)
points = np.column_stack(to_degrees.transform(x, y))
reader = GeoTiff(Path(sys.argv[1]), source=ElevationSource(id="x", resolution_m=0, sigma_m=1))
expected = reader.sample(points).elevation_m
with ThreadPoolExecutor(8) as pool:
    for found in pool.map(lambda _: reader.sample(points).elevation_m, range(16)):
        np.testing.assert_array_equal(found, expected)
"""


def test_threads_may_share_a_reader(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).uniform(0, 100, (1000, 1000)).astype("float32")
    write_geotiff(tmp_path / "dem.tif", elevation_m=noise, crs=UTM, west=WEST, north=NORTH, cell_size=10)
    # A process of its own, since GDAL crashes when two threads read one file; a small cache, so that they do read.
    run = subprocess.run(
        [sys.executable, "-c", THREADS, str(tmp_path / "dem.tif")],
        capture_output=True, text=True, check=False, timeout=60, env=os.environ | {"GDAL_CACHEMAX": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_written_files_are_the_same_to_the_byte_and_read_back(tmp_path: Path) -> None:
    heights = np.random.default_rng(3).uniform(0, 200, (300, 400)).astype(np.float32)
    heights[:10] = np.nan
    for name in ("a.tif", "b.tif"):
        write_geotiff(tmp_path / name, elevation_m=heights, crs=UTM, west=WEST, north=NORTH, cell_size=5)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.tif", "b.tif"]
    x, y = centres(Affine(5, 0, WEST, 0, -5, NORTH), 300, 400)
    found = GeoTiff(tmp_path / "a.tif", source=DEM).sample(lng_lat(UTM, x.ravel(), y.ravel()))
    np.testing.assert_allclose(found.elevation_m.reshape(300, 400), heights, atol=1e-3)


MEASURE = """
import resource, sys
import numpy as np, pyproj
from pathlib import Path
from guide.domain.elevation import ElevationSource
from guide.terrain.geotiff import GeoTiff
rng = np.random.default_rng(0)
to_degrees = pyproj.Transformer.from_crs(32610, 4326, always_xy=True)
x, y = rng.uniform(500000, 510000, 100000), rng.uniform(4990000, 5000000, 100000)
points = np.column_stack(to_degrees.transform(x, y))
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = peak()
found = GeoTiff(Path(sys.argv[1]), source=ElevationSource(id="x", resolution_m=0, sigma_m=1)).sample(points)
print(peak() - before, np.isfinite(found.elevation_m).sum())
"""


def test_a_raster_of_400_mb_takes_no_more_memory_than_its_cache(tmp_path: Path) -> None:
    path = tmp_path / "sparse.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=10_000, height=10_000, count=1, dtype="float32", crs=UTM, nodata=-9999,
        transform=Affine(1, 0, 500_000, 0, -1, 5_000_000), tiled=True, compress="deflate", SPARSE_OK=True,
    ) as file:  # fmt: skip
        file.write(np.full((1, 512, 512), 5, "float32"), window=rasterio.windows.Window(9216, 9216, 512, 512))
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    grown_mb, known = (float(word) for word in run.stdout.split())
    assert known == pytest.approx(100_000 * 512**2 / 10_000**2, rel=0.2)
    assert grown_mb < 200
