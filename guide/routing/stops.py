"""Stops as the router sees them: where a walk may come in, what it does there, and where it goes on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from guide.domain.errors import NotFoundError, NoWayError, RouteError
from guide.domain.route import Direction, PointStop, SlopeStop, Snap, Stop, Stretch, turned
from guide.domain.slope import Slope
from guide.domain.walker import Walker
from guide.routing.arcs import Arcs
from guide.routing.costs import IMPASSABLE, ArcCosts
from guide.routing.lines import Walk
from guide.routing.router import Router, WalkerMetric

MOVED_M: Final = 50.0
"""A stop this far from its street is told of."""


class Place(NamedTuple):
    """A place on the network: ``fraction`` of an edge from its tail."""

    edge: int
    fraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to deal with a stop, which begins and ends at places on the network.

    ``entries`` and ``exits`` give, for each node one may come from or go on to, the cost (ms) between it and the stop
    and the stretch walked (None at the node itself). ``cost_ms`` and ``stretches`` are the stop's own: a slope's climb.
    """

    entries: Mapping[int, tuple[int, Stretch | None]]
    exits: Mapping[int, tuple[int, Stretch | None]]
    begin: Place
    end: Place
    cost_ms: int = 0
    stretches: tuple[Stretch, ...] = ()
    snap: Snap | None = None
    slope_id: str | None = None
    direction: Direction | None = None


def ways_of_stops(
    router: Router, metric: WalkerMetric, stops: tuple[Stop, ...], slopes: Mapping[str, Slope]
) -> list[tuple[Way, ...]]:
    """For each stop the ways to deal with it; never none.

    Raises:
        SnapError: a point is too far from any street.
        NotFoundError: no such slope.
        RouteError: a slope cannot be walked as asked.
    """
    slope_ways = {
        number: _slope_ways(router.arcs, metric.costs, stop, slopes)
        for number, stop in enumerate(stops)
        if isinstance(stop, SlopeStop)
    }
    points = {number: stop for number, stop in enumerate(stops) if isinstance(stop, PointStop)}
    fixed = {int(metric.edge_component[ways[0].stretches[0].arc >> 1]) for ways in slope_ways.values()}
    snaps = snap_together(router, metric, points, fixed)
    return [
        slope_ways[number] if number in slope_ways else (point_way(router.arcs, metric.costs, snaps[number]),)
        for number in range(len(stops))
    ]


def snap_together(
    router: Router, metric: WalkerMetric, points: Mapping[int, PointStop], fixed: set[int]
) -> dict[int, Snap]:
    """Snap points so that they lie on one joined part of the network, if there is such a part.

    ``fixed`` are the parts that other stops lie on. Each point takes its nearest street, if these are all joined;
    else the part of the network that all can reach with the least distance to streets; else, each its nearest (and the
    router will say that there is no way).
    """
    component = metric.edge_component
    snaps = {number: router.snapper.nearest(stop.lng_lat, component) for number, stop in points.items()}
    if len(fixed | {int(component[snap.edge]) for snap in snaps.values()}) <= 1:
        return snaps
    choices = {number: router.snapper.nearest_by_component(stop.lng_lat, component) for number, stop in points.items()}
    shared = set.intersection(*(set(choice) for choice in choices.values()), *([fixed] if fixed else []))
    if len(fixed) > 1 or not shared:
        return snaps
    best = min(shared, key=lambda part: sum(choice[part].distance_m for choice in choices.values()))
    return {number: choice[best] for number, choice in choices.items()}


def refuse_moved(router: Router, stops: tuple[Stop, ...], snaps: tuple[Snap | None, ...]) -> None:
    """Refuse stops that a walker's limits or closures have moved away from the street they lie on.

    A stop that anybody has to walk to (an island, a park's middle) is told of; one that only this walker cannot reach
    is not reached by a walk that ends a few streets away.

    Raises:
        NoWayError: a stop lies more than ``MOVED_M`` farther from its street than for a walker without limits.
    """
    far = [number for number, snap in enumerate(snaps) if snap is not None and snap.distance_m > MOVED_M]
    if not far:
        return
    points = {number: stop for number, stop in enumerate(stops) if isinstance(stop, PointStop)}
    plain = snap_together(router, router.metric(Walker()), points, set())
    for number in far:
        snap = snaps[number]
        if snap is not None and snap.distance_m > plain[number].distance_m + MOVED_M:
            raise NoWayError(
                f"Stop {number + 1} can be reached only by ways that are closed or not for this walker; the nearest "
                f"place in reach lies {snap.distance_m:.0f} m away. Choose another stop, or another walker."
            )


