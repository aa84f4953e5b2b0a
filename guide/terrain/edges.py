"""Heights onto every edge of a network: sampled, structures hung, smoothed; block by block of the world."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, HeightErrors
from guide.domain.findings import Finding
from guide.domain.network import Network, NetworkHeights
from guide.terrain.blocks import Block, block_numbers, cut_into_blocks
from guide.terrain.cliffs import look_across
from guide.terrain.deck_notes import DeckNotes, deck_findings, take_notes
from guide.terrain.decks import deck_groups
from guide.terrain.network_smoothing import smooth_network
from guide.terrain.sample_graph import SHORTEST_M, bends, sample_graph
from guide.terrain.sampling import LineSamples, sample_lines, spacing_m
from guide.terrain.smoothing import remove_spikes, smoothing_length_m
from guide.terrain.structures import span_structures
from guide.terrain.uncertainty import estimate_errors, places_to_see


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledHeights:
    """Heights along every edge, the errors of each of their sources, and what was noticed on the way."""

    heights: NetworkHeights
    errors: tuple[HeightErrors, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightPlan:
    """What must be known of a whole network before its blocks can be settled, each by itself."""

    network: Network
    spacing_m: float
    sources: tuple[str, ...]
    errors: tuple[HeightErrors, ...]
    blocks: tuple[Block, ...]

    def part(self, block: Block) -> "BlockPart":
        """One block with all that it needs but the elevation."""
        return BlockPart(
            block=block, network=self.network.take(block.edges), spacing_m=self.spacing_m, errors=self.errors
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPart:
    """One block to settle: ``network`` holds the edges that it sees, in their order."""

    block: Block
    network: Network
    spacing_m: float
    errors: tuple[HeightErrors, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockHeights:
    """The samples within one block, (n,) each: of which edge, how far along, how high; and what was noticed.

    ``place`` counts an edge's samples from its tail.
    """

    edge: NDArray[np.int64]
    place: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    source: NDArray[np.int16]
    notes: DeckNotes


def settle_heights(network: Network, elevation: Elevation) -> SettledHeights:
    """Heights along every edge with structures hung between their portals, spikes gone and noise smoothed."""
    plan = plan_heights(network, elevation)
    return join_heights(plan, [settle_block(plan.part(block), elevation) for block in plan.blocks])


def plan_heights(network: Network, elevation: Elevation) -> HeightPlan:
    """How the models err among these streets, and the blocks to settle."""
    finest_m = min((source.resolution_m for source in elevation.sources), default=0.0)
    distance_m = spacing_m(finest_m)
    errors = estimate_errors(elevation, _places(network, distance_m, places_to_see(elevation)))
    cell_m = _by_source([each.resolution_m for each in errors])[elevation.sample(network.node_lng_lat).source]
    blocks = cut_into_blocks(network, distance_m, deck_groups(network, cell_m))
    sources = tuple(source.id for source in elevation.sources)
    return HeightPlan(network=network, spacing_m=distance_m, sources=sources, errors=errors, blocks=tuple(blocks))


def settle_block(part: BlockPart, elevation: Elevation) -> BlockHeights:
    """The heights of one block's samples; see ``guide.terrain.blocks`` for what it sees around them."""
    network = part.network
    samples = sample_lines(network.point_start, network.point_lng_lat, part.spacing_m)
    found = elevation.sample(samples.lng_lat)
    sigma_m = _by_source([each.sigma_m for each in part.errors])[found.source]
    cell_m = _by_source([each.resolution_m for each in part.errors])[found.source]
    flow_m = _by_source([smoothing_length_m(each) for each in part.errors])[found.source]
    height_m, _ = remove_spikes(samples.start, samples.distance_m, found.elevation_m, sigma_m)
    graph = sample_graph(network, samples)
    grade = _steeper_grade(samples, height_m)
    across = look_across(elevation, samples, grade, height_m, sigma_m, cell_m)
    spanned = span_structures(
        network,
        graph,
        graph.at_vertices(height_m),
        graph.at_vertices(np.hypot(sigma_m, across.extra_m)),
        graph.at_vertices(cell_m),
    )
    lng_lat = graph.at_vertices(samples.lng_lat)
    smooth_m = smooth_network(
        graph,
        bends(network, graph, lng_lat),
        height_m=spanned.elevation_m,
        sigma_m=graph.at_vertices(sigma_m),
        weight=graph.at_vertices(across.weight),
        length_m=np.nan_to_num(graph.at_vertices(flow_m)),
        held=spanned.held,
    )
    own = np.flatnonzero(block_numbers(samples.lng_lat) == part.block.number)
    edge = np.repeat(np.arange(network.edge_count), np.diff(samples.start))[own]
    return BlockHeights(
        edge=part.block.edges[edge],
        place=own - samples.start[edge],
        distance_m=samples.distance_m[own],
        elevation_m=smooth_m[graph.vertex[own]],
        sigma_m=spanned.sigma_m[graph.vertex[own]],
        source=found.source[own],
        notes=take_notes(network, graph, spanned, block_numbers(lng_lat) == part.block.number),
    )


