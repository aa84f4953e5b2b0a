"""From the stretches of a walk to its line, its profile and its numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.grades import carried_window_grade, counted_ascent_descent_m
from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.profile import Profile
from guide.domain.route import Stretch
from guide.routing.costs import unknown_length_m
from guide.routing.lines import MarkedEdges, point_distances, walk_along

_WINDOW_M: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkLine:
    """Where a walk goes: ``lng_lat`` (k, 2) degrees, ``elevation_m`` (k,), NaN where unknown."""

    lng_lat: NDArray[np.float64]
    elevation_m: NDArray[np.float64]


class Geometry:
    """Cuts walks out of a network and its heights.

    ``resolution_m`` gives the cell size of each elevation source by its id; a steepest grade is published only where
    the sources carry it.
    """

    def __init__(self, network: Network, heights: NetworkHeights, resolution_m: Mapping[str, float]) -> None:
        self._network = network
        self._heights = heights
        self._points = MarkedEdges(start=network.point_start, distance_m=point_distances(network))
        self._samples = MarkedEdges(start=heights.sample_start, distance_m=heights.distance_m)
        self._unknown_m = unknown_length_m(heights)
        self._resolution_m = np.array([resolution_m.get(source, math.inf) for source in heights.sources])

    def profile(self, stretches: tuple[Stretch, ...]) -> Profile:
        """The heights along a walk, as sampled; a junction counts once."""
        walked = walk_along(self._samples, stretches)
        return Profile(
            distance_m=walked.distance_m,
            elevation_m=walked.values(self._heights.elevation_m),
            sigma_m=walked.values(self._heights.sigma_m),
        )

    def line(self, stretches: tuple[Stretch, ...], profile: Profile) -> WalkLine:
        """The line of a walk, with the heights of its profile."""
        walked = walk_along(self._points, stretches)
        lng_lat = walked.values(self._network.point_lng_lat)
        elevation_m = np.interp(walked.distance_m, profile.distance_m, profile.elevation_m)
        return WalkLine(lng_lat=lng_lat, elevation_m=elevation_m)

    def length_m(self, stretches: tuple[Stretch, ...]) -> float:
        """How far one walks."""
        return self._along_edges(self._network.edge_length_m, stretches)

    def unknown_m(self, stretches: tuple[Stretch, ...]) -> float:
        """How many of these metres have no known height."""
        return self._along_edges(self._unknown_m, stretches)

    def stairs_m(self, stretches: tuple[Stretch, ...]) -> float:
        """How many of these metres are stairs."""
        stairs = self._network.edge_kind == Kind.STEPS
        return self._along_edges(np.where(stairs, self._network.edge_length_m, 0.0), stretches)

    def step_count(self, stretches: tuple[Stretch, ...]) -> int | None:
        """How many steps one climbs or descends; None if a stair on the way has no count."""
        return count_steps(self._network, stretches)

    def max_grade_20m(self, stretches: tuple[Stretch, ...], profile: Profile) -> float | None:
        """The steepest stretch of 20 m, signed; None where a height is unknown or the sources cannot carry it.

        The same rule as for slopes.
        """
        if not profile.known:
            return None
        edges = np.array([stretch.arc >> 1 for stretch in stretches])
        used = {int(source) for edge in edges.tolist() for source in self._sources_of(edge)}
        coarsest_m = max((float(self._resolution_m[source]) for source in used), default=math.inf)
        carried = carried_window_grade(profile, _WINDOW_M, coarsest_m)
        return None if carried is None else carried[0]

    def _sources_of(self, edge: int) -> set[int]:
        """The sources of an edge's known heights."""
        start, stop = int(self._heights.sample_start[edge]), int(self._heights.sample_start[edge + 1])
        return {source for source in self._heights.source[start:stop].tolist() if source >= 0}

    def _along_edges(self, per_edge: NDArray[np.float64], stretches: tuple[Stretch, ...]) -> float:
        edges = np.array([stretch.arc >> 1 for stretch in stretches], dtype=np.int64)
        shares = np.array([stretch.end - stretch.start for stretch in stretches])
        return float((per_edge[edges] * shares).sum())


def count_steps(network: Network, stretches: Sequence[Stretch]) -> int | None:
    """The steps of all stairs on a walk, in proportion where it takes only part of one; None if one has no count."""
    total = 0.0
    for stretch in stretches:
        edge = stretch.arc >> 1
        if network.edge_kind[edge] == Kind.STEPS and stretch.end > stretch.start:
            count = int(network.edge_step_count[edge])
            if count < 0:
                return None
            total += count * (stretch.end - stretch.start)
    return round(total)


def ascent_descent(profile: Profile) -> tuple[float | None, float | None]:
    """Metres up and metres down, noise up to the heights' error not counted; None where a height is unknown."""
    return counted_ascent_descent_m(profile) or (None, None)
