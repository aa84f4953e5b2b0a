"""The cheapest chain of walks through all stops, for one walker's metric."""

from collections.abc import Mapping
from dataclasses import dataclass

from guide.domain.errors import NoWayError
from guide.domain.route import SlopeStop, Stop, Stretch
from guide.domain.slope import Slope
from guide.domain.walker import StepsChoice, Walker
from guide.routing.costs import IMPASSABLE, ArcCosts, Terms
from guide.routing.lines import Walk, Walkable
from guide.routing.router import Router, WalkerMetric
from guide.routing.stops import Way, refuse_moved, ways_of_stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The cheapest walk between two ways of two stops that follow each other."""

    cost_ms: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The cheapest walk from the first stop to some way of a later one: a way for each stop, a link between each."""

    cost_ms: int
    ways: tuple[Way, ...]
    links: tuple[Link, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The whole walk in order."""
        found = list(self.ways[0].stretches)
        for link, way in zip(self.links, self.ways[1:], strict=True):
            found += [*link.stretches, *way.stretches]
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for: a walk through stops in order, for any walker."""

    router: Router
    stops: tuple[Stop, ...]
    slopes: Mapping[str, Slope]

    def cheapest(self, walker: Walker, terms: Terms) -> "Found":
        """The cheapest chain.

        Raises:
            SnapError: a point is too far from any street.
            NotFoundError: no such slope.
            RouteError: a slope cannot be walked as asked.
            NoWayError: no way joins two stops.
        """
        metric = self.router.metric(walker, terms)
        ways = ways_of_stops(self.router, metric, self.stops, self.slopes)
        chain = _cheapest(metric, ways, self.stops, walker)
        refuse_moved(self.router, self.stops, tuple(way.snap for way in chain.ways))
        return Found(chain=chain, costs=metric.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A chain and the costs it was found with."""

    chain: Chain
    costs: ArcCosts

    @property
    def duration_s(self) -> float:
        """How long the whole walk takes."""
        return duration_s(self.costs, self.chain.stretches)


def duration_s(costs: ArcCosts, stretches: Walkable) -> float:
    """How long some stretches take."""
    walk = Walk.of(stretches)
    return float(costs.duration_s[walk.arc] @ walk.share)


def _cheapest(metric: WalkerMetric, ways: list[tuple[Way, ...]], stops: tuple[Stop, ...], walker: Walker) -> Chain:
    """The best choice of a way for every stop, stop by stop (Viterbi)."""
    chains = [Chain(cost_ms=way.cost_ms, ways=(way,), links=()) for way in ways[0]]
    for number, choices in enumerate(ways[1:], start=1):
        longer = []
        for way in choices:
            options = [
                Chain(
                    cost_ms=chain.cost_ms + step.cost_ms + way.cost_ms,
                    ways=(*chain.ways, way),
                    links=(*chain.links, step),
                )
                for chain in chains
                if (step := link(metric, chain.ways[-1], way)) is not None
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


def link(metric: WalkerMetric, before: Way, after: Way) -> Link | None:
    """The cheapest walk from where one stop is left to where the next is reached."""
    direct = along_one_edge(metric.costs, before, after)
    path = metric.shortest(
        {node: cost for node, (cost, _) in before.exits.items()},
        {node: cost for node, (cost, _) in after.entries.items()},
    )
    if path is None or (direct is not None and direct.cost_ms <= path.cost_ms):
        return direct
    first, last = before.exits[path.first_node][1], after.entries[path.last_node][1]
    stretches = [Stretch(arc) for arc in path.arcs]
    return Link(cost_ms=path.cost_ms, stretches=(*((first,) if first else ()), *stretches, *((last,) if last else ())))


def along_one_edge(costs: ArcCosts, before: Way, after: Way) -> Link | None:
    """The walk between two places on one edge that never leaves it."""
    if before.end.edge != after.begin.edge:
        return None
    start, end = before.end.fraction, after.begin.fraction
    if start == end:
        if before.stretches or after.stretches:
            return Link(cost_ms=0, stretches=())
        # Two points at one place: a walk of no length, which still has a place.
        arc = 2 * before.end.edge + int(costs.cost_ms[2 * before.end.edge] == IMPASSABLE)
        at = 1 - start if arc & 1 else start
        return Link(cost_ms=0, stretches=(Stretch(arc=arc, start=at, end=at),))
    arc = 2 * before.end.edge + (start > end)
    if costs.cost_ms[arc] == IMPASSABLE:
        return None
    stretch = Stretch(arc=arc, start=1 - start, end=1 - end) if arc & 1 else Stretch(arc=arc, start=start, end=end)
    return Link(cost_ms=round(int(costs.cost_ms[arc]) * (stretch.end - stretch.start)), stretches=(stretch,))


def _name(stop: Stop) -> str:
    if isinstance(stop, SlopeStop):
        return f"slope {stop.slope_id}"
    return stop.name or f"{stop.lng_lat[0]:.5f}, {stop.lng_lat[1]:.5f}"
