"""Marks along edges, line points or height samples, met one after the other on a walk."""

from bisect import bisect_left, bisect_right
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.domain.walk import Walk
from guide.routing.plane import Plane

SAME_M: Final = 1e-6
"""Marks closer than a micrometre are one."""


class Cutting(NamedTuple):
    """A place where a walk begins or ends within an edge: the marks behind and ahead of it.

    It lies ``at_m`` from the edge's tail. ``number`` says which of the walk's marks stands for it, ``weight`` is its
    share of the way from the mark behind to the one ahead; 0 at a mark, which is then the one behind.
    """

    number: int
    edge: int
    at_m: float
    behind: int
    ahead: int
    weight: float


class Walked(NamedTuple):
    """Marks met on a walk, in order: ``distance_m`` (k,) from its begin, rising.

    The value at place i of the walk is that of mark ``mark[i]``, but for the few ``cuttings`` that are at none.
    """

    distance_m: NDArray[np.float64]
    mark: NDArray[np.int64]
    cuttings: tuple[Cutting, ...]

    def values(self, marks: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values of an array of marks, (M,) or (M, d), along the walk."""
        here = marks[self.mark]
        for number, _, _, behind, ahead, weight in self.cuttings:
            if weight:
                here[number] = marks[behind] * (1 - weight) + marks[ahead] * weight
        return here


class Spans:
    """How far a walk leads along each of its n arcs.

    ``begin_m`` (n,) is what is walked before each arc, less what of the arc is left out at its begin: the distance of
    the arc's own begin from the walk's. ``end_m`` (n,) is what is walked up to each arc's end.
    """

    __slots__ = ("begin_m", "end_m", "length_m")

    def __init__(self, edge_length_m: NDArray[np.float64], walk: Walk) -> None:
        self.length_m = walked = edge_length_m[walk.edge]
        if walk.cuts:
            walked = walked.copy()
            for place, _, start, end in walk.cuts:
                walked[place] *= end - start
        self.end_m = walked.cumsum()
        self.begin_m = self.end_m - walked
        for place, _, start, _ in walk.cuts:
            self.begin_m[place] -= start * self.length_m[place]

    @property
    def total_m(self) -> float:
        """How far one walks."""
        return float(self.end_m[-1])


class MarkedEdges:
    """Marks along every edge: line points, height samples, or both.

    The marks of edge e are ``start[e]:start[e + 1]``, from its tail, where the first lies, to its head.
    ``from_begin_m`` (2M,) is how far each mark lies from the begin of the arc it is met on: all of them from their
    edges' tails, then all of them, the last one first, from their edges' heads. So an arc's marks are neighbours there,
    in the order walked, whichever way one goes. ``doubled`` (E,) are edges with several marks at one place.
    """

    def __init__(
        self, *, start: NDArray[np.int64], from_begin_m: NDArray[np.float64], doubled: NDArray[np.bool_]
    ) -> None:
        count = len(from_begin_m) // 2
        self.start = start
        self._from_begin_m = from_begin_m
        self._doubled = doubled if doubled.any() else None
        # Read one at a time where a walk is cut: a memoryview gives Python's numbers, much faster than an array.
        self._starts = start.data
        self._distances = from_begin_m[:count].data
        # A mark met on the way from an edge's tail has its own number; from its head, its number from behind.
        self._turned = 2 * count - 1
        # By arc: the first of its marks there, its begin left out. By edge: how many there are.
        self._first = np.stack((start[:-1] + 1, self._turned - (start[1:] - 2)), axis=1).ravel()
        self._count = np.diff(start) - 1

    @classmethod
    def at(cls, *, start: NDArray[np.int64], distance_m: NDArray[np.float64]) -> Self:
        """Marks that lie ``distance_m`` (M,) from the tails of their edges."""
        found = from_begin_m(start, distance_m)
        return cls(start=start, from_begin_m=found, doubled=doubled_edges(start, distance_m))

    def along(self, walk: Walk, spans: Spans) -> Walked:
        """The marks along a walk, begin and end of it included, doubles left out.

        Every arc gives the marks after its first, which is the last of the arc before; the first arc gives that too.
        Where a walk begins or ends within an edge, the mark behind its begin or ahead of its end stands for the place.
        """
        first, count = self._first[walk.arc], self._count[walk.edge]
        places: list[tuple[int, _Place]] = []
        for place, arc, start, end in walk.cuts:
            low, high = self._starts[arc >> 1], self._starts[(arc >> 1) + 1]
            begin = self._turned - high + 2 if arc & 1 else low + 1
            stop = begin + high - low - 1
            if start > 0:
                there = self._place(arc, start)
                begin = self._turned - there.ahead if arc & 1 else there.ahead
                if place == 0:
                    places.append((-1, there))
            if (end - start) * self._distances[high - 1] <= SAME_M:
                stop = begin
            elif end < 1:
                there = self._place(arc, end)
                last = there.ahead if there.weight else there.behind
                stop = (self._turned - last if arc & 1 else last) + 1
                places.append((place, there))
            first[place], count[place] = begin, stop - begin
        # The mark behind the walk's begin comes first.
        first[0] -= 1
        count[0] += 1
        past = count.cumsum()
        first -= past
        first += count
        walked = first.repeat(count)
        walked += _count_to(len(walked))
        distance_m = spans.begin_m.repeat(count)
        distance_m += self._from_begin_m[walked]
        distance_m[0] = 0.0
        cuttings = []
        for place, there in places:
            number = 0
            if place >= 0:
                number = int(past[place]) - 1
                distance_m[number] = spans.end_m[place]
            cuttings.append(Cutting(number, *there))
        found = Walked(distance_m, np.minimum(walked, self._turned - walked), tuple(cuttings))
        doubled = self._doubled is not None and self._doubled[walk.edge].any()
        return _without_doubles(found) if doubled else found

    def _place(self, arc: int, at: float) -> "_Place":
        """Where a place of an arc lies among its marks."""
        edge = arc >> 1
        low, high = self._starts[edge], self._starts[edge + 1]
        marks = self._distances
        if arc & 1:
            place_m = (1 - at) * marks[high - 1]
            behind = bisect_left(marks, place_m - SAME_M, low, high)
            ahead, on_m = behind - 1, marks[behind] - place_m
        else:
            place_m = at * marks[high - 1]
            ahead = bisect_right(marks, place_m + SAME_M, low, high)
            behind, on_m = ahead - 1, place_m - marks[ahead - 1]
        if on_m <= SAME_M or not low <= ahead < high:
            return _Place(edge, place_m, behind, ahead, 0.0)
        return _Place(edge, place_m, behind, ahead, on_m / abs(marks[ahead] - marks[behind]))


class _Place(NamedTuple):
    """A place on an edge among its marks, see ``Cutting``."""

    edge: int
    at_m: float
    behind: int
    ahead: int
    weight: float


def from_begin_m(start: NDArray[np.int64], distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2M,) from distances from tails, (M,), what ``MarkedEdges`` is made of."""
    from_head_m = np.repeat(distance_m[start[1:] - 1], np.diff(start)) - distance_m
    return np.concatenate((distance_m, from_head_m[::-1]))


def doubled_edges(start: NDArray[np.int64], distance_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(E,) edges with several marks at one place, as those of no length have."""
    inside = np.ones(max(len(distance_m) - 1, 0), dtype=np.bool_)
    inside[start[1:-1] - 1] = False
    doubles = np.flatnonzero(inside & (distance_m[1:] - distance_m[:-1] <= SAME_M))
    doubled = np.zeros(len(start) - 1, dtype=np.bool_)
    doubled[np.searchsorted(start, doubles, side="right") - 1] = True
    return doubled


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


_NUMBERS: Final = np.arange(1 << 16)


def _count_to(total: int) -> NDArray[np.int64]:
    """0, 1, 2 … before ``total``: most walks share one array."""
    return _NUMBERS[:total] if total <= len(_NUMBERS) else np.arange(total)


def _without_doubles(walked: Walked) -> Walked:
    """Marks at one place, as on an edge of no length, count once."""
    # Of marks at one place the first stays, but a distance must never fall behind one already reached.
    new = np.concatenate(([True], np.diff(np.maximum.accumulate(walked.distance_m)) > SAME_M))
    if new.all():
        return walked
    where = np.cumsum(new) - 1
    cuttings = tuple(cut._replace(number=int(where[cut.number])) for cut in walked.cuttings if new[cut.number])
    return Walked(walked.distance_m[new], walked.mark[new], cuttings)
