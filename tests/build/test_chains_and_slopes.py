"""Names to lines: pieces of one street are one slope, namesakes far apart are two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.climbs.chains import join_chains, longest_path
from guide.climbs.index import StreetIndex
from guide.domain.network import Network
from guide.domain.slope import CatalogueSlope
from guide.placing.slopes import carries_word, find_slopes
from tiles.osm.assemble import assemble_network
from tiles.osm.extract import Way, make_extract

STEP_DEG = 0.001  # about 111 m


def network_of(ways: list[tuple[str, list[tuple[float, float]]]], highway: str = "residential") -> Network:
    """Ways by name along grid places; equal places are one node."""
    numbers: dict[tuple[float, float], int] = {}
    made = []
    for number, (name, places) in enumerate(ways):
        refs = [numbers.setdefault(place, len(numbers) + 1) for place in places]
        made.append(Way(id=number + 1, refs=refs, tags={"highway": highway, **({"name": name} if name else {})}))
    nodes = {number: (140 + x * STEP_DEG, 42 + y * STEP_DEG) for (x, y), number in numbers.items()}
    return assemble_network(make_extract(made, [], nodes), "test")[0]


def every_edge(network: Network) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(network.edge_count)


def test_pieces_in_any_direction_make_one_line() -> None:
    network = network_of([("坂", [(0, 0), (0, 1)]), ("坂", [(0, 2), (0, 1)]), ("坂", [(0, 2), (0, 3)])])
    chains = join_chains(StreetIndex(network), every_edge(network))
    assert len(chains) == 1
    arcs = longest_path(network, chains[0])
    assert len(arcs) == 3
    assert network.edge_length_m[[arc // 2 for arc in arcs]].sum() == pytest.approx(network.edge_length_m.sum())


def test_a_short_unnamed_crossing_joins_the_pieces_it_parts() -> None:
    network = network_of([("坂", [(0, 0), (0, 1)]), ("", [(0, 1), (0, 1.3)]), ("坂", [(0, 1.3), (0, 2)])])
    named = np.flatnonzero(network.edge_name >= 0)
    chains = join_chains(StreetIndex(network), named)
    assert len(chains) == 1
    assert len(longest_path(network, chains[0])) == 3


def test_pieces_near_each_other_but_not_joined_by_a_way_stay_apart() -> None:
    network = network_of([("坂", [(0, 0), (0, 1)]), ("坂", [(0, 1.3), (0, 2)])])
    assert len(join_chains(StreetIndex(network), every_edge(network))) == 2


def test_a_branch_is_left_out_of_the_line_and_told() -> None:
    network = network_of([("坂", [(0, 0), (0, 1), (0, 2)]), ("坂", [(0, 1), (1, 1)])])
    slopes, findings = find_slopes(network, [], ["坂"], "test")
    assert len(slopes) == 1
    assert len(slopes[0].arcs) == 2
    assert [finding.code for finding in findings] == ["slope.branched"]


def test_a_ring_is_followed_to_its_far_side() -> None:
    network = network_of(
        [("坂", [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]), ("", [(0, 0), (-1, 0)]), ("", [(1, 1), (2, 1)])]
    )
    named = np.flatnonzero(network.edge_name >= 0)
    (chain,) = join_chains(StreetIndex(network), named)
    arcs = longest_path(network, chain)
    assert network.edge_length_m[[arc // 2 for arc in arcs]].sum() == pytest.approx(
        network.edge_length_m[named].sum() / 2, rel=0.01
    )


@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_line_does_not_depend_on_how_its_pieces_are_drawn(order: list[int], turned: list[bool]) -> None:
    pieces = [[(0, n), (0, n + 1)] for n in range(6)]
    drawn = [("坂", pieces[n][::-1] if turned[n] else pieces[n]) for n in order]
    network = network_of(drawn)
    (chain,) = join_chains(StreetIndex(network), every_edge(network))
    arcs = longest_path(network, chain)
    assert len(arcs) == 6
    heads = np.where(
        np.array(arcs) % 2 == 0, network.edge_head[np.array(arcs) // 2], network.edge_tail[np.array(arcs) // 2]
    )
    tails = np.where(
        np.array(arcs) % 2 == 0, network.edge_tail[np.array(arcs) // 2], network.edge_head[np.array(arcs) // 2]
    )
    assert np.array_equal(heads[:-1], tails[1:])


def test_namesakes_far_apart_are_slopes_of_their_own() -> None:
    network = network_of([("八幡坂", [(0, 0), (0, 1)]), ("八幡坂", [(9, 0), (9, 1)])])
    slopes, findings = find_slopes(network, [], ["坂"], "test")
    assert len({slope.entry.id for slope in slopes}) == 2
    assert [finding.code for finding in findings] == ["slope.namesakes"]


def test_a_catalogue_entry_takes_the_namesake_it_lies_at() -> None:
    network = network_of([("八幡坂", [(0, 0), (0, 1)]), ("八幡坂", [(9, 0), (9, 1)])])
    entry = CatalogueSlope(id="hachiman", name="八幡坂", lng_lat=(140 + 9 * STEP_DEG, 42.0))
    slopes, _ = find_slopes(network, [entry], [], "test")
    assert network.edge_line(slopes[0].arcs[0] // 2)[0, 0] == pytest.approx(140 + 9 * STEP_DEG)


def test_a_catalogue_entry_without_a_place_does_not_choose_between_namesakes() -> None:
    network = network_of([("八幡坂", [(0, 0), (0, 1)]), ("八幡坂", [(9, 0), (9, 1)])])
    slopes, findings = find_slopes(network, [CatalogueSlope(id="hachiman", name="八幡坂")], [], "test")
    assert slopes[0].arcs == ()
    assert [finding.code for finding in findings] == ["slope.far-apart"]


def test_a_catalogue_entry_far_from_its_street_keeps_no_line() -> None:
    network = network_of([("八幡坂", [(0, 0), (0, 1)])])
    entry = CatalogueSlope(id="hachiman", name="八幡坂", lng_lat=(140.5, 42.0))
    slopes, findings = find_slopes(network, [entry], [], "test")
    assert slopes[0].arcs == ()
    assert [finding.code for finding in findings] == ["slope.far-from-street"]
    assert "m away" in findings[0].line("en")


def test_a_catalogue_entry_without_street_is_kept_and_told() -> None:
    network = network_of([("本町通り", [(0, 0), (0, 1)])])
    slopes, findings = find_slopes(network, [CatalogueSlope(id="hachiman", name="八幡坂")], ["坂"], "test")
    assert [slope.entry.id for slope in slopes] == ["hachiman"]
    assert [finding.code for finding in findings] == ["slope.no-street"]


def test_names_are_compared_by_what_they_say() -> None:
    network = network_of([("ＭＩＨＯＮ　Slope", [(0, 0), (0, 1)])])
    slopes, _ = find_slopes(network, [CatalogueSlope(id="mihon", name="Mihon slope")], [], "test")
    assert len(slopes[0].arcs) == 1


def test_only_the_stairs_of_an_ordinary_street_are_a_slope() -> None:
    stairs = network_of([("Hall Street", [(0, 0), (0, 1)])], highway="steps")
    street = network_of([("Hall Street", [(0, 0), (0, 1)])])
    assert len(find_slopes(stairs, [], ["坂"], "test")[0]) == 1
    assert find_slopes(street, [], ["坂"], "test")[0] == []


@pytest.mark.parametrize(
    ("name", "carries"),
    [
        ("八幡坂", True),
        ("坂下通り", False),
        ("八幡坂 (旧道)", True),
        ("Rua das Escadas", True),
        ("Escadaria da Sé", False),
        ("CALÇADA do Monte", True),
        ("Rua da Calçadinha", False),
    ],
)
def test_a_slope_word_is_a_word(name: str, carries: bool) -> None:  # noqa: FBT001 (a table of cases)
    assert carries_word(name, ["坂", "Escadas", "Calçada"]) is carries
