"""The cheapest chain of walks through all stops, for one walker's metric."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from guide.domain.errors import NoWayError
from guide.domain.route import SlopeStop, Stop
from guide.domain.slope import Slope
from guide.domain.walk import Cut, Walk
from guide.domain.walker import StepsChoice, Walker
from guide.routing.costs.arc_costs import IMPASSABLE, ArcCosts, Terms
from guide.routing.search.router import Router, WalkerMetric
from guide.routing.search.stops import Way, refuse_moved, ways_of_stops


class Link(NamedTuple):
    """The cheapest walk between two ways of two stops that follow each other; it may have no arc at all."""

    cost_ms: int
    walk: Walk


class Chain(NamedTuple):
    """The cheapest walk from the first stop to some way of a later one: a way for each stop, a link between each."""

    cost_ms: int
    ways: tuple[Way, ...]
    links: tuple[Link, ...]

    @property
    def walk(self) -> Walk:
        """The whole walk in order."""
        if len(self.links) == 1 and self.ways[0].climb is None is self.ways[1].climb:
            return self.links[0].walk
        walks = [self.ways[0].climb]
        for link, way in zip(self.links, self.ways[1:], strict=True):
            walks += [link.walk, way.climb]
        return Walk.joined([walk for walk in walks if walk is not None and len(walk)])


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
        refuse_moved(self.router, self.stops, chain.ways)
        return Found(chain, metric.costs)


class Found(NamedTuple):
    """A chain and the costs it was found with."""

    chain: Chain
    costs: ArcCosts

    @property
    def duration_s(self) -> float:
        """How long the whole walk takes."""
        walk = self.chain.walk
        return walk.sum(self.costs.duration_s[walk.arc])


def _cheapest(metric: WalkerMetric, ways: list[tuple[Way, ...]], stops: tuple[Stop, ...], walker: Walker) -> Chain:
    """The best choice of a way for every stop, stop by stop (Viterbi)."""
    chains = [Chain(way.cost_ms, (way,), ()) for way in ways[0]]
    for number, choices in enumerate(ways[1:], start=1):
        longer = []
        for way in choices:
            options = [
                Chain(chain.cost_ms + step.cost_ms + way.cost_ms, (*chain.ways, way), (*chain.links, step))
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
    path = metric.shortest(before.exits.cost_ms, after.entries.cost_ms)
    if path is None or (direct is not None and direct.cost_ms <= path.cost_ms):
        return direct
    first, last = before.exits.stretch[path.first_node], after.entries.stretch[path.last_node]
    arcs, cuts = path.arcs, []
    if first is not None:
        arcs = [first.arc, *arcs]
        cuts.append(Cut(0, *first))
    if last is not None:
        arcs.append(last.arc)
        cuts.append(Cut(len(arcs) - 1, *last))
    return Link(path.cost_ms, Walk(arcs, cuts))


def along_one_edge(costs: ArcCosts, before: Way, after: Way) -> Link | None:
    """The walk between two places on one edge that never leaves it."""
    if before.end.edge != after.begin.edge:
        return None
    start, end = before.end.fraction, after.begin.fraction
    if start == end:
        if before.climb is not None or after.climb is not None:
            return Link(0, Walk(()))
        # Two points at one place: a walk of no length, which still has a place.
        arc = 2 * before.end.edge + int(costs.cost_ms[2 * before.end.edge] == IMPASSABLE)
        at = 1 - start if arc & 1 else start
        return Link(0, Walk([arc], [Cut(0, arc, at, at)]))
    arc = 2 * before.end.edge + (start > end)
    if costs.cost_ms[arc] == IMPASSABLE:
        return None
    cut = Cut(0, arc, 1 - start, 1 - end) if arc & 1 else Cut(0, arc, start, end)
    return Link(cost_ms=round(int(costs.cost_ms[arc]) * (cut.end - cut.start)), walk=Walk([arc], [cut]))


def _name(stop: Stop) -> str:
    if isinstance(stop, SlopeStop):
        return f"slope {stop.slope_id}"
    return stop.name or f"{stop.lng_lat[0]:.5f}, {stop.lng_lat[1]:.5f}"
