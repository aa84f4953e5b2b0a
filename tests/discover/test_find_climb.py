"""From a point to a line: what is meant, how sure that is, and that it does not depend on how the map is stored."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guide.climbs.find import find_climb
from guide.climbs.index import StreetIndex
from guide.domain.findings import Severity
from guide.domain.network import Kind, Network, StreetName
from guide.domain.slope import CatalogueSlope, Confidence
from guide.placing.slopes import find_slopes
from tests.routing.ascii_maps import CELL_M, DEGREES_PER_M, ORIGIN, network_of, straight_heights, town

SIZE = 4


def moved(place: tuple[float, float], east_m: float, north_m: float) -> tuple[float, float]:
    return place[0] + east_m * DEGREES_PER_M[0], place[1] + north_m * DEGREES_PER_M[1]


def metres_to(network: Network, lng_lat: tuple[float, float]) -> float:
    return float(StreetIndex(network).edges_within(lng_lat, 1000.0)[1][0])


def test_a_point_on_a_climb_means_that_climb() -> None:
    place = town("A---B-C-D---E", elevation_m={"A": 0, "B": 0, "C": 9, "D": 18, "E": 18})
    found = find_climb(place.network, place.heights, "八幡坂", place.on("BC", 0.5))
    assert found.arcs == (place.arc("BC"), place.arc("CD"))
    assert found.confidence is Confidence.HIGH
    assert found.runner_up_arcs == ()


def test_a_climb_is_told_from_the_level_street_beside_it() -> None:
    place = town("""
        A-B-C
            |
        D---E
        """, elevation_m={"A": 0, "B": 9, "C": 18, "D": 18, "E": 18}, names={"CE": "横"})  # fmt: skip
    on_the_level_one = place.on("DE", 0.5)
    assert find_climb(place.network, place.heights, "坂", on_the_level_one).arcs == ()
    nearer_the_climb = moved(on_the_level_one, 0, 40)
    assert find_climb(place.network, place.heights, "坂", moved(nearer_the_climb, 0, 30)).arcs == (
        place.arc("AB"),
        place.arc("BC"),
    )


def test_between_two_climbs_nobody_can_tell_and_both_are_named() -> None:
    place = town("""
        A-B
        .
        C-D
        """, elevation_m={"A": 0, "B": 18, "C": 0, "D": 18})  # fmt: skip
    between = moved(place.on("AB", 0.5), 0, -50)
    found = find_climb(place.network, place.heights, "坂", between)
    assert found.confidence is Confidence.LOW
    assert {found.arcs, found.runner_up_arcs} == {(place.arc("AB"),), (place.arc("CD"),)}
    assert found.why.code == "climb.unsure-of-two"


def test_the_street_of_the_name_goes_before_a_nearer_one() -> None:
    drawing = """
        A-B
        |
        C-D
        """
    place = town(drawing, elevation_m={"A": 0, "B": 18, "C": 0, "D": 18}, names={"CD": "八幡坂"})
    near_the_other = moved(place.on("AB", 0.5), 0, -5)
    assert find_climb(place.network, place.heights, "八幡坂", near_the_other).arcs == (place.arc("CD"),)
    assert find_climb(place.network, place.heights, "何坂", near_the_other).arcs == (place.arc("AB"),)


def test_a_street_of_the_name_is_taken_even_where_heights_are_unknown() -> None:
    place = town("A-B-C", elevation_m={"A": 1.0}, names={"AB": "坂", "BC": "坂"})
    assert len(find_climb(place.network, place.heights, "坂", place.on("BC", 0.5)).arcs) == 2
    assert find_climb(place.network, place.heights, "別", place.on("BC", 0.5)).arcs == ()


def test_far_from_every_street_nothing_is_found() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 18})
    found = find_climb(place.network, place.heights, "坂", moved(place.place("A"), 0, 500))
    assert (found.arcs, found.confidence, found.why.code) == ((), Confidence.LOW, "climb.nothing-near")
    assert "80 m" in found.why.message("en")
    nowhere = town("A B")
    assert find_climb(nowhere.network, nowhere.heights, "坂", ORIGIN).arcs == ()


def test_a_rise_within_the_error_of_the_heights_is_not_trusted() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 5})
    rough = replace(place.heights, sigma_m=np.full_like(place.heights.sigma_m, 6.0))
    assert find_climb(place.network, place.heights, "坂", place.on("AB", 0.5)).confidence is Confidence.HIGH
    assert find_climb(place.network, rough, "坂", place.on("AB", 0.5)).confidence is Confidence.LOW


def test_stairs_are_trusted_on_any_model() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 5}, kinds={"AB": Kind.STEPS})
    rough = replace(place.heights, sigma_m=np.full_like(place.heights.sigma_m, 6.0))
    assert find_climb(place.network, rough, "坂", place.on("AB", 0.5)).confidence is Confidence.HIGH


def test_an_entry_whose_name_the_map_does_not_know_gets_the_climb_at_its_point() -> None:
    place = town("A---B-C-D", elevation_m={"A": 0, "B": 0, "C": 9, "D": 18})
    entry = CatalogueSlope(id="hachiman", name="八幡坂", lng_lat=place.on("CD", 0.5))
    (slope,), (finding,) = find_slopes(place.network, [entry], [], "test", place.heights)
    assert slope.arcs == (place.arc("BC"), place.arc("CD"))
    assert (finding.code, finding.severity) == ("climb.by-point-high", Severity.INFO)
    assert finding.where == "hachiman (八幡坂)"
    assert "way 3, 0 m" in finding.message("en")
    assert "線を引いて" in finding.message("ja")


def test_an_entry_at_a_place_that_nobody_can_be_sure_of_gets_no_line_and_hears_why() -> None:
    place = town("A-----B", elevation_m={"A": 0, "B": 0})
    entry = CatalogueSlope(id="hachiman", name="八幡坂", lng_lat=place.on("AB", 0.5))
    (slope,), findings = find_slopes(place.network, [entry], [], "test", place.heights)
    assert slope.arcs == ()
    assert [finding.code for finding in findings] == ["slope.no-street", "climb.unsure"]


def test_of_a_long_street_only_the_climb_at_the_point_is_the_slope() -> None:
    place = town(
        "A-B-C---------------D",
        elevation_m={"A": 0, "B": 9, "C": 18, "D": 18},
        names=dict.fromkeys(("AB", "BC", "CD"), "本町通り"),
    )
    entry = CatalogueSlope(id="honcho", name="本町通り", lng_lat=place.on("AB", 0.5))
    (slope,), findings = find_slopes(place.network, [entry], [], "test", place.heights)
    assert slope.arcs == (place.arc("AB"), place.arc("BC"))
    assert [finding.code for finding in findings] == ["climb.part-of-street"]
    assert len(find_slopes(place.network, [entry], [], "test")[0][0].arcs) == 3


def test_metres_are_counted_to_the_nearest_place_of_a_line_not_to_its_corners() -> None:
    place = town("A-----B", elevation_m={"A": 0, "B": 0})
    assert metres_to(place.network, moved(place.on("AB", 0.37), 0, 20)) == pytest.approx(20, rel=0.01)
    assert metres_to(place.network, moved(place.place("B"), 30, 0)) == pytest.approx(30, rel=0.01)


# A grid of streets with any heights and names, stored in any order and drawn either way.

PAIRS = [(n, n + 1) for n in range(SIZE * SIZE) if n % SIZE < SIZE - 1] + [
    (n, n + SIZE) for n in range(SIZE * SIZE - SIZE)
]
# Not quite square, so that nothing hangs on ties.
GRID = np.array([(x + 0.07 * y, -(y + 0.05 * x * x)) for y in range(SIZE) for x in range(SIZE)])
PLACES = np.array(ORIGIN) + GRID * 2 * CELL_M * np.array(DEGREES_PER_M)

heights_of_nodes = st.lists(st.integers(0, 400), min_size=SIZE * SIZE, max_size=SIZE * SIZE)
names_of_edges = st.lists(st.integers(-1, 2), min_size=len(PAIRS), max_size=len(PAIRS))


def grid(names: list[int], order: list[int], turned: list[bool]) -> Network:
    stored = []
    for edge in order:
        tail, head = PAIRS[edge][::-1] if turned[edge] else PAIRS[edge]
        length = float(np.hypot(*((PLACES[head] - PLACES[tail]) / DEGREES_PER_M)))
        stored.append((tail, head, length))
    return replace(
        network_of(PLACES, stored),
        edge_name=np.array([names[edge] for edge in order], dtype=np.int32),
        names=tuple(StreetName(local=text) for text in "甲乙丙"),
    )


def found_on(
    network: Network, node_m: NDArray[np.float64], point: tuple[float, float]
) -> tuple[list[tuple[int, int]], str]:
    """The climb found, as the nodes it steps between, foot first; and the confidence."""
    climb = find_climb(network, straight_heights(network, node_m), "丁", point)
    steps = [(int(network.edge_tail[arc // 2]), int(network.edge_head[arc // 2])) for arc in climb.arcs]
    return [
        step[::-1] if arc & 1 else step for step, arc in zip(steps, climb.arcs, strict=True)
    ], climb.confidence.value


def middle(edge: int) -> tuple[float, float]:
    lng, lat = (PLACES[PAIRS[edge][0]] + PLACES[PAIRS[edge][1]]) / 2
    return float(lng), float(lat)


@given(heights_of_nodes, names_of_edges, st.integers(0, len(PAIRS) - 1))
def test_the_climb_holds_the_edge_of_its_point(tenths_m: list[int], names: list[int], edge: int) -> None:
    plain = grid(names, list(range(len(PAIRS))), [False] * len(PAIRS))
    steps, _ = found_on(plain, np.array(tenths_m) / 10, middle(edge))
    assert not steps or PAIRS[edge] in steps or PAIRS[edge][::-1] in steps
    assert all(before[1] == after[0] for before, after in pairwise(steps))
    assert not steps or tenths_m[steps[-1][1]] >= tenths_m[steps[0][0]]


@given(
    heights_of_nodes,
    names_of_edges,
    st.permutations(range(len(PAIRS))),
    st.lists(st.booleans(), min_size=len(PAIRS), max_size=len(PAIRS)),
    st.integers(0, len(PAIRS) - 1),
)
def test_the_climb_does_not_depend_on_how_edges_are_stored(
    tenths_m: list[int], names: list[int], order: list[int], turned: list[bool], edge: int
) -> None:
    node_m = np.array(tenths_m) / 10
    plain = found_on(grid(names, list(range(len(PAIRS))), [False] * len(PAIRS)), node_m, middle(edge))
    assert found_on(grid(names, order, turned), node_m, middle(edge)) == plain
