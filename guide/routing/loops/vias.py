"""Places that a loop may pass: slopes as a whole, viewpoints, and junctions all around."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import RouteError
from guide.domain.landmark import LandmarkKind
from guide.domain.loop import LoopWish
from guide.domain.planned_tour import Halt, HaltKind
from guide.domain.route import Direction, PointStop, SlopeStop
from guide.domain.tour_value import SlopeValue, slope_value
from guide.routing.costs.arc_costs import Terms
from guide.routing.plane import Plane
from guide.routing.reach.spread import Spreader
from guide.routing.search.stops import Way, ways_of_stops
from guide.routing.tours.surroundings import Surroundings, tour_walker
from guide.routing.tours.table import LegMetrics

_MOST_SLOPES: Final = 16
_MOST_VIEWS: Final = 6
_BEARINGS: Final = 12
_RINGS: Final = (0.14, 0.22, 0.32, 0.43)
"""Junctions are looked for all around, at these shares of the whole walk from the start."""

_RING_WIDTH: Final = 0.05

_VIEW_POINTS: Final = 8.0
_STREETS_OF_A_JUNCTION: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """A place that a loop may pass; ``visit`` is the same for both directions of a slope."""

    visit: str
    lng_lat: tuple[float, float]
    halt: Halt
    way: Way
    own_s: float
    own_ascent_m: float
    own_length_m: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where loops are looked for: the start and the places that they may pass."""

    start: Way
    vias: tuple[Via, ...]
    values: dict[str, SlopeValue]
    metrics: LegMetrics


def ground_of(surroundings: Surroundings, wish: LoopWish, terms: Terms, about_s: float) -> Ground:
    """What a loop that takes about so long may pass.

    Raises:
        SnapError: the start is too far from any street.
    """
    walker = tour_walker(wish.walker)
    metrics = surroundings.metrics(walker, terms)
    start = ways_of_stops(surroundings.router, metrics.ways, (wish.start,), surroundings.slopes)[0][0]
    spreader = Spreader(surroundings.router, metrics.costs)
    out_s = spreader.spread([start.exits], about_s).node_s
    back_s = spreader.spread([start.entries], about_s, towards=True).node_s
    around = _Around(surroundings, wish, metrics, out_s, back_s, about_s)
    slopes, values = around.slopes()
    return Ground(start=start, vias=(*slopes, *around.views(), *around.junctions()), values=values, metrics=metrics)


