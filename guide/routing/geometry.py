"""From the stretches of a walk to its line, its profile and its numbers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.grades import carried_window_grade, counted_ascent_descent_m
from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.profile import Profile
from guide.routing.lines import MarkedEdges, Walk, Walkable, point_distances, walk_along
from guide.routing.speeds import unknown_length_m

_WINDOW_M: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkLine:
    """Where a walk goes: ``distance_m`` (k,), ``lng_lat`` (k, 2) degrees, ``elevation_m`` (k,), NaN where unknown."""

    distance_m: NDArray[np.float64]
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
        self._stairs_m = np.where(network.edge_kind == Kind.STEPS, network.edge_length_m, 0.0)
        # Per edge, so that a walk asks for its coarsest model in one look; unknown heights (-1) come last.
        cells = np.array([*(resolution_m.get(source, math.inf) for source in heights.sources), 0.0])
        self._coarsest_m = (
            np.maximum.reduceat(cells[heights.source], heights.sample_start[:-1]) if network.edge_count else np.zeros(0)
        )

    def profile(self, stretches: Walkable) -> Profile:
        """The heights along a walk, as sampled; a junction counts once."""
        walked = walk_along(self._samples, stretches)
        return Profile(
            distance_m=walked.distance_m,
            elevation_m=walked.values(self._heights.elevation_m),
            sigma_m=walked.values(self._heights.sigma_m),
        )

    def line(self, stretches: Walkable, profile: Profile) -> WalkLine:
        """The line of a walk, with the heights of its profile."""
        walked = walk_along(self._points, stretches)
        lng_lat = walked.values(self._network.point_lng_lat)
        elevation_m = np.interp(walked.distance_m, profile.distance_m, profile.elevation_m)
        return WalkLine(distance_m=walked.distance_m, lng_lat=lng_lat, elevation_m=elevation_m)

    def length_m(self, stretches: Walkable) -> float:
        """How far one walks."""
        return Walk.of(stretches).total(self._network.edge_length_m)

    def unknown_m(self, stretches: Walkable) -> float:
        """How many of these metres have no known height."""
        return Walk.of(stretches).total(self._unknown_m)

    def stairs_m(self, stretches: Walkable) -> float:
        """How many of these metres are stairs."""
        return Walk.of(stretches).total(self._stairs_m)

    def step_count(self, stretches: Walkable) -> int | None:
        """How many steps one climbs or descends; None if a stair on the way has no count."""
        return count_steps(self._network, stretches)

    def max_grade_20m(self, stretches: Walkable, profile: Profile) -> float | None:
        """The steepest stretch of 20 m, signed; None where a height is unknown or the sources cannot carry it.

        The same rule as for slopes.
        """
        edge = Walk.of(stretches).edge
        if not profile.known or not len(edge):
            return None
        coarsest_m = float(self._coarsest_m[edge].max()) or math.inf
        carried = carried_window_grade(profile, _WINDOW_M, coarsest_m)
        return None if carried is None else carried[0]


def count_steps(network: Network, stretches: Walkable) -> int | None:
    """The steps of all stairs on a walk, in proportion where it takes only part of one; None if one has no count."""
    walk = Walk.of(stretches)
    stairs = (network.edge_kind[walk.edge] == Kind.STEPS) & (walk.share > 0)
    if not stairs.any():
        return 0
    counts = network.edge_step_count[walk.edge[stairs]]
    return None if (counts < 0).any() else round(float(counts @ walk.share[stairs]))


def ascent_descent(profile: Profile) -> tuple[float | None, float | None]:
    """Metres up and metres down, noise up to the heights' error not counted; None where a height is unknown.

    Only peaks and valleys can turn a climb into a descent, so all other samples are left out first.
    """
    rising = np.diff(profile.elevation_m) > 0
    turns = np.concatenate(([True], rising[1:] != rising[:-1], [True])) if len(rising) else np.array([True])
    if not profile.known:
        return None, None
    extremes = Profile(
        distance_m=profile.distance_m[turns],
        elevation_m=profile.elevation_m[turns],
        sigma_m=np.full(int(turns.sum()), profile.sigma_m.max()),
    )
    return counted_ascent_descent_m(extremes) or (None, None)
