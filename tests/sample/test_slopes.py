import csv
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Geod
from rasterio.transform import rowcol

from tiles.sample import plane
from tiles.sample.slopes import ExpectedSlope, expected_slopes
from tiles.sample.terrain import Floats, height_at
from tiles.sample.write import bounds, write_sample

if TYPE_CHECKING:
    from conftest import Extract

AREA = Path(__file__).parents[2] / "data" / "areas" / "sample"
THEMES = {"view", "spring", "summer", "autumn", "winter", "history", "landform", "rare"}
SLOPES = expected_slopes()


def label(slope: ExpectedSlope) -> str:
    return slope.id or slope.name


def bilinear(path: Path, xy: Floats) -> Floats:
    with rasterio.open(path) as dem:
        grid = dem.read(1, masked=True).filled(np.nan)
        west, north = dem.xy(0, 0)
        size = dem.transform.a
    column, row = (xy[:, 0] - west) / size, (north - xy[:, 1]) / size
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    across, down = column - left, row - top
    return np.asarray(
        (1 - down) * ((1 - across) * grid[top, left] + across * grid[top, left + 1])
        + down * ((1 - across) * grid[top + 1, left] + across * grid[top + 1, left + 1])
    )


def test_two_runs_write_the_same_bytes(sample_files: Path, tmp_path: Path) -> None:
    write_sample(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["sample-dem.tif", "sample.osm.pbf"]
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (sample_files / file.name).read_bytes()


def test_the_elevation_file_holds_the_formulas_heights(sample_files: Path) -> None:
    with rasterio.open(sample_files / "sample-dem.tif") as dem:
        heights = dem.read(1, masked=True).filled(np.nan)
        for x, y in ((0.0, 0.0), (-300.0, 640.0), (900.0, 270.0), (-1120.0, -420.0)):
            row, column = rowcol(dem.transform, x + 0.1, y + 0.1)
            middle = np.array([dem.xy(row, column)])
            assert heights[row, column] == pytest.approx(float(height_at(middle)[0]), abs=1e-3)
        assert np.isnan(heights[240, 5])


def test_there_are_some_twenty_and_two_far_apart_share_a_name() -> None:
    assert 20 <= len(SLOPES) <= 26
    (twice,) = [name for name, count in Counter(slope.name for slope in SLOPES).items() if count > 1]
    one, two = (shapely.LineString(slope.line) for slope in SLOPES if slope.name == twice)
    assert one.distance(two) > 500.0


@pytest.mark.parametrize("slope", SLOPES, ids=label)
def test_the_osm_pieces_of_a_slope_join_to_its_line(slope: ExpectedSlope, extract: "Extract") -> None:
    line = shapely.LineString(slope.line)
    pieces = [
        shapely.LineString(extract.line(refs)) for refs, tags in extract.streets() if tags.get("name") == slope.name
    ]
    near = [piece for piece in pieces if piece.distance(line) < 500.0]
    whole = shapely.line_merge(shapely.union_all(near))
    assert whole.geom_type == "LineString"
    assert whole.hausdorff_distance(line) < 1e-3
    assert whole.length == pytest.approx(slope.length_m, abs=1e-3)
    assert line.is_simple


@pytest.mark.parametrize("slope", SLOPES, ids=label)
def test_length_and_rise_are_those_of_the_ellipsoid_and_the_formula(slope: ExpectedSlope) -> None:
    lng_lat = plane.to_lng_lat(slope.line)
    assert Geod(ellps="WGS84").line_length(*lng_lat.T) == pytest.approx(slope.length_m, rel=1e-6)
    foot, head = height_at(slope.line[[0, -1]])
    assert slope.rise_m == pytest.approx(head - foot)
    assert slope.rise_m > 20.0
    assert slope.mean_grade == pytest.approx(slope.rise_m / slope.length_m)
    assert 0.05 < slope.mean_grade < 0.6


@pytest.mark.parametrize("slope", SLOPES, ids=label)
def test_the_elevation_file_gives_the_grade_within_a_fifth_of_a_point(slope: ExpectedSlope, sample_files: Path) -> None:
    foot, head = bilinear(sample_files / "sample-dem.tif", slope.line[[0, -1]])
    assert (head - foot) / slope.length_m == pytest.approx(slope.mean_grade, abs=0.002)


def test_some_slopes_are_drawn_in_pieces_of_different_directions_and_tags(extract: "Extract") -> None:
    for slope in SLOPES:
        pieces = [(refs, tags) for refs, tags in extract.streets() if tags.get("name") == slope.name]
        surfaces = {tags.get("surface") for _, tags in pieces}
        rises = {bool(np.diff(height_at(extract.line(refs))[[0, -1]])[0] > 0.0) for refs, _ in pieces}
        if len(pieces) == 3 and len(surfaces) == 2 and rises == {True, False}:
            return
    pytest.fail("no slope is drawn so")


def test_the_catalogue_holds_the_known_slopes_on_their_lines() -> None:
    with (AREA / "slopes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    known = {slope.id: slope for slope in SLOPES if slope.id}
    assert rows.keys() == known.keys()
    for key, row in rows.items():
        assert row["name"] == known[key].name
        place = shapely.Point(plane.to_plane(np.array([[float(row["lng"]), float(row["lat"])]]))[0])
        assert shapely.LineString(known[key].line).distance(place) < 1.0
        assert row["licence"] == "CC0-1.0"
        assert set(row["themes"].split(";")) <= THEMES
    posted = {key: float(row["posted_grade_percent"]) for key, row in rows.items() if row["posted_grade_percent"]}
    assert len(posted) == 1
    for key, percent in posted.items():
        assert percent == pytest.approx(100.0 * known[key].mean_grade, abs=0.5)


def test_the_area_file_calls_it_a_sample_and_its_box_holds_it() -> None:
    area = tomllib.loads((AREA / "area.toml").read_text(encoding="utf-8"))
    assert area["sample"] is True
    assert "sample" in area["name_en"]
    west, south, east, north = bounds()
    assert area["bbox"] == pytest.approx([west, south, east, north], abs=2e-4)


@pytest.mark.parametrize("slope", SLOPES, ids=label)
def test_a_slope_climbs_all_the_way(slope: ExpectedSlope) -> None:
    line = shapely.LineString(slope.line)
    spots = shapely.get_coordinates(shapely.line_interpolate_point(line, np.arange(0.0, line.length, 1.0)))
    descent = -np.minimum(np.diff(height_at(spots)), 0.0).sum()
    assert descent < 0.05
