from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
import shapely

from tiles.sample import terrain
from tiles.sample.terrain import Floats, height_at

if TYPE_CHECKING:
    from conftest import Extract


def tagged(extract: "Extract", key: str, value: str) -> list[tuple[tuple[int, ...], dict[str, str]]]:
    return [(refs, tags) for refs, tags in extract.streets() if tags.get(key) == value]


def graph(extract: "Extract") -> nx.Graph:
    walkable = nx.Graph()
    for refs, _ in extract.walkable():
        nx.add_path(walkable, refs)
    return walkable


def steepest_20_m(line: Floats) -> float:
    """The steepest grade over 20 m of the ground under a line."""
    shape = shapely.LineString(line)
    spots = shapely.get_coordinates(shapely.line_interpolate_point(shape, np.arange(0.0, shape.length, 1.0)))
    heights = height_at(spots)
    return float(np.abs(heights[20:] - heights[:-20]).max() / 20.0)


def chain(extract: "Extract", ways: list[tuple[tuple[int, ...], dict[str, str]]]) -> Floats:
    """Ways end to end as one line, whichever way each was drawn."""
    joined = shapely.line_merge(shapely.union_all([shapely.LineString(extract.line(refs)) for refs, _ in ways]))
    assert joined.geom_type == "LineString"
    return shapely.get_coordinates(joined)


def test_there_are_about_300_streets(extract: "Extract") -> None:
    assert 270 <= len(extract.streets()) <= 330


def test_numbers_are_positive_and_every_node_of_a_way_is_there(extract: "Extract") -> None:
    assert min(extract.xy) == 1
    assert all(ref in extract.xy for refs, _ in extract.ways for ref in refs)
    assert all(len(refs) > 1 and all(a != b for a, b in pairwise(refs)) for refs, _ in extract.ways)


def test_no_walkable_street_lies_in_the_sea_or_where_the_grid_has_no_height(extract: "Extract") -> None:
    around = [(east, north) for east in (-7.5, 0.0, 7.5) for north in (-7.5, 0.0, 7.5)]
    for refs, _ in extract.walkable():
        shape = shapely.LineString(extract.line(refs))
        spots = shapely.get_coordinates(shapely.line_interpolate_point(shape, np.arange(0.0, shape.length, 5.0)))
        assert not any(np.isnan(height_at(spots + offset)).any() for offset in around)


def test_the_mainland_is_one_network_and_the_island_another(extract: "Extract") -> None:
    mainland, island = sorted(nx.connected_components(graph(extract)), key=len, reverse=True)
    assert len(island) > 50
    assert all(terrain.island_radius(*np.array(extract.xy[node])) < 1.0 for node in island)
    assert all(terrain.island_radius(*np.array(extract.xy[node])) > 1.0 for node in mainland)


def test_streets_that_cross_on_the_ground_share_a_node(extract: "Extract") -> None:
    ground = [(refs, tags) for refs, tags in extract.walkable() if "layer" not in tags]
    shapes = [shapely.LineString(extract.line(refs)) for refs, _ in ground]
    for one, two in combinations(range(len(ground)), 2):
        if shapes[one].intersects(shapes[two]):
            shared = extract.line(tuple(set(ground[one][0]) & set(ground[two][0])))
            assert len(shared)
            for point in shapely.get_parts(shapes[one].intersection(shapes[two])):
                assert shapely.MultiPoint(shared).distance(point) < 0.05


def test_there_is_a_three_way_bridge_over_a_street_it_does_not_touch(extract: "Extract") -> None:
    ways = tagged(extract, "bridge", "yes")
    assert len(ways) == 3
    assert all(tags["layer"] == "1" for _, tags in ways)
    bridge = shapely.LineString(chain(extract, ways))
    under = [refs for refs, _ in extract.walkable() if shapely.LineString(extract.line(refs)).crosses(bridge)]
    assert under
    on_bridge = {ref for refs, _ in ways for ref in refs}
    assert all(not on_bridge & set(refs) for refs in under)


@pytest.mark.parametrize("structure", ["bridge", "tunnel"])
def test_draped_over_the_ground_a_structure_would_read_over_15_percent(extract: "Extract", structure: str) -> None:
    line = chain(extract, tagged(extract, structure, "yes"))
    portals = height_at(line[[0, -1]])
    between = abs(float(portals[1] - portals[0])) / shapely.LineString(line).length
    assert steepest_20_m(line) > 0.15
    assert between < 0.04


def test_stairs_have_as_many_steps_as_their_rise_asks_for(extract: "Extract") -> None:
    stairs = tagged(extract, "highway", "steps")
    assert len(stairs) >= 12
    for refs, tags in stairs:
        line = extract.line(refs)
        foot, head = height_at(line[[0, -1]])
        assert abs(int(tags["step_count"]) * 0.16 - (head - foot)) < 0.16
        assert 0.3 < (head - foot) / shapely.LineString(line).length < 0.6
        assert tags["incline"] == "up"


def test_the_rare_tags_are_there(extract: "Extract") -> None:
    assert tagged(extract, "access", "private")
    assert tagged(extract, "highway", "motorway")
    assert tagged(extract, "oneway", "yes")
    assert tagged(extract, "oneway:foot", "yes")
    assert tagged(extract, "noexit", "yes")
    assert {"yes", "no"} <= {tags.get("lit") for _, tags in extract.streets()}
    assert len({tags["surface"] for _, tags in extract.streets() if "surface" in tags}) >= 4
    assert any("handrail" in tags for _, tags in extract.streets())


def test_a_cul_de_sac_ends_nowhere(extract: "Extract") -> None:
    walkable = graph(extract)
    for refs, _ in tagged(extract, "noexit", "yes"):
        assert sorted(walkable.degree(ref) > 1 for ref in (refs[0], refs[-1])) == [False, True]


def test_landmarks_have_names_in_two_languages_and_stand_on_land(extract: "Extract") -> None:
    kinds = Counter(
        next((tags[key] for key in ("tourism", "amenity", "railway", "highway", "man_made") if key in tags), None)
        for tags in [*extract.node_tags.values(), *(tags for _, tags in extract.ways if "name:en" in tags)]
        if "name" in tags
    )
    for kind in ("viewpoint", "toilets", "drinking_water", "bench", "station", "bus_stop", "museum"):
        assert kinds[kind] >= 1
    places = {ref: tags for ref, tags in extract.node_tags.items() if "name" in tags}
    assert all("name:en" in tags for tags in places.values())
    assert not np.isnan(height_at(extract.line(tuple(places)))).any()


def test_it_says_that_it_is_a_sample(extract: "Extract") -> None:
    towns = [tags for tags in extract.node_tags.values() if tags.get("place") == "town"]
    assert [town["name:en"] for town in towns] == ["Sample town"]
    assert "Made up" in towns[0]["note"]


def test_the_bay_is_water_and_houses_stand_off_the_streets(extract: "Extract") -> None:
    assert any(tags.get("natural") == "water" and tags["type"] == "multipolygon" for tags in extract.relations)
    houses = [shapely.Polygon(extract.line(refs)) for refs, tags in extract.ways if tags.get("building") == "house"]
    assert len(houses) >= 100
    streets = shapely.STRtree([shapely.LineString(extract.line(refs)) for refs, _ in extract.streets()])
    assert not streets.query(houses, predicate="intersects").size
