"""Folders of elevation tiles: what pixels mean, seams, holes, and the order of surveys."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.gsi_tiles import GSI_LAYERS, decode_gsi
from guide.terrain.open import open_elevation
from guide.terrain.terrarium import decode_terrarium

Array = NDArray[np.float64]

GSI = ElevationSource(id="gsi", resolution_m=0, sigma_m=0)
X, Y = 29210, 12118
"""A tile of Muroran at zoom 15."""


def gsi_pixels(height_m: Array) -> NDArray[np.uint8]:
    value = np.where(np.isnan(height_m), 1 << 23, np.round(np.nan_to_num(height_m) * 100).astype(int) % (1 << 24))
    return np.stack([value >> 16, value >> 8 & 255, value & 255], axis=-1).astype(np.uint8)


def put(folder: Path, zoom: int, x: int, y: int, pixels: NDArray[np.uint8]) -> Path:
    path = folder / str(zoom) / str(x) / f"{y}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def centre(zoom: int, x: int, y: int, col: Array | float, row: Array | float) -> Array:
    """Longitude and latitude (n, 2) of the centres of pixels, counted from a tile's corner."""
    size = 256 << zoom
    lng = (x * 256 + np.atleast_1d(col) + 0.5) / size * 360 - 180
    mercator = math.pi * (1 - 2 * (y * 256 + np.atleast_1d(row) + 0.5) / size)
    return np.column_stack([*np.broadcast_arrays(lng, np.degrees(np.arctan(np.sinh(mercator))))])


def gsi(folder: Path) -> Elevation:
    return open_elevation("gsi_tiles", folder, source=GSI)


@given(st.floats(-400, 4000))
def test_a_gsi_pixel_holds_centimetres(height: float) -> None:
    decoded = decode_gsi(gsi_pixels(np.array([[height]])).astype(np.uint32))
    assert decoded[0, 0] == pytest.approx(height, abs=0.00501)


def test_the_documented_gsi_pixels() -> None:
    pixels = np.array([[[0, 0, 1], [0, 0, 0], [255, 255, 255], [128, 0, 0], [127, 255, 255]]], dtype=np.uint32)
    assert decode_gsi(pixels)[0] == pytest.approx([0.01, 0, -0.01, np.nan, 83886.07], nan_ok=True)


def test_the_documented_terrarium_pixels() -> None:
    pixels = np.array([[[128, 0, 0], [128, 1, 128], [127, 255, 0], [0, 0, 0]]], dtype=np.uint32)
    assert decode_terrarium(pixels)[0] == pytest.approx([0, 1.5, -1, np.nan], nan_ok=True)


def test_a_plane_across_four_tiles_has_no_seams(tmp_path: Path) -> None:
    rows, cols = np.indices((512, 512), dtype=float)
    height = 50 + 0.05 * cols + 0.03 * rows
    for right in (0, 1):
        for down in (0, 1):
            part = height[down * 256 : down * 256 + 256, right * 256 : right * 256 + 256]
            put(tmp_path / "dem5a_png", 15, X + right, Y + down, gsi_pixels(part))
    rng = np.random.default_rng(4)
    col, row = np.append(rng.uniform(0, 511, 2000), [255.5] * 3), np.append(rng.uniform(0, 511, 2000), [255.5, 0, 511])
    found = gsi(tmp_path).sample(centre(15, X, Y, col, row))
    np.testing.assert_allclose(found.elevation_m, 50 + 0.05 * col + 0.03 * row, atol=0.011)


def test_an_absent_tile_is_unknown_ground_not_sea_level(tmp_path: Path) -> None:
    put(tmp_path / "dem5a_png", 15, X, Y, gsi_pixels(np.full((256, 256), 7.0)))
    found = gsi(tmp_path).sample(centre(15, X, Y, np.array([255.0, 255.4, 255.6, 300.0]), 10.0))
    assert found.elevation_m == pytest.approx([7, 7, np.nan, np.nan], nan_ok=True)


