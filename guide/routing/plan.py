"""A route through stops: points to pass and slopes to climb, each slope in its direction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guide.domain.errors import NoWayError, UsageError
from guide.domain.route import Leg, PointStop, Route, RouteWarning, SlopeStop, Stop, Stretch
from guide.domain.slope import Slope
from guide.domain.walker import StepsChoice, Walker
from guide.routing import warnings
from guide.routing.costs import IMPASSABLE, ArcCosts
from guide.routing.geometry import Geometry, ascent_descent
from guide.routing.router import Router, WalkerMetric
from guide.routing.stops import Way, ways_of_stops

MOVED_M: Final = 50.0
"""A stop this far from its street is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """The cheapest walk between two ways of two stops that follow each other."""

    cost_ms: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """The cheapest walk from the first stop to some way of a later one: a way for each stop, a link between each."""

    cost_ms: int
    ways: tuple[Way, ...]
    links: tuple[_Link, ...]


def plan_route(
    router: Router, geometry: Geometry, stops: tuple[Stop, ...], walker: Walker, slopes: Mapping[str, Slope]
) -> Route:
    """The cheapest walk through all stops in order; a slope of any direction is taken the way that fits best.

    Raises:
        UsageError: there are fewer than two stops, and not one slope.
        SnapError: a point is too far from any street.
        NotFoundError: no such slope.
        RouteError: a slope cannot be walked as asked.
        NoWayError: no way joins two stops.
    """
    if not stops or (len(stops) == 1 and isinstance(stops[0], PointStop)):
        raise UsageError("A route needs at least two stops, or one slope. Add a stop.")
    metric = router.metric(walker)
    ways = ways_of_stops(router, metric, stops, slopes)
    chain = _cheapest(metric, ways, stops, walker)
    return _to_route(geometry, metric.costs, chain, walker)


def _cheapest(metric: WalkerMetric, ways: list[tuple[Way, ...]], stops: tuple[Stop, ...], walker: Walker) -> _Chain:
    """The best choice of a way for every stop, stop by stop (Viterbi)."""
    chains = [_Chain(cost_ms=way.cost_ms, ways=(way,), links=()) for way in ways[0]]
    for number, choices in enumerate(ways[1:], start=1):
        longer = []
        for way in choices:
            options = [
                _Chain(
                    cost_ms=chain.cost_ms + link.cost_ms + way.cost_ms,
                    ways=(*chain.ways, way),
                    links=(*chain.links, link),
                )
                for chain in chains
                if (link := _link(metric, chain.ways[-1], way)) is not None
            ]
            if options:
                longer.append(min(options, key=lambda option: option.cost_ms))
        if not longer:
            advice = " or allow stairs" if walker.steps is StepsChoice.NEVER else ""
            raise NoWayError(
                f"No way on foot joins stop {number} ({_name(stops[number - 1])}) and stop {number + 1} "
                f"({_name(stops[number])}) in this direction. Choose another stop{advice}."
            )
        chains = longer
    return min(chains, key=lambda chain: chain.cost_ms)


def _link(metric: WalkerMetric, before: Way, after: Way) -> _Link | None:
    """The cheapest walk from where one stop is left to where the next is reached."""
    direct = _along_one_edge(metric.costs, before, after)
    path = metric.shortest(
        {node: cost for node, (cost, _) in before.exits.items()},
        {node: cost for node, (cost, _) in after.entries.items()},
    )
    if path is None or (direct is not None and direct.cost_ms <= path.cost_ms):
        return direct
    first, last = before.exits[path.first_node][1], after.entries[path.last_node][1]
    between = tuple(Stretch(arc=arc) for arc in path.arcs)
    stretches = (*((first,) if first else ()), *between, *((last,) if last else ()))
    return _Link(cost_ms=path.cost_ms, stretches=stretches)


