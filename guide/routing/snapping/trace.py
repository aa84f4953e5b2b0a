"""Tracing: from a line that somebody drew along streets to the streets themselves.

A hidden Markov model in the manner of Newson and Krumm 2009, "Hidden Markov map matching through noise and
sparseness": each place of the drawn line lies on one of the edges near it, the nearer the likelier, and from one place
to the next the way along the streets should be as long as the drawn one.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from guide.domain.network import Network
from guide.domain.walk import Stretch
from guide.routing.plane import Plane
from guide.routing.snapping.snapper import Snapper

REACH_M: Final = 30.0
"""A line drawn along a street by hand stays within this distance of it."""

STEP_M: Final = 8.0
MOST_STEPS: Final = 500
SIGMA_M: Final = 6.0
"""How far a careful hand strays from the street's own line (1 sigma)."""

DETOUR_M: Final = 4.0
"""Scale of the difference between the way along the streets and the drawn one."""

CHOICES: Final = 6
JUNCTION_M: Final = 8.0
"""A line that ends this near a junction was meant to end there."""

_TINY_M: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The streets along a drawn line, in its direction; none where no way follows it.

    ``off_street_share`` is the share of the line that has no street within ``REACH_M``.
    """

    stretches: tuple[Stretch, ...]
    off_street_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """What lies near a drawn line: C edges, their N nodes and the ways between these.

    ``length_m`` (C,); ``tail``, ``head`` (C,) local nodes; ``apart_m`` (N, N) along the streets, infinite beyond a
    step's reach; ``before`` (N, N) the node before the last on that way, negative if there is none.
    """

    edges: NDArray[np.int64]
    length_m: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    apart_m: NDArray[np.float64]
    before: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One place of the drawn line: the edges it may lie on (by their number among those near), where, and how far."""

    choice: NDArray[np.int64]
    along_m: NDArray[np.float64]
    distance_m: NDArray[np.float64]


def trace(snapper: Snapper, network: Network, line: NDArray[np.float64]) -> Trace:
    """The streets along ``line`` (k, 2) in degrees."""
    plane = Plane.at(*(float(value) for value in line.mean(axis=0)))
    places, step_m = _places(plane.project(line))
    edges = snapper.edges_near(line, REACH_M)
    if len(edges) == 0:
        return Trace(stretches=(), off_street_share=1.0)
    near = _near(network, edges, 3 * step_m + 4 * REACH_M)
    steps = _steps(network, plane, near, places)
    off = sum(len(step.choice) == 0 for step in steps) / len(steps)
    on_street = [(place, step) for place, step in zip(places, steps, strict=True) if len(step.choice)]
    if len(on_street) < 2:  # noqa: PLR2004 (a line has two ends)
        return Trace(stretches=(), off_street_share=off)
    chosen = _likeliest(near, on_street)
    if chosen is None:
        return Trace(stretches=(), off_street_share=off)
    return Trace(stretches=_to_junctions(near, _walk(near, chosen)), off_street_share=off)


