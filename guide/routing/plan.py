"""A route through stops: points to pass and slopes to climb, for one walker's legs, limits and wishes."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from guide.domain.errors import NoWayError, RouteError, SnapError, UsageError
from guide.domain.route import PointStop, Route, RouteWarning, Stop
from guide.domain.slope import Slope
from guide.domain.walker import StepsChoice, Walker, Wheels
from guide.routing import warnings
from guide.routing.chain import Found, Search
from guide.routing.compose import compose, with_warnings
from guide.routing.costs import DETOUR_AT_MOST, Terms
from guide.routing.geometry import Geometry
from guide.routing.limits import Breach, breaches, steep_place, steepest_stretch, street_label, window_of_walk
from guide.routing.lines import Walk
from guide.routing.router import Router
from guide.routing.stops import MOVED_M
from guide.routing.windows import SteepPlace
from guide.routing.wishes import cheapest_with_wishes

COARSE_SIGMA: Final = 0.03
"""A limit is told to be uncertain where the error of the grades is larger than three percentage points."""

_ROUNDS: Final = 4
"""Steep places across a junction that are gone round, one a round, before the way is given as the least bad."""


def plan_route(
    router: Router,
    geometry: Geometry,
    stops: tuple[Stop, ...],
    walker: Walker,
    slopes: Mapping[str, Slope],
    closed: AbstractSet[int] = frozenset(),
) -> Route:
    """The cheapest walk through all stops in order; a slope of any direction is taken the way that fits best.

    ``closed`` edges are not walked. Where no way keeps the walker's hard limits, the least bad one is given, marked
    as such (``keeps_limits``) and with a warning for each part that breaks them. Stairs are never taken by who never
    takes them.

    Raises:
        UsageError: there are fewer than two stops, and not one slope.
        SnapError: a point is too far from any street.
        NotFoundError: no such slope.
        RouteError: a slope cannot be walked as asked.
        NoWayError: no way joins two stops.
    """
    if not stops or (len(stops) == 1 and isinstance(stops[0], PointStop)):
        raise UsageError("A route needs at least two stops, or one slope. Add a stop.")
    search = Search(router=router, stops=stops, slopes=slopes)
    return plan(search, geometry, walker, closed)


def plan(
    search: Search,
    geometry: Geometry,
    walker: Walker,
    closed: AbstractSet[int] = frozenset(),
    detour: float = DETOUR_AT_MOST,
) -> Route:
    """As ``plan_route``, with another promise for who seeks or avoids slopes."""
    terms = Terms(closed=frozenset(arc for edge in closed for arc in (2 * edge, 2 * edge + 1)))
    try:
        found = cheapest_with_wishes(search, walker, terms, detour)
    except (NoWayError, SnapError):
        if not walker.has_limits and walker.wheels is Wheels.NONE:
            raise
        terms = replace(terms, lenient=True)
        found = cheapest_with_wishes(search, walker, terms, detour)
    place = None
    if walker.has_limits and not terms.lenient:
        found, place = _round_steep_junctions(search, geometry, walker, terms, found)
    walk = Walk.of(found.chain.stretches)
    route = compose(search.router, geometry, found, walk)
    broken = breaches(search.router.network, geometry, found.costs, walk.stretches, walker) if terms.lenient else []
    if walker.has_limits and terms.lenient and not broken:
        # Only harmless parts of its steep ways are walked; what lies across a junction must still be told.
        place = steep_place(route.profile, *window_of_walk(search.router.lay, walk), walker)
    if place is not None:
        broken.append(_breach_at(search.router, geometry, route, place))
    told = [*_limit_warnings(search.router, geometry, walk, walker, broken), *_warnings(geometry, route, walk, walker)]
    return with_warnings(route, told, keeps_limits=not broken)


def _round_steep_junctions(
    search: Search, geometry: Geometry, walker: Walker, terms: Terms, found: Found
) -> tuple[Found, SteepPlace | None]:
    """Another walk where a window across a junction is too steep, though each of its edges is not.

    Edge by edge such a place cannot be seen. Each round closes the arc that adds most to it; if no walk is left, the
    one with the least steep place is given, and the place with it.
    """
    best: tuple[float, Found, SteepPlace] | None = None
    for _ in range(_ROUNDS):
        walk = Walk.of(found.chain.stretches)
        window_m, sigma = window_of_walk(search.router.lay, walk)
        place = steep_place(geometry.profile(walk), window_m, sigma, walker)
        if place is None:
            return found, None
        if best is None or abs(place.grade) < best[0]:
            best = (abs(place.grade), found, place)
        steepest = steepest_stretch(geometry, walk.stretches, place)
        if steepest is None:
            break
        terms = replace(terms, closed=terms.closed | {steepest.arc})
        try:
            found = cheapest_with_wishes(search, walker, terms)
        except RouteError:
            break
    return (found, None) if best is None else (best[1], best[2])


def _breach_at(router: Router, geometry: Geometry, route: Route, place: SteepPlace) -> Breach:
    """A steep window across junctions, told by the street in its middle."""
    middle_m, begin_m = (place.from_m + place.to_m) / 2, 0.0
    edge = route.stretches[-1].arc >> 1
    for stretch in route.stretches:
        begin_m += geometry.length_m((stretch,))
        if begin_m >= middle_m:
            edge = stretch.arc >> 1
            break
    street = street_label(router.network, edge)
    return Breach(street=street, from_m=place.from_m, to_m=place.to_m, grade=place.grade)


def _limit_warnings(
    router: Router, geometry: Geometry, walk: Walk, walker: Walker, broken: list[Breach]
) -> list[RouteWarning]:
    """What is known of the walker's limits on this way."""
    found = [warnings.no_way_within_limits()] if broken else []
    found += [warnings.broken(breach, walker) for breach in broken]
    if walker.has_limits:
        window_m, sigma = window_of_walk(router.lay, walk)
        if sigma > COARSE_SIGMA:
            found.append(warnings.limits_uncertain(sigma, window_m))
        if (unknown_m := geometry.unknown_m(walk)) >= 1:
            found.append(warnings.limits_unchecked(unknown_m))
    if walker.wheels is not Wheels.NONE:
        found += _untold(router, walk, walker)
    return found


def _untold(router: Router, walk: Walk, walker: Walker) -> list[RouteWarning]:
    """What the map does not tell wheels of this way."""
    here, length_m = router.untold, router.network.edge_length_m[walk.edge] * walk.share
    found = []
    if (surface_m := float(length_m[here.surface[walk.edge]].sum())) >= 1:
        found.append(warnings.surface_unknown(surface_m))
    if walker.wheels is Wheels.WHEELCHAIR:
        crossings, width_m = int(here.kerb[walk.edge].sum()), float(length_m[here.width[walk.edge]].sum())
        if crossings or width_m >= 1:
            found.append(warnings.kerbs_unknown(crossings, width_m))
    return found


def _warnings(geometry: Geometry, route: Route, walk: Walk, walker: Walker) -> list[RouteWarning]:
    """What any walker should know."""
    found = []
    if route.distance_m == 0:
        found.append(warnings.no_distance())
    if (unknown_m := geometry.unknown_m(walk)) >= 1:
        found.append(warnings.unknown_heights(unknown_m))
    if walker.steps is StepsChoice.AVOID and (stairs_m := geometry.stairs_m(walk)) > 0:
        found.append(warnings.stairs_taken(stairs_m))
    found.extend(
        warnings.stop_moved(number, snap.distance_m)
        for number, snap in enumerate(route.snaps, start=1)
        if snap is not None and snap.distance_m > MOVED_M
    )
    return found
