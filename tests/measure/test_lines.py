"""What ``tiles measure`` makes of lines: whole, broken, doubled, and of everything else in their file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.measure.models import GRADE, east, feature, line, place, write_lines
from tiles.__main__ import main

Measure = Callable[..., tuple[list[dict[str, Any]], list[str]]]

MEASURES = {
    "length_m", "rise_m", "ascent_m", "descent_m", "mean_grade_percent", "mean_abs_grade_percent",
    "max_grade_20m_percent", "max_grade_50m_percent", "grade_sigma_percent", "steps", "effort",
    "course_constant_up", "course_constant_down", "rank", "elevation_source", "confidence",
}  # fmt: skip


def multi(*parts: list[list[float]]) -> dict[str, Any]:
    return feature({"type": "MultiLineString", "coordinates": list(parts)})


def test_a_plane_is_measured_as_its_formula_says(tmp_path: Path, dem: Path, measure: Measure) -> None:
    (found,), _ = measure(write_lines(tmp_path / "l.geojson", line(east())), "--dem", dem, "--sigma", 0.5)
    measures = found["properties"]
    assert measures.keys() >= MEASURES
    assert measures["length_m"] == pytest.approx(500, abs=0.5)
    assert measures["rise_m"] == pytest.approx(50, abs=0.05)
    assert measures["mean_grade_percent"] == pytest.approx(100 * GRADE, abs=0.05)
    assert measures["max_grade_50m_percent"] == pytest.approx(100 * GRADE, abs=0.1)
    assert measures["descent_m"] == 0
    assert measures["elevation_source"] == "plane"
    assert measures["grade_sigma_percent"] > 0


def test_all_else_in_the_file_stays(tmp_path: Path, dem: Path, measure: Measure) -> None:
    point = feature({"type": "Point", "coordinates": [1, 2]}, id=7, properties=None)
    area = feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]})
    nothing = feature(None, properties={"a": [1, {"b": None}]})
    road = line(east(), id="坂-1", properties={"name": "坂", "length_m": "old"}, foreign={"deep": [1.50]})
    path = write_lines(tmp_path / "l.geojson", point, area, nothing, road, name="町", bbox=[0, 0, 1, 1])
    features, said = measure(path, "--dem", dem, "--sigma", 1)
    whole = json.loads((tmp_path / "out.geojson").read_text())
    assert whole["name"] == "町"
    assert whole["bbox"] == [0, 0, 1, 1]
    assert features[:3] == [point, area, nothing]
    assert features[3]["id"] == "坂-1"
    assert features[3]["foreign"] == {"deep": [1.5]}
    assert features[3]["geometry"] == road["geometry"]
    assert features[3]["properties"]["name"] == "坂"
    assert features[3]["properties"]["length_m"] == pytest.approx(500, abs=0.5)
    assert said == []


@pytest.mark.parametrize("shape", ["feature", "geometry"])
def test_a_lone_feature_or_geometry_becomes_a_feature(tmp_path: Path, dem: Path, measure: Measure, shape: str) -> None:
    alone = line(east())
    path = tmp_path / "l.geojson"
    path.write_text(json.dumps(alone if shape == "feature" else alone["geometry"]))
    (found,), _ = measure(path, "--dem", dem, "--sigma", 1)
    assert found["type"] == "Feature"
    assert found["geometry"] == alone["geometry"]
    assert found["properties"]["rise_m"] == pytest.approx(50, abs=0.05)


def test_joined_parts_are_one_line_and_parted_ones_are_summed(tmp_path: Path, dem: Path, measure: Measure) -> None:
    whole = [place(200, 400), place(400, 400), place(700, 400)]
    path = write_lines(
        tmp_path / "l.geojson",
        line(whole),
        multi(whole[:2], whole[1:]),
        multi(whole[:2], [whole[2], whole[1]]),  # up, then down from the far end
        multi(whole[:2], [], [whole[1]], [whole[1], whole[1]], whole[1:]),  # parts of no length add nothing
    )
    features, said = measure(path, "--dem", dem, "--sigma", 0.5)
    one, joined, parted, gappy = (each["properties"] for each in features)
    assert joined == one == gappy
    assert parted["length_m"] == pytest.approx(one["length_m"], abs=0.02)
    assert parted["rise_m"] == pytest.approx(20 - 30, abs=0.05)
    assert parted["ascent_m"] == pytest.approx(20, abs=0.05)
    assert parted["descent_m"] == pytest.approx(30, abs=0.05)
    assert parted["mean_abs_grade_percent"] == pytest.approx(100 * GRADE, abs=0.05)
    assert abs(parted["max_grade_50m_percent"]) == pytest.approx(100 * GRADE, abs=0.1)
    assert said == []


def test_repeated_points_and_heights_of_its_own_change_nothing(tmp_path: Path, dem: Path, measure: Measure) -> None:
    begin, end = east()
    path = write_lines(
        tmp_path / "l.geojson",
        line([begin, end]),
        line([begin, begin, end, end, end]),
        line([[*begin, 999], [*end, -999]]),
        line([[*begin, 999], end]),
    )
    features, said = measure(path, "--dem", dem, "--sigma", 1)
    assert all(each["properties"] == features[0]["properties"] for each in features)
    assert features[2]["geometry"]["coordinates"][0][2] == 999
    assert len(said) == 1
    assert "bring heights of their own" in said[0]


BAD = {
    "one point": (line([place(200, 400)]), "two at least"),
    "no point": (line([]), "It has 0 point(s)"),
    "no length": (line([place(200, 400)] * 3), "in one place"),
    "not finite": (line([place(200, 400), [float("nan"), 42.3]]), "Point 2 is not two numbers"),
    "infinite": (line([[float("inf"), 42.3], place(200, 400)]), "Point 1 is not two numbers"),
    "null": (line([place(200, 400), [None, None]]), "Point 2 is not two numbers"),
    "words": (line("LINESTRING(1 2, 3 4)"), "not the lists of numbers"),
    "one number": (line([place(200, 400), [141.0]]), "not the lists of numbers"),
    "no coordinates": (feature({"type": "LineString"}), "not the lists of numbers"),
    "off the globe": (
        line([place(200, 400), [500_000, 4_690_000]]),
        "Point 2 (500000.0, 4690000.0) is not on the globe",
    ),
    "no part": (multi(), "It has 0 point(s)"),
    "one bad part": (multi(east(), [place(0, 0), [400, 0]]), "Point 4 (400.0, 0.0) is not on the globe"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_told_of_and_nothing_else_is_lost(tmp_path: Path, dem: Path, measure: Measure, kind: str) -> None:
    bad, says = BAD[kind]
    path = write_lines(tmp_path / "l.geojson", line(east()), {**bad, "properties": {"name": "悪い線"}}, line(east()))
    features, said = measure(path, "--dem", dem, "--sigma", 1)
    assert len(features) == 3
    assert features[0]["properties"]["rise_m"] == features[2]["properties"]["rise_m"] == pytest.approx(50, abs=0.05)
    assert features[1]["properties"].pop("name") == "悪い線"
    assert features[1]["properties"].keys() >= MEASURES
    assert set(features[1]["properties"].values()) == {None}
    assert len(said) == 1
    assert said[0].startswith("warning: feature 2 (悪い線): ")
    assert says in said[0]


def test_where_heights_are_not_known_only_the_length_is(tmp_path: Path, dem: Path, measure: Measure) -> None:
    path = write_lines(
        tmp_path / "l.geojson",
        line([[0, 0], [0.01, 0]], id="far"),
        line([place(600, 400), place(3000, 400)], id="half"),
    )
    features, said = measure(path, "--dem", dem, "--sigma", 1)
    for each in features:
        assert each["properties"]["length_m"] > 1000
        assert each["properties"]["mean_grade_percent"] is None
        assert each["properties"]["confidence"] is None
    assert len(said) == 2
    assert "feature 1 (far)" in said[0]
    assert "feature 2 (half)" in said[1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no GeoJSON"),
        ("{", "no GeoJSON (line 1"),
        ("[]", "no GeoJSON"),
        ("[" * 100_000, "no GeoJSON"),
        ('{"type": "Topology"}', "its type is 'Topology'"),
        ('{"type": 3}', "its type is 'missing'"),
        ('{"type": "FeatureCollection"}', "not a list of features"),
        ('{"type": "FeatureCollection", "features": [1]}', "not a list of features"),
        ('{"type": "LineString", "coordinates": [[500000, 4690000], [500100, 4690000]]}', "is not in degrees"),
        (
            '{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:2451"}}}',
            "is in EPSG:2451",
        ),
    ],
)
def test_a_file_that_is_no_geojson_in_degrees_is_one_sentence(
    tmp_path: Path, dem: Path, refuse: Callable[..., str], text: str, says: str
) -> None:
    path = tmp_path / "l.geojson"
    path.write_text(text)
    assert says in refuse(path, "--dem", dem)


def test_wrong_usage_is_one_sentence(tmp_path: Path, dem: Path, refuse: Callable[..., str]) -> None:
    path = write_lines(tmp_path / "l.geojson", line(east()))
    assert "required: --dem" in refuse(path)
    assert "no error in metres" in refuse(path, "--dem", dem, "--sigma", "-1")
    assert "no error in metres" in refuse(path, "--dem", dem, "--sigma", "nan")
    assert "cannot be read" in refuse(tmp_path / "none.geojson", "--dem", dem)
    assert "cannot be read" in refuse(tmp_path, "--dem", dem)
    assert "choose another place with --out" in refuse(path, "--dem", dem, "--out", tmp_path / "no" / "where")
    assert "choose another place with --out" in refuse(path, "--dem", dem, "--out", tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_the_result_goes_to_stdout_and_the_summary_beside_it(
    tmp_path: Path, dem: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_lines(tmp_path / "l.geojson", line(east()), line([]))
    assert main(["measure", str(path), "--dem", str(dem), "--json"]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["features"]) == 2
    summary = json.loads(said.err)
    assert (summary["features"], summary["lines"], summary["measured"]) == (2, 2, 1)
    assert summary["elevation"][0]["id"] == "plane"
    assert summary["elevation"][0]["sigma_m"] > 0
    assert [each["code"] for each in summary["findings"]] == ["elevation.sigma-estimated", "feature.too-few-points"]
    assert all(each["message_ja"] and each["message_en"] for each in summary["findings"])


def test_the_input_may_be_replaced_by_its_result(tmp_path: Path, dem: Path) -> None:
    path = write_lines(tmp_path / "l.geojson", line(east()))
    for _ in range(2):
        assert main(["measure", str(path), "--dem", str(dem), "--sigma", "1", "--out", str(path)]) == 0
    assert json.loads(path.read_text())["features"][0]["properties"]["rise_m"] == pytest.approx(50, abs=0.05)


def test_a_million_vertices_are_measured(tmp_path: Path, dem: Path, measure: Measure) -> None:
    begin, end = east(100, 1000)
    share = [number / 999_999 for number in range(1_000_000)]
    points = [[begin[0] + t * (end[0] - begin[0]), begin[1] + t * (end[1] - begin[1])] for t in share]
    (found,), _ = measure(write_lines(tmp_path / "l.geojson", line(points)), "--dem", dem, "--sigma", 1)
    assert found["properties"]["length_m"] == pytest.approx(900, abs=0.5)
    assert found["properties"]["rise_m"] == pytest.approx(90, abs=0.05)
