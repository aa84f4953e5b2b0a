"""Streets as strokes: edges followed through junctions the way a walker would, along one name and straight ahead.

At every node the ends of edges are paired, the best fitting pairs first, and each end at most once; a stroke is a
chain of such pairs (a "natural road" of Jiang, Zhao and Yin 2008, with names before angles). Every edge lies in
exactly one stroke. Nothing depends on the order in which edges are stored, nor on which way they were drawn.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, Network
from guide.routing.plane import Plane

HEADING_M: Final = 15.0
"""The direction of an edge at its end is taken over so many metres: the first metres of a drawn line are careless."""

TURN_NAMELESS_DEG: Final = 45.0
"""Without a name only what leads on straight is the same street."""

TURN_NAMED_DEG: Final = 120.0
"""A street that keeps its name may turn at a junction."""

TURN_BEND_DEG: Final = 180.0
"""Where no third way begins there is no choice: even a hairpin is the same way."""

OTHER_KIND_DEG: Final = 25.0
"""A change of kind (stairs to path) counts like so much of a turn."""

GAP_M: Final = 40.0
"""A nameless piece this short between two pieces of one name is a crossing of that street."""

_ON_FOOT: Final = (Kind.PATH, Kind.FOOTWAY, Kind.PEDESTRIAN, Kind.STEPS, Kind.CYCLEWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """Every edge in one of K strokes: stroke k is ``arcs[start[k]:start[k + 1]]``, in walking order.

    ``stroke_of`` (E,) and ``place_of`` (E,) say where an edge stands: ``arcs[place_of[e]] // 2 == e``.
    ``name`` (E,) is the index of each edge's name, short nameless gaps filled; -1 nameless.
    """

    start: NDArray[np.int64]
    arcs: NDArray[np.int64]
    stroke_of: NDArray[np.int64]
    place_of: NDArray[np.int64]
    name: NDArray[np.int32]

    def along(self, stroke: int) -> NDArray[np.int64]:
        """The arcs of a stroke."""
        return self.arcs[self.start[stroke] : self.start[stroke + 1]]


def follow_streets(network: Network, node_height_m: NDArray[np.float64]) -> Strokes:
    """All edges as strokes. A ring is opened at its lowest node by ``node_height_m`` (N,), NaN where unknown."""
    if network.edge_count == 0:
        none = np.empty(0, dtype=np.int64)
        return Strokes(
            start=np.zeros(1, dtype=np.int64), arcs=none, stroke_of=none, place_of=none, name=network.edge_name
        )
    name = names_without_gaps(network)
    partner = _pair_ends(network, name)
    chains = _chains(network, partner, node_height_m)
    start = np.concatenate(([0], np.cumsum([len(chain) for chain in chains]))).astype(np.int64)
    arcs = np.array([arc for chain in chains for arc in chain], dtype=np.int64)
    place_of = np.empty(network.edge_count, dtype=np.int64)
    place_of[arcs // 2] = np.arange(len(arcs))
    stroke_of = np.searchsorted(start, place_of, side="right") - 1
    return Strokes(start=start, arcs=arcs, stroke_of=stroke_of, place_of=place_of, name=name)


def names_without_gaps(network: Network) -> NDArray[np.int32]:
    """(E,) names, with nameless edges of at most ``GAP_M`` named when one name meets them at both ends."""
    name = network.edge_name.copy()
    named = np.flatnonzero(name >= 0)
    at_node = np.unique(
        np.concatenate(
            [np.stack((end[named], name[named]), axis=1) for end in (network.edge_tail, network.edge_head)]
        ).astype(np.int64),
        axis=0,
    )  # fmt: skip
    begin = np.searchsorted(at_node[:, 0], np.arange(network.node_count + 1))
    short = (name < 0) & (network.edge_length_m <= GAP_M) & (network.edge_tail != network.edge_head)
    meets = np.diff(begin) > 0
    for edge in np.flatnonzero(short & meets[network.edge_tail] & meets[network.edge_head]).tolist():
        tail, head = int(network.edge_tail[edge]), int(network.edge_head[edge])
        common = set(at_node[begin[tail] : begin[tail + 1], 1].tolist()) & set(
            at_node[begin[head] : begin[head + 1], 1].tolist()
        )
        if len(common) == 1:
            name[edge] = common.pop()
    return name


def _headings(network: Network) -> NDArray[np.float64]:
    """(2E, 2) the unit direction in which each arc leaves its node; zero for an edge without extent."""
    points = Plane.at(*(float(value) for value in network.node_lng_lat.mean(axis=0))).project(network.point_lng_lat)
    step_m = np.zeros(len(points))
    step_m[1:] = np.hypot(*np.diff(points, axis=0).T)
    step_m[network.point_start[:-1]] = 1.0  # keeps the lines apart on their common axis
    axis = np.cumsum(step_m)
    first, last = axis[network.point_start[:-1]], axis[network.point_start[1:] - 1]
    reach = np.minimum(HEADING_M, last - first)
    ahead = np.stack((first + reach, last - reach), axis=1).ravel()
    begin = np.stack((network.point_start[:-1], network.point_start[1:] - 1), axis=1).ravel()
    way = np.stack([np.interp(ahead, axis, points[:, column]) for column in (0, 1)], axis=1) - points[begin]
    size = np.hypot(way[:, 0], way[:, 1])[:, None]
    heading: NDArray[np.float64] = np.divide(way, size, out=np.zeros_like(way), where=size > 0)
    return heading


def _pair_ends(network: Network, name: NDArray[np.int32]) -> NDArray[np.int64]:
    """(2E,) for each arc leaving a node, the arc leaving it on the other side, -1 where the street ends."""
    first, second, crossing = _meetings(network)
    heading = _headings(network)
    straight = np.clip(-(heading[first] * heading[second]).sum(axis=1), -1.0, 1.0)
    turn_deg = np.degrees(np.arccos(straight))
    kind = network.edge_kind
    on_foot = np.isin(kind, _ON_FOOT)
    a, b = first // 2, second // 2
    limit = np.where(crossing, np.where(name[a] >= 0, TURN_NAMED_DEG, TURN_NAMELESS_DEG), TURN_BEND_DEG)
    fits = (a != b) & (name[a] == name[b]) & (turn_deg <= limit) & ((name[a] >= 0) | (on_foot[a] == on_foot[b]))
    cost = np.round(turn_deg + OTHER_KIND_DEG * (kind[a] != kind[b]), 3)
    # Ties are broken by where the ways lead, which is the same however they are stored.
    lead = np.round((heading[first] + heading[second]) * 1e6)
    size = np.round(network.edge_length_m[a] + network.edge_length_m[b], 3)
    order = np.lexsort((size, lead[:, 1], lead[:, 0], cost))
    order = order[fits[order]]
    partner = [-1] * (2 * network.edge_count)
    for one, other in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if partner[one] < 0 and partner[other] < 0:
            partner[one], partner[other] = other, one
    return np.array(partner, dtype=np.int64)


def _meetings(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Every two arcs that leave one node, and whether a third leaves it too."""
    node = np.stack((network.edge_tail, network.edge_head), axis=1).ravel()  # by leaving arc
    order = np.argsort(node, kind="stable")
    count = np.bincount(node, minlength=network.node_count)
    begin = np.cumsum(count) - count
    firsts, seconds, crossings = [], [], []
    for degree in np.unique(count[count > 1]).tolist():
        ends = order[begin[count == degree][:, None] + np.arange(degree)]
        i, j = np.triu_indices(degree, 1)
        firsts.append(ends[:, i].ravel())
        seconds.append(ends[:, j].ravel())
        crossings.append(np.full(firsts[-1].shape, degree > 2))  # noqa: PLR2004 (two ends are one way)
    if not firsts:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.bool_)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(crossings)


def _chains(network: Network, partner: NDArray[np.int64], node_height_m: NDArray[np.float64]) -> list[list[int]]:
    """The chains that the pairs make, then the rings, each opened at its lowest node."""
    follow = partner.tolist()
    seen = bytearray(network.edge_count)

    def walk(arc: int) -> list[int]:
        chain = []
        while arc >= 0 and not seen[arc // 2]:
            seen[arc // 2] = 1
            chain.append(arc)
            arc = follow[arc ^ 1]
        return chain

    chains = [walk(arc) for arc in np.flatnonzero(partner < 0).tolist() if not seen[arc // 2]]
    rank = np.empty(network.node_count, dtype=np.int64)
    height = np.where(np.isnan(node_height_m), np.inf, node_height_m)
    rank[np.lexsort((network.node_lng_lat[:, 1], network.node_lng_lat[:, 0], height))] = np.arange(network.node_count)
    for edge in range(network.edge_count):
        if seen[edge]:
            continue
        ring = walk(2 * edge)
        begins = np.array([(network.edge_head if arc & 1 else network.edge_tail)[arc // 2] for arc in ring])
        lowest = int(np.argmin(rank[begins]))
        chains.append(ring[lowest:] + ring[:lowest])
    return chains
