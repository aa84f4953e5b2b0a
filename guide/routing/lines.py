"""Lines of edges as arrays that a walk can be cut from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.domain.route import Stretch
from guide.routing.plane import Plane

_SAME_M: Final = 1e-6
"""Marks closer than a micrometre are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The stretches of a walk as columns, (n,) each: made once, and every measure of the walk is taken from it."""

    stretches: tuple[Stretch, ...]
    arc: NDArray[np.int64]
    edge: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    share: NDArray[np.float64]

    @classmethod
    def of(cls, stretches: "Walkable") -> "Walk":
        """The columns of some stretches."""
        if isinstance(stretches, Walk):
            return stretches
        rows = np.array(stretches, dtype=np.float64).reshape(-1, 3)
        arc = rows[:, 0].astype(np.int64)
        start, end = rows[:, 1], rows[:, 2]
        return cls(stretches=tuple(stretches), arc=arc, edge=arc >> 1, start=start, end=end, share=end - start)

    def total(self, per_edge: NDArray[np.float64]) -> float:
        """The sum of a measure of whole edges, (E,), over the walk."""
        return float(per_edge[self.edge] @ self.share)


Walkable = Walk | Sequence[Stretch]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedEdges:
    """Marks along every edge: line points or height samples.

    The marks of edge e are ``start[e]:start[e + 1]``, each ``distance_m`` from the edge's tail; the first lies at 0
    and the last at the edge's length.
    """

    start: NDArray[np.int64]  # (E + 1,)
    distance_m: NDArray[np.float64]  # (M,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """Marks met on a walk, in order: ``distance_m`` (k,) from its begin, rising strictly.

    The value at place i of the walk is that of mark ``index[i]``, but for the few places where a walk begins or ends
    between two marks: each of ``cuts`` is such a place, the marks on both sides, and the share of the way from the
    first to the second.
    """

    distance_m: NDArray[np.float64]
    index: NDArray[np.int64]
    cuts: tuple[tuple[int, int, int, float], ...]

    def values(self, marks: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values of an array of marks, (M,) or (M, d), along the walk."""
        here = marks[self.index]
        for place, one, other, weight in self.cuts:
            here[place] = marks[one] * (1 - weight) + marks[other] * weight if weight else marks[one]
        return here


def point_distances(network: Network) -> NDArray[np.float64]:
    """How far each line point lies from its edge's tail, (P,) metres, scaled to the edges' geodesic lengths."""
    if network.edge_count == 0:
        return np.zeros(0)
    lng_lat = network.point_lng_lat
    plane = Plane.at(*(float(value) for value in lng_lat.mean(axis=0)))
    piece = np.hypot(*np.diff(plane.project(lng_lat), axis=0, append=lng_lat[-1:]).T)
    last = network.point_start[1:] - 1
    piece[last] = 0.0
    total = np.concatenate(([0.0], np.cumsum(piece)))
    edge = np.repeat(np.arange(network.edge_count), np.diff(network.point_start))
    along = total[:-1] - total[network.point_start[:-1]][edge]
    flat_length = along[last]
    scale = np.divide(network.edge_length_m, flat_length, out=np.ones_like(flat_length), where=flat_length > 0)
    along *= scale[edge]
    along[last] = network.edge_length_m
    return along


