"""Blocks of the world: a town settled by itself and as a part of something larger has the same heights."""

import pickle
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.area.read import BuiltArea
from guide.domain.network import Flag, Network
from guide.terrain import blocks
from guide.terrain.blocks import block_numbers, cut_into_blocks
from guide.terrain.edges import HeightPlan, join_heights, plan_heights, settle_block, settle_heights
from guide.terrain.mosaic import Mosaic
from guide.terrain.sampling import sample_lines
from tests.terrain.made_network import Way, network_of
from tiles.report.areas import open_models, read_network
from tiles.report.made_terrain import lng_lat

SEEN_M = 1e-4
"""Of what lies beyond a block's margin nobody could see more in its heights."""


@pytest.fixture(scope="module")
def portland(sources: Path) -> tuple[Network, Mosaic]:
    """It lies across the border of two blocks."""
    return read_network("portland", sources), open_models("portland", sources)


@pytest.mark.area
def test_parts_settled_elsewhere_in_any_order_join_to_the_same_bits(portland: tuple[Network, Mosaic]) -> None:
    network, elevation = portland
    whole = settle_heights(network, elevation)
    plan = plan_heights(network, elevation)
    assert len(plan.blocks) > 1
    # A part travels to another machine, and its heights come back.
    parts = [pickle.dumps(plan.part(block)) for block in reversed(plan.blocks)]
    settled = [pickle.dumps(settle_block(pickle.loads(part), elevation)) for part in parts]  # noqa: S301 (our own)
    joined = join_heights(plan, [pickle.loads(each) for each in settled])  # noqa: S301
    for name, array in whole.heights.arrays().items():
        assert array.tobytes() == joined.heights.arrays()[name].tobytes(), name
    assert sorted(map(str, joined.findings)) == sorted(map(str, whole.findings))


@pytest.mark.area
def test_a_block_has_the_same_bits_whatever_else_is_built_with_it(portland: tuple[Network, Mosaic]) -> None:
    network, elevation = portland
    plan = plan_heights(network, elevation)
    for block in plan.blocks:
        alone = network.take(block.edges)
        small = HeightPlan(
            network=alone,
            spacing_m=plan.spacing_m,
            sources=plan.sources,
            errors=plan.errors,
            blocks=plan_heights(alone, elevation).blocks,
        )
        (again,) = (each for each in small.blocks if each.number == block.number)
        assert (block.edges[again.edges] == block.edges).all()
        one, other = (settle_block(each.part(at), elevation) for each, at in ((plan, block), (small, again)))
        assert one.elevation_m.tobytes() == other.elevation_m.tobytes()
        assert one.sigma_m.tobytes() == other.sigma_m.tobytes()


@pytest.mark.area
@pytest.mark.parametrize("area", ["portland", "osaka", "monaco"])
def test_what_lies_beyond_the_margin_is_not_seen_in_the_heights(
    area: str, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, elevation = read_network(area, sources), open_models(area, sources)
    cut = settle_heights(network, elevation).heights
    monkeypatch.setattr(blocks, "BLOCKS_PER_DEGREE", 1 / 64)
    assert len(plan_heights(network, elevation).blocks) == 1
    whole = settle_heights(network, elevation).heights
    assert (cut.sample_start == whole.sample_start).all()
    assert (np.isnan(cut.elevation_m) == np.isnan(whole.elevation_m)).all()
    assert np.nanmax(np.abs(cut.elevation_m - whole.elevation_m)) < SEEN_M
    assert np.nanmax(np.abs(cut.sigma_m - whole.sigma_m)) < SEEN_M


def test_every_sample_lies_in_one_block_and_a_block_sees_beyond_its_border() -> None:
    network = network_of([Way(xy=[(x, 0.0), (x + 900.0, 50.0)]) for x in np.arange(-20_000.0, 20_000.0, 900.0)])
    cut = cut_into_blocks(network, 10.0, np.full(network.node_count, -1))
    samples = sample_lines(network.point_start, network.point_lng_lat, 10.0)
    number = block_numbers(samples.lng_lat)
    assert sorted(block.number for block in cut) == np.unique(number).tolist()
    edge = np.repeat(np.arange(network.edge_count), np.diff(samples.start))
    for block in cut:
        inside = np.unique(edge[number == block.number])
        assert np.isin(inside, block.edges).all()
        # Of a row of streets a block sees one more than it holds on each side where the row goes on.
        assert len(block.edges) > len(inside) or len(cut) == 1


def test_a_bridge_is_seen_whole_by_every_block_that_sees_any_of_it() -> None:
    """A causeway of 8 km that begins just before a border; its far end lies far beyond the margin."""
    border = lng_lat(np.array([[0.0, 0.0]]))[0]
    east_deg = (np.ceil(border[0] * 8) / 8 - border[0]) * 111_195 * np.cos(np.radians(border[1]))
    xs = east_deg - 500.0 + np.arange(0.0, 9000.0, 1000.0)
    ways = [Way(xy=[(a, 0.0), (b, 0.0)], flags=Flag.BRIDGE) for a, b in pairwise(xs)]
    ways += [Way(xy=[(xs[0] - 3000.0, 0.0), (xs[0], 0.0)]), Way(xy=[(xs[-1], 0.0), (xs[-1] + 50.0, 0.0)])]
    network = network_of(ways)
    group = np.where(np.isin(np.arange(network.node_count), np.unique(network.edge_tail[: len(xs) - 1])), 7, -1)
    alone = {block.number: block for block in cut_into_blocks(network, 10.0, np.full(network.node_count, -1))}
    together = {block.number: block for block in cut_into_blocks(network, 10.0, group)}
    west = min(alone)
    assert len(alone[west].edges) < len(xs)
    assert np.isin(np.arange(len(xs) - 1), together[west].edges).all()


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_samples_of_a_line_are_its_own_whatever_is_sampled_with_it(data: st.DataObject) -> None:
    points = st.lists(
        st.tuples(st.floats(139.0, 141.0), st.floats(41.0, 42.0)) | st.just((140.0, 41.5)), min_size=2, max_size=12
    )
    lines = data.draw(st.lists(points, min_size=2, max_size=8))
    chosen = data.draw(st.lists(st.sampled_from(range(len(lines))), min_size=1, max_size=4, unique=True))
    whole, some = (_samples(each) for each in (lines, [lines[number] for number in chosen]))
    for place, number in enumerate(chosen):
        assert whole[number][0].tobytes() == some[place][0].tobytes()
        assert whole[number][1].tobytes() == some[place][1].tobytes()


def _samples(lines: list[list[tuple[float, float]]]) -> list[tuple[np.ndarray, np.ndarray]]:  # type: ignore[type-arg]
    start = np.concatenate(([0], np.cumsum([len(line) for line in lines])))
    samples = sample_lines(start, np.array([place for line in lines for place in line]), 3000.0)
    spans = [slice(a, b) for a, b in zip(samples.start[:-1], samples.start[1:], strict=True)]
    return [(samples.distance_m[span], samples.lng_lat[span]) for span in spans]


def test_a_network_of_some_edges_keeps_what_they_are(built: Callable[[str], BuiltArea]) -> None:
    streets = built("sample").streets
    assert streets is not None
    network = streets.network
    edges = np.arange(3, network.edge_count, 7)
    some = network.take(edges)
    assert some.edge_count == len(edges)
    for place, edge in enumerate(edges.tolist()):
        assert (some.edge_line(place) == network.edge_line(edge)).all()
        assert (some.node_lng_lat[some.edge_tail[place]] == network.node_lng_lat[network.edge_tail[edge]]).all()
        assert some.edge_street_name(place) == network.edge_street_name(edge)
