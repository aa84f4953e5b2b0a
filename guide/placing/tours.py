"""Recommended tours walked once on paper: whether every leg can be walked, how long it is, how far up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from guide.domain.errors import RouteError
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark
from guide.domain.network import Network, NetworkHeights
from guide.domain.prepared import Prepared
from guide.domain.route import PointStop, Route, SlopeStop, Stop
from guide.domain.slope import Slope
from guide.domain.tour import CatalogueTour, Tour, TourStop, TourWalk
from guide.domain.walker import Preset, Walker
from guide.routing.course.geometry import Geometry
from guide.routing.routes.plan import plan_route
from guide.routing.search.router import Router


@dataclass(frozen=True, slots=True, kw_only=True)
class TourGround:
    """Streets to walk tours on, and what is prepared for routes on them."""

    network: Network
    heights: NetworkHeights
    node_order: NDArray[np.int32]
    prepared: Prepared


def walk_tours(
    entries: Sequence[CatalogueTour],
    slopes: Sequence[Slope],
    landmarks: Sequence[Landmark],
    ground: TourGround | None,
) -> tuple[list[Tour], list[Finding]]:
    """Every tour with its walk, and a finding for each stop that does not exist and each leg that cannot be walked.

    Without ``ground`` no tour has a walk, and nothing is said of it.
    """
    if ground is None or not entries:
        return [Tour(entry=entry) for entry in entries], []
    walker = _TourWalker(ground, slopes, landmarks)
    return [walker.walk(entry) for entry in entries], walker.findings


class _TourWalker:
    """Walks tours with a tourist's legs."""

    def __init__(self, ground: TourGround, slopes: Sequence[Slope], landmarks: Sequence[Landmark]) -> None:
        self._ground = ground
        self._slopes = {slope.entry.id: slope for slope in slopes}
        self._landmarks = {landmark.id: landmark for landmark in landmarks}
        self._legs = Walker.of(Preset.TOURIST)
        self.findings: list[Finding] = []

    def walk(self, entry: CatalogueTour) -> Tour:
        """One tour."""
        unknown = [stop.id for stop in entry.stops if stop.id not in self._slopes and stop.id not in self._landmarks]
        for stop_id in dict.fromkeys(unknown):
            self._report(entry, "tour.unknown-stop", stop=stop_id)
        if unknown:
            return Tour(entry=entry)
        stops = [self._stop(stop) for stop in entry.stops]
        route = self._route(stops)
        if route is None:
            self._report_legs(entry, stops)
            return Tour(entry=entry)
        return Tour(entry=entry, walk=_walk(route))

    def _stop(self, stop: TourStop) -> Stop:
        if stop.id in self._slopes:
            return SlopeStop(slope_id=stop.id, direction=stop.direction)
        landmark = self._landmarks[stop.id]
        return PointStop(lng_lat=landmark.lng_lat, name=landmark.name)

    def _route(self, stops: Sequence[Stop]) -> Route | None:
        try:
            return plan_route(self._router, self._geometry, tuple(stops), self._legs, self._slopes)
        except RouteError:
            return None

    def _report_legs(self, entry: CatalogueTour, stops: Sequence[Stop]) -> None:
        """Name every slope that cannot be walked as asked, and every two stops that nothing joins."""
        astray = [
            number for number, stop in enumerate(stops) if isinstance(stop, SlopeStop) and self._route([stop]) is None
        ]
        for number in astray:
            self._report(entry, "tour.slope-not-walkable", stop=self._name(entry.stops[number]))
        legs = [leg for leg in pairwise(range(len(stops))) if not set(leg) & set(astray)]
        for one, other in legs:
            if self._route([stops[one], stops[other]]) is None:
                names = {"start": self._name(entry.stops[one]), "end": self._name(entry.stops[other])}
                self._report(entry, "tour.no-way", **names)

    def _name(self, stop: TourStop) -> str:
        slope = self._slopes.get(stop.id)
        return slope.entry.name if slope else self._landmarks[stop.id].name or stop.id

    def _report(self, entry: CatalogueTour, code: str, **values: object) -> None:
        self.findings.append(Finding(code=code, where=f"{entry.id} ({entry.name})", values=values))

    @cached_property
    def _router(self) -> Router:
        ground = self._ground
        return Router(ground.network, ground.heights, ground.node_order, ground.prepared)

    @cached_property
    def _geometry(self) -> Geometry:
        return Geometry(self._ground.network, self._ground.heights, self._ground.prepared)


def _walk(route: Route) -> TourWalk:
    return TourWalk(
        line=route.line,
        distance_m=route.distance_m,
        duration_s=route.duration_s,
        ascent_m=route.ascent_m,
        descent_m=route.descent_m,
        max_grade_20m=route.max_grade_20m,
        steps=route.steps,
    )
