"""The samples of a whole network as one graph: a node of the network is one vertex, however many edges meet there.

Heights are settled on this graph rather than edge by edge, so that edges agree at their nodes and a short edge is
seen with its neighbours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.terrain.sampling import LineSamples

SHORTEST_M: Final = 0.1
"""Pieces are never taken for shorter, so that a way of no length cannot divide."""

_STRAIGHT_ON: Final = -0.8
"""Cosine between two ways that leave a junction; below, one is the other's continuation (within 37 degrees)."""

_PAIR: Final = 2
_MOST_WAYS: Final = 8  # at a junction; more are a square's, and none of them goes on in another
_METRES_PER_DEGREE: Final = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGraph:
    """V vertices, the network's N nodes first, and K pieces between neighbouring samples.

    ``vertex`` (S,) is the vertex of each sample; piece k leads from ``tail[k]`` to ``head[k]``, is ``length_m[k]`` long
    and belongs to edge ``edge[k]``.
    """

    count: int
    vertex: NDArray[np.int64]  # (S,)
    tail: NDArray[np.int64]  # (K,)
    head: NDArray[np.int64]  # (K,)
    length_m: NDArray[np.float64]  # (K,)
    edge: NDArray[np.int64]  # (K,)

    def at_vertices(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """(V,) or (V, d) values of samples, (S,) or (S, d); the samples of one node lie in one place and agree."""
        result = np.full((self.count, *values.shape[1:]), np.nan)
        result[self.vertex] = values
        return result

    def mass_m(self, pieces: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """(V,) half of the length of all pieces, or of the chosen ones, that end at each vertex."""
        half = 0.5 * (self.length_m if pieces is None else np.where(pieces, self.length_m, 0.0))
        tails, heads = np.bincount(self.tail, half, self.count), np.bincount(self.head, half, self.count)
        return np.asarray(tails + heads, dtype=np.float64)

    def touches(self, pieces: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(V,) where any of the chosen pieces (K,) ends."""
        result = np.zeros(self.count, dtype=bool)
        result[self.tail[pieces]] = result[self.head[pieces]] = True
        return result


def sample_graph(network: Network, lines: LineSamples) -> SampleGraph:
    """The graph of the samples of a network's edges."""
    start = lines.start
    samples = len(lines.distance_m)
    is_end = np.zeros(samples, dtype=bool)
    is_end[start[:-1]] = is_end[start[1:] - 1] = True
    vertex = np.empty(samples, dtype=np.int64)
    vertex[~is_end] = network.node_count + np.arange(samples - int(is_end.sum()))
    vertex[start[:-1]] = network.edge_tail
    vertex[start[1:] - 1] = network.edge_head
    edge = np.repeat(np.arange(network.edge_count), np.diff(start))
    piece = np.ones(max(samples - 1, 0), dtype=bool)
    piece[start[1:-1] - 1] = False
    first = np.flatnonzero(piece)
    return SampleGraph(
        count=network.node_count + samples - int(is_end.sum()),
        vertex=vertex,
        tail=vertex[first],
        head=vertex[first + 1],
        length_m=np.maximum(lines.distance_m[first + 1] - lines.distance_m[first], SHORTEST_M),
        edge=edge[first],
    )


def bends(network: Network, graph: SampleGraph, lng_lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """(T, 2) pairs of pieces that follow each other, written as piece ends: 2 k for the tail of k, 2 k + 1 its head.

    Both ends of a pair lie at one vertex. Inside edges and where just two ways meet, one follows the other; at a
    junction each way is followed by those that lead straight on or bear its name.

    Args:
        network: whose nodes are the graph's first vertices.
        graph: its samples.
        lng_lat: (V, 2) where the vertices are, degrees.
    """
    at = np.stack((graph.tail, graph.head), axis=1).ravel()
    far = np.stack((graph.head, graph.tail), axis=1).ravel()
    away = (lng_lat[far] - lng_lat[at]) * np.stack((np.cos(np.radians(lng_lat[at, 1])), np.ones(len(at))), axis=1)
    away *= _METRES_PER_DEGREE
    away /= np.maximum(np.hypot(away[:, 0], away[:, 1]), SHORTEST_M)[:, None]
    name = np.repeat(network.edge_name[graph.edge], 2)
    order = np.argsort(at, kind="stable")
    degree = np.bincount(at, minlength=graph.count)
    begin = np.cumsum(degree) - degree
    found = []
    for ways in range(_PAIR, _MOST_WAYS + 1):
        firsts = begin[degree == ways]
        for i in range(ways):
            for j in range(i + 1, ways):
                one, two = order[firsts + i], order[firsts + j]
                if ways > _PAIR:
                    on = (away[one] * away[two]).sum(axis=1) < _STRAIGHT_ON
                    on |= (name[one] >= 0) & (name[one] == name[two])
                    one, two = one[on], two[on]
                found.append(np.stack((one, two), axis=1))
    return np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
