"""Widths, kerbs and obstacles: what tags and tagged nodes tell to wheels."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.domain.network import Access, Flag, Network, Smoothness
from tiles.osm.assemble import assemble_network
from tiles.osm.extract import TaggedPoint, Tags, Way, make_extract
from tiles.osm.wheel_tags import is_obstacle, kerb_m, length_m, read_wheels, riser_m, width_m


@pytest.mark.parametrize(
    ("text", "metres"),
    [("2", 2.0), ("2.5 m", 2.5), ("1,8m", 1.8), ("16 cm", 0.16), ("4.6+", 4.6), ("6'", 1.8288), ("5'6\"", 1.6764),
     ("wide", None), ("-2", None), ("", None), (None, None), ("2;3", None)],
)  # fmt: skip
def test_lengths_as_people_write_them(text: str | None, metres: float | None) -> None:
    found = length_m(text)
    assert found == (None if metres is None else pytest.approx(metres))


@given(st.text())
def test_no_length_breaks_the_reader(text: str) -> None:
    found = length_m(text)
    assert found is None or math.isfinite(found)


@pytest.mark.parametrize(
    ("tags", "metres"),
    [
        ({"width": "3"}, 3.0),
        ({"est_width": "0.9"}, 0.9),
        ({"est_width": "0.9", "width": "2"}, 2.0),
        ({"width": "4", "maxwidth:physical": "0.8"}, 0.8),
        ({"width": "200"}, None),
        ({"width": "0"}, None),
        ({}, None),
    ],
)
def test_the_narrowest_measured_width_counts(tags: Tags, metres: float | None) -> None:
    assert width_m(tags) == metres


@pytest.mark.parametrize(
    ("tags", "metres"),
    [
        ({"kerb": "flush"}, 0.0),
        ({"kerb": "lowered"}, 0.03),
        ({"kerb": "raised"}, 0.12),
        ({"kerb": "raised", "kerb:height": "5 cm"}, 0.05),
        ({"kerb": "yes"}, None),
        ({}, None),
    ],
)
def test_a_kerb_is_as_high_as_its_tag_says(tags: Tags, metres: float | None) -> None:
    assert kerb_m(tags) == metres


def test_risers_wheelchairs_smoothness_and_obstacles() -> None:
    assert riser_m({"step:height": "0.15"}) == 0.15
    assert riser_m({"step:height": "15"}) is None
    found = read_wheels({"wheelchair": "limited", "smoothness": "very_bad"})
    assert (found.access, found.smoothness) == (Access.LIMITED, Smoothness.VERY_BAD)
    assert read_wheels({"wheelchair": "perhaps", "smoothness": "fine"}).smoothness is Smoothness.UNKNOWN
    assert is_obstacle({"barrier": "kissing_gate"})
    assert not is_obstacle({"barrier": "kissing_gate", "wheelchair": "yes"})
    assert not is_obstacle({"barrier": "bollard"})


def crossing(*points: TaggedPoint) -> Network:
    """A pavement 1-2-3 and a crossing 2-4-5 over the street 6-4-7 to the other side."""
    footway, over = {"highway": "footway"}, {"highway": "footway", "footway": "crossing"}
    ways = [
        Way(id=1, refs=[1, 2, 3], tags=footway),
        Way(id=2, refs=[2, 8, 4, 5], tags=over),
        Way(id=3, refs=[6, 4, 9, 7], tags={"highway": "residential"}),
    ]
    places = {
        1: (0, 0),
        2: (1, 0),
        3: (2, 0),
        8: (1, 0.2),
        4: (1, 0.5),
        5: (1, 1),
        6: (0, 0.5),
        9: (1.5, 0.5),
        7: (2, 0.5),
    }
    nodes = {node: (141 + x / 1000, 42 + y / 1000) for node, (x, y) in places.items()}
    return assemble_network(make_extract(ways, list(points), nodes), "test")[0]


def node(number: int, **tags: str) -> TaggedPoint:
    return TaggedPoint(id=number, lng_lat=(141.0, 42.0), tags=tags)


def kerbs(network: Network) -> dict[tuple[int, int], float]:
    ids = network.node_osm_id
    ends = zip(ids[network.edge_tail].tolist(), ids[network.edge_head].tolist(), strict=True)
    pairs = zip(ends, network.edge_kerb_m.tolist(), strict=True)
    return {pair: round(height, 3) for pair, height in pairs if not math.isnan(height)}


def test_a_kerb_at_the_pavements_edge_belongs_to_the_crossing_alone() -> None:
    network = crossing(node(2, kerb="raised"))
    assert kerbs(network) == {(2, 4): 0.12}
    assert np.count_nonzero(network.has_flag(Flag.CROSSING)) == 2


def test_the_highest_kerb_of_a_crossing_counts_and_none_on_the_street_it_leads_over() -> None:
    assert kerbs(crossing(node(2, kerb="flush"), node(8, kerb="lowered"))) == {(2, 4): 0.03}
    assert kerbs(crossing(node(9, kerb="raised"))) == {}
    assert kerbs(crossing(node(4, kerb="lowered"))) == {(2, 4): 0.03, (4, 5): 0.03}


def test_a_stile_stands_in_the_way_it_is_drawn_on() -> None:
    network = crossing(node(8, barrier="stile"), node(77, barrier="stile"))
    ids = network.node_osm_id
    blocked = network.has_flag(Flag.OBSTACLE)
    assert ids[network.edge_tail[blocked]].tolist() == [2]
