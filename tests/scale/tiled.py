"""A built area's streets many times over, in memory: a square of copies joined by roads, for the router alone."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from guide.area.arrays import Streets
from guide.domain.network import Network, NetworkHeights

_ROADS = 6
_LONG_M = 500.0


def tiled(streets: Streets, copies: int) -> tuple[Network, NetworkHeights]:
    """``copies`` of an area in rows and columns; each is joined to the next one and the one above by some roads."""
    network, heights = streets.network, streets.heights
    low, high = network.node_lng_lat.min(axis=0), network.node_lng_lat.max(axis=0)
    wide = int(np.ceil(np.sqrt(copies)))
    shifts = [np.array([number % wide, number // wide]) * (high - low) * 1.05 for number in range(copies)]
    nodes = network.node_count
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, array in network.arrays().items():
        if name == "point_start":
            arrays[name] = _starts(array, copies)
        elif name.endswith("_lng_lat"):
            arrays[name] = np.concatenate([array + shift for shift in shifts])
        elif name in {"edge_tail", "edge_head"}:
            arrays[name] = np.concatenate([array + nodes * number for number in range(copies)]).astype(np.int32)
        else:
            arrays[name] = np.concatenate([array] * copies)
    many = Network(**arrays, names=network.names, surfaces=network.surfaces)  # type: ignore[arg-type]
    samples = {name: np.concatenate([array] * copies) for name, array in heights.arrays().items()}
    samples["sample_start"] = _starts(heights.sample_start, copies)
    all_heights = NetworkHeights(**samples, sources=heights.sources)  # type: ignore[arg-type]
    return _joined(many, all_heights, network, copies, wide)


def _starts(start: NDArray[np.generic], copies: int) -> NDArray[np.int64]:
    counts = np.diff(start.astype(np.int64))
    return np.concatenate(([0], np.cumsum(np.tile(counts, copies))))


def _joined(
    many: Network, heights: NetworkHeights, one: Network, copies: int, wide: int
) -> tuple[Network, NetworkHeights]:
    """With roads between neighbours: level, half a kilometre long, between each one's outermost nodes."""
    used = np.unique(one.edge_tail)
    east = used[np.argsort(one.node_lng_lat[used, 0])]
    north = used[np.argsort(one.node_lng_lat[used, 1])]
    pairs = []
    for number in range(copies):
        for step, order in ((1, east), (wide, north)):
            if number + step < copies and (step != 1 or (number + 1) % wide):
                here, there = (
                    order[-_ROADS:] + number * one.node_count,
                    order[:_ROADS] + (number + step) * one.node_count,
                )
                pairs += list(zip(here.tolist(), there.tolist(), strict=True))
    tail, head = np.array(pairs, dtype=np.int32).T
    count = len(tail)
    arrays = many.arrays()
    for name, array in arrays.items():
        if name.startswith("edge_"):
            arrays[name] = np.concatenate((array, np.repeat(array[:1], count)))
    arrays["edge_tail"] = np.concatenate((many.edge_tail, tail))
    arrays["edge_head"] = np.concatenate((many.edge_head, head))
    arrays["edge_length_m"] = np.concatenate((many.edge_length_m, np.full(count, _LONG_M)))
    arrays["edge_flags"] = np.concatenate((many.edge_flags, np.zeros(count, dtype=np.uint16)))
    arrays["point_start"] = np.concatenate((many.point_start, many.point_start[-1] + 2 * np.arange(1, count + 1)))
    lines = np.stack((many.node_lng_lat[tail], many.node_lng_lat[head]), axis=1).reshape(-1, 2)
    arrays["point_lng_lat"] = np.concatenate((many.point_lng_lat, lines))
    arrays["point_osm_id"] = np.concatenate((many.point_osm_id, np.zeros(2 * count, dtype=np.int64)))
    samples = heights.arrays()
    starts = heights.sample_start
    more = {
        "distance_m": np.tile([0.0, _LONG_M], count),
        "elevation_m": np.zeros(2 * count),
        "sigma_m": np.ones(2 * count),
        "source": np.zeros(2 * count, dtype=np.int16),
    }
    joined = {name: np.concatenate((samples[name], values)) for name, values in more.items()}
    joined["sample_start"] = np.concatenate((starts, starts[-1] + 2 * np.arange(1, count + 1)))
    return replace(many, **arrays), replace(heights, **joined)  # type: ignore[arg-type]
