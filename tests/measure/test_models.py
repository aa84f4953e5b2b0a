"""Which elevation models ``tiles measure`` takes, and what it says of the bad ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio import Affine

from guide.terrain.recognise import recognise
from tests.conftest import SHARED
from tests.measure.models import CELL, COLS, GRADE, NORTH, ROWS, UTM, WEST, east, line, write_dem, write_lines
from tiles.measure_lines import measure_file, open_models

Measure = Callable[..., tuple[list[dict[str, Any]], list[str]]]
FIXTURES = SHARED / "fixtures"


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "l.geojson", line(east()))


def grade(found: list[dict[str, Any]]) -> float:
    percent: float = found[0]["properties"]["mean_grade_percent"]
    return percent / 100


def test_a_model_without_crs_needs_to_be_told(
    tmp_path: Path, lines: Path, measure: Measure, refuse: Callable[..., str]
) -> None:
    dem = write_dem(tmp_path / "bare.tif", crs=None)
    assert "--crs EPSG:6680" in refuse(lines, "--dem", dem)
    assert "not a coordinate system" in refuse(lines, "--dem", dem, "--crs", "EPSG:none")
    found, _ = measure(lines, "--dem", dem, "--crs", UTM, "--sigma", 1)
    assert grade(found) == pytest.approx(GRADE, abs=5e-4)


def test_a_crs_that_is_not_needed_is_told_of(lines: Path, dem: Path, measure: Measure) -> None:
    found, said = measure(lines, "--dem", dem, "--crs", "EPSG:4326", "--sigma", 1)
    assert grade(found) == pytest.approx(GRADE, abs=5e-4)
    assert "the given EPSG:4326 is not used" in said[0]


def test_feet_become_metres(tmp_path: Path, lines: Path, measure: Measure) -> None:
    found, _ = measure(lines, "--dem", write_dem(tmp_path / "feet.tif", units="foot"), "--sigma", 1)
    assert grade(found) == pytest.approx(GRADE * 0.3048, abs=5e-4)


def test_a_turned_raster_is_read(tmp_path: Path, lines: Path, measure: Measure) -> None:
    turned = Affine.translation(WEST, NORTH) @ Affine.rotation(10) @ Affine.scale(CELL, -CELL)
    found, _ = measure(lines, "--dem", write_dem(tmp_path / "turned.tif", transform=turned), "--sigma", 1)
    assert grade(found) == pytest.approx(GRADE, abs=5e-4)


def test_a_wrong_nodata_value_is_found_and_told_of(tmp_path: Path, lines: Path, measure: Measure) -> None:
    values = np.full((ROWS, COLS), 100.0)
    values[:, 40:45] = -32768
    found, said = measure(lines, "--dem", write_dem(tmp_path / "void.tif", values=values), "--sigma", 1)
    assert found[0]["properties"]["mean_grade_percent"] is None
    assert any("-32768" in sentence and "nodata" in sentence for sentence in said)
    assert any(sentence.startswith("warning: feature 1") for sentence in said)


@pytest.mark.parametrize("value", [-9999.0, np.nan, 1e9])
def test_a_model_of_no_height_is_refused(tmp_path: Path, lines: Path, refuse: Callable[..., str], value: float) -> None:
    dem = write_dem(tmp_path / "none.tif", values=np.full((ROWS, COLS), value), nodata=-9999.0)
    assert "holds no height at all" in refuse(lines, "--dem", dem)


def test_the_first_model_is_trusted_most(tmp_path: Path, lines: Path, dem: Path, measure: Measure) -> None:
    flat = write_dem(tmp_path / "flat.tif", values=np.full((ROWS, COLS), 50.0))
    assert grade(measure(lines, "--dem", dem, flat, "--sigma", 1)[0]) == pytest.approx(GRADE, abs=5e-4)
    found, _ = measure(lines, "--dem", flat, "--dem", dem, "--sigma", 1)
    assert grade(found) == 0
    assert found[0]["properties"]["elevation_source"] == "flat"


def test_the_given_error_counts_and_else_one_is_estimated(tmp_path: Path, lines: Path, measure: Measure) -> None:
    noise = np.random.default_rng(1).normal(0, 2.0, (ROWS, COLS))
    dem = write_dem(tmp_path / "noisy.tif", values=100 + noise)
    sigma = {
        given: measure(lines, "--dem", dem, *(("--sigma", given) if given else ()))[0][0]["properties"][
            "grade_sigma_percent"
        ]
        for given in (None, 0.2, 20)
    }
    assert sigma[0.2] < sigma[None] < sigma[20]
    said = measure(lines, "--dem", dem)[1]
    assert len(said) == 1
    assert "was estimated" in said[0]
    estimated = measure_file(lines, open_models([dem])).sources[0].sigma_m
    assert estimated == pytest.approx(2.0, rel=0.35)  # the noise has 2 m; the estimate is cautious


def test_a_folder_is_all_the_models_in_it(tmp_path: Path, lines: Path, measure: Measure) -> None:
    folder = tmp_path / "many"
    (folder / "deep").mkdir(parents=True)
    (folder / "readme.txt").write_text("heights")
    for number, half in enumerate((slice(0, 60), slice(60, COLS))):
        columns = np.arange(COLS)[half]
        values = np.broadcast_to(100 + GRADE * CELL * (columns + 0.5), (ROWS, len(columns)))
        place = Affine(CELL, 0, WEST + CELL * columns[0], 0, -CELL, NORTH)
        write_dem(folder / "deep" / f"{number}.tif", values=values, transform=place)
    found, _ = measure(lines, "--dem", folder, "--sigma", 1)
    assert grade(found) == pytest.approx(GRADE, abs=5e-4)
    assert found[0]["properties"]["elevation_source"] == "0, 1"


def test_what_is_no_model_is_one_sentence(tmp_path: Path, lines: Path, refuse: Callable[..., str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.asc").write_text("ncols 3")
    (tmp_path / "broken.tif").write_bytes(b"II*\0nothing")
    (tmp_path / "named.tif").write_text("no tiff")
    (tmp_path / "zip.zip").write_bytes(b"PK\3\4broken")
    assert "There is no elevation file" in refuse(lines, "--dem", tmp_path / "none.tif")
    assert "no elevation in the folder" in refuse(lines, "--dem", tmp_path / "empty")
    assert "gdal_translate" in refuse(lines, "--dem", tmp_path / "text.asc")
    assert "broken.tif" in refuse(lines, "--dem", tmp_path / "broken.tif")
    assert "not a GeoTIFF" in refuse(lines, "--dem", tmp_path / "named.tif")
    assert "zip.zip" in refuse(lines, "--dem", tmp_path / "zip.zip")


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the fixtures are not here")
def test_every_kind_is_told_by_what_is_in_it() -> None:
    kinds = {
        FIXTURES / "gsi-png": "gsi_tiles",
        FIXTURES / "gsi-png/terrarium": "terrarium",
        FIXTURES / "fgd-xml": "fgd",
        FIXTURES / "fgd-xml/FG-GML-3624-30-DEM5B.zip": "fgd",
        FIXTURES / "fgd-xml/FG-GML-3926-76-DEM10B-20161001.xml": "fgd",
    }
    assert {path: recognise(path)[0].kind for path in kinds} == kinds
    models = open_models([FIXTURES / "gsi-png", FIXTURES / "fgd-xml"])
    assert all(source.sigma_m > 0 for source in models.sources)  # these surveys state their own errors
    assert "gsi-dem10b" in {source.id for source in models.sources}


@pytest.mark.area
def test_real_models_by_their_content(tmp_path: Path, sources: Path, measure: Measure) -> None:
    path = write_lines(tmp_path / "l.geojson", line([[7.4130, 43.7290], [7.4180, 43.7350]]))
    found, said = measure(path, "--dem", sources / "monaco/N43E007.hgt")
    measures = found[0]["properties"]
    assert measures["elevation_source"] == "N43E007"
    assert measures["max_grade_20m_percent"] is None  # 90 m cells cannot carry it
    assert "was estimated" in said[0]
    path = write_lines(tmp_path / "l.geojson", line([[-122.6861, 45.5069], [-122.6850, 45.5080]]))
    found, _ = measure(path, "--dem", sources / "portland/portland-ned.tif", "--sigma", 1.2)
    assert found[0]["properties"]["rise_m"] == pytest.approx(-25, abs=3)