def _along_one_edge(costs: ArcCosts, before: Way, after: Way) -> _Link | None:
    """The walk between two points on one edge that never leaves it."""
    if before.snap is None or after.snap is None or before.snap.edge != after.snap.edge:
        return None
    start, end = before.snap.fraction, after.snap.fraction
    if start == end:
        arc = _some_arc(costs, before.snap.edge)
        at = 1 - start if arc & 1 else start
        return _Link(cost_ms=0, stretches=(Stretch(arc=arc, start=at, end=at),))
    arc = 2 * before.snap.edge + (start > end)
    if costs.cost_ms[arc] == IMPASSABLE:
        return None
    stretch = Stretch(arc=arc, start=1 - start, end=1 - end) if arc & 1 else Stretch(arc=arc, start=start, end=end)
    return _Link(cost_ms=round(int(costs.cost_ms[arc]) * (stretch.end - stretch.start)), stretches=(stretch,))


def _some_arc(costs: ArcCosts, edge: int) -> int:
    return 2 * edge + int(costs.cost_ms[2 * edge] == IMPASSABLE)


def _name(stop: Stop) -> str:
    if isinstance(stop, SlopeStop):
        return f"slope {stop.slope_id}"
    return stop.name or f"{stop.lng_lat[0]:.5f}, {stop.lng_lat[1]:.5f}"


def _to_route(geometry: Geometry, costs: ArcCosts, chain: _Chain, walker: Walker) -> Route:
    legs = _legs(geometry, costs, chain)
    stretches = tuple(stretch for leg in legs for stretch in leg.stretches)
    profile = geometry.profile(stretches)
    line = geometry.line(stretches, profile)
    ascent_m, descent_m = ascent_descent(profile)
    return Route(
        legs=tuple(legs),
        snaps=tuple(way.snap for way in chain.ways),
        line=line.lng_lat,
        line_elevation_m=line.elevation_m,
        profile=profile,
        distance_m=geometry.length_m(stretches),
        duration_s=_duration_s(costs, stretches),
        ascent_m=ascent_m,
        descent_m=descent_m,
        max_grade_20m=geometry.max_grade_20m(stretches, profile),
        steps=geometry.step_count(stretches),
        warnings=_warnings(geometry, chain, stretches, walker),
    )


def _legs(geometry: Geometry, costs: ArcCosts, chain: _Chain) -> list[Leg]:
    """A leg for each slope, and one between two stops unless a slope ends just where the next stop begins."""
    legs = []
    for number, way in enumerate(chain.ways):
        if number > 0 and chain.links[number - 1].stretches:
            legs.append(_leg(geometry, costs, (number - 1, number), chain.links[number - 1].stretches, None))
        if way.stretches:
            legs.append(_leg(geometry, costs, (number, number), way.stretches, way))
    return legs


def _leg(
    geometry: Geometry,
    costs: ArcCosts,
    between: tuple[int, int],
    stretches: tuple[Stretch, ...],
    way: Way | None,
) -> Leg:
    ascent_m, descent_m = ascent_descent(geometry.profile(stretches))
    return Leg(
        from_stop=between[0],
        to_stop=between[1],
        slope_id=way.slope_id if way else None,
        direction=way.direction if way else None,
        stretches=stretches,
        distance_m=geometry.length_m(stretches),
        duration_s=_duration_s(costs, stretches),
        ascent_m=ascent_m,
        descent_m=descent_m,
    )


def _duration_s(costs: ArcCosts, stretches: tuple[Stretch, ...]) -> float:
    return sum(float(costs.duration_s[stretch.arc]) * (stretch.end - stretch.start) for stretch in stretches)


def _warnings(
    geometry: Geometry, chain: _Chain, stretches: tuple[Stretch, ...], walker: Walker
) -> tuple[RouteWarning, ...]:
    found = []
    if geometry.length_m(stretches) == 0:
        found.append(warnings.no_distance())
    if (unknown_m := geometry.unknown_m(stretches)) >= 1:
        found.append(warnings.unknown_heights(unknown_m))
    if walker.steps is StepsChoice.AVOID and (stairs_m := geometry.stairs_m(stretches)) > 0:
        found.append(warnings.stairs_taken(stairs_m))
    found.extend(
        warnings.stop_moved(number, way.snap.distance_m)
        for number, way in enumerate(chain.ways, start=1)
        if way.snap is not None and way.snap.distance_m > MOVED_M
    )
    return tuple(found)