def point_way(arcs: Arcs, costs: ArcCosts, snap: Snap) -> Way:
    """How a point is reached and left: to and from both ends of its edge, where the walker may go."""
    place = Place(snap.edge, snap.fraction)
    return Way(
        entries=_entries(arcs, costs, place), exits=_exits(arcs, costs, place), begin=place, end=place, snap=snap
    )


def place_at(stretch: Stretch, at: float) -> Place:
    """A place on an arc, ``at`` from its begin, on its edge."""
    return Place(stretch.arc >> 1, 1.0 - at if stretch.arc & 1 else at)


def _entries(arcs: Arcs, costs: ArcCosts, place: Place) -> dict[int, tuple[int, Stretch | None]]:
    """How a place is reached: from both ends of its edge, or at the junction that it is."""
    if (node := _node_at(arcs, place)) is not None:
        return {node: (0, None)}
    entries: dict[int, tuple[int, Stretch | None]] = {}
    for arc, at, cost in _both_ways(costs, place):
        _offer(entries, int(arcs.tail[arc]), round(cost * at), Stretch(arc=arc, start=0.0, end=at))
    return entries


def _exits(arcs: Arcs, costs: ArcCosts, place: Place) -> dict[int, tuple[int, Stretch | None]]:
    """How a place is left: towards both ends of its edge, or from the junction that it is."""
    if (node := _node_at(arcs, place)) is not None:
        return {node: (0, None)}
    exits: dict[int, tuple[int, Stretch | None]] = {}
    for arc, at, cost in _both_ways(costs, place):
        _offer(exits, int(arcs.head[arc]), round(cost * (1 - at)), Stretch(arc=arc, start=at, end=1.0))
    return exits


def _both_ways(costs: ArcCosts, place: Place) -> Iterator[tuple[int, float, int]]:
    """The arcs of a place's edge that may be walked: the arc, how far along it the place lies, and its cost (ms)."""
    for arc in (2 * place.edge, 2 * place.edge + 1):
        cost = int(costs.cost_ms[arc])
        if cost != IMPASSABLE:
            yield arc, 1 - place.fraction if arc & 1 else place.fraction, cost


def _node_at(arcs: Arcs, place: Place) -> int | None:
    """The node of a place at a junction: there it is on every edge that meets there, whatever its own is closed for."""
    if place.fraction not in {0.0, 1.0}:
        return None
    return int(arcs.head[2 * place.edge] if place.fraction else arcs.tail[2 * place.edge])


def _offer(nodes: dict[int, tuple[int, Stretch | None]], node: int, cost_ms: int, stretch: Stretch) -> None:
    """Both ends of a loop are one node: the cheaper way counts."""
    if node not in nodes or cost_ms < nodes[node][0]:
        nodes[node] = (cost_ms, stretch if stretch.end > stretch.start else None)


def _slope_ways(arcs: Arcs, costs: ArcCosts, stop: SlopeStop, slopes: Mapping[str, Slope]) -> tuple[Way, ...]:
    slope = slopes.get(stop.slope_id)
    if slope is None:
        raise NotFoundError(
            f"This area has no slope {stop.slope_id!r}. The slopes are listed at collections/slopes/items."
        )
    if not slope.stretches:
        raise RouteError(
            f"It is not known which street {slope.entry.name} is, so no route can climb it. Choose a point on the map."
        )
    directions = (Direction.UP, Direction.DOWN) if stop.direction is Direction.ANY else (stop.direction,)
    ways = [way for direction in directions if (way := _climb(arcs, costs, slope, direction)) is not None]
    if not ways:
        how = {Direction.UP: "up", Direction.DOWN: "down", Direction.ANY: "in either direction"}[stop.direction]
        raise NoWayError(
            f"{slope.entry.name} cannot be walked {how} by this walker: part of it is one-way on foot, closed, or "
            "a stair that the walker never takes. Ask for the other direction, or allow stairs."
        )
    return tuple(ways)


def _climb(arcs: Arcs, costs: ArcCosts, slope: Slope, direction: Direction) -> Way | None:
    climbed = slope.stretches if direction is Direction.UP else turned(slope.stretches)
    walk = Walk.of(climbed)
    cost = costs.cost_ms[walk.arc]
    if (cost == IMPASSABLE).any():
        return None
    begin, end = place_at(climbed[0], climbed[0].start), place_at(climbed[-1], climbed[-1].end)
    return Way(
        entries=_entries(arcs, costs, begin),
        exits=_exits(arcs, costs, end),
        begin=begin,
        end=end,
        cost_ms=round(float(cost @ walk.share)),
        stretches=climbed,
        slope_id=slope.entry.id,
        direction=direction,
    )
