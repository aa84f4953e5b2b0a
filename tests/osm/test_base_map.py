"""The base map: the sea lies to the right of the coast, lakes keep their islands, torn rings flood nothing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from guide.area.read import BuiltArea
from tiles.osm.base_map import BaseFeature, read_base_map
from tiles.osm.coast import sea_polygons
from tiles.sample.write import bounds, write_sample

BOX = (0.0, 0.0, 10.0, 10.0)


def line(*places: tuple[float, float]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.array(places, dtype=np.float64)


def is_sea(coast: list["np.ndarray[tuple[int, int], np.dtype[np.float64]]"], place: tuple[float, float]) -> bool:
    return any(bool(sea.contains(shapely.Point(place))) for sea in sea_polygons(coast, BOX))


NORTHWARD = line((5, -1), (5, 11))  # walking north, the land is on the left: in the west


def test_the_sea_is_to_the_right_of_the_coast() -> None:
    assert is_sea([NORTHWARD], (8, 5))
    assert not is_sea([NORTHWARD], (2, 5))
    assert is_sea([NORTHWARD[::-1]], (2, 5))
    assert not is_sea([NORTHWARD[::-1]], (8, 5))


def test_a_coast_in_pieces_is_one_coast() -> None:
    pieces = [line((5, 4), (5, 11)), line((5, -1), (5, 4))]
    assert is_sea(pieces, (8, 5))
    assert not is_sea(pieces, (2, 5))


def test_a_coast_cut_inside_the_box_is_led_on_to_its_edge() -> None:
    short = line((5, 1), (5, 9))
    assert is_sea([short], (8, 5))
    assert not is_sea([short], (2, 5))


def test_an_island_is_land_in_the_sea() -> None:
    island = line((7, 4), (8, 4), (8, 5), (7, 5), (7, 4))  # anticlockwise: the land is inside
    assert not is_sea([NORTHWARD, island], (7.5, 4.5))
    assert is_sea([NORTHWARD, island], (9, 9))
    assert is_sea([island], (2, 2))


@pytest.mark.parametrize("coast", [[], [line((20, 20), (21, 21))], [line((5, 5))]])
def test_without_a_coast_nothing_is_sea(coast: list["np.ndarray[tuple[int, int], np.dtype[np.float64]]"]) -> None:
    assert sea_polygons(coast, BOX) == []


OSM = """<?xml version="1.0"?><osm version="0.6">
{nodes}
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
<way id="2" version="1"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="5"/></way>
<way id="3" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="leisure" v="park"/></way>
<way id="4" version="1"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/><tag k="building" v="yes"/></way>
<way id="5" version="1"><nd ref="1"/><nd ref="3"/><tag k="railway" v="rail"/></way>
<way id="6" version="1"><nd ref="1"/><nd ref="3"/><tag k="railway" v="rail"/><tag k="tunnel" v="yes"/></way>
<way id="7" version="1"><nd ref="1"/><nd ref="3"/><nd ref="2"/><nd ref="4"/><nd ref="1"/>
  <tag k="landuse" v="grass"/></way>
<relation id="1" version="1"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="inner"/>
  <tag k="type" v="multipolygon"/><tag k="natural" v="water"/><tag k="name" v="湖"/></relation>
</osm>"""
PLACES = [(1, 1), (5, 1), (5, 5), (1, 5), (2, 2), (3, 2), (3, 3), (2, 3)]


@pytest.fixture
def features(tmp_path: Path) -> dict[str, list[BaseFeature]]:
    path = tmp_path / "lake.osm"
    nodes = "\n".join(
        f'<node id="{number}" lon="{lon}" lat="{lat}" version="1"/>'
        for number, (lon, lat) in enumerate(PLACES, start=1)
    )
    label = '<node id="9" lon="4" lat="4" version="1"><tag k="place" v="town"/><tag k="name" v="町"/></node>'
    path.write_text(OSM.format(nodes=nodes + label), encoding="utf-8")
    found: dict[str, list[BaseFeature]] = {}
    for feature in read_base_map(path, BOX):
        found.setdefault(feature.rule.layer, []).append(feature)
    return found


def test_a_lake_keeps_its_island(features: dict[str, list[BaseFeature]]) -> None:
    (lake,) = features["water"]
    assert lake.name == "湖"
    assert lake.geometry.area == pytest.approx(16 - 1)


def test_a_ring_that_does_not_close_is_no_area(features: dict[str, list[BaseFeature]]) -> None:
    assert all(feature.rule.kind != "park" for feature in features["green"])


def test_a_self_crossing_area_is_made_valid(features: dict[str, list[BaseFeature]]) -> None:
    assert all(feature.geometry.is_valid for feature in features["green"])
    assert sum(feature.geometry.area for feature in features["green"]) == pytest.approx(8)


def test_buildings_railways_above_ground_and_names_are_there(features: dict[str, list[BaseFeature]]) -> None:
    assert len(features["buildings"]) == 1
    assert len(features["railways"]) == 1
    assert [feature.name for feature in features["labels"]] == ["町"]


def test_nothing_lies_beyond_the_margin(tmp_path: Path) -> None:
    path = tmp_path / "one.osm"
    path.write_text(
        '<osm version="0.6"><node id="1" lon="50" lat="50" version="1"><tag k="place" v="town"/>'
        '<tag k="name" v="far"/></node></osm>'
    )
    assert read_base_map(path, BOX) == []


def test_the_sample_lies_by_the_sea(tmp_path: Path) -> None:
    write_sample(tmp_path)
    sea = [each.geometry for each in read_base_map(tmp_path / "sample.osm.pbf", bounds()) if each.rule.kind == "sea"]
    west, south, east, north = bounds()
    assert shapely.union_all(sea).contains(shapely.Point(west, (south + north) / 2))
    assert not shapely.union_all(sea).contains(shapely.Point(east, (south + north) / 2))


@pytest.mark.area
def test_monaco_keeps_its_feet_dry(sources: Path, built: Callable[[str], BuiltArea]) -> None:
    area = built("monaco")
    assert area.streets is not None
    features = read_base_map(sources / "monaco" / "monaco.osm.pbf", area.manifest.area.bbox)
    sea = shapely.union_all([each.geometry for each in features if each.rule.kind == "sea"])
    shapely.prepare(sea)
    middle = area.streets.network.point_lng_lat
    assert shapely.contains_xy(sea, 7.435, 43.725)
    # Piers and breakwaters reach out; no more than a few in a hundred street points may stand in the water.
    assert shapely.contains_xy(sea, middle).mean() < 0.03
