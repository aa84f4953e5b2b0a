"""Snapping: from a point on the map to the street next to it."""

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
        found, _ = self._tree.query_nearest(point, return_distance=True, all_matches=False)
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

    def _point(self, lng_lat: tuple[float, float]) -> shapely.Point:
        if not np.isfinite(lng_lat).all():
            raise SnapError("A stop must be two finite numbers, longitude and latitude in degrees.")
        return shapely.Point(self._plane.project(np.array(lng_lat)))

    def _snap(self, index: int, lng_lat: tuple[float, float]) -> Snap:
        """The foot of the perpendicular on one edge, on a plane true to scale at the point itself."""
        edge = int(self._edges[index])
        plane = Plane.at(*lng_lat)
        line = shapely.LineString(plane.project(self._network.edge_line(edge)))
        point = shapely.Point(0.0, 0.0)
        along = float(shapely.line_locate_point(line, point, normalized=True))
        foot = shapely.line_interpolate_point(line, along, normalized=True)
        east, north = plane.metres_per_degree
        return Snap(
            edge=edge,
            fraction=min(max(along, 0.0), 1.0) if np.isfinite(along) else 0.0,
            lng_lat=(lng_lat[0] + foot.x / east, lng_lat[1] + foot.y / north),
            distance_m=float(foot.distance(point)),
        )


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
