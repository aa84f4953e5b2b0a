"""From a walk's arcs to its line, its profile and its numbers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.grades import WORST_CARRIED_SIGMA, climbed_m, counting_threshold_m, max_window_grade
from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.prepared import Prepared
from guide.domain.profile import Profile
from guide.domain.walk import Walk
from guide.routing.course.json_text import (
    PROFILE_DIGITS,
    Texts,
    array_text,
    number_text,
    position_text,
    rising_array_text,
)
from guide.routing.course.lines import SAME_M, MarkedEdges, Spans
from guide.routing.course.turns import Junctions

_WINDOW_M: Final = 20.0
_FEW: Final = 3


class Geometry:
    """Cuts walks out of a network and its heights; ``slope_edges`` are the edges of the area's named slopes."""

    def __init__(
        self, network: Network, heights: NetworkHeights, prepared: Prepared, slope_edges: Iterable[int] = ()
    ) -> None:
        self.network = network
        self.heights = heights
        self.prepared = prepared
        self.marks = MarkedEdges(
            start=prepared.mark_start, from_begin_m=prepared.mark_from_begin_m, doubled=prepared.mark_doubled
        )

        self.has_unknown = bool(prepared.edge_unknown_m.any())
        self._slope_edges = tuple(slope_edges)
        self._point_start, self._point_distance_m = network.point_start.data, prepared.point_distance_m.data
        self._places = network.point_lng_lat.data

    @cached_property
    def junctions(self) -> Junctions:
        """What meets at each node."""
        prepared = self.prepared
        return Junctions(self.network, prepared.node_arc_start, prepared.node_arc, prepared.arc_bearing_deg)

    @cached_property
    def named_of_edge_m(self) -> NDArray[np.float64]:
        """(E,) metres on a named slope."""
        named = np.zeros(self.network.edge_count)
        edges = np.array(self._slope_edges, dtype=np.int64)
        named[edges] = self.network.edge_length_m[edges]
        return named

    @cached_property
    def stairs_of_edge_m(self) -> NDArray[np.float64]:
        """(E,) metres of stairs."""
        return np.where(self.network.edge_kind == Kind.STEPS, self.network.edge_length_m, 0.0)

    def place_on(self, edge: int, at_m: float) -> tuple[float, float]:
        """The place on an edge that lies ``at_m`` from its tail, in degrees."""
        behind = self.segment_at(edge, at_m)
        there, along_m, places = behind + 1, self._point_distance_m, self._places
        gap_m = along_m[there] - along_m[behind]
        weight = min((at_m - along_m[behind]) / gap_m, 1.0) if gap_m > 0 else 0.0
        lng, lat = places[behind, 0], places[behind, 1]
        return lng + weight * (places[there, 0] - lng), lat + weight * (places[there, 1] - lat)

    def segment_at(self, edge: int, at_m: float) -> int:
        """The line point with which the segment begins on which a place on an edge lies."""
        low, high = self._point_start[edge], self._point_start[edge + 1]
        return min(max(bisect_right(self._point_distance_m, at_m, low, high), low + 1), high - 1) - 1

    def point_beside(self, edge: int, at_m: float, *, ahead: bool) -> int:
        """The line point next to a place on an edge, ahead of it on the way to the edge's head or behind it."""
        low, high = self._point_start[edge], self._point_start[edge + 1]
        if ahead:
            return min(bisect_left(self._point_distance_m, at_m - SAME_M, low, high), high - 1)
        return max(bisect_right(self._point_distance_m, at_m + SAME_M, low, high) - 1, low)

    def course(self, walk: Walk) -> "Course":
        """A walk's line and profile."""
        return Course(self, walk)

    def profile(self, walk: Walk) -> Profile:
        """The heights along a walk, as sampled; a junction counts once."""
        return self.course(walk).profile

    def length_m(self, walk: Walk) -> float:
        """How far one walks."""
        return walk.total(self.network.edge_length_m)

    def unknown_m(self, walk: Walk) -> float:
        """How many of these metres have no known height."""
        return walk.total(self.prepared.edge_unknown_m)

    def stairs_m(self, walk: Walk) -> float:
        """How many of these metres are stairs."""
        return walk.total(self.stairs_of_edge_m)


