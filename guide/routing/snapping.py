"""Snapping: from a point on the map to the street next to it."""

import math
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.domain.errors import SnapError
from guide.domain.network import Network
from guide.domain.route import Snap
from guide.routing.plane import Plane

REACH_M: Final = 500.0
"""A stop farther from any street than this is a mistake more often than a wish."""


class Snapper:
    """Finds walkable edges near a point.

    Edges that nobody may walk are left out from the start; which of the others a walker can use, and which are
    joined to each other, is the caller's to say at each question.
    """

    def __init__(self, network: Network, walkable: NDArray[np.bool_]) -> None:
        self._network = network
        self._edges = np.flatnonzero(walkable)
        lng_lat = network.point_lng_lat
        middle = (lng_lat.min(axis=0) + lng_lat.max(axis=0)) / 2 if len(lng_lat) else np.zeros(2)
        self._plane = Plane.at(float(middle[0]), float(middle[1]))
        lines = np.asarray(
            shapely.linestrings(
                self._plane.project(lng_lat),
                indices=np.repeat(np.arange(network.edge_count), np.diff(network.point_start)),
            )
        )
        self._lines = lines[self._edges]
        self._tree = shapely.STRtree(self._lines)

    def nearest(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32]) -> Snap:
        """The nearest edge that can be walked (component not negative).

        Raises:
            SnapError: no such edge lies within ``REACH_M``.
        """
        point = self._point(lng_lat)
        found = self._tree.query_nearest(point, all_matches=False)
        if not len(found):
            raise SnapError("This area has no streets that can be walked.")
        first = self._snap(int(found[0]), lng_lat)
        if first.distance_m <= REACH_M and edge_component[first.edge] >= 0:
            return first
        candidates = self.nearest_by_component(lng_lat, edge_component)
        if not candidates:
            raise SnapError(_too_far(lng_lat, first.distance_m) if first.distance_m > REACH_M else _no_use(lng_lat))
        return min(candidates.values(), key=lambda snap: snap.distance_m)

    def nearest_by_component(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32]) -> dict[int, Snap]:
        """The nearest edge within ``REACH_M`` of each part of the network that has one."""
        point = self._point(lng_lat)
        near = self._tree.query(point, predicate="dwithin", distance=REACH_M)
        near = near[edge_component[self._edges[near]] >= 0]
        near = near[np.argsort(shapely.distance(self._lines[near], point), kind="stable")]
        components, firsts = np.unique(edge_component[self._edges[near]], return_index=True)
        return {
            int(component): self._snap(int(near[first]), lng_lat)
            for component, first in zip(components, firsts, strict=True)
        }

    def nearest_many(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32], number: int) -> list[Snap]:
        """The nearest ``number`` edges within ``REACH_M`` that can be walked, the nearest first; never none.

        Raises:
            SnapError: there is no such edge.
        """
        point = self._point(lng_lat)
        near = self._tree.query(point, predicate="dwithin", distance=REACH_M)
        near = near[edge_component[self._edges[near]] >= 0]
        if not len(near):
            return [self.nearest(lng_lat, edge_component)]  # which says what is wrong
        order = np.argsort(shapely.distance(self._lines[near], point), kind="stable")
        return [self._snap(index, lng_lat) for index in near[order[:number]].tolist()]

    def edges_near(self, line: NDArray[np.float64], reach_m: float) -> NDArray[np.int64]:
        """The edges within ``reach_m`` of a line (k, 2) in degrees, in ascending order."""
        drawn = shapely.LineString(self._plane.project(line))
        near = self._tree.query(drawn, predicate="dwithin", distance=reach_m)
        return np.sort(self._edges[near])

    def _point(self, lng_lat: tuple[float, float]) -> shapely.Point:
        lng, lat = lng_lat
        if not (math.isfinite(lng) and math.isfinite(lat)):
            raise SnapError("A stop must be two finite numbers, longitude and latitude in degrees.")
        (west, south), (east, north) = self._plane.origin, self._plane.metres_per_degree
        return shapely.points((lng - west) * east, (lat - south) * north)

    def _snap(self, index: int, lng_lat: tuple[float, float]) -> Snap:
        """The foot of the perpendicular on one edge, on a plane true to scale at the point itself."""
        edge = int(self._edges[index])
        east, north = Plane.at(*lng_lat).metres_per_degree
        here_lng, here_lat = lng_lat
        line = [
            ((lng - here_lng) * east, (lat - here_lat) * north) for lng, lat in self._network.edge_line(edge).tolist()
        ]
        fraction, x, y = _foot(line)
        return Snap(
            edge=edge,
            fraction=fraction,
            lng_lat=(here_lng + x / east, here_lat + y / north),
            distance_m=math.hypot(x, y),
        )


def _foot(line: list[tuple[float, float]]) -> tuple[float, float, float]:
    """The place of a line next to the origin: its share of the line's length, and where it lies.

    In plain Python: most streets have a handful of points, for which arrays cost more than they save.
    """
    best = (math.inf, 0.0, *line[0])
    passed = 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        share = min(max(-(ax * dx + ay * dy) / (length * length), 0.0), 1.0) if length > 0 else 0.0
        # At an end the end itself, so that a stop at a junction is at the junction.
        x, y = (bx, by) if share == 1 else (ax + share * dx, ay + share * dy)
        distance = math.hypot(x, y)
        if distance < best[0]:
            best = (distance, passed + share * length, x, y)
        passed += length
    _, along, x, y = best
    return (min(along / passed, 1.0) if passed > 0 else 0.0), x, y


def _too_far(lng_lat: tuple[float, float], distance_m: float) -> str:
    distance = f"{distance_m:.0f} m" if distance_m < 1000 else f"{distance_m / 1000:.1f} km"  # noqa: PLR2004 (a kilometre)
    return (
        f"The stop at {lng_lat[0]:.5f}, {lng_lat[1]:.5f} lies {distance} from the nearest street that can be walked "
        f"(longitude comes first). Choose a place within {REACH_M:.0f} m of a street of this area."
    )


def _no_use(lng_lat: tuple[float, float]) -> str:
    return (
        f"Every street within {REACH_M:.0f} m of the stop at {lng_lat[0]:.5f}, {lng_lat[1]:.5f} is a stair or "
        "otherwise closed to this walker. Allow stairs, or choose another place."
    )
