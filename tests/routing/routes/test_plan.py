from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guide.domain.errors import NotFoundError, NoWayError, RouteError, UsageError
from guide.domain.network import Flag, Kind
from guide.domain.route import Direction, PointStop, Route
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.walk import Stretch
from guide.routing.costs.arc_costs import IMPASSABLE
from guide.routing.costs.arcs import arcs_of
from tests.routing.ascii_maps import network_of, straight_heights, town
from tests.routing.helpers import AVOIDING, HIKER, NEVER, TownGuide, at, climb, oracle, router_of

GRID = """
A--B--C
|  |  |
D--E--F
"""


def kinds_of(route: Route) -> list[str]:
    return [warning.type for warning in route.warnings]


def test_the_short_way_is_taken() -> None:
    guide = TownGuide(town(GRID))
    route = guide.walk("A", "C")
    assert guide.edges(route) == ["AB", "BC"]
    assert route.distance_m == pytest.approx(300, rel=1e-3)


def test_one_way_on_foot_is_gone_round() -> None:
    guide = TownGuide(town(GRID, flags={"BC": Flag.NO_FORWARD}))
    assert guide.edges(guide.walk("B", "C")) == ["BE", "EF", "FC"]
    assert guide.edges(guide.walk("C", "B")) == ["CB"]


def test_stairs_are_taken_avoided_or_refused_as_asked() -> None:
    guide = TownGuide(town(GRID, kinds={"BC": Kind.STEPS}, step_counts={"BC": 57}))
    assert guide.edges(guide.walk("B", "C")) == ["BE", "EF", "FC"]  # 3 x 150 m of time against 350 m
    hill = town("A--B--C", kinds={"BC": Kind.STEPS}, step_counts={"BC": 57})
    allowed, avoided = TownGuide(hill).walk("A", "C"), TownGuide(hill).walk("A", "C", walker=AVOIDING)
    assert allowed.steps == avoided.steps == 57
    assert avoided.duration_s == pytest.approx(allowed.duration_s)
    assert kinds_of(allowed) == []
    assert kinds_of(avoided) == ["stairs-taken"]
    cut_off = town("A--B\n|\nC--D", kinds={"AB": Kind.STEPS, "AC": Kind.STEPS})
    guide = TownGuide(cut_off)
    with pytest.raises(NoWayError, match="allow stairs"):
        guide.walk(climb("s", "up"), slopes=[guide.slope("s", "AB")], walker=NEVER)


def test_a_gentle_way_round_beats_a_steep_short_one() -> None:
    around = town("A--B--C\n|     |\nD-----E", elevation_m={"A": 0, "B": 60, "C": 0, "D": 0, "E": 0})
    guide = TownGuide(around)
    assert guide.edges(guide.walk("A", "C")) == ["AD", "DE", "EC"]


def test_up_takes_longer_than_down() -> None:
    guide = TownGuide(town("A----B", elevation_m={"A": 0, "B": 30}))
    up, down = guide.walk("A", "B"), guide.walk("B", "A")
    assert up.duration_s > down.duration_s
    assert (up.ascent_m, up.descent_m) == pytest.approx((30, 0))
    assert (down.ascent_m, down.descent_m) == pytest.approx((0, 30))
    assert up.max_grade_20m == pytest.approx(0.12)
    assert down.max_grade_20m == pytest.approx(-0.12)


def test_a_dead_end_is_walked_in_and_out_again() -> None:
    guide = TownGuide(town("A--B--C\n   |\n   D"))
    assert guide.edges(guide.walk("A", "D", "C")) == ["AB", "BD", "DB", "BC"]


def test_both_stops_on_one_edge_never_leave_it() -> None:
    place = town("A----B", elevation_m={"A": 0, "B": 25})
    guide = TownGuide(place)
    there = guide.walk(at(place, "AB", 0.2), at(place, "AB", 0.6))
    back = guide.walk(at(place, "AB", 0.6), at(place, "AB", 0.2))
    assert guide.edges(there) == ["AB"]
    assert guide.edges(back) == ["BA"]
    assert there.distance_m == pytest.approx(100, rel=1e-2) == pytest.approx(back.distance_m, rel=1e-2)
    assert there.ascent_m == pytest.approx(10, rel=1e-2)
    assert np.diff(there.line, axis=0)[0, 0] > 0 > np.diff(back.line, axis=0)[0, 0]


