"""Street networks drawn as maps.

    A--B--C
    |     |
    D-----E

Letters and ``+`` are nodes, ``-`` and ``|`` streets, 50 m a cell (a cell is one character wide or one line high).
An edge is called by its nodes ("AB"); it runs from the left or upper node to the right or lower one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Flag, Kind, Network, NetworkHeights, StreetName

CELL_M = 50.0
ORIGIN = (141.0, 42.3)
DEGREES_PER_M = (1 / 82400.0, 1 / 111080.0)  # near enough at this latitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A network with the names of its nodes and edges."""

    network: Network
    heights: NetworkHeights
    nodes: Mapping[str, int]
    edges: Mapping[str, int]

    def arc(self, name: str) -> int:
        """The arc from one node to its neighbour: "AB" or "BA"."""
        return 2 * self.edges[name] if name in self.edges else 2 * self.edges[name[::-1]] + 1

    def place(self, node: str) -> tuple[float, float]:
        """Where a node lies, in degrees."""
        longitude, latitude = self.network.node_lng_lat[self.nodes[node]]
        return float(longitude), float(latitude)

    def on(self, edge: str, fraction: float) -> tuple[float, float]:
        """A place on a straight edge, in degrees."""
        line = self.network.edge_line(self.edges[edge])
        longitude, latitude = line[0] + (line[-1] - line[0]) * fraction
        return float(longitude), float(latitude)


def town(
    drawing: str,
    *,
    elevation_m: Mapping[str, float] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    flags: Mapping[str, Flag] | None = None,
    names: Mapping[str, str] | None = None,
    step_counts: Mapping[str, int] | None = None,
) -> Town:
    """The town of a drawing. Heights run straight between nodes; a node without one, if others have, is unknown."""
    rows = [line for line in drawing.splitlines() if line.strip()]
    width = max(map(len, rows))
    rows = [row.ljust(width) for row in rows]
    cells = {(r, c): row[c] for r, row in enumerate(rows) for c in range(width)}
    nodes: dict[str, int] = {}
    where: dict[tuple[int, int], int] = {}
    for cell, sign in cells.items():
        if sign.isalpha() or sign == "+":
            where[cell] = len(where)
            nodes[sign if sign != "+" else f"+{len(where)}"] = where[cell]
    label = {index: name for name, index in nodes.items()}

    pairs: list[tuple[int, int, float]] = []
    for (r, c), tail in where.items():
        for line, (down, right) in (("-", (0, 1)), ("|", (1, 0))):
            steps = 1
            while cells.get((r + down * steps, c + right * steps)) == line:
                steps += 1
            end = (r + down * steps, c + right * steps)
            if steps > 1 and end in where:
                pairs.append((tail, where[end], CELL_M * steps))
    places = np.array(
        [(ORIGIN[0] + c * CELL_M * DEGREES_PER_M[0], ORIGIN[1] - r * CELL_M * DEGREES_PER_M[1]) for r, c in where]
    )
    network = network_of(places, pairs)
    edges = {label[tail] + label[head]: index for index, (tail, head, _) in enumerate(pairs)}
    network = _with(network, edges, kinds or {}, flags or {}, names or {}, step_counts or {})
    at = np.zeros(len(where))
    if elevation_m is not None:
        at = np.array([elevation_m.get(label[index], np.nan) for index in range(len(where))])
    return Town(network=network, heights=straight_heights(network, at), nodes=nodes, edges=edges)


def network_of(places: NDArray[np.float64], pairs: list[tuple[int, int, float]]) -> Network:
    """A network of straight edges: tail, head and length in metres of each."""
    tail = np.array([pair[0] for pair in pairs], dtype=np.int32)
    head = np.array([pair[1] for pair in pairs], dtype=np.int32)
    count = len(pairs)
    points = np.stack((places[tail], places[head]), axis=1).reshape(-1, 2) if count else np.zeros((0, 2))
    return Network(
        node_lng_lat=places.astype(np.float64),
        node_osm_id=np.arange(1, len(places) + 1),
        edge_tail=tail,
        edge_head=head,
        edge_way_id=np.arange(1, count + 1),
        edge_length_m=np.array([pair[2] for pair in pairs], dtype=np.float64),
        edge_kind=np.full(count, Kind.RESIDENTIAL, dtype=np.uint8),
        edge_flags=np.zeros(count, dtype=np.uint16),
        edge_layer=np.zeros(count, dtype=np.int8),
        edge_surface=np.full(count, -1, dtype=np.int16),
        edge_name=np.full(count, -1, dtype=np.int32),
        edge_step_count=np.full(count, -1, dtype=np.int16),
        edge_incline_percent=np.full(count, np.nan, dtype=np.float32),
        edge_riser_m=np.full(count, np.nan, dtype=np.float32),
        edge_width_m=np.full(count, np.nan, dtype=np.float32),
        edge_kerb_m=np.full(count, np.nan, dtype=np.float32),
        edge_access=np.zeros(count, dtype=np.uint8),
        edge_smoothness=np.zeros(count, dtype=np.uint8),
        point_start=np.arange(0, 2 * count + 1, 2, dtype=np.int64),
        point_lng_lat=points,
        point_osm_id=np.stack((tail, head), axis=1).ravel().astype(np.int64) + 1,
        names=(),
        surfaces=(),
    )


def straight_heights(
    network: Network, node_elevation_m: NDArray[np.float64], spacing_m: float = 10.0
) -> NetworkHeights:
    """Samples along straight edges, heights linear between their nodes."""
    distances, elevations, counts = [], [], []
    for edge in range(network.edge_count):
        length = float(network.edge_length_m[edge])
        count = max(2, int(np.ceil(length / spacing_m)) + 1)
        distances.append(np.linspace(0.0, length, count))
        low, high = node_elevation_m[network.edge_tail[edge]], node_elevation_m[network.edge_head[edge]]
        elevations.append(np.linspace(low, high, count))
        counts.append(count)
    elevation = np.concatenate(elevations) if elevations else np.zeros(0)
    known = np.isfinite(elevation)
    return NetworkHeights(
        sample_start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        distance_m=np.concatenate(distances) if distances else np.zeros(0),
        elevation_m=elevation,
        sigma_m=np.where(known, 0.1, np.nan),
        source=np.where(known, 0, -1).astype(np.int16),
        sources=("drawn",),
    )


def _with(
    network: Network,
    edges: Mapping[str, int],
    kinds: Mapping[str, Kind],
    flags: Mapping[str, Flag],
    names: Mapping[str, str],
    step_counts: Mapping[str, int],
) -> Network:
    for edge, kind in kinds.items():
        network.edge_kind[edges[edge]] = kind
    for edge, flag in flags.items():
        network.edge_flags[edges[edge]] |= flag
    for edge, count in step_counts.items():
        network.edge_step_count[edges[edge]] = count
    texts = sorted(set(names.values()))
    for edge, name in names.items():
        network.edge_name[edges[edge]] = texts.index(name)
    return replace(network, names=tuple(StreetName(local=text) for text in texts))
