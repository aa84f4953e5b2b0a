"""Streets of one name as chains: pieces that touch, or nearly, are one; each has one longest way through it."""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from guide.climbs.index import StreetIndex
from guide.domain.network import Network

Chain = NDArray[np.int64]
"""Edges that belong together, in ascending order."""

GAP_M: Final = 40.0
"""Pieces of one name this near are one street, cut by a crossing or a square that carries no name."""

_EARTH_M_PER_DEG: Final = 111_195.0
_SHORTEST_M: Final = 0.01  # sparse matrices take an edge of length 0 for no edge


def join_chains(index: StreetIndex, edges: NDArray[np.int64]) -> list[Chain]:
    """Edges as chains, the longest first.

    Edges that share a node are joined, and so are pieces whose ends lie within ``GAP_M`` of each other if a way of at
    most twice that leads from one to the other; the edges of that way become part of the chain.
    """
    network = index.network
    labels = _components(network, edges)
    bridges = _gap_ways(index, edges, labels)
    if len(bridges):
        edges = np.unique(np.concatenate((edges, bridges)))
        labels = _components(network, edges)
    chains = [edges[labels == label] for label in range(labels.max() + 1)]
    return sorted(chains, key=lambda chain: (-network.edge_length_m[chain].sum(), chain[0]))


def longest_path(network: Network, chain: Chain) -> tuple[int, ...]:
    """The arcs of the longest shortest way between two ends of a chain.

    Ends are nodes where one edge of the chain meets no other; a ring without ends is opened at its first node and
    followed once to the farthest.
    """
    nodes, index = np.unique(np.concatenate((network.edge_tail[chain], network.edge_head[chain])), return_inverse=True)
    tail, head = index[: len(chain)], index[len(chain) :]
    matrix = _matrix(tail, head, network.edge_length_m[chain], len(nodes))
    ends = np.flatnonzero(np.bincount(index, minlength=len(nodes)) == 1)
    if len(ends) < 2:  # noqa: PLR2004 (a line has two ends)
        ends = np.arange(len(nodes))
    distance, before = dijkstra(matrix, directed=False, indices=ends, return_predecessors=True)
    to_ends = np.where(np.isfinite(distance[:, ends]), distance[:, ends], -1.0)
    start, end = np.unravel_index(int(np.argmax(to_ends)), to_ends.shape)
    path = [int(ends[end])]
    while path[-1] != ends[start]:
        path.append(int(before[start, path[-1]]))
    path.reverse()
    return tuple(_arc(network, chain, tail, head, a, b) for a, b in pairwise(path))


def metres_from(network: Network, chain: Chain, lng_lat: tuple[float, float]) -> float:
    """Metres from a point to the nearest line point of a chain (within a percent, at the scale of a town)."""
    points = np.concatenate([network.edge_line(int(edge)) for edge in chain])
    offset = (points - np.array(lng_lat)) * _EARTH_M_PER_DEG
    offset[:, 0] *= np.cos(np.radians(lng_lat[1]))
    return float(np.hypot(offset[:, 0], offset[:, 1]).min())


def _components(network: Network, edges: NDArray[np.int64]) -> NDArray[np.int32]:
    tail, head = network.edge_tail[edges], network.edge_head[edges]
    nodes, index = np.unique(np.concatenate((tail, head)), return_inverse=True)
    joined = csr_array((np.ones(len(edges)), (index[: len(edges)], index[len(edges) :])), shape=(len(nodes),) * 2)
    labels: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return labels[index[: len(edges)]]


def _gap_ways(index: StreetIndex, edges: NDArray[np.int64], labels: NDArray[np.int32]) -> NDArray[np.int64]:
    """Edges of the short ways that join pieces lying close together."""
    if labels.max() == 0:
        return np.empty(0, dtype=np.int64)
    network = index.network
    nodes = np.concatenate((network.edge_tail[edges], network.edge_head[edges]))
    piece = np.concatenate((labels, labels))
    nodes, first = np.unique(nodes, return_index=True)
    piece = piece[first]
    found = []
    for a, b in sorted(cKDTree(_in_space(network.node_lng_lat[nodes])).query_pairs(GAP_M)):
        if piece[a] != piece[b]:
            way = _short_way(index, int(nodes[a]), int(nodes[b]))
            if way is not None:
                found.append(way)
                piece[piece == piece[b]] = piece[a]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _in_space(lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 3) metres from the Earth's middle: namesakes may lie anywhere, and no plane is true to scale everywhere."""
    lng, lat = np.radians(lng_lat).T
    unit = np.stack((np.cos(lat) * np.cos(lng), np.cos(lat) * np.sin(lng), np.sin(lat)), axis=1)
    return np.asarray(np.degrees(_EARTH_M_PER_DEG) * unit)


def _short_way(index: StreetIndex, start: int, end: int) -> NDArray[np.int64] | None:
    """The edges of the shortest way between two nodes if it is at most twice ``GAP_M`` long."""
    network = index.network
    middle = (network.node_lng_lat[start] + network.node_lng_lat[end]) / 2
    reach = 2 * GAP_M / _EARTH_M_PER_DEG / max(np.cos(np.radians(middle[1])), 0.1)
    near = index.edges_in((*(middle - 1.01 * reach).tolist(), *(middle + 1.01 * reach).tolist()))
    for end_node in (network.edge_tail, network.edge_head):
        near = near[(np.abs(network.node_lng_lat[end_node[near]] - middle) <= reach).all(axis=1)]
    nodes, local = np.unique(np.concatenate((network.edge_tail[near], network.edge_head[near])), return_inverse=True)
    if start not in nodes or end not in nodes:
        return None
    tail, head = local[: len(near)], local[len(near) :]
    matrix = _matrix(tail, head, network.edge_length_m[near], len(nodes))
    a, b = int(np.searchsorted(nodes, start)), int(np.searchsorted(nodes, end))
    distance, before = dijkstra(matrix, directed=False, indices=[a], limit=2 * GAP_M, return_predecessors=True)
    if not np.isfinite(distance[0, b]):
        return None
    path = [b]
    while path[-1] != a:
        path.append(int(before[0, path[-1]]))
    arcs = [_arc(network, near, tail, head, x, y) for x, y in pairwise(path)]
    return np.array([arc // 2 for arc in arcs], dtype=np.int64)


def _matrix(tail: NDArray[np.int64], head: NDArray[np.int64], length_m: NDArray[np.float64], size: int) -> csr_array:
    """A symmetric sparse matrix of lengths; of parallel edges the shortest counts."""
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((length_m, high, low))
    pair = np.stack((low, high), axis=1)[order]
    first = np.concatenate(([True], (pair[1:] != pair[:-1]).any(axis=1)))
    keep = order[first]
    return csr_array((np.maximum(length_m[keep], _SHORTEST_M), (low[keep], high[keep])), shape=(size, size))


def _arc(
    network: Network,
    edges: NDArray[np.int64],
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    start: int,
    end: int,
) -> int:
    """The arc of the shortest of ``edges`` that leads from one local node to the other."""
    forward, backward = (tail == start) & (head == end), (tail == end) & (head == start)
    fitting = np.flatnonzero(forward | backward)
    best = int(fitting[np.argmin(network.edge_length_m[edges[fitting]])])
    return 2 * int(edges[best]) + (0 if forward[best] else 1)