def test_sea_level_is_known_where_the_tile_says_0(tmp_path: Path) -> None:
    put(tmp_path / "dem_png", 14, X // 2, Y // 2, gsi_pixels(np.zeros((256, 256))))
    assert gsi(tmp_path).sample(centre(14, X // 2, Y // 2, 9.0, 9.0)).elevation_m == pytest.approx(0)


def test_each_cell_is_of_the_best_survey_that_knows_it(tmp_path: Path) -> None:
    for folder, until, height in (("dem5a_png", 100, 10.0), ("dem5b_png", 150, 11.0), ("dem5c_png", 200, 12.0)):
        values = np.full((256, 256), height)
        values[:, until:] = np.nan
        put(tmp_path / folder, 15, X, Y, gsi_pixels(values))
    put(tmp_path / "dem_png", 14, X // 2, Y // 2, gsi_pixels(np.full((256, 256), 13.0)))
    elevation = gsi(tmp_path)
    assert [source.id for source in elevation.sources] == ["gsi-dem5a", "gsi-dem5b", "gsi-dem5c", "gsi-dem10b"]
    assert [source.resolution_m for source in elevation.sources] == [5, 5, 5, 10]
    found = elevation.sample(centre(15, X, Y, np.array([50.0, 99, 99.5, 125, 175, 230]), 20.0))
    assert found.elevation_m == pytest.approx([10, 10, 10.5, 11, 12, 13])
    assert found.sigma_m == pytest.approx([0.3, 0.3, 0.5, 0.7, 1.4, 5.0])
    assert found.source[[0, 1, 3, 4, 5]].tolist() == [0, 0, 1, 2, 3]


def test_the_errors_are_the_authoritys_own() -> None:
    assert [(layer.folder, layer.zoom, layer.sigma_m) for layer in GSI_LAYERS] == [
        ("dem5a_png", 15, 0.3),
        ("dem5b_png", 15, 0.7),
        ("dem5c_png", 15, 1.4),
        ("dem_png", 14, 5.0),
    ]


def test_terrarium_reads_its_finest_zoom_and_knows_its_cell_size(tmp_path: Path) -> None:
    flat = np.zeros((256, 256, 3), dtype=np.uint8)
    put(tmp_path, 5, 28, 11, flat + np.array([128, 1, 0], dtype=np.uint8))
    put(tmp_path, 15, X, Y, flat + np.array([128, 9, 0], dtype=np.uint8))
    elevation = open_elevation("terrarium", tmp_path, source=ElevationSource(id="t", resolution_m=0, sigma_m=4))
    found = elevation.sample(centre(15, X, Y, 3.0, 3.0))
    assert (found.elevation_m, found.sigma_m) == (pytest.approx([9]), pytest.approx([4]))
    lat = math.radians(centre(15, X, Y, 0.0, 128.0)[0, 1])
    assert elevation.sources[0].resolution_m == pytest.approx(156543.034 / 2**15 * math.cos(lat), rel=1e-4)


@pytest.mark.parametrize("spoil", ["half", "small", "palette", "text", "empty", "jpeg"])
def test_a_damaged_tile_is_said_with_its_path(tmp_path: Path, spoil: str) -> None:
    noise = np.random.default_rng(0).integers(0, 99, (256, 256, 3)).astype(np.uint8)
    path = put(tmp_path / "dem5a_png", 15, X, Y, noise)
    if spoil == "half":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif spoil == "small":
        put(tmp_path / "dem5a_png", 15, X, Y, noise[:128])
    elif spoil == "palette":
        Image.fromarray(noise).convert("P").save(path)
    elif spoil == "jpeg":
        Image.fromarray(noise).save(path, "JPEG")
    else:
        path.write_text("" if spoil == "empty" else "<html>")
    with pytest.raises(SourceError, match=rf"{Y}\.png") as error:
        gsi(tmp_path).sample(centre(15, X, Y, 3.0, 3.0))
    assert "fetch" in error.value.message


def test_a_far_point_the_poles_and_no_numbers_are_unknown(tmp_path: Path) -> None:
    put(tmp_path / "dem5a_png", 15, X, Y, gsi_pixels(np.full((256, 256), 7.0)))
    points = np.array([[0.0, 90.0], [0.0, -90.0], [181.0, 0.0], [np.nan, 42.0], [140.0, np.inf], [0, 0]])
    assert np.isnan(gsi(tmp_path).sample(points).elevation_m).all()
