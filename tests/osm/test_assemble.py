"""Ways to a network: cut at junctions, whole in length, honest about what is missing."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from guide.domain.errors import SourceError
from guide.domain.network import Network
from tiles.osm.assemble import assemble_network
from tiles.osm.extract import Extract, Way, make_extract

GEOD = Geod(ellps="WGS84")


def extract_of(ways: list[list[int]], nodes: set[int] | None = None, tags: dict[str, str] | None = None) -> Extract:
    """Ways along nodes that lie on a grid of a hundredth of a degree, ten a row."""
    used = {ref for way in ways for ref in way} if nodes is None else nodes
    places = {node: ((abs(node) % 10) * 0.01, (abs(node) // 10) * 0.01) for node in used}
    return make_extract(
        [Way(id=number + 1, refs=refs, tags=tags or {"highway": "path"}) for number, refs in enumerate(ways)],
        [],
        places,
    )


def edges_of(network: Network) -> set[tuple[int, int]]:
    ids = network.node_osm_id
    return {(int(ids[tail]), int(ids[head])) for tail, head in zip(network.edge_tail, network.edge_head, strict=True)}


def test_a_way_is_cut_where_another_meets_it() -> None:
    network, findings = assemble_network(extract_of([[1, 2, 3, 4], [3, 13]]), "test")
    assert edges_of(network) == {(1, 3), (3, 4), (3, 13)}
    assert findings == []


def test_each_point_of_a_line_has_its_id() -> None:
    network, _ = assemble_network(extract_of([[1, 2, 3, 4], [3, 13]]), "test")
    assert network.point_osm_id.tolist() == [1, 2, 3, 3, 4, 3, 13]
    assert network.take(np.array([1, 2])).point_osm_id.tolist() == [3, 4, 3, 13]


def test_a_way_that_crosses_itself_is_cut_there() -> None:
    network, _ = assemble_network(extract_of([[1, 2, 12, 11, 2, 3]]), "test")
    assert edges_of(network) == {(1, 2), (2, 2), (2, 3)}


def test_a_ring_is_one_edge_from_its_node_to_itself() -> None:
    network, _ = assemble_network(extract_of([[1, 2, 12, 1]]), "test")
    assert edges_of(network) == {(1, 1)}


def test_negative_ids_are_ids() -> None:
    network, _ = assemble_network(extract_of([[-3, -2, 5], [-2, 12]]), "test")
    assert edges_of(network) == {(-3, -2), (-2, 5), (-2, 12)}


def test_a_missing_node_cuts_the_way_and_is_told() -> None:
    network, findings = assemble_network(extract_of([[1, 2, 99, 3, 4]], nodes={1, 2, 3, 4}), "hills.osm")
    assert edges_of(network) == {(1, 2), (3, 4)}
    assert [finding.code for finding in findings] == ["osm.missing-nodes"]
    assert "way 1" in findings[0].line("en")


def test_a_node_left_alone_by_missing_ones_is_no_edge() -> None:
    network, _ = assemble_network(extract_of([[1, 99, 2, 98, 3, 4]], nodes={1, 2, 3, 4}), "test")
    assert edges_of(network) == {(3, 4)}


def test_repeated_nodes_are_one() -> None:
    network, _ = assemble_network(extract_of([[1, 1, 2, 2, 3]]), "test")
    assert edges_of(network) == {(1, 3)}
    assert len(network.edge_line(0)) == 3


@pytest.mark.parametrize("ways", [[], [[1]], [[7, 7]]])
def test_an_extract_without_streets_is_refused(ways: list[list[int]]) -> None:
    with pytest.raises(SourceError, match="no street that can be walked"):
        assemble_network(extract_of(ways), "empty.osm")


def test_steps_of_a_way_are_shared_out_over_its_edges() -> None:
    tags = {"highway": "steps", "step_count": "100"}
    network, _ = assemble_network(extract_of([[1, 2, 3, 4], [2, 12], [3, 13]], tags=tags), "test")
    of_first = network.edge_way_id == 1
    assert network.edge_step_count[of_first].sum() == 100
    assert of_first.sum() == 3


@given(st.lists(st.lists(st.integers(-40, 40), min_size=2, max_size=9), min_size=1, max_size=8))
def test_edges_hold_exactly_the_length_of_the_ways(ways: list[list[int]]) -> None:
    extract = extract_of(ways)
    place = {int(node): tuple(at) for node, at in zip(extract.node_ids, extract.node_lng_lat.tolist(), strict=True)}
    expected = sum(GEOD.inv(*place[a], *place[b])[2] for way in ways for a, b in pairwise(way) if a != b)
    if not any(a != b for way in ways for a, b in pairwise(way)):
        return
    network, _ = assemble_network(extract, "test")
    assert network.edge_length_m.sum() == pytest.approx(expected)
    starts, ends = network.point_start[:-1], network.point_start[1:] - 1
    assert np.array_equal(network.point_lng_lat[starts], network.node_lng_lat[network.edge_tail])
    assert np.array_equal(network.point_lng_lat[ends], network.node_lng_lat[network.edge_head])


@given(st.lists(st.lists(st.integers(0, 40), min_size=2, max_size=9, unique=True), min_size=1, max_size=8))
def test_no_edge_runs_through_a_junction(ways: list[list[int]]) -> None:
    network, _ = assemble_network(extract_of(ways), "test")
    inner = np.ones(len(network.point_lng_lat), dtype=bool)
    inner[network.point_start[:-1]] = inner[network.point_start[1:] - 1] = False
    junctions = {tuple(place) for place in network.node_lng_lat.tolist()}
    assert not junctions & {tuple(place) for place in network.point_lng_lat[inner].tolist()}
