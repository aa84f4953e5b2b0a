"""What may come into a tour: slopes up and down, landmarks that must be seen, places for the pause."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guide.domain.errors import NotFoundError, RouteError, UsageError
from guide.domain.landmark import Landmark
from guide.domain.planned_tour import Halt, HaltKind, LeftOut, Reason
from guide.domain.route import Direction, PointStop, SlopeStop
from guide.domain.slope import Slope
from guide.domain.tour_value import SlopeValue, slope_value
from guide.domain.tour_wish import Pause, TourWish
from guide.routing.costs.arc_costs import Terms
from guide.routing.plane import Plane
from guide.routing.search.stops import Way, point_way, snap_together, ways_of_stops
from guide.routing.tours.opening import Opening, opening_on
from guide.routing.tours.problem import Option
from guide.routing.tours.surroundings import Surroundings, tour_walker
from guide.routing.tours.table import LegMetrics

PAUSE: Final = "pause"
"""The visit that the pause is, among those that are ids of slopes and landmarks."""

_PLACES_FOR_A_PAUSE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to make a visit (``visit`` is an id, or ``PAUSE``), as the planner, the router and people see it."""

    visit: str
    halt: Halt
    way: Way
    option: Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All candidates of a wish, the ends of the tour, and what cannot come into it at all.

    ``groups`` gives each visit its number in the options.
    """

    start: Way
    end: Way
    candidates: tuple[Candidate, ...]
    groups: dict[str, int]
    values: dict[str, SlopeValue]
    left_out: tuple[LeftOut, ...]
    metrics: LegMetrics


def field_of(surroundings: Surroundings, wish: TourWish, terms: Terms) -> Field:
    """The candidates of a wish.

    Raises:
        NotFoundError: an id that must or must not be visited does not exist.
        UsageError: the wish contradicts itself.
        RouteError: what must be visited cannot be walked to.
        SnapError: the start or the end is too far from any street.
    """
    return _Gatherer(surroundings, wish, terms).gather()


class _Gatherer:
    def __init__(self, surroundings: Surroundings, wish: TourWish, terms: Terms) -> None:
        self._surroundings = surroundings
        self._wish = wish
        self._walker = tour_walker(wish.walker)
        self._metrics = surroundings.metrics(self._walker, terms)
        self._terms = terms
        self._groups: dict[str, int] = {}
        self._values: dict[str, SlopeValue] = {}
        self._left_out: list[LeftOut] = []

    def gather(self) -> Field:
        _check_ids(self._surroundings, self._wish)
        slopes = list(self._slopes())
        component = self._main_component(slopes)
        landmarks = [*self._must_see(), *self._pauses()]
        points = {0: self._wish.start, 1: self._wish.end}
        points |= {number: stop for number, (_, stop, _) in enumerate(landmarks, start=2)}
        snaps = snap_together(
            self._surroundings.router, self._metrics.ways, points, set() if component is None else {component}
        )
        ways = {number: point_way(self._metrics.ways, snap) for number, snap in snaps.items()}
        candidates = [candidate for candidate in slopes if self._component(candidate.way) == component]
        self._leave_out_others(slopes, component)
        for number, (visit, _, halts) in enumerate(landmarks, start=2):
            candidates += [self._at_landmark(visit, halt, ways[number]) for halt in halts]
        return Field(
            start=ways[0],
            end=ways[1],
            candidates=tuple(candidates),
            groups=self._groups,
            values=self._values,
            left_out=tuple(self._left_out),
            metrics=self._metrics,
        )

    def _slopes(self) -> Iterable[Candidate]:
        for slope_id, slope in self._surroundings.slopes.items():
            reason = self._why_not(slope_id, slope)
            ways: tuple[Way, ...] = ()
            if reason is None:
                try:
                    stop = SlopeStop(slope_id=slope_id)
                    ways = ways_of_stops(
                        self._surroundings.router, self._metrics.ways, (stop,), self._surroundings.slopes
                    )[0]
                except RouteError as error:
                    if slope_id in self._wish.include:
                        raise
                    del error
                    reason = self._not_walkable(slope)
            value = slope_value(slope, self._wish.taste, has_viewpoint=slope_id in self._surroundings.with_viewpoint)
            self._values[slope_id] = value
            if reason is not None:
                self._left_out.append(LeftOut(slope_id=slope_id, reason=reason, points=value.points))
                continue
            for way in ways:
                yield self._on_slope(slope_id, way, value.points)

    def _why_not(self, slope_id: str, slope: Slope) -> Reason | None:
        wish = self._wish
        if slope_id in wish.exclude:
            return Reason(type="excluded")
        if not slope.stretches:
            return Reason(type="no-line")
        effort = slope.measures.effort if slope.measures else None
        if wish.max_effort is not None and effort is not None and effort > wish.max_effort:
            return Reason(type="too-hard", values={"effort": effort, "limit": wish.max_effort})
        return None

    def _not_walkable(self, slope: Slope) -> Reason:
        shut = any(stretch.arc in self._terms.closed for stretch in slope.stretches)
        return Reason(type="closed" if shut else "not-for-this-walker")

    def _on_slope(self, slope_id: str, way: Way, points: float) -> Candidate:
        climb_s, climb_m = self._metrics.own(way)
        halt = Halt(
            kind=HaltKind.SLOPE,
            stop=SlopeStop(slope_id=slope_id, direction=way.direction or Direction.ANY),
            stay_s=self._wish.look_s,
        )
        option = Option(group=self._group(slope_id), stay_s=climb_s + self._wish.look_s, climb_m=climb_m, value=points)
        return Candidate(visit=slope_id, halt=halt, way=way, option=option)

    def _must_see(self) -> Iterable[tuple[str, PointStop, list[Halt]]]:
        """Each landmark that must be seen, with a halt for every time that it is open."""
        for landmark_id in self._wish.include:
            landmark = self._surroundings.landmarks.get(landmark_id)
            if landmark is None:
                continue  # a slope
            halts = list(self._halts(landmark, HaltKind.LANDMARK, self._wish.visit_s, None))
            if not halts:
                raise UsageError(
                    f"{landmark.name or landmark.id} is not open long enough on {self._wish.day}. "
                    "Choose another day or a shorter visit, or leave it out."
                )
            yield landmark_id, _stop(landmark), halts

    def _pauses(self) -> Iterable[tuple[str, PointStop, list[Halt]]]:
        pause = self._wish.pause
        if pause is None:
            return
        found = [
            (PAUSE, _stop(landmark), halts)
            for landmark in self._places_for(pause)
            if (halts := list(self._halts(landmark, HaltKind.PAUSE, pause.stay_s, (pause.earliest_s, pause.latest_s))))
        ]
        if not found:
            where = "that landmark" if pause.landmark_id else f"any place of the kind {pause.kind.value!r}"
            raise UsageError(
                f"A pause of {pause.stay_s / 60:.0f} min between these times is not possible at {where}: none is known "
                "here, or it is not open then. Give another time, or the id of a landmark."
            )
        yield from found

    def _places_for(self, pause: Pause) -> list[Landmark]:
        """The landmark that is named, or those of the kind nearest to the ends of the tour."""
        landmarks = self._surroundings.landmarks
        if pause.landmark_id is not None:
            if pause.landmark_id not in landmarks:
                raise NotFoundError(f"There is no landmark {pause.landmark_id!r} for the pause.")
            return [landmarks[pause.landmark_id]]
        plane = Plane.at(*self._wish.start.lng_lat)
        ends = [plane.project_one(self._wish.start.lng_lat), plane.project_one(self._wish.end.lng_lat)]

        def way_m(landmark: Landmark) -> float:
            x, y = plane.project_one(landmark.lng_lat)
            return sum(math.hypot(x - a, y - b) for a, b in ends)

        of_kind = [each for each in landmarks.values() if each.kind is pause.kind and each.id not in self._wish.exclude]
        return sorted(of_kind, key=lambda each: (way_m(each), each.id))[:_PLACES_FOR_A_PAUSE]

    def _halts(
        self, landmark: Landmark, kind: HaltKind, stay_s: float, within_s: tuple[float, float] | None
    ) -> Iterable[Halt]:
        """A halt for each time of the day at which the whole stay fits; none if it never does."""
        opening = opening_on(landmark, self._wish.day, self._surroundings.zone)
        whole = within_s or (0.0, math.inf)
        hours = (opening or Opening(hours_s=(whole,))).hours_s
        for opens, closes in hours:
            window = max(opens, whole[0]), min(closes, whole[1]) - stay_s
            if window[0] <= window[1]:
                yield Halt(
                    kind=kind,
                    stop=_stop(landmark),
                    stay_s=stay_s,
                    landmark_id=landmark.id,
                    window_s=None if window == (0.0, math.inf) else window,
                    hours_known=opening is not None,
                )

    def _at_landmark(self, visit: str, halt: Halt, way: Way) -> Candidate:
        option = Option(group=self._group(visit), stay_s=halt.stay_s, window_s=halt.window_s)
        return Candidate(visit=visit, halt=halt, way=way, option=option)

    def _group(self, visit: str) -> int:
        return self._groups.setdefault(visit, len(self._groups))

    def _component(self, way: Way) -> int:
        return int(self._metrics.ways.edge_component[way.begin.edge])

    def _main_component(self, slopes: list[Candidate]) -> int | None:
        """The part of the network that the slopes lie on: that of those that must be seen, else of most."""
        wanted = [each for each in slopes if each.visit in self._wish.include] or slopes
        counts = Counter(self._component(each.way) for each in wanted)
        return max(counts, key=lambda part: (counts[part], -part)) if counts else None

    def _leave_out_others(self, slopes: list[Candidate], component: int | None) -> None:
        others = {each.visit: each for each in slopes if self._component(each.way) != component}
        for visit in others:
            self._left_out.append(
                LeftOut(slope_id=visit, reason=Reason(type="unreachable"), points=self._values[visit].points)
            )


def _check_ids(surroundings: Surroundings, wish: TourWish) -> None:
    """Refuse ids that do not exist, and wishes that contradict each other."""
    for visit in (*wish.include, *sorted(wish.exclude)):
        if visit not in surroundings.slopes and visit not in surroundings.landmarks:
            raise NotFoundError(
                f"There is no slope or landmark {visit!r} here. Their ids are listed under collections/slopes/items "
                "and collections/landmarks/items."
            )
    if both := sorted(set(wish.include) & wish.exclude):
        raise UsageError(f"{both[0]!r} is in include and in exclude. Take it out of one of them.")
    for visit in wish.include:
        slope = surroundings.slopes.get(visit)
        effort = slope.measures.effort if slope is not None and slope.measures is not None else None
        if wish.max_effort is not None and effort is not None and effort > wish.max_effort:
            raise UsageError(
                f"{visit!r} must be seen, but its effort is {effort} and max_effort is {wish.max_effort}. "
                f"Raise max_effort to {effort}, or take it out of include."
            )
        if slope is not None and not slope.stretches:
            raise UsageError(f"It is not known which street {visit!r} is, so no tour can climb it. Leave it out.")


def _stop(landmark: Landmark) -> PointStop:
    return PointStop(lng_lat=landmark.lng_lat, name=landmark.name)
