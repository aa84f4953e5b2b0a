"""A route through stops: points to pass and slopes to climb, for one walker's legs, limits and wishes."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

import numpy as np

from guide.domain.errors import NoWayError, RouteError, SnapError, UsageError
from guide.domain.route import PointStop, Route, RouteWarning, Stop
from guide.domain.slope import Slope
from guide.domain.walk import Walk
from guide.domain.walker import StepsChoice, Walker, Wheels
from guide.routing.costs.arc_costs import DETOUR_AT_MOST, Terms
from guide.routing.costs.windows import SteepPlace
from guide.routing.course.geometry import Course, Geometry
from guide.routing.routes import warnings
from guide.routing.routes.compose import compose
from guide.routing.routes.limits import Breach, breaches, steep_place, steepest_stretch, street_label, window_of_walk
from guide.routing.search.chain import Found, Search
from guide.routing.search.router import Router
from guide.routing.search.stops import MOVED_M, Way
from guide.routing.search.wishes import cheapest_with_wishes

COARSE_SIGMA: Final = 0.03
"""A limit is told to be uncertain where the error of the grades is larger than three percentage points."""

_ROUNDS: Final = 4
"""Steep places across a junction that are gone round, one a round, before the way is given as the least bad."""

_NO_TERMS: Final = Terms()


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
    return plan(Search(router=router, stops=stops, slopes=slopes), geometry, walker, terms_of(closed))


def terms_of(closed: AbstractSet[int], icy: AbstractSet[int] = frozenset()) -> Terms:
    """The terms of a day on which some edges are closed and some are icy."""
    if not closed and not icy:
        return _NO_TERMS
    return Terms(closed=frozenset(arc for edge in closed for arc in (2 * edge, 2 * edge + 1)), icy=frozenset(icy))


def plan(
    search: Search,
    geometry: Geometry,
    walker: Walker,
    terms: Terms = _NO_TERMS,
    detour: float = DETOUR_AT_MOST,
) -> Route:
    """As ``plan_route``, on any terms, and with another promise for who seeks or avoids slopes."""
    if not search.stops or (len(search.stops) == 1 and isinstance(search.stops[0], PointStop)):
        raise UsageError("A route needs at least two stops, or one slope. Add a stop.")
    try:
        found = cheapest_with_wishes(search, walker, terms, detour)
    except (NoWayError, SnapError):
        if not walker.has_limits and walker.wheels is Wheels.NONE:
            raise
        terms = replace(terms, lenient=True)
        found = cheapest_with_wishes(search, walker, terms, detour)
    course, place = geometry.course(found.chain.walk), None
    if walker.has_limits and not terms.lenient:
        found, course, place = _round_steep_junctions(search, geometry, walker, replace(terms, pull=detour), found)
    broken = breaches(search.router.network, geometry, found.costs, course.walk, walker) if terms.lenient else []
    if walker.has_limits and terms.lenient and not broken:
        # Only harmless parts of its steep ways are walked; what lies across a junction must still be told.
        place = steep_place(course.profile, *window_of_walk(search.router.lay, course.walk), walker)
    if place is not None:
        broken.append(_breach_at(search.router, course, place))
    told = _limit_warnings(search.router, geometry, course.walk, walker, broken)
    told += _warnings(geometry, course, found.chain.ways, walker)
    return compose(geometry, found, course, tuple(told), keeps_limits=not broken)


def _round_steep_junctions(
    search: Search, geometry: Geometry, walker: Walker, terms: Terms, found: Found
) -> tuple[Found, Course, SteepPlace | None]:
    """Another walk where a window across a junction is too steep, though each of its edges is not.

    Edge by edge such a place cannot be seen. Each round closes the arc that adds most to it; if no walk is left, the
    one with the least steep place is given, and the place with it.
    """
    best: tuple[float, Found, Course, SteepPlace] | None = None
    for _ in range(_ROUNDS):
        course = geometry.course(found.chain.walk)
        window_m, sigma = window_of_walk(search.router.lay, course.walk)
        place = steep_place(course.profile, window_m, sigma, walker)
        if place is None:
            return found, course, None
        if best is None or abs(place.grade) < best[0]:
            best = (abs(place.grade), found, course, place)
        steepest = steepest_stretch(geometry, course.walk, place)
        if steepest is None:
            break
        terms = replace(terms, closed=terms.closed | {steepest.arc})
        try:
            found = cheapest_with_wishes(search, walker, terms, terms.pull)
        except RouteError:
            break
    assert best is not None, "there is at least one round"  # noqa: S101 (for the type checker)
    return best[1:]


def _breach_at(router: Router, course: Course, place: SteepPlace) -> Breach:
    """A steep window across junctions, told by the street in its middle."""
    ends_m = course.spans.end_m
    number = min(int(np.searchsorted(ends_m, (place.from_m + place.to_m) / 2)), len(ends_m) - 1)
    street = street_label(router.network, int(course.walk.edge[number]))
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
        if geometry.has_unknown and (unknown_m := geometry.unknown_m(walk)) >= 1:
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


def _warnings(geometry: Geometry, course: Course, ways: tuple[Way, ...], walker: Walker) -> list[RouteWarning]:
    """What any walker should know."""
    found = []
    if course.spans.total_m == 0:
        found.append(warnings.no_distance())
    if geometry.has_unknown and (unknown_m := geometry.unknown_m(course.walk)) >= 1:
        found.append(warnings.unknown_heights(unknown_m))
    if walker.steps is StepsChoice.AVOID and (stairs_m := geometry.stairs_m(course.walk)) > 0:
        found.append(warnings.stairs_taken(stairs_m))
    for number, way in enumerate(ways, start=1):
        if way.snap is not None and way.snap.distance_m > MOVED_M:
            found.append(warnings.stop_moved(number, way.snap.distance_m))
    return found