def test_both_stops_on_a_one_way_edge_go_round_if_need_be() -> None:
    place = town("A--B\n|  |\nC--D", flags={"AB": Flag.NO_BACKWARD})
    guide = TownGuide(place)
    assert guide.edges(guide.walk(at(place, "AB", 0.7), at(place, "AB", 0.3))) == ["AB", "BD", "DC", "CA", "AB"]


def test_start_equals_end_gives_a_walk_of_no_length_that_says_so() -> None:
    place = town("A----B", elevation_m={"A": 0, "B": 25})
    route = TownGuide(place).walk(at(place, "AB", 0.5), at(place, "AB", 0.5))
    assert route.distance_m == route.duration_s == 0
    assert kinds_of(route) == ["no-distance"]
    assert route.profile.distance_m.tolist() == [0]
    assert route.profile.elevation_m[0] == pytest.approx(12.5, abs=0.1)
    assert route.ascent_m == route.descent_m == 0


def test_a_slope_that_begins_and_ends_between_junctions_is_climbed_from_there_to_there() -> None:
    place = town("A----B----C\n|         |\nD---------E", elevation_m={"A": 0, "B": 25, "C": 50, "D": 0, "E": 50})
    guide = TownGuide(place)
    pieces = (Stretch(place.arc("AB"), 0.4, 1.0), Stretch(place.arc("BC"), 0.0, 0.5))
    slope = replace(guide.slope("s", "ABC"), stretches=pieces)
    up = guide.walk("A", climb("s", "up"), "C", slopes=[slope])
    assert guide.edges(up) == ["AB", "AB", "BC", "BC"]
    assert [leg.slope_id for leg in up.legs] == [None, "s", None]
    assert up.legs[1].distance_m == pytest.approx(275, rel=1e-2)
    assert up.legs[1].ascent_m == pytest.approx(27.5, rel=1e-2)
    assert up.distance_m == pytest.approx(500, rel=1e-2)
    down = guide.walk(climb("s", "down"), slopes=[slope])
    assert down.legs[0].stretches == (Stretch(place.arc("CB"), 0.5, 1.0), Stretch(place.arc("BA"), 0.0, 0.6))
    within = guide.walk(at(place, "AB", 0.2), climb("s", "up"), at(place, "BC", 0.75), slopes=[slope])
    assert within.distance_m == pytest.approx(50 + 275 + 62.5, rel=1e-2)  # never by way of A or C


def test_a_point_between_junctions_joins_the_way_in_both_directions() -> None:
    place = town(GRID)
    guide = TownGuide(place)
    assert guide.edges(guide.walk(at(place, "AB", 0.9), "C")) == ["AB", "BC"]
    assert guide.edges(guide.walk(at(place, "AB", 0.1), "D")) == ["BA", "AD"]
    route = guide.walk(at(place, "AB", 0.9), "C")
    assert route.distance_m == pytest.approx(165, rel=1e-2)


def test_parallel_edges_take_the_cheaper_one() -> None:
    network = network_of(np.array([(141.0, 42.3), (141.003, 42.3)]), [(0, 1, 400.0), (0, 1, 250.0), (0, 1, 300.0)])
    router = router_of(network, straight_heights(network, np.zeros(2)))
    path = router.metric(HIKER).shortest({0: 0}, {1: 0})
    assert path is not None
    assert path.arcs == [2]


def test_a_loop_can_be_walked_from_any_place_on_it() -> None:
    # A loop at node 0: out along a square and back to where it began.
    network = network_of(np.array([(141.0, 42.3), (141.003, 42.3)]), [(0, 0, 400.0), (0, 1, 250.0)])
    router = router_of(network, straight_heights(network, np.zeros(2)))
    path = router.metric(HIKER).shortest({0: 0}, {1: 0})
    assert path is not None
    assert path.arcs == [2]


