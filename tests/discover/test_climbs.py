"""Where climbs begin and end: drawn streets, one rule each."""

from collections.abc import Mapping

import numpy as np
import pytest

from guide.climbs.climbs import cut_network, see_terrain
from guide.domain.network import Flag, Kind
from tests.routing.ascii_maps import Town, town


def climbs_of(place: Town) -> set[str]:
    """Every climb by its nodes, foot first."""
    climbs = cut_network(see_terrain(place.network, place.heights), 3.0)
    label = {number: name for name, number in place.nodes.items()}
    network = place.network
    found = set()
    for climb in range(climbs.count):
        arcs = climbs.arcs_of(climb)
        ends = [(network.edge_tail, network.edge_head), (network.edge_head, network.edge_tail)]
        nodes = [label[int(ends[arcs[0] & 1][0][arcs[0] // 2])]]
        nodes += [label[int(ends[arc & 1][1][arc // 2])] for arc in arcs]
        found.add("".join(nodes))
    return found


def drawn(drawing: str, elevation_m: Mapping[str, float], **more: Mapping[str, object]) -> set[str]:
    return climbs_of(town(drawing, elevation_m=elevation_m, **more))  # type: ignore[arg-type]


def test_a_street_that_rises_is_a_climb_from_its_foot_to_its_head() -> None:
    assert drawn("A-B-C", {"A": 0, "B": 8, "C": 16}) == {"ABC"}
    assert drawn("A-B-C", {"A": 16, "B": 8, "C": 0}) == {"CBA"}


def test_level_ends_are_left_out() -> None:
    assert drawn("A---B-C-D---E", {"A": 0, "B": 0, "C": 9, "D": 18, "E": 18}) == {"BCD"}


def test_a_short_flat_within_is_climbed_over_and_a_long_one_parts_two_climbs() -> None:
    assert drawn("A-B-C-D", {"A": 0, "B": 9, "C": 9.5, "D": 18}) == {"ABCD"}
    assert drawn("A-B-----C-D", {"A": 0, "B": 9, "C": 9.5, "D": 18}) == {"AB", "CD"}


def test_a_hill_is_two_climbs() -> None:
    assert drawn("A-B-C-D-E", {"A": 0, "B": 9, "C": 18, "D": 9, "E": 0}) == {"ABC", "EDC"}


def test_a_nameless_street_ends_where_it_meets_another() -> None:
    assert drawn("""
        B-A-C
          |
          D
        """, {"A": 10, "B": 20, "C": 0, "D": 0}) == {"DA", "CAB"}  # fmt: skip


def test_a_street_that_keeps_its_name_may_turn_at_a_junction() -> None:
    drawing = """
        A-B-E
          |
          C
        """
    heights = {"A": 0, "B": 9, "C": 18, "E": 18}
    assert drawn(drawing, heights) == {"ABE", "BC"}
    assert drawn(drawing, heights, names={"AB": "坂", "BC": "坂"}) == {"ABC", "BE"}


def test_a_street_does_not_go_on_under_another_name() -> None:
    assert drawn("A-B-C", {"A": 0, "B": 9, "C": 18}, names={"AB": "坂", "BC": "通り"}) == {"AB", "BC"}


def test_a_way_without_junction_may_bend_as_it_likes() -> None:
    assert drawn("""
        A-B
          |
        D-C
        """, {"A": 0, "B": 9, "C": 18, "D": 27}) == {"ABCD"}  # fmt: skip


def test_a_ring_is_opened_at_its_lowest_place() -> None:
    for lowest, rising in (("A", {"ABC", "ADC"}), ("B", {"BAD", "BCD"})):
        heights = {"A": 9.0, "B": 9.0, "C": 9.0, "D": 9.0, lowest: 0.0, {"A": "C", "B": "D"}[lowest]: 18.0}
        assert drawn("""
            A-B
            | |
            D-C
            """, heights) == rising  # fmt: skip


def test_one_way_or_not_a_climb_is_a_climb() -> None:
    heights = {"A": 0.0, "B": 9.0, "C": 18.0}
    assert drawn("A-B-C", heights, flags={"AB": Flag.NO_FORWARD, "BC": Flag.NO_BACKWARD}) == {"ABC"}


def test_an_unknown_height_ends_a_climb() -> None:
    heights = {"A": 0.0, "B": 9.0, "D": 0.0, "E": 9.0}
    assert drawn("A-B-C-D-E", heights) == {"AB", "DE"}


def test_stairs_climb_even_where_the_model_is_too_coarse_to_show_it() -> None:
    steps = {"kinds": {"AB": Kind.PATH, "BC": Kind.STEPS}, "step_counts": {"BC": 100}}
    assert "ABC" in drawn("A-B-C", {"A": 0, "B": 9, "C": 9}, **steps)


def test_stairs_of_which_the_model_is_sure_that_they_lead_down_do_not_lead_up() -> None:
    steps = {"kinds": {"BC": Kind.STEPS}, "step_counts": {"BC": 100}}
    assert drawn("A-B-C", {"A": 0, "B": 18, "C": 0}, **steps) == {"AB", "CB"}


def test_a_count_of_steps_that_cannot_be_is_not_believed() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 1}, kinds={"AB": Kind.STEPS}, step_counts={"AB": 9000})
    assert see_terrain(place.network, place.heights).stair_rise_m[0] == pytest.approx(75.0)


def test_a_named_street_that_climbs_throughout_is_one_climb_level_ends_and_all() -> None:
    heights = {"A": 0, "B": 0, "C": 20, "D": 20.5}
    assert drawn("A-B-----C-D", heights) == {"BC"}
    assert drawn("A-B-----C-D", heights, names=dict.fromkeys(("AB", "BC", "CD"), "坂")) == {"ABCD"}


def test_a_network_without_streets_has_no_climbs() -> None:
    assert climbs_of(town("A B")) == set()


def test_every_edge_lies_in_one_stroke() -> None:
    place = town("""
        A-B-C
        | | |
        D-E-F
        """, elevation_m=dict.fromkeys("ABCDEF", 1.0))  # fmt: skip
    strokes = see_terrain(place.network, place.heights).strokes
    assert sorted((strokes.arcs // 2).tolist()) == list(range(place.network.edge_count))
    assert np.array_equal(strokes.arcs[strokes.place_of] // 2, np.arange(place.network.edge_count))
