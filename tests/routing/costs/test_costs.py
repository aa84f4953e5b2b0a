import numpy as np
import pytest

from guide.domain.network import Flag, Kind
from guide.domain.walk import Stretch, turned
from guide.domain.walker import PACE, Preset, StepsChoice, Walker
from guide.routing.costs.arc_costs import (
    IMPASSABLE,
    STAIRS_FACTOR,
    arc_costs,
    hiker_seconds,
    tobler_speed_m_s,
    unknown_length_m,
)
from guide.routing.costs.arcs import arcs_of
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import AVOIDING, HIKER, NEVER

FLAT_M_S = 5.0367 / 3.6


def seconds(place: Town, arc: str) -> float:
    return float(hiker_seconds(place.network, place.heights)[place.arc(arc)])


@pytest.mark.parametrize(
    ("grade", "km_h"),
    # By hand from 6 exp(-3.5 |g + 0.05|).
    [(-0.05, 6.0), (0.0, 5.0367), (0.05, 4.2281), (0.10, 3.5493), (-0.10, 5.0367), (0.30, 1.7625), (-0.30, 2.5012)],
)
def test_tobler_speed_at_known_grades(grade: float, km_h: float) -> None:
    assert tobler_speed_m_s(np.array([grade]))[0] * 3.6 == pytest.approx(km_h, abs=1e-4)


def test_a_flat_street_takes_the_same_time_both_ways() -> None:
    flat = town("A--B")
    assert seconds(flat, "AB") == pytest.approx(150 / FLAT_M_S, rel=1e-4)
    assert seconds(flat, "BA") == pytest.approx(150 / FLAT_M_S, rel=1e-4)


def test_up_is_not_down() -> None:
    hill = town("A--B", elevation_m={"A": 0, "B": 15})
    assert seconds(hill, "AB") == pytest.approx(150 / (3.5493 / 3.6), rel=1e-4)
    assert seconds(hill, "BA") == pytest.approx(150 / (5.0367 / 3.6), rel=1e-4)


def test_time_is_summed_over_the_pieces_of_an_edge_not_taken_from_its_ends() -> None:
    flat = town("A--B")
    heights = flat.heights
    heights.elevation_m[:] = np.where(np.arange(len(heights.elevation_m)) % 2, 2.0, 0.0)
    assert seconds(flat, "AB") > 1.3 * 150 / FLAT_M_S


def test_an_unknown_height_is_walked_as_flat_and_its_length_is_told() -> None:
    half = town("A--B--C", elevation_m={"A": 0, "B": 0})
    assert seconds(half, "BC") == pytest.approx(150 / FLAT_M_S, rel=1e-4)
    assert unknown_length_m(half.heights).tolist() == pytest.approx([0, 150])


def test_one_edge_does_not_leak_into_the_next() -> None:
    steep_then_flat = town("A--B\n|\nC", elevation_m={"A": 100, "B": 100, "C": 0})
    assert seconds(steep_then_flat, "AB") == pytest.approx(150 / FLAT_M_S, rel=1e-4)


def test_a_stair_takes_three_times_the_flat_way_in_both_directions() -> None:
    stair = town("A--B", elevation_m={"A": 0, "B": 60}, kinds={"AB": Kind.STEPS})
    assert seconds(stair, "AB") == pytest.approx(STAIRS_FACTOR * 150 / FLAT_M_S, rel=1e-4)
    assert seconds(stair, "BA") == pytest.approx(seconds(stair, "AB"))


def costs_of(place: Town, walker: Walker) -> tuple[list[int], list[float]]:
    costs = arc_costs(place.network, arcs_of(place.network), hiker_seconds(place.network, place.heights), walker)
    return costs.cost_ms.tolist(), costs.duration_s.tolist()


def test_a_slow_pace_takes_longer() -> None:
    flat = town("A--B")
    _, hiker = costs_of(flat, HIKER)
    _, family = costs_of(flat, Walker.of(Preset.FAMILY))
    assert family[0] == pytest.approx(hiker[0] / PACE[Preset.FAMILY])


def test_avoided_stairs_cost_more_but_take_no_longer() -> None:
    stair = town("A--B--C", kinds={"BC": Kind.STEPS})
    cost, duration = costs_of(stair, HIKER)
    avoiding_cost, avoiding_duration = costs_of(stair, AVOIDING)
    assert avoiding_duration == duration
    assert avoiding_cost[0] == cost[0]
    assert avoiding_cost[2] == 4 * cost[2]


def test_who_never_takes_stairs_finds_them_impassable() -> None:
    stair = town("A--B--C", kinds={"BC": Kind.STEPS})
    cost, _ = costs_of(stair, NEVER)
    assert cost[2:] == [IMPASSABLE, IMPASSABLE]
    assert IMPASSABLE not in cost[:2]


def test_one_way_on_foot_is_impassable_the_other_way() -> None:
    one_way = town("A--B", flags={"AB": Flag.NO_BACKWARD})
    cost, _ = costs_of(one_way, HIKER)
    assert cost[0] != IMPASSABLE
    assert cost[1] == IMPASSABLE


def test_a_cliff_by_error_stays_a_number() -> None:
    cliff = town("A--B", elevation_m={"A": 0, "B": 10_000})
    cost, _ = costs_of(cliff, HIKER)
    assert 0 < cost[0] < IMPASSABLE


def test_no_arc_is_free() -> None:
    dot = town("A--B")
    dot.network.edge_length_m[:] = 0.0
    dot.heights.distance_m[:] = 0.0
    cost, _ = costs_of(dot, Walker(steps=StepsChoice.ALLOW))
    assert min(cost) >= 1


def test_a_walk_turned_twice_is_itself() -> None:
    walk = (Stretch(0, 0.25), Stretch(3), Stretch(4, 0.0, 0.5))
    assert turned(walk) == (Stretch(5, 0.5, 1.0), Stretch(2), Stretch(1, 0.0, 0.75))
    assert turned(turned(walk)) == walk
