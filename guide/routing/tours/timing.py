"""Halts in their order, walked by the router: the route, and when one is where."""

from collections.abc import Sequence

from guide.domain.planned_tour import Halt, TimedTour, Timing
from guide.domain.route import Route
from guide.domain.walker import Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.routes.plan import plan
from guide.routing.search.chain import Search
from guide.routing.tours.problem import Option, schedule
from guide.routing.tours.surroundings import Surroundings, tour_walker
from guide.routing.tours.when import When


def walk_halts(surroundings: Surroundings, halts: Sequence[Halt], walker: Walker, terms: Terms) -> Route:
    """The route through halts in their order, each slope along its own line.

    Raises:
        SnapError: a halt is too far from any street.
        NotFoundError: no such slope.
        RouteError: a slope cannot be walked as asked.
        NoWayError: no way joins two halts.
    """
    stops = tuple(halt.stop for halt in halts)
    search = Search(router=surroundings.router, stops=stops, slopes=surroundings.slopes)
    return plan(search, surroundings.geometry, tour_walker(walker), terms)


def time_tour(halts: Sequence[Halt], route: Route, when: When) -> TimedTour:
    """A tour whose route through all halts is known.

    Whoever comes too early waits; whoever comes too late is told so (``missed``), and stays all the same.
    """
    links_s, climbs_s = _seconds(route, len(halts))
    options = [
        Option(group=0, stay_s=climb + halt.stay_s, window_s=halt.window_s if when.has_clock else None)
        for climb, halt in zip(climbs_s, halts, strict=True)
    ]
    legs_s = [*links_s, 0.0]
    depart_s = when.depart_s[0]
    timed = schedule(legs_s, options, when.depart_s)
    if timed is not None:
        depart_s = timed[0]
    timings, missed = _timings(halts, options, links_s, depart_s)
    return TimedTour(
        halts=tuple(halts),
        timings=timings,
        route=route,
        depart_s=depart_s if when.has_clock else None,
        day=when.day,
        duration_s=timings[-1].leave_s,
        ascent_m=_ascent_m(route),
        missed=missed,
    )


def _seconds(route: Route, count: int) -> tuple[list[float], list[float]]:
    """How long the walk to each halt takes (the first has none), and its climb."""
    links, climbs = [0.0] * count, [0.0] * count
    for leg in route.legs:
        (climbs if leg.slope_id is not None else links)[leg.to_stop] += leg.duration_s
    return links, climbs


def _timings(
    halts: Sequence[Halt], options: Sequence[Option], links_s: Sequence[float], depart_s: float
) -> tuple[tuple[Timing, ...], tuple[int, ...]]:
    timings, missed = [], []
    now = 0.0
    for number, (halt, option, link) in enumerate(zip(halts, options, links_s, strict=True)):
        arrive = now + link
        wait = 0.0
        if option.window_s is not None and halt.window_s is not None:
            opens, closes = option.window_s
            wait = max(opens - (depart_s + arrive), 0.0)
            if depart_s + arrive > closes + 1.0:  # a second of rounding
                missed.append(number)
        now = arrive + wait + option.stay_s
        timings.append(Timing(arrive_s=arrive, wait_s=wait, leave_s=now))
    return tuple(timings), tuple(missed)


def _ascent_m(route: Route) -> float | None:
    """The greater of the walk's ascent and the sum of its legs': no way of counting goes over it."""
    legs = [leg.ascent_m for leg in route.legs]
    known = [ascent for ascent in legs if ascent is not None]
    if route.ascent_m is None or len(known) < len(legs):
        return None
    return max(route.ascent_m, sum(known))