def test_a_slope_is_climbed_along_its_own_line_as_a_leg_of_its_own() -> None:
    # The short way from A to C does not use the slope B-E-F.
    guide = TownGuide(town(GRID, elevation_m={"A": 0, "B": 0, "C": 5, "D": 5, "E": 5, "F": 10}))
    slope = guide.slope("s", "BEF")
    route = guide.walk("A", climb("s", "up"), "C", slopes=[slope])
    assert guide.edges(route) == ["AB", "BE", "EF", "FC"]
    assert [(leg.from_stop, leg.to_stop, leg.slope_id, leg.direction) for leg in route.legs] == [
        (0, 1, None, None),
        (1, 1, "s", Direction.UP),
        (1, 2, None, None),
    ]
    assert route.legs[1].ascent_m == pytest.approx(10)
    assert sum(leg.distance_m for leg in route.legs) == pytest.approx(route.distance_m)
    assert sum(leg.duration_s for leg in route.legs) == pytest.approx(route.duration_s)


def test_a_slope_down_begins_at_its_head() -> None:
    guide = TownGuide(town(GRID))
    route = guide.walk("A", climb("s", "down"), "C", slopes=[guide.slope("s", "BEF")])
    assert guide.edges(route) == ["AB", "BC", "CF", "FE", "EB", "BC"]


def test_any_direction_takes_the_one_that_fits_the_whole_walk() -> None:
    guide = TownGuide(town(GRID))
    slope = guide.slope("s", "BEF")
    assert [leg.direction for leg in guide.walk("A", climb("s"), "C", slopes=[slope]).legs][1] is Direction.UP
    assert [leg.direction for leg in guide.walk("C", climb("s"), "A", slopes=[slope]).legs][1] is Direction.DOWN


def test_any_direction_of_two_slopes_is_chosen_together() -> None:
    # Only up-then-down avoids walking back; a choice slope by slope would not see it.
    guide = TownGuide(town("A--B--C--D"))
    route = guide.walk(climb("x"), climb("y"), slopes=[guide.slope("x", "AB"), guide.slope("y", "DC")])
    assert [(leg.slope_id, leg.direction) for leg in route.legs] == [
        ("x", Direction.UP),
        (None, None),
        ("y", Direction.DOWN),
    ]


def test_one_slope_alone_is_a_walk() -> None:
    guide = TownGuide(town("A--B--C", elevation_m={"A": 0, "B": 10, "C": 20}))
    route = guide.walk(climb("s", "down"), slopes=[guide.slope("s", "ABC")])
    assert guide.edges(route) == ["CB", "BA"]
    assert route.descent_m == pytest.approx(20)


def test_slopes_that_meet_have_no_empty_leg_between_them() -> None:
    guide = TownGuide(town("A--B--C"))
    route = guide.walk(climb("x", "up"), climb("y", "up"), slopes=[guide.slope("x", "AB"), guide.slope("y", "BC")])
    assert [leg.slope_id for leg in route.legs] == ["x", "y"]


def test_a_slope_that_is_one_way_is_refused_only_the_other_way() -> None:
    guide = TownGuide(town("A--B--C", flags={"AB": Flag.NO_BACKWARD}))
    slope = guide.slope("s", "ABC")
    with pytest.raises(NoWayError, match="s cannot be walked down"):
        guide.walk(climb("s", "down"), slopes=[slope])
    assert guide.walk(climb("s"), slopes=[slope]).legs[0].direction is Direction.UP


def test_a_slope_without_a_line_says_what_to_do() -> None:
    lost = Slope(entry=CatalogueSlope(id="s", name="某坂"))
    with pytest.raises(RouteError, match=r"not known which street 某坂 is.*point on the map"):
        TownGuide(town("A--B")).walk("A", climb("s"), slopes=[lost])


def test_an_unknown_slope_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="no slope 'x'"):
        TownGuide(town("A--B")).walk("A", climb("x"))