def walk_along(marked: MarkedEdges, stretches: Walkable) -> Walked:
    """The marks along stretches that follow each other, begin and end of each included, doubles left out.

    Every stretch gives the marks after its first, which is the last of the stretch before. A stretch that ends within
    an edge gives the next mark too, moved back to the cut; the walk's own begin is one more mark in front.
    """
    walk = Walk.of(stretches)
    turned = walk.arc & 1
    sign = 1 - 2 * turned
    start, stop = marked.start[walk.edge], marked.start[walk.edge + 1]
    length = marked.distance_m[stop - 1]
    walked = walk.share * length
    before = np.cumsum(walked) - walked

    first = np.where(turned, stop - 2, start + 1)
    count = stop - start - 1
    # A mark lies at origin + sign * (its distance from the edge's tail) of the walk.
    origin = before + (turned - walk.start) * length
    partial = np.flatnonzero(walk.share != 1).tolist()
    ends = {}
    for number in partial:
        first[number], count[number], ends[number] = _marks_within(marked, walk.stretches[number])

    begin = _cut(marked, walk.stretches[0], walk.stretches[0].start)
    past = np.cumsum(count)
    index = np.empty(int(past[-1]) + 1, dtype=np.int64)
    steps = np.repeat(sign, count)
    index[0] = begin[0]
    index[1:] = np.repeat(first - sign * (past - count), count) + steps * np.arange(len(steps))
    distance = np.zeros(len(index))
    distance[1:] = np.repeat(origin, count) + steps * marked.distance_m[index[1:]]
    cuts = [(0, *begin)]
    for number, end in ends.items():
        if end is not None and count[number]:
            place = int(past[number])
            distance[place] = before[number] + walked[number]
            cuts.append((place, *end))
    return _without_doubles(Walked(distance_m=distance, index=index, cuts=tuple(cuts)))


def _marks_within(marked: MarkedEdges, stretch: Stretch) -> tuple[int, int, tuple[int, int, float] | None]:
    """The first mark after a stretch's begin, how many there are up to its end, and the cut there if it is one.

    The last of them is the first mark at or behind the end.
    """
    edge = stretch.arc >> 1
    start, stop = int(marked.start[edge]), int(marked.start[edge + 1])
    if stretch.end <= stretch.start:
        return start, 0, None
    distances = marked.distance_m[start:stop]
    length = float(distances[-1])
    if stretch.arc & 1:
        low, high = (1 - stretch.end) * length, (1 - stretch.start) * length
        first = int(np.searchsorted(distances, high - _SAME_M)) - 1
        last = int(np.searchsorted(distances, low + _SAME_M, side="right")) - 1
        first, last = max(first, 0), min(max(last, 0), max(first, 0))
    else:
        low, high = stretch.start * length, stretch.end * length
        first = min(int(np.searchsorted(distances, low + _SAME_M, side="right")), stop - start - 1)
        last = max(int(np.searchsorted(distances, high - _SAME_M)), first)
    return start + first, abs(last - first) + 1, _cut(marked, stretch, stretch.end)


def _cut(marked: MarkedEdges, stretch: Stretch, at: float) -> tuple[int, int, float]:
    """The marks on both sides of a place within a stretch, and its share of the way from one to the other."""
    edge = stretch.arc >> 1
    start, stop = int(marked.start[edge]), int(marked.start[edge + 1])
    if at in {0.0, 1.0}:
        mark = start if (at == 0) != bool(stretch.arc & 1) else stop - 1
        return mark, mark, 0.0
    distances = marked.distance_m[start:stop]
    place = (1 - at if stretch.arc & 1 else at) * float(distances[-1])
    left = min(max(int(np.searchsorted(distances, place, side="right")) - 1, 0), stop - start - 2)
    gap = float(distances[left + 1] - distances[left])
    weight = min(max((place - float(distances[left])) / gap, 0.0), 1.0) if gap > 0 else 0.0
    return start + left, start + left + 1, weight


def _without_doubles(walked: Walked) -> Walked:
    """Marks at one place, as on an edge of no length, count once."""
    if len(walked.distance_m) == 1 or float(np.min(np.diff(walked.distance_m))) > _SAME_M:
        return walked
    # Of marks at one place the first stays, but a distance must never fall behind one already reached.
    new = np.concatenate(([True], np.diff(np.maximum.accumulate(walked.distance_m)) > _SAME_M))
    where = np.cumsum(new) - 1
    cuts = tuple((int(where[place]), *cut) for place, *cut in walked.cuts if new[place])
    return Walked(distance_m=walked.distance_m[new], index=walked.index[new], cuts=cuts)  # type: ignore[arg-type]
