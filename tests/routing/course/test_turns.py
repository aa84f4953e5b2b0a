import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from guide.domain.network import Kind
from guide.domain.route import Leg
from guide.domain.walk import Walk
from guide.routing.course.lines import point_distances
from guide.routing.course.passages import Passage, passages
from guide.routing.course.turns import Junctions, Turn, arc_bearings, arcs_by_node, setting_out_deg, turn_of
from tests.routing.ascii_maps import Town, town

CROSS = """
   N
   |
W--+--E
   |
   S
"""


def junctions_of(place: Town, bearing_deg: dict[str, float] | None = None) -> Junctions:
    """The junctions of a drawn town; arcs may be bent to set out otherwise than they are drawn."""
    network = place.network
    bearings = arc_bearings(network, point_distances(network))
    for name, degrees in (bearing_deg or {}).items():
        bearings[place.arc(name)] = degrees
    return Junctions(network, *arcs_by_node(network), bearings)


def bend(place: Town, before: str, after: str, **bearing_deg: float) -> tuple[Turn, bool]:
    found = junctions_of(place, bearing_deg).bends(np.array([place.arc(before)]), np.array([place.arc(after)]))
    return found.turn(0), bool(found.told[0])


def told(place: Town, nodes: str, before: str | None = None) -> list[Passage]:
    """The passages of a walk along nodes, a second a metre."""
    network = place.network
    walk = Walk([place.arc(nodes[i : i + 2]) for i in range(len(nodes) - 1)])
    leg = Leg(
        from_stop=0, to_stop=1, slope_id=None, direction=None, walk=walk, arc_s=network.edge_length_m[walk.edge],
        distance_m=walk.total(network.edge_length_m), duration_s=0.0, ascent_m=0.0, descent_m=0.0,
    )  # fmt: skip
    return passages(network, junctions_of(place), leg, None if before is None else place.arc(before))


def test_at_a_crossing_all_ways_but_straight_on_are_told() -> None:
    place = town(CROSS.replace("+", "X"))
    assert bend(place, "SX", "XN") == (Turn.STRAIGHT, False)
    assert bend(place, "SX", "XE") == (Turn.RIGHT, True)
    assert bend(place, "SX", "XW") == (Turn.LEFT, True)
    assert bend(place, "NX", "XE") == (Turn.LEFT, True)
    assert bend(place, "SX", "XS") == (Turn.U_TURN, True)
    assert bend(place, "SX", "SX") == (Turn.STRAIGHT, False)  # on from a stop within an edge


def test_where_a_street_only_bends_nobody_needs_to_be_told() -> None:
    place = town("A--B\n   |\n   C")
    assert bend(place, "AB", "BC") == (Turn.RIGHT, False)


def test_at_the_end_of_a_street_both_ways_are_told() -> None:
    place = town("A--B--C\n   |\n   D")
    assert bend(place, "DB", "BA") == (Turn.LEFT, True)
    assert bend(place, "DB", "BC") == (Turn.RIGHT, True)


def test_a_street_that_bends_away_from_a_lane_goes_on_by_itself() -> None:
    place = town("A--B--C\n   |\n   D")
    assert bend(place, "AB", "BC", BC=140.0, BD=230.0) == (Turn.SLIGHT_RIGHT, False)
    assert bend(place, "AB", "BC", BC=140.0, BD=100.0) == (Turn.SLIGHT_RIGHT, True)


@pytest.mark.parametrize(
    ("on", "other", "turn"),
    [
        (100.0, 80.0, Turn.SLIGHT_RIGHT),
        (80.0, 100.0, Turn.SLIGHT_LEFT),
        (90.0, 100.0, Turn.SLIGHT_LEFT),
    ],
)
def test_at_a_fork_one_keeps_to_a_side(on: float, other: float, turn: Turn) -> None:
    place = town("A--B--C\n   |\n   D")
    assert bend(place, "AB", "BC", BC=on, BD=other) == (turn, True)
    assert bend(place, "AB", "BC", BC=90.0, BD=130.0) == (Turn.STRAIGHT, False)


