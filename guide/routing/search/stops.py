"""Stops as the router sees them: where a walk may come in, what it does there, and where it goes on."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from guide.domain.errors import NotFoundError, NoWayError, RouteError
from guide.domain.route import Direction, PointStop, SlopeStop, Snap, Stop
from guide.domain.slope import Slope
from guide.domain.walk import Stretch, Walk, turned
from guide.domain.walker import Walker
from guide.routing.costs.arc_costs import IMPASSABLE
from guide.routing.search.router import Router, WalkerMetric

MOVED_M: Final = 50.0
"""A stop this far from its street is told of."""


class Place(NamedTuple):
    """A place on the network: ``fraction`` of an edge from its tail."""

    edge: int
    fraction: float


class Ends(NamedTuple):
    """The nodes between which and a place one walks: what each way costs (ms), and its stretch (None at the node)."""

    cost_ms: dict[int, int]
    stretch: dict[int, Stretch | None]


class Way(NamedTuple):
    """One way to deal with a stop, which begins and ends at places on the network.

    ``entries`` are the nodes one may come from, ``exits`` those one may go on to. ``cost_ms`` and ``climb`` are the
    stop's own: a slope's.
    """

    entries: Ends
    exits: Ends
    begin: Place
    end: Place
    cost_ms: int = 0
    climb: Walk | None = None
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
        number: _slope_ways(metric, stop, slopes) for number, stop in enumerate(stops) if isinstance(stop, SlopeStop)
    }
    points = {number: stop for number, stop in enumerate(stops) if isinstance(stop, PointStop)}
    climbs = [ways[0].climb for ways in slope_ways.values()]
    fixed = {int(metric.edge_component[climb.edge[0]]) for climb in climbs if climb is not None}
    snaps = snap_together(router, metric, points, fixed)
    return [
        slope_ways[number] if number in slope_ways else (point_way(metric, snaps[number]),)
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
    found = router.snapper.nearest_each([stop.lng_lat for stop in points.values()], component) if points else []
    snaps = dict(zip(points, found, strict=True))
    if len({*fixed, *(int(component[snap.edge]) for snap in snaps.values())}) <= 1:
        return snaps
    choices = {number: router.snapper.nearest_by_component(stop.lng_lat, component) for number, stop in points.items()}
    shared = set.intersection(*(set(choice) for choice in choices.values()), *([fixed] if fixed else []))
    if len(fixed) > 1 or not shared:
        return snaps
    best = min(shared, key=lambda part: sum(choice[part].distance_m for choice in choices.values()))
    return {number: choice[best] for number, choice in choices.items()}


def refuse_moved(router: Router, stops: tuple[Stop, ...], ways: tuple[Way, ...]) -> None:
    """Refuse stops that a walker's limits or closures have moved away from the street they lie on.

    A stop that anybody has to walk to (an island, a park's middle) is told of; one that only this walker cannot reach
    is not reached by a walk that ends a few streets away.

    Raises:
        NoWayError: a stop lies more than ``MOVED_M`` farther from its street than for a walker without limits.
    """
    far = [number for number, way in enumerate(ways) if way.snap is not None and way.snap.distance_m > MOVED_M]
    if not far:
        return
    points = {number: stop for number, stop in enumerate(stops) if isinstance(stop, PointStop)}
    plain = snap_together(router, router.metric(Walker()), points, set())
    for number in far:
        snap = ways[number].snap
        if snap is not None and snap.distance_m > plain[number].distance_m + MOVED_M:
            raise NoWayError(
                f"Stop {number + 1} can be reached only by ways that are closed or not for this walker; the nearest "
                f"place in reach lies {snap.distance_m:.0f} m away. Choose another stop, or another walker."
            )


def point_way(metric: WalkerMetric, snap: Snap) -> Way:
    """How a point is reached and left: to and from both ends of its edge, where the walker may go."""
    place = Place(snap.edge, snap.fraction)
    entries, exits = _ends(metric, place)
    return Way(entries, exits, place, place, snap=snap)


def place_at(stretch: Stretch, at: float) -> Place:
    """A place on an arc, ``at`` from its begin, on its edge."""
    return Place(stretch.arc >> 1, 1.0 - at if stretch.arc & 1 else at)


def _ends(metric: WalkerMetric, place: Place) -> tuple[Ends, Ends]:
    """How a place is reached and left: from and towards both ends of its edge, or at the junction that it is.

    At a junction it is on every edge that meets there, whatever its own is closed for.
    """
    edge, at = place
    if at in {0.0, 1.0}:
        node = metric.ends(2 * edge)[int(at)]
        return Ends({node: 0}, {node: None}), Ends({node: 0}, {node: None})
    entries, exits = Ends({}, {}), Ends({}, {})
    for arc, there in ((2 * edge, at), (2 * edge + 1, 1 - at)):
        cost_ms = metric.cost_ms[arc]
        if cost_ms != IMPASSABLE:
            tail, head = metric.ends(arc)
            _offer(entries, tail, round(cost_ms * there), Stretch(arc, 0.0, there))
            _offer(exits, head, round(cost_ms * (1 - there)), Stretch(arc, there, 1.0))
    return entries, exits


def _offer(ends: Ends, node: int, cost_ms: int, stretch: Stretch) -> None:
    """Both ends of a loop are one node: the cheaper way counts."""
    if node not in ends.cost_ms or cost_ms < ends.cost_ms[node]:
        ends.cost_ms[node] = cost_ms
        ends.stretch[node] = stretch


def _slope_ways(metric: WalkerMetric, stop: SlopeStop, slopes: Mapping[str, Slope]) -> tuple[Way, ...]:
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
    ways = [way for direction in directions if (way := _climb(metric, slope, direction)) is not None]
    if not ways:
        how = {Direction.UP: "up", Direction.DOWN: "down", Direction.ANY: "in either direction"}[stop.direction]
        raise NoWayError(
            f"{slope.entry.name} cannot be walked {how} by this walker: part of it is one-way on foot, closed, or "
            "a stair that the walker never takes. Ask for the other direction, or allow stairs."
        )
    return tuple(ways)


def _climb(metric: WalkerMetric, slope: Slope, direction: Direction) -> Way | None:
    climbed = slope.stretches if direction is Direction.UP else turned(slope.stretches)
    walk = Walk.of(climbed)
    cost = metric.costs.cost_ms[walk.arc]
    if (cost == IMPASSABLE).any():
        return None
    begin, end = place_at(climbed[0], climbed[0].start), place_at(climbed[-1], climbed[-1].end)
    return Way(
        entries=_ends(metric, begin)[0],
        exits=_ends(metric, end)[1],
        begin=begin,
        end=end,
        cost_ms=round(float(cost @ walk.share)),
        climb=walk,
        slope_id=slope.entry.id,
        direction=direction,
    )