@dataclass(frozen=True, slots=True)
class _Around:
    """All that lies within reach, ``out_s`` and ``back_s`` (N,) from the start and to it."""

    surroundings: Surroundings
    wish: LoopWish
    metrics: LegMetrics
    out_s: NDArray[np.float64]
    back_s: NDArray[np.float64]
    about_s: float

    def slopes(self) -> tuple[list[Via], dict[str, SlopeValue]]:
        """Slopes up and down, those worth most for their way."""
        found: dict[str, tuple[float, list[Via]]] = {}
        values: dict[str, SlopeValue] = {}
        for slope_id, slope in self.surroundings.slopes.items():
            if not slope.stretches:
                continue
            value = slope_value(slope, self.wish.taste, has_viewpoint=slope_id in self.surroundings.with_viewpoint)
            stop = SlopeStop(slope_id=slope_id)
            vias, nearest_s = [], math.inf
            for way in self._ways(stop):
                takes_s, _ = self.metrics.own(way)
                round_s = self._there_s(way) + takes_s + self._home_s(way)
                if round_s > self.about_s:
                    continue
                nearest_s = min(nearest_s, round_s)
                halt = Halt(
                    kind=HaltKind.SLOPE,
                    stop=SlopeStop(slope_id=slope_id, direction=way.direction or Direction.ANY),
                )
                vias.append(self._via(slope_id, halt, way, value.points))
            if vias:
                values[slope_id] = value
                found[slope_id] = (value.points / max(nearest_s, 60.0), vias)
        best = sorted(found, key=lambda slope_id: (-found[slope_id][0], slope_id))[:_MOST_SLOPES]
        return [via for slope_id in best for via in found[slope_id][1]], values

    def views(self) -> list[Via]:
        """Viewpoints, the nearest first."""
        found = []
        for landmark in self.surroundings.landmarks.values():
            if landmark.kind is not LandmarkKind.VIEWPOINT:
                continue
            for way in self._ways(PointStop(lng_lat=landmark.lng_lat, name=landmark.name)):
                round_s = self._there_s(way) + self._home_s(way)
                if round_s <= self.about_s:
                    stop = PointStop(lng_lat=landmark.lng_lat, name=landmark.name)
                    halt = Halt(kind=HaltKind.LANDMARK, stop=stop, landmark_id=landmark.id)
                    found.append((round_s, self._via(landmark.id, halt, way, _VIEW_POINTS)))
        return [via for _, via in sorted(found, key=lambda pair: (pair[0], pair[1].visit))[:_MOST_VIEWS]]

    def junctions(self) -> list[Via]:
        """Junctions all around, near and far."""
        network = self.surroundings.router.network
        streets = np.bincount(network.edge_tail, minlength=network.node_count)
        streets += np.bincount(network.edge_head, minlength=network.node_count)
        good = np.flatnonzero(
            np.isfinite(self.out_s + self.back_s) & (streets >= _STREETS_OF_A_JUNCTION) & (self.out_s > 0)
        )
        plane = Plane.at(*self.wish.start.lng_lat)
        places = plane.project(network.node_lng_lat[good])
        bearing = np.floor((np.arctan2(places[:, 1], places[:, 0]) / (2 * np.pi) % 1.0) * _BEARINGS).astype(int)
        share = self.out_s[good] / self.about_s
        chosen = set()
        for sector in range(_BEARINGS):
            inside = np.flatnonzero(bearing == sector)
            if not len(inside):
                continue
            for ring in _RINGS:
                nearest = inside[np.argmin(np.abs(share[inside] - ring))]
                if abs(share[nearest] - ring) < _RING_WIDTH:
                    chosen.add(int(good[nearest]))
            farthest = inside[np.argmax(share[inside])]
            if share[farthest] < _RINGS[0]:  # all that there is on this side
                chosen.add(int(good[farthest]))
        vias = []
        for node in sorted(chosen):
            longitude, latitude = network.node_lng_lat[node].tolist()
            stop = PointStop(lng_lat=(longitude, latitude))
            halt = Halt(kind=HaltKind.POINT, stop=stop)
            vias += [self._via(f"node {node}", halt, way, 0.0) for way in self._ways(stop)]
        return vias

    def _ways(self, stop: PointStop | SlopeStop) -> Iterable[Way]:
        """The ways to pass a place; none where these legs cannot."""
        try:
            return ways_of_stops(self.surroundings.router, self.metrics.ways, (stop,), self.surroundings.slopes)[0]
        except RouteError:
            return ()

    def _via(self, visit: str, halt: Halt, way: Way, points: float) -> Via:
        takes_s, ascent_m = self.metrics.own(way)
        length_m = 0.0 if way.climb is None else self.surroundings.geometry.length_m(way.climb)
        return Via(
            visit=visit,
            lng_lat=self._place(halt),
            halt=halt,
            way=way,
            own_s=takes_s,
            own_ascent_m=ascent_m,
            own_length_m=length_m,
            points=points,
        )

    def _place(self, halt: Halt) -> tuple[float, float]:
        """A point, or the middle of a slope."""
        if isinstance(halt.stop, PointStop):
            return halt.stop.lng_lat
        line = self.surroundings.slopes[halt.stop.slope_id].line
        if line is None:
            return self.wish.start.lng_lat
        longitude, latitude = line[len(line) // 2].tolist()
        return longitude, latitude

    def _there_s(self, way: Way) -> float:
        return min(
            (self.out_s[node] + cost_ms / 1000 for node, cost_ms in way.entries.cost_ms.items()), default=math.inf
        )

    def _home_s(self, way: Way) -> float:
        return min(
            (self.back_s[node] + cost_ms / 1000 for node, cost_ms in way.exits.cost_ms.items()), default=math.inf
        )