def join_heights(plan: HeightPlan, blocks: Sequence[BlockHeights]) -> SettledHeights:
    """The heights of all blocks as those of the network; in whatever order the blocks come."""
    count = np.zeros(plan.network.edge_count, dtype=np.int64)
    for block in blocks:
        count += np.bincount(block.edge, minlength=len(count))
    start = np.concatenate(([0], np.cumsum(count)))
    distance_m, elevation_m, sigma_m = (np.full(start[-1], np.nan) for _ in range(3))
    source = np.full(start[-1], -1, dtype=np.int16)
    for block in blocks:
        here = start[block.edge] + block.place
        distance_m[here], elevation_m[here] = block.distance_m, block.elevation_m
        sigma_m[here], source[here] = block.sigma_m, block.source
    assert np.isfinite(distance_m).all(), "each sample lies in one block"  # noqa: S101
    heights = NetworkHeights(
        sample_start=start,
        distance_m=distance_m,
        elevation_m=elevation_m,
        sigma_m=sigma_m,
        source=source,
        sources=plan.sources,
    )
    return SettledHeights(
        heights=heights, errors=plan.errors, findings=deck_findings([block.notes for block in blocks])
    )


def unknown_length_m(network: Network, heights: NetworkHeights) -> float:
    """Metres of street with an unknown height anywhere on the edge."""
    unknown = np.add.reduceat(np.isnan(heights.elevation_m).astype(np.int64), heights.sample_start[:-1]) > 0
    return float(network.edge_length_m[unknown].sum())


def _by_source(values: Sequence[float]) -> NDArray[np.float64]:
    """The values of all sources, and NaN for the last, which is what -1 asks for."""
    return np.array([*values, np.nan])


def _places(network: Network, spacing_m: float, wanted: int) -> NDArray[np.float64]:
    """So many of the places at which a network is sampled, spread evenly; all if there are fewer."""
    last = np.cumsum(np.maximum(np.ceil(network.edge_length_m / spacing_m), 1).astype(np.int64) + 1)
    if not len(last):
        return np.empty((0, 2))
    chosen = np.linspace(0, last[-1] - 1, min(wanted, int(last[-1]))).astype(np.int64)
    edges, which = np.unique(np.searchsorted(last, chosen, side="right"), return_inverse=True)
    some = network.take(edges)
    samples = sample_lines(some.point_start, some.point_lng_lat, spacing_m)
    from_tail = chosen - np.concatenate(([0], last))[edges[which]]
    return np.asarray(samples.lng_lat[np.minimum(samples.start[which] + from_tail, samples.start[which + 1] - 1)])


def _steeper_grade(samples: LineSamples, height_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(S,) the steeper of the absolute grades to the samples before and after on the same edge."""
    piece = np.diff(height_m) / np.maximum(np.diff(samples.distance_m), SHORTEST_M)
    piece[samples.start[1:-1] - 1] = 0.0
    piece = np.nan_to_num(np.abs(piece))
    return np.asarray(np.maximum(np.append(piece, 0.0), np.insert(piece, 0, 0.0)))
