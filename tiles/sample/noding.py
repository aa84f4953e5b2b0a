"""Lines that cross become lines that share nodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from tiles.sample.terrain import Floats

REACH_M: Final = 14.0  # an end this near another street is meant to meet it
TOUCH_M: Final = 0.02
SAME_M: Final = 1.5  # crossings this near each other are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Nodes shared by lines: ``xy`` (n, 2), and for each line the indices of its nodes in order."""

    xy: Floats
    refs: tuple[NDArray[np.int64], ...]


def join_ends(parts: Sequence[Floats], streets: Sequence[int], open_ends: Sequence[tuple[int, int]]) -> list[Floats]:
    """The lines with their open ends brought onto the nearest line of another street.

    Args:
        parts: the lines.
        streets: the street each line belongs to; a street does not join itself.
        open_ends: (line, 0 or -1) for each end that should meet something.
    """
    joined = [np.array(part) for part in parts]
    shapes = _shapes(joined)
    owner = np.asarray(streets)
    for index, end in open_ends:
        line = joined[index]
        tip = shapely.Point(line[end])
        gap = shapely.distance(shapes, tip)
        gap[owner == owner[index]] = np.inf
        nearest = int(np.argmin(gap))
        if gap[nearest] > REACH_M:
            continue
        joined[index] = _meet(line if end == -1 else line[::-1], shapes[nearest])[:: 1 if end == -1 else -1]
        shapes[index] = shapely.LineString(joined[index])
    return joined


def _shapes(parts: Sequence[Floats]) -> NDArray[np.object_]:
    return np.array([shapely.LineString(part) for part in parts], dtype=np.object_)


def _meet(line: Floats, other: shapely.LineString) -> Floats:
    """``line`` with its last point on ``other``: cut back where it crosses near its end, else carried on."""
    shape = shapely.LineString(line)
    crossings = shapely.get_parts(shapely.intersection(shape, other))
    along = np.array([shape.project(point) for point in crossings if point.geom_type == "Point"])
    along = along[along > shape.length - REACH_M] if along.size else along
    at = float(along.max()) if along.size else shape.length
    tip = shape.interpolate(at)
    target = other.interpolate(other.project(tip))
    kept = line[[shape.project(shapely.Point(vertex)) < at - SAME_M for vertex in line]]
    return np.vstack((kept, [target.x, target.y]))


def node(parts: Sequence[Floats], layers: Sequence[int]) -> Nodes:
    """Shared nodes wherever lines of one layer cross or touch; other layers meet only end to end."""
    shapes = _shapes(parts)
    meetings = _meetings(parts, shapes, layers)
    places = np.array([point for _, point in meetings])
    cluster = _clusters(places)
    first = np.array([int(np.argmax(cluster == group)) for group in range(int(cluster.max()) + 1)])
    xy = list(places[first])
    met: dict[int, dict[int, float]] = {}
    for (index, point), group in zip(meetings, cluster.tolist(), strict=True):
        met.setdefault(index, {}).setdefault(group, float(shapes[index].project(shapely.Point(point))))
    refs = []
    for index, part in enumerate(parts):
        distance = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))))
        stops = [(along, group) for group, along in met.get(index, {}).items()]
        taken = np.array([along for along, _ in stops])
        for vertex, along in zip(part, distance, strict=True):
            if not np.any(np.abs(taken - along) < SAME_M):
                stops.append((float(along), len(xy)))
                xy.append(vertex)
        refs.append(np.array([number for _, number in sorted(stops)], dtype=np.int64))
    return Nodes(xy=np.array(xy), refs=tuple(refs))


def _meetings(parts: Sequence[Floats], shapes: NDArray[np.object_], layers: Sequence[int]) -> list[tuple[int, Floats]]:
    """(line, point) for each line at each place where it meets another."""
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCH_M).T
    found: list[tuple[int, Floats]] = []
    for one, two in sorted((int(a), int(b)) for a, b in pairs if a < b):
        points = [
            parts[mine][end]
            for mine, other in ((one, two), (two, one))
            for end in (0, -1)
            if layers[mine] == layers[other] or _at_end(parts[mine][end], parts[other])
            if shapes[other].distance(shapely.Point(parts[mine][end])) < TOUCH_M
        ]
        if layers[one] == layers[two] == 0:
            crossing = shapely.get_parts(shapely.intersection(shapes[one], shapes[two]))
            points += [np.array([shape.x, shape.y]) for shape in crossing if shape.geom_type == "Point"]
        found += [(line, point) for point in points for line in (one, two)]
    return found


def _at_end(point: Floats, line: Floats) -> bool:
    return bool(np.hypot(*(line[[0, -1]] - point).T).min() < TOUCH_M)


def _clusters(places: Floats) -> NDArray[np.int32]:
    """For each place the number of the group of places nearer than SAME_M to each other."""
    pairs = cKDTree(places).query_pairs(SAME_M, output_type="ndarray")
    count = len(places)
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int32)