def test_many_bends_are_those_of_each_alone() -> None:
    place = town(CROSS.replace("+", "X"))
    junctions = junctions_of(place)
    pairs = [(place.arc(a + "X"), place.arc("X" + b)) for a in "NESW" for b in "NESW"]
    before, after = (np.array(column) for column in zip(*pairs, strict=True))
    all_at_once = junctions.bends(before, after)
    for number, pair in enumerate(pairs):
        alone = junctions.bends(*(np.array([arc]) for arc in pair))
        assert all_at_once.turn(number) == alone.turn(0)
        assert (all_at_once.told[number], all_at_once.side[number]) == (alone.told[0], alone.side[0])


@given(degrees=st.floats(-180, 180))
def test_a_turn_to_the_other_side_has_the_other_name(degrees: float) -> None:
    mirrored = {"left": "right", "right": "left"}
    word = "-".join(mirrored.get(part, part) for part in turn_of(degrees).split("-"))
    assert turn_of(-degrees) == word


@given(lng=st.floats(-170, 170), lat=st.floats(-60, 60), azimuth=st.floats(0, 359.9))
def test_a_line_sets_out_in_its_azimuth(lng: float, lat: float, azimuth: float) -> None:
    end = Geod(ellps="WGS84").fwd(lng, lat, azimuth, 50.0)[:2]
    found = setting_out_deg(np.array([(lng, lat), end]))
    assert found is not None
    assert (found - azimuth + 180) % 360 - 180 == pytest.approx(0, abs=0.3)


def test_a_way_sets_out_as_its_first_metres_do() -> None:
    place = town("A--B--C\n|     |\nD-----E")
    found = arc_bearings(place.network, point_distances(place.network))
    for name, degrees in (("AB", 90), ("BA", 270), ("AD", 180), ("DA", 0), ("ED", 270)):
        assert found[place.arc(name)] == pytest.approx(degrees, abs=0.1)
    assert setting_out_deg(np.zeros((2, 2))) is None


def test_a_street_is_one_passage_until_one_must_turn() -> None:
    place = town(
        "A--B--C\n   |  |\n   D--E", names={"AB": "Main", "BC": "Main", "CE": "Main", "DE": "Low", "BD": "Lane"}
    )
    # At C the street bends with no other way to go; nothing is told there.
    (whole,) = told(place, "ABCE")
    assert (whole.name, whole.turn, whole.first, whole.last) == (place.network.edge_name[0], None, 0, 3)
    first, second = told(place, "ABD")
    assert (first.turn, second.turn) == (None, Turn.RIGHT)
    assert second.distance_m == pytest.approx(100, rel=0.01)


def test_a_named_street_that_turns_at_a_crossing_is_told_twice() -> None:
    place = town("   N\n   |\nA--B--C", names={"AB": "Main", "NB": "Main", "BC": "Side"})
    first, second = told(place, "ABN")
    assert first.name == second.name
    assert second.turn is Turn.LEFT


def test_what_is_too_short_to_tell_belongs_to_what_came_before_and_hides_no_turn() -> None:
    """A crossing of ten metres between two streets: the turn is that from street to street."""
    place = town("A--B--C--D\n      |\n      E", names={"AB": "Main", "CD": "Main", "CE": "Low"})
    place.network.edge_length_m[place.edges["BC"]] = 10.0
    (whole,) = told(place, "ABCD")
    assert (whole.first, whole.last) == (0, 3)
    first, second = told(place, "ABCE")
    assert (first.last, second.turn) == (2, Turn.RIGHT)
    assert first.distance_m == pytest.approx(160, rel=0.01)


def test_stairs_are_a_passage_of_their_own_however_short() -> None:
    place = town("A--B--C--D", kinds={"BC": Kind.STEPS})
    place.network.edge_length_m[place.edges["BC"]] = 5.0
    street = Kind(int(place.network.edge_kind[place.edges["AB"]]))
    assert [part.kind for part in told(place, "ABCD")] == [street, Kind.STEPS, street]
    assert [part.turn for part in told(place, "ABCD")] == [None, Turn.STRAIGHT, Turn.STRAIGHT]


def test_a_leg_that_follows_another_begins_with_a_turn() -> None:
    place = town(CROSS.replace("+", "X"))
    assert told(place, "XE", before="SX")[0].turn is Turn.RIGHT
    assert told(place, "XS", before="SX")[0].turn is Turn.U_TURN
