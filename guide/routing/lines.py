"""Lines of edges as arrays that a walk can be cut from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.domain.route import Stretch
from guide.routing.plane import Plane


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

    The value at a mark is that of mark ``index``, or where a walk begins or ends between two marks, ``weight`` of the
    way from there to mark ``other``.
    """

    distance_m: NDArray[np.float64]
    index: NDArray[np.int64]
    other: NDArray[np.int64]
    weight: NDArray[np.float64]

    def values(self, marks: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values of an array of marks, (M,) or (M, d), along the walk."""
        here = marks[self.index]
        between = np.flatnonzero(self.weight)
        if len(between):
            weight = self.weight[between].reshape((-1,) + (1,) * (marks.ndim - 1))
            here[between] = here[between] * (1 - weight) + marks[self.other[between]] * weight
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


def walk_along(marked: MarkedEdges, stretches: tuple[Stretch, ...]) -> Walked:
    """The marks along stretches that follow each other, begin and end of each included, doubles left out."""
    edge = np.array([stretch.arc >> 1 for stretch in stretches], dtype=np.int64)
    backward = np.array([stretch.arc & 1 for stretch in stretches], dtype=np.bool_)
    begin = np.array([stretch.start for stretch in stretches])
    end = np.array([stretch.end for stretch in stretches])
    first, count = marked.start[edge], np.diff(marked.start)[edge]
    length = marked.distance_m[first + count - 1]

    # Every mark of every edge on the way, in walking order.
    owner = np.repeat(np.arange(len(edge)), count)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    rank = np.where(backward[owner], count[owner] - 1 - rank, rank)
    index = first[owner] + rank
    along = np.where(backward[owner], length[owner] - marked.distance_m[index], marked.distance_m[index])
    inside = (along >= (begin * length)[owner]) & (along <= (end * length)[owner])

    partial = np.flatnonzero((begin > 0) | (end < 1))
    cuts = [
        _cut(marked, stretches[number], float(length[number]), at)
        for number in partial.tolist()
        for at in (stretches[number].start, stretches[number].end)
    ]
    cut_index = np.array([cut[0] for cut in cuts], dtype=np.int64)
    owners = np.concatenate((owner[inside], np.repeat(partial, 2)))
    places = np.concatenate((along[inside], (np.stack((begin, end), axis=1) * length[:, None])[partial].ravel()))
    order = np.lexsort((places, owners))

    walked = (end - begin) * length
    before = np.cumsum(walked) - walked
    distance = (before[owners] + places - (begin * length)[owners])[order]
    # A junction is the end of one stretch and the begin of the next; so is a cut that falls on a mark.
    new = np.concatenate(([True], np.diff(np.maximum.accumulate(distance)) > 1e-6))  # noqa: PLR2004 (a micrometre)
    zeros = np.zeros(int(inside.sum()))
    return Walked(
        distance_m=distance[new],
        index=np.concatenate((index[inside], cut_index))[order][new],
        other=np.concatenate((index[inside], np.array([cut[1] for cut in cuts], dtype=np.int64)))[order][new],
        weight=np.concatenate((zeros, np.array([cut[2] for cut in cuts])))[order][new],
    )


def _cut(marked: MarkedEdges, stretch: Stretch, length_m: float, at: float) -> tuple[int, int, float]:
    """The marks on both sides of a place within a stretch, and its share of the way from one to the other."""
    edge = stretch.arc >> 1
    start, stop = int(marked.start[edge]), int(marked.start[edge + 1])
    place = (1 - at if stretch.arc & 1 else at) * length_m
    distances = marked.distance_m[start:stop]
    left = min(max(int(np.searchsorted(distances, place, side="right")) - 1, 0), stop - start - 2)
    gap = float(distances[left + 1] - distances[left])
    weight = (place - float(distances[left])) / gap if gap > 0 else 0.0
    if weight >= 1:
        return start + left + 1, start + left + 1, 0.0
    return start + left, start + left + 1, max(weight, 0.0)