def test_too_few_stops_are_refused() -> None:
    guide = TownGuide(town("A--B"))
    with pytest.raises(UsageError, match="two stops"):
        guide.walk("A")
    with pytest.raises(UsageError, match="two stops"):
        guide.walk()


def test_an_island_cannot_be_reached() -> None:
    far = town("A--B" + " " * 14 + "C--D")
    with pytest.raises(NoWayError, match=r"stop 1 .* and stop 2"):
        TownGuide(far).walk("A", "D")


def test_a_slope_on_an_island_cannot_be_reached() -> None:
    guide = TownGuide(town("A--B\n\nC--D"))
    with pytest.raises(NoWayError, match="slope t"):
        guide.walk(climb("s"), climb("t"), slopes=[guide.slope("s", "AB"), guide.slope("t", "CD")])


def test_a_point_follows_a_slope_onto_its_island() -> None:
    place = town("A--B\n\nC--D")
    guide = TownGuide(place)
    route = guide.walk("A", climb("t", "up"), slopes=[guide.slope("t", "CD")])
    assert route.snaps[0] is not None
    assert route.snaps[0].edge == place.edges["CD"]


def test_unknown_heights_are_told_and_no_ascent_is_given() -> None:
    guide = TownGuide(town("A--B--C", elevation_m={"A": 0, "B": 5}))
    route = guide.walk("A", "C")
    assert kinds_of(route) == ["heights-unknown"]
    assert "150 m" in route.warnings[0].message("en")
    assert route.ascent_m is route.descent_m is route.max_grade_20m is None
    assert guide.walk("A", "B").warnings == ()


def test_a_stop_far_from_its_street_is_told() -> None:
    place = town("A----B")
    longitude, latitude = place.place("A")
    route = TownGuide(place).walk(PointStop(lng_lat=(longitude, latitude + 0.001)), "B")
    assert kinds_of(route) == ["stop-moved"]
    assert "111 m" in route.warnings[0].message("en")


START, GOAL = -1, -2


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_walk_between_any_two_points_costs_what_dijkstra_says(data: st.DataObject) -> None:
    flags = {
        edge: data.draw(st.sampled_from([Flag(0), Flag(0), Flag.NO_FORWARD, Flag.NO_BACKWARD]))
        for edge in ("AB", "BC", "AD", "BE", "CF", "DE", "EF")
    }
    heights = {node: data.draw(st.floats(0, 30)) for node in "ABCDEF"}
    place = town(GRID, flags=flags, elevation_m=heights)
    stops = [at(place, data.draw(st.sampled_from(sorted(flags))), data.draw(st.floats(0.05, 0.95))) for _ in range(2)]
    costs = router_of(place.network, place.heights).metric(HIKER).costs
    snapper = router_of(place.network, place.heights).snapper
    component = np.zeros(place.network.edge_count, dtype=np.int32)
    snaps = [snapper.nearest(stop.lng_lat, component) for stop in stops]

    assume((snaps[0].edge, snaps[0].fraction) != (snaps[1].edge, snaps[1].fraction))

    # The same town with both stops as junctions on their edges.
    graph = oracle(place.network, costs)
    arcs = arcs_of(place.network)
    for arc in range(2 * place.network.edge_count):
        if costs.cost_ms[arc] == IMPASSABLE:
            continue
        ends = [(START, snaps[0]), (GOAL, snaps[1])]
        on_it = [(1 - snap.fraction if arc & 1 else snap.fraction, end) for end, snap in ends if snap.edge == arc >> 1]
        chain = [(0.0, int(arcs.tail[arc])), *sorted(on_it), (1.0, int(arcs.head[arc]))]
        for (begin, one), (end, other) in pairwise(chain):
            graph.add_edge(one, other, weight=float(costs.duration_s[arc]) * (end - begin) * 1000)
    try:
        expected = nx.dijkstra_path_length(graph, START, GOAL)
    except nx.NetworkXNoPath:
        with pytest.raises(NoWayError):
            TownGuide(place).walk(*stops)
        return
    assert TownGuide(place).walk(*stops).duration_s * 1000 == pytest.approx(expected, abs=10)
