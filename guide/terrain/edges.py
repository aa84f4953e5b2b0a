"""Heights onto every edge of a network."""

from typing import Final

import numpy as np

from guide.domain.elevation import Elevation
from guide.domain.network import Network, NetworkHeights
from guide.terrain.sampling import sample_lines
from guide.terrain.structures import span_structures

SPACING_M: Final = 10.0
"""Distance between samples at most; finer promises more than the usual elevation models hold."""


def network_heights(network: Network, elevation: Elevation) -> NetworkHeights:
    """Heights along every edge, with bridges and tunnels spanned between their portals; NaN where unknown."""
    samples = sample_lines(network.point_start, network.point_lng_lat, SPACING_M)
    found = elevation.sample(samples.lng_lat)
    heights = NetworkHeights(
        sample_start=samples.start,
        distance_m=samples.distance_m,
        elevation_m=found.elevation_m,
        sigma_m=found.sigma_m,
        source=found.source,
        sources=tuple(source.id for source in elevation.sources),
    )
    return span_structures(network, heights)


def unknown_length_m(network: Network, heights: NetworkHeights) -> float:
    """Metres of street with an unknown height anywhere on the edge."""
    unknown = np.add.reduceat(np.isnan(heights.elevation_m).astype(np.int64), heights.sample_start[:-1]) > 0
    return float(network.edge_length_m[unknown].sum())
