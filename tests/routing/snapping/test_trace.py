"""From a drawn line to the streets it was drawn along."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.area.read import BuiltArea
from guide.domain.network import Network
from guide.domain.walk import Stretch, turned
from guide.routing.plane import Plane
from guide.routing.snapping.snapper import Snapper
from guide.routing.snapping.trace import Trace, trace
from tests.routing.ascii_maps import DEGREES_PER_M, Town, town

CROSSING = """
A----B----C
|    |    |
D----E----F
"""


def follow(network: Network, line: list[tuple[float, float]]) -> Trace:
    return trace(Snapper(network), network, np.array(line))


def moved(place: tuple[float, float], east_m: float, north_m: float) -> tuple[float, float]:
    return place[0] + east_m * DEGREES_PER_M[0], place[1] + north_m * DEGREES_PER_M[1]


def walked(place: Town, found: Trace) -> list[str]:
    names = {edge: name for name, edge in place.edges.items()}
    return [names[one.arc >> 1][:: -1 if one.arc & 1 else 1] for one in found.stretches]


def test_a_line_beside_streets_is_on_them_in_its_own_direction() -> None:
    place = town(CROSSING)
    line = [moved(place.place("A"), 3, -6), moved(place.place("B"), -5, -6), moved(place.place("E"), -6, 4)]
    found = follow(place.network, line)
    assert walked(place, found) == ["AB", "BE"]
    assert all(stretch == Stretch(stretch.arc) for stretch in found.stretches)
    assert found.off_street_share == 0
    assert follow(place.network, line[::-1]).stretches == turned(found.stretches)


def test_a_line_may_begin_and_end_between_junctions() -> None:
    place = town(CROSSING)
    found = follow(place.network, [place.on("AB", 0.4), place.on("BC", 0.5)])
    (first, last) = found.stretches
    assert walked(place, found) == ["AB", "BC"]
    assert (first.start, first.end) == (pytest.approx(0.4, abs=0.01), 1.0)
    assert (last.start, last.end) == (0.0, pytest.approx(0.5, abs=0.01))


def test_the_corner_that_a_hand_cuts_is_walked() -> None:
    place = town(CROSSING)
    found = follow(place.network, [place.on("AB", 0.2), place.on("AB", 0.95), place.on("BE", 0.2), place.on("BE", 0.9)])
    assert walked(place, found) == ["AB", "BE"]


def test_a_hairpin_is_not_cut_short() -> None:
    place = town("A------B\n       |\nC------D")
    line = [place.on("AB", 0.1), place.place("B"), place.place("D"), place.on("CD", 0.1)]
    found = follow(place.network, line)
    assert walked(place, found) == ["AB", "BD", "DC"]


def test_a_careless_end_past_a_junction_adds_no_stub() -> None:
    place = town(CROSSING)
    found = follow(place.network, [place.on("AB", 0.1), moved(place.place("B"), 5, -1)])
    assert walked(place, found) == ["AB"]
    assert found.stretches[-1].end == 1.0


def test_a_line_across_country_is_off_the_streets() -> None:
    place = town(CROSSING)
    assert follow(place.network, [moved(place.place("D"), 20, -60), moved(place.place("F"), -20, -60)]) == Trace(
        stretches=(), off_street_share=1.0
    )
    half = follow(place.network, [place.on("AB", 0.1), place.place("B"), moved(place.place("B"), 40, 160)])
    assert 0.2 < half.off_street_share < 0.6


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_walk_drawn_with_a_shaking_hand_is_found_again(data: st.DataObject) -> None:
    place = town("A------B------C\n|      |      |\nD------E------F\n|      |      |\nG------H------I")
    neighbours: dict[str, list[str]] = {}
    for one, other in place.edges:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    node = data.draw(st.sampled_from(sorted(neighbours)))
    walk = [node]
    for _ in range(data.draw(st.integers(1, 6))):
        onward = [near for near in neighbours[walk[-1]] if near not in walk]
        if not onward:
            break
        walk.append(data.draw(st.sampled_from(onward)))
    shake = st.floats(-4, 4)
    line = [moved(place.place(each), data.draw(shake), data.draw(shake)) for each in walk]
    assert walked(place, follow(place.network, line)) == [one + other for one, other in pairwise(walk)]


@pytest.mark.area
def test_portlands_slopes_drawn_again_by_hand_are_found_again(portland: BuiltArea) -> None:
    """Every corner of a slope's line moved by some 3 m: nine in ten still lie on at least 90 % of their streets."""
    assert portland.streets is not None
    network, chance = portland.streets.network, np.random.default_rng(1)
    snapper = Snapper(network)
    scale = np.array(Plane.at(-122.67, 45.52).metres_per_degree)
    found = []
    for slope in portland.slopes:
        if slope.line is None:
            continue
        drawn = slope.line + chance.normal(0, 3, slope.line.shape) / scale
        wanted, got = set(slope.arcs), {stretch.arc for stretch in trace(snapper, network, drawn).stretches}
        lengths = network.edge_length_m
        shared = sum(lengths[arc >> 1] for arc in wanted & got) / sum(lengths[arc >> 1] for arc in wanted)
        found.append(shared >= 0.9)
    assert np.mean(found) >= 0.9