def _places(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Places along a line in metres, (n, 2), its corners among them, and how far they lie apart at the most."""
    along_m = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    count = int(np.clip(np.ceil(along_m[-1] / STEP_M), 1, MOST_STEPS))
    corners = along_m if len(along_m) <= MOST_STEPS else along_m[[0, -1]]
    wanted = np.unique(np.concatenate((np.linspace(0.0, along_m[-1], count + 1), corners)))
    places = np.stack([np.interp(wanted, along_m, xy[:, column]) for column in (0, 1)], axis=1)
    return places, float(along_m[-1]) / count


def _near(network: Network, edges: NDArray[np.int64], limit_m: float) -> _Near:
    ends = np.concatenate((network.edge_tail[edges], network.edge_head[edges]))
    nodes, index = np.unique(ends, return_inverse=True)
    tail, head = index[: len(edges)], index[len(edges) :]
    length_m = np.maximum(network.edge_length_m[edges], _TINY_M)
    # Of parallel edges the shortest joins; a sparse matrix would add them up.
    order = np.lexsort((length_m, head, tail))
    first = np.unique(np.stack((tail[order], head[order])), axis=1, return_index=True)[1]
    keep = order[first]
    matrix = coo_array((length_m[keep], (tail[keep], head[keep])), shape=(len(nodes),) * 2)
    apart_m, before = dijkstra(matrix.tocsr(), directed=False, limit=limit_m, return_predecessors=True)
    return _Near(edges=edges, length_m=length_m, tail=tail, head=head, apart_m=apart_m, before=before)


def _steps(network: Network, plane: Plane, near: _Near, places: NDArray[np.float64]) -> list[_Step]:
    lines = np.array([shapely.LineString(plane.project(network.edge_line(int(edge)))) for edge in near.edges])
    points = np.asarray(shapely.points(places))
    distance_m = shapely.distance(lines[None, :], points[:, None])
    order = np.argsort(distance_m, axis=1, kind="stable")[:, :CHOICES]
    steps = []
    for number, choices in enumerate(order):
        kept = choices[distance_m[number, choices] <= REACH_M]
        share = shapely.line_locate_point(lines[kept], points[number], normalized=True)
        steps.append(_Step(choice=kept, along_m=share * near.length_m[kept], distance_m=distance_m[number, kept]))
    return steps


def _likeliest(near: _Near, on_street: list[tuple[NDArray[np.float64], _Step]]) -> list[tuple[int, float]] | None:
    """For each place the edge (by its number among those near) and how far along it; None if no way leads through."""
    (place, first), *rest = on_street
    cost = _strays(first)
    back: list[NDArray[np.int64]] = []
    before_place, before = place, first
    for place, step in rest:
        drawn_m = float(np.hypot(*(place - before_place)))
        way_m = _ways_m(near, before, step)
        total = cost[:, None] + np.abs(way_m - drawn_m) / DETOUR_M + _strays(step)[None, :]
        best = np.argmin(total, axis=0)
        back.append(best)
        cost = total[best, np.arange(len(step.choice))]
        if not np.isfinite(cost).any():
            return None
        before_place, before = place, step
    at = int(np.argmin(cost))
    chosen = []
    for (_, step), best in zip(reversed(on_street), [*reversed(back), None], strict=True):
        chosen.append((int(step.choice[at]), float(step.along_m[at])))
        if best is not None:
            at = int(best[at])
    return chosen[::-1]


def _strays(step: _Step) -> NDArray[np.float64]:
    strays: NDArray[np.float64] = 0.5 * np.square(step.distance_m / SIGMA_M)
    return strays


def _ways_m(near: _Near, one: _Step, other: _Step) -> NDArray[np.float64]:
    """(a, b) metres along the streets from each choice of one place to each of the next."""
    best = np.full((len(one.choice), len(other.choice)), np.inf)
    for from_node, left_m in _ends(near, one):
        for to_node, reached_m in _ends(near, other):
            way = left_m[:, None] + near.apart_m[from_node[:, None], to_node[None, :]] + reached_m[None, :]
            best = np.minimum(best, way)
    same = one.choice[:, None] == other.choice[None, :]
    return np.where(same, np.abs(one.along_m[:, None] - other.along_m[None, :]), best)


def _ends(near: _Near, step: _Step) -> tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]:
    """Both ends of each choice's edge, and how far they are."""
    return (
        (near.tail[step.choice], step.along_m),
        (near.head[step.choice], near.length_m[step.choice] - step.along_m),
    )


def _walk(near: _Near, chosen: list[tuple[int, float]]) -> list[Stretch]:
    """The places joined along the streets: one stretch an edge, spurs of a careless hand left out."""
    pieces: list[_Piece] = []
    for (edge, from_m), (other, to_m) in pairwise(chosen):
        if edge == other:
            pieces.append(_Piece(edge, from_m, to_m))
            continue
        pieces.extend(_way_between(near, (edge, from_m), (other, to_m)))
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and joined[-1].edge == piece.edge and abs(joined[-1].to_m - piece.from_m) <= _TINY_M:
            joined[-1] = _Piece(piece.edge, joined[-1].from_m, piece.to_m)
        else:
            joined.append(piece)
        if abs(joined[-1].to_m - joined[-1].from_m) <= _TINY_M:
            joined.pop()  # in and out again by the same end, or no step at all
    return [_stretch(near, piece) for piece in joined]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of an edge near the line, in metres from its tail."""

    edge: int
    from_m: float
    to_m: float


def _way_between(near: _Near, one: tuple[int, float], other: tuple[int, float]) -> list[_Piece]:
    (edge, from_m), (last, to_m) = one, other
    ends = ((int(near.tail[edge]), 0.0), (int(near.head[edge]), float(near.length_m[edge])))
    starts = ((int(near.tail[last]), 0.0), (int(near.head[last]), float(near.length_m[last])))
    (out_node, out_m), (in_node, in_m) = min(
        ((out, into) for out in ends for into in starts),
        key=lambda pair: abs(from_m - pair[0][1]) + near.apart_m[pair[0][0], pair[1][0]] + abs(to_m - pair[1][1]),
    )
    nodes = [in_node]
    while nodes[-1] != out_node:
        nodes.append(int(near.before[out_node, nodes[-1]]))
    between = [_edge_between(near, a, b) for a, b in zip(nodes[:0:-1], nodes[-2::-1], strict=True)]
    return [_Piece(edge, from_m, out_m), *between, _Piece(last, in_m, to_m)]


def _edge_between(near: _Near, a: int, b: int) -> _Piece:
    """The shortest edge from one node to another."""
    forward = (near.tail == a) & (near.head == b)
    joins = np.flatnonzero(forward | ((near.tail == b) & (near.head == a)))
    edge = int(joins[np.argmin(near.length_m[joins])])
    length_m = float(near.length_m[edge])
    return _Piece(edge, 0.0, length_m) if forward[edge] else _Piece(edge, length_m, 0.0)


def _stretch(near: _Near, piece: _Piece) -> Stretch:
    length_m = float(near.length_m[piece.edge])
    arc, start, end = 2 * int(near.edges[piece.edge]), piece.from_m / length_m, piece.to_m / length_m
    return Stretch(arc, start, end) if start <= end else Stretch(arc + 1, 1.0 - start, 1.0 - end)


def _to_junctions(near: _Near, walk: list[Stretch]) -> tuple[Stretch, ...]:
    """The walk without stubs at its ends, and drawn out to junctions that it all but reaches."""
    length_m = dict(zip(near.edges.tolist(), near.length_m.tolist(), strict=True))

    def metres(stretch: Stretch) -> float:
        return float(length_m[stretch.arc >> 1] * (stretch.end - stretch.start))

    while len(walk) > 1 and metres(walk[0]) <= JUNCTION_M and walk[0].start > 0:
        walk = walk[1:]
    while len(walk) > 1 and metres(walk[-1]) <= JUNCTION_M and walk[-1].end < 1:
        walk = walk[:-1]
    if not walk:
        return ()
    first, last = walk[0], walk[-1]
    if first.start * length_m[first.arc >> 1] <= JUNCTION_M:
        walk[0] = first._replace(start=0.0)
        last = walk[-1]
    if (1.0 - last.end) * length_m[last.arc >> 1] <= JUNCTION_M:
        walk[-1] = last._replace(end=1.0)
    return tuple(walk)