class Course:
    """A walk over the ground. What every route is asked for is worked out at once, all else when first asked for."""

    def __init__(self, geometry: Geometry, walk: Walk) -> None:
        self._geometry = geometry
        self.walk = walk
        self.spans = Spans(geometry.network.edge_length_m, walk)
        self.walked = geometry.marks.along(walk, self.spans)
        self._elevation_m = self.walked.values(geometry.prepared.mark_elevation_m)
        worst_m = float(np.maximum.reduce(geometry.prepared.edge_sigma_m[walk.edge]))
        self.ascent_descent_m = ascent_descent(self._elevation_m, worst_m)

    @cached_property
    def _of_profile(self) -> NDArray[np.bool_]:
        """(k,) which of the marks are height samples; where the walk begins and ends counts as one."""
        return self._with_ends(self._geometry.prepared.mark_is_sample[self.walked.mark])

    @cached_property
    def _of_line(self) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """(k,) which of the marks are points of the line, and which points those are.

        Where the walk begins and ends counts as one, whatever it is.
        """
        points = self._geometry.prepared.mark_point[self.walked.mark]
        chosen = self._with_ends(points >= 0)
        return chosen, points.take(chosen.nonzero()[0])

    def _with_ends(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        chosen[0] = chosen[-1] = True
        for cutting in self.walked.cuttings:
            chosen[cutting.number] = True
        return chosen

    @cached_property
    def profile(self) -> Profile:
        """The heights along the walk, as sampled; a junction counts once."""
        chosen = self._of_profile
        return Profile(
            distance_m=self.walked.distance_m[chosen],
            elevation_m=self._elevation_m[chosen],
            sigma_m=self.walked.values(self._geometry.prepared.mark_sigma_m)[chosen],
        )

    @property
    def line(self) -> NDArray[np.float64]:
        """(k, 2) degrees."""
        chosen, points = self._of_line
        lng_lat = self._geometry.network.point_lng_lat[points]
        for cutting in self.walked.cuttings:
            place = self._geometry.place_on(cutting.edge, cutting.at_m)
            lng_lat[_place_among(chosen, cutting.number)] = place
        return lng_lat

    @property
    def line_points(self) -> NDArray[np.int32]:
        """(k,) which of the network's points those of the line are.

        Where the walk begins or ends within a segment, the end of it that is not walked to.
        """
        chosen, points = self._of_line
        points = points.copy()
        for cutting in self.walked.cuttings:
            begins = cutting.number == 0
            turned = bool(self.walk.arc[0 if begins else -1] & 1)
            beside = self._geometry.point_beside(cutting.edge, cutting.at_m, ahead=begins == turned)
            points[_place_among(chosen, cutting.number)] = beside
        return points

    @property
    def line_distance_m(self) -> NDArray[np.float64]:
        """(k,) how far the line's points lie from its begin."""
        return self.walked.distance_m[self._of_line[0]]

    @property
    def line_elevation_m(self) -> NDArray[np.float64]:
        """(k,) the heights of the line's points, NaN where unknown."""
        return self._elevation_m[self._of_line[0]]

    @property
    def steps(self) -> int | None:
        """How many steps one climbs or descends; None if a stair on the way has no count."""
        return count_steps(self._geometry.network, self.walk)

    @property
    def slopes_m(self) -> float:
        """How many metres run on named slopes."""
        return self.walk.total(self._geometry.named_of_edge_m)

    @cached_property
    def max_grade_20m(self) -> float | None:
        """The steepest stretch of 20 m, signed; None where a height is unknown or the sources cannot carry it.

        The same rule as for slopes.
        """
        prepared, edge = self._geometry.prepared, self.walk.edge
        if not self.profile.known or prepared.window_m[edge].max() > _WINDOW_M:
            return None
        if prepared.window_sigma[edge].max() > WORST_CARRIED_SIGMA:
            return None
        return max_window_grade(self.profile, _WINDOW_M)

    def line_json(self) -> bytes:
        """The line's positions with their heights, a JSON array; two at least, as RFC 7946 wants them."""
        geometry, (chosen, points) = self._geometry, self._of_line
        rows = geometry.prepared.point_text.take(points)
        for cutting in self.walked.cuttings:
            place = geometry.place_on(cutting.edge, cutting.at_m)
            text = position_text(place, float(self._elevation_m[cutting.number]))
            _set(rows, _place_among(chosen, cutting.number), text)
        return array_text(np.repeat(rows, 2) if len(rows) == 1 else rows)

    def profile_json(self) -> tuple[bytes, bytes, bytes]:
        """Distances, heights and errors along the walk, a JSON array each; null where unknown."""
        prepared, walked, chosen = self._geometry.prepared, self.walked, self._of_profile
        places = chosen.nonzero()[0]
        mark = walked.mark.take(places)
        # Texts are taken, not indexed: numpy is several times faster so.
        elevations, sigmas = prepared.elevation_text.take(mark), prepared.sigma_text.take(mark)
        for number, _, _, behind, ahead, weight in walked.cuttings:
            if weight:
                place = _place_among(chosen, number)
                _set(elevations, place, number_text(float(self._elevation_m[number]), PROFILE_DIGITS))
                sigma_m = prepared.mark_sigma_m[behind] * (1 - weight) + prepared.mark_sigma_m[ahead] * weight
                _set(sigmas, place, number_text(float(sigma_m), PROFILE_DIGITS))
        return rising_array_text(walked.distance_m.take(places)), array_text(elevations), array_text(sigmas)


def _place_among(chosen: NDArray[np.bool_], number: int) -> int:
    """How many are chosen before a number; most often it is the first or the last."""
    if number == 0:
        return 0
    return -1 if number == len(chosen) - 1 else int(np.count_nonzero(chosen[:number]))


def _set(rows: Texts, number: int, text: bytes) -> None:
    """Write one row anew. What lies between two rows is never longer than both of them."""
    rows[number] = text.rjust(rows.itemsize)


def count_steps(network: Network, walk: Walk) -> int | None:
    """The steps of all stairs on a walk, in proportion where it takes only part of one; None if one has no count."""
    stairs = network.edge_kind[walk.edge] == Kind.STEPS
    if not stairs.any():
        return 0
    share = walk.share
    stairs &= share > 0
    counts = network.edge_step_count[walk.edge[stairs]]
    return None if (counts < 0).any() else round(float(counts @ share[stairs]))


def ascent_descent(elevation_m: NDArray[np.float64], sigma_m: float) -> tuple[float | None, float | None]:
    """Metres up and metres down along heights (k,), noise up to their error not counted; None where one is unknown.

    Only peaks and valleys can turn a climb into a descent, so all other heights are left out first.
    """
    total = np.add.reduce(elevation_m)
    if total != total:  # noqa: PLR0124 (not a number)
        return None, None
    if len(elevation_m) > _FEW:
        rising = elevation_m[1:] > elevation_m[:-1]
        turns = np.empty(len(elevation_m), dtype=np.bool_)
        turns[0] = turns[-1] = True
        np.not_equal(rising[1:], rising[:-1], out=turns[1:-1])
        elevation_m = elevation_m[turns]
    return climbed_m(elevation_m.tolist(), counting_threshold_m(sigma_m))
