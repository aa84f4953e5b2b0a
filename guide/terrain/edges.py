"""Heights onto every edge of a network: sampled, structures hung, smoothed, all edges at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, HeightErrors
from guide.domain.findings import Finding
from guide.domain.network import Network, NetworkHeights
from guide.terrain.cliffs import look_across
from guide.terrain.network_smoothing import smooth_network
from guide.terrain.sample_graph import SHORTEST_M, bends, sample_graph
from guide.terrain.sampling import LineSamples, sample_lines, spacing_m
from guide.terrain.smoothing import remove_spikes, smoothing_length_m
from guide.terrain.structures import span_structures
from guide.terrain.uncertainty import estimate_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledHeights:
    """Heights along every edge, the errors of each of their sources, and what was noticed on the way."""

    heights: NetworkHeights
    errors: tuple[HeightErrors, ...]
    findings: tuple[Finding, ...]


def settle_heights(network: Network, elevation: Elevation) -> SettledHeights:
    """Heights along every edge with structures hung between their portals, spikes gone and noise smoothed."""
    finest_m = min((source.resolution_m for source in elevation.sources), default=0.0)
    samples = sample_lines(network.point_start, network.point_lng_lat, spacing_m(finest_m))
    found = elevation.sample(samples.lng_lat)
    errors = estimate_errors(elevation, samples.lng_lat)
    sigma_m = np.array([each.sigma_m for each in errors] + [np.nan])[found.source]
    cell_m = np.array([each.resolution_m for each in errors] + [np.nan])[found.source]
    flow_m = np.array([smoothing_length_m(each) for each in errors] + [np.nan])[found.source]
    height_m, _ = remove_spikes(samples.start, samples.distance_m, found.elevation_m, sigma_m)
    heights = NetworkHeights(
        sample_start=samples.start,
        distance_m=samples.distance_m,
        elevation_m=height_m,
        sigma_m=sigma_m,
        source=found.source,
        sources=tuple(source.id for source in elevation.sources),
    )
    graph = sample_graph(network, heights)
    grade = _steeper_grade(samples, height_m)
    across = look_across(elevation, samples.lng_lat, grade, height_m, sigma_m, cell_m)
    coarsest_m = float(np.nanmax(cell_m)) if np.isfinite(cell_m).any() else finest_m
    spanned = span_structures(
        network, graph, graph.at_vertices(height_m), graph.at_vertices(np.hypot(sigma_m, across.extra_m)), coarsest_m
    )
    smooth_m = smooth_network(
        graph,
        bends(network, graph, graph.at_vertices(samples.lng_lat)),
        height_m=spanned.elevation_m,
        sigma_m=graph.at_vertices(sigma_m),
        weight=graph.at_vertices(across.weight),
        length_m=np.nan_to_num(graph.at_vertices(flow_m)),
        held=spanned.held,
    )
    settled = NetworkHeights(
        sample_start=samples.start,
        distance_m=samples.distance_m,
        elevation_m=smooth_m[graph.vertex],
        sigma_m=spanned.sigma_m[graph.vertex],
        source=found.source,
        sources=heights.sources,
    )
    return SettledHeights(heights=settled, errors=errors, findings=spanned.findings)


def unknown_length_m(network: Network, heights: NetworkHeights) -> float:
    """Metres of street with an unknown height anywhere on the edge."""
    unknown = np.add.reduceat(np.isnan(heights.elevation_m).astype(np.int64), heights.sample_start[:-1]) > 0
    return float(network.edge_length_m[unknown].sum())


def _steeper_grade(samples: LineSamples, height_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(S,) the steeper of the absolute grades to the samples before and after on the same edge."""
    piece = np.diff(height_m) / np.maximum(np.diff(samples.distance_m), SHORTEST_M)
    piece[samples.start[1:-1] - 1] = 0.0
    piece = np.nan_to_num(np.abs(piece))
    return np.asarray(np.maximum(np.append(piece, 0.0), np.insert(piece, 0, 0.0)))
