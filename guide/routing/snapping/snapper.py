"""Snapping: from a point on the map to the street next to it."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import SnapError
from guide.domain.network import Network
from guide.domain.route import Snap
from guide.routing.course.lines import point_distances
from guide.routing.snapping.street_grid import PIECE_M, StreetGrid, make_grid

REACH_M: Final = 500.0
"""A stop farther from any street than this is a mistake more often than a wish."""

_AT_M: Final = 1e-3
"""A stop so near to a junction is at the junction."""

_BESIDE_M: Final = 30.0
"""Most stops lie so near to a street; only for the others is it worth to look farther."""


class Snapper:
    """Finds walkable edges near a point.

    Edges that nobody may walk are left out of the ``grid`` from the start; which of the others a walker can use, and
    which are joined to each other, is the caller's to say at each question. Distances are measured on one plane for the
    whole area, which is good to some parts in a thousand.
    """

    def __init__(
        self,
        network: Network,
        grid: StreetGrid | None = None,
        point_distance_m: NDArray[np.float64] | None = None,
    ) -> None:
        self._network = network
        self._grid = make_grid(network) if grid is None else grid
        along_m = point_distances(network) if point_distance_m is None else point_distance_m
        self._along_m, self._places = along_m.data, network.point_lng_lat.data
        self._points = network.point_start.data
        self._plane = self._grid.plane
        self._side_m, columns, rows = self._grid.frame[4:].tolist()
        self._columns, self._rows_count = int(columns), int(rows)
        self._start = self._grid.start.data
        # East and north in one complex number. What leads from each line point to the next, and the number by which to
        # multiply what leads from it to another place: the real part is that place's share of the way.
        self._at = np.ascontiguousarray(self._plane.project(network.point_lng_lat)).view(np.complex128).ravel()
        self._step = np.append(self._at[1:] - self._at[:-1], 0.0) if len(self._at) else self._at
        square = (self._step * self._step.conj()).real
        self._share = np.divide(self._step.conj(), square, out=np.zeros_like(self._step), where=square > 0)

    def nearest(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32]) -> Snap:
        """The nearest edge that can be walked (component not negative).

        Raises:
            SnapError: no such edge lies within ``REACH_M``.
        """
        return self.nearest_each([lng_lat], edge_component)[0]

    def nearest_each(self, lng_lats: Sequence[tuple[float, float]], edge_component: NDArray[np.int32]) -> list[Snap]:
        """The same for several points; most stops lie beside a street, so all are looked at together there.

        Raises:
            SnapError: there is none for one of them.
        """
        points = [self._point(lng_lat) for lng_lat in lng_lats]
        parts: list[NDArray[np.int32]] = []
        counts: list[int] = []
        for point in points:
            rows = self._rows(point, _BESIDE_M)
            parts += rows
            counts.append(sum([len(row) for row in rows]))
        pieces = np.concatenate(parts) if parts else self._grid.piece[:0]
        shares, distances = self._measure(np.array(points).repeat(counts), pieces)
        snaps, first = [], 0
        for lng_lat, point, count in zip(lng_lats, points, counts, strict=True):
            snap = None
            if count:
                best = first + int(distances[first : first + count].argmin())
                distance_m = float(distances[best])
                if distance_m <= _BESIDE_M:
                    snap = self._snap(int(pieces[best]), float(shares[best]), distance_m)
            if snap is None or edge_component[snap.edge] < 0:
                snap = self._farther(lng_lat, point, edge_component)
            snaps.append(snap)
            first += count
        return snaps

    def _farther(self, lng_lat: tuple[float, float], point: complex, edge_component: NDArray[np.int32]) -> Snap:
        """The nearest edge that can be walked, of all within reach."""
        candidates = self.nearest_by_component(lng_lat, edge_component)
        if candidates:
            return min(candidates.values(), key=lambda snap: snap.distance_m)
        if not len(self._grid.piece):
            raise SnapError("This area has no streets that can be walked.")
        distance_m = float(self._measure(point, self._grid.piece)[1].min())
        raise SnapError(_too_far(lng_lat, distance_m) if distance_m > REACH_M else _no_use(lng_lat))

    def nearest_by_component(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32]) -> dict[int, Snap]:
        """The nearest edge within ``REACH_M`` of each part of the network that has one."""
        near = self._near(lng_lat, edge_component)
        components = edge_component[near.edge]
        _, firsts = np.unique(components, return_index=True)
        return {int(components[first]): self._snap_of(near, first) for first in firsts.tolist()}

    def nearest_many(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32], number: int) -> list[Snap]:
        """The nearest ``number`` edges within ``REACH_M`` that can be walked, the nearest first; never none.

        Raises:
            SnapError: there is no such edge.
        """
        near = self._near(lng_lat, edge_component)
        if not len(near.edge):
            return [self.nearest(lng_lat, edge_component)]  # which says what is wrong
        _, firsts = np.unique(near.edge, return_index=True)
        return [self._snap_of(near, first) for first in np.sort(firsts)[:number].tolist()]

    def edges_near(self, line: NDArray[np.float64], reach_m: float) -> NDArray[np.int64]:
        """Every edge within ``reach_m`` of a line (k, 2) in degrees, and some a little farther, in ascending order."""
        xy = self._plane.project(line)
        along_m = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
        wanted_m = np.linspace(0.0, along_m[-1], int(along_m[-1] // reach_m) + 2)
        east, north = (np.interp(wanted_m, along_m, xy[:, column]).tolist() for column in (0, 1))
        places = map(complex, east, north)
        pieces = np.unique(np.concatenate([self._pieces(place, 1.5 * reach_m) for place in places]))
        return np.unique(np.searchsorted(self._network.point_start, pieces, side="right") - 1)

    def _near(self, lng_lat: tuple[float, float], edge_component: NDArray[np.int32]) -> "_Near":
        """All pieces of usable edges within reach, the nearest first."""
        point = self._point(lng_lat)
        pieces = self._pieces(point, REACH_M)
        shares, distances = self._measure(point, pieces)
        edges = np.searchsorted(self._network.point_start, pieces, side="right") - 1
        usable = np.flatnonzero((distances <= REACH_M) & (edge_component[edges] >= 0))
        usable = usable[np.argsort(distances[usable], kind="stable")]
        return _Near(piece=pieces[usable], share=shares[usable], distance_m=distances[usable], edge=edges[usable])

    def _point(self, lng_lat: tuple[float, float]) -> complex:
        lng, lat = lng_lat
        if not (math.isfinite(lng) and math.isfinite(lat)):
            raise SnapError("A stop must be two finite numbers, longitude and latitude in degrees.")
        (west, south), (east, north) = self._plane.origin, self._plane.metres_per_degree
        return complex((lng - west) * east, (lat - south) * north)

    def _pieces(self, point: complex, radius_m: float) -> NDArray[np.int32]:
        """Every piece that may lie within a radius, and some that lie farther."""
        rows = self._rows(point, radius_m)
        return np.concatenate(rows) if rows else self._grid.piece[:0]

    def _rows(self, point: complex, radius_m: float) -> list[NDArray[np.int32]]:
        """The same, row of cells by row."""
        reach_m, side_m, columns = radius_m + PIECE_M / 2, self._side_m, self._columns
        x, y = point.real, point.imag
        west, east = max(int((x - reach_m) // side_m), 0), min(int((x + reach_m) // side_m) + 1, columns)
        south, north = max(int((y - reach_m) // side_m), 0), min(int((y + reach_m) // side_m) + 1, self._rows_count)
        if west >= east:
            return []
        piece, start = self._grid.piece, self._start
        rows = range(south * columns, north * columns, columns)
        return [piece[start[row + west] : start[row + east]] for row in rows]

    def _measure(
        self, point: complex | NDArray[np.complex128], pieces: NDArray[np.int32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where on each piece's segment the place next to a point is, as a share of it, and how far away."""
        to_point = point - self._at[pieces]
        share = (to_point * self._share[pieces]).real
        share = np.minimum(np.maximum(share, 0.0), 1.0)
        return share, np.abs(to_point - share * self._step[pieces])

    def _snap_of(self, near: "_Near", number: int) -> Snap:
        return self._snap(int(near.piece[number]), float(near.share[number]), float(near.distance_m[number]))

    def _snap(self, piece: int, share: float, distance_m: float) -> Snap:
        """The foot of the perpendicular on one segment; so near to an end that none can tell, the end itself."""
        places = self._places
        along_m: float = self._along_m[piece]
        length_m: float = self._along_m[piece + 1] - along_m
        if (1.0 - share) * length_m < _AT_M:
            piece, share = piece + 1, 0.0
            along_m = self._along_m[piece]
        edge = bisect_right(self._points, piece) - 1
        whole_m: float = self._along_m[self._points[edge + 1] - 1]
        lng: float = places[piece, 0]
        lat: float = places[piece, 1]
        if share * length_m >= _AT_M:
            lng += share * (places[piece + 1, 0] - lng)
            lat += share * (places[piece + 1, 1] - lat)
            along_m += share * length_m
        fraction = min(along_m / whole_m, 1.0) if whole_m > 0 else 0.0
        return Snap(edge=edge, fraction=fraction, lng_lat=(lng, lat), distance_m=distance_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """Pieces of street near a point, in order, each with the place next to the point and its edge."""

    piece: NDArray[np.int32]
    share: NDArray[np.float64]
    distance_m: NDArray[np.float64]
    edge: NDArray[np.intp]


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
