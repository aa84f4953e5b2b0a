"""From the chain that was found to the route that is told."""

from typing import TYPE_CHECKING

from guide.domain.route import Leg, Route, RouteWarning
from guide.domain.walk import Walk
from guide.routing.costs.arc_costs import ArcCosts
from guide.routing.course.geometry import Course, Geometry
from guide.routing.search.chain import Chain, Found

if TYPE_CHECKING:
    from guide.routing.search.stops import Way


def compose(
    geometry: Geometry, found: Found, course: Course, warnings: tuple[RouteWarning, ...], *, keeps_limits: bool
) -> Route:
    """The route of a chain, whose whole walk ``course`` is."""
    legs = _legs(geometry, found.costs, found.chain, course)
    ascent_m, descent_m = course.ascent_descent_m
    return Route(
        legs=legs,
        snaps=tuple([way.snap for way in found.chain.ways]),
        walk=course.walk,
        course=course,
        distance_m=course.spans.total_m,
        duration_s=sum([leg.duration_s for leg in legs]),
        ascent_m=ascent_m,
        descent_m=descent_m,
        keeps_limits=keeps_limits,
        warnings=warnings,
    )


def _legs(geometry: Geometry, costs: ArcCosts, chain: Chain, course: Course) -> tuple[Leg, ...]:
    """A leg for each slope, and one between two stops unless a slope ends just where the next stop begins."""
    parts: list[tuple[int, int, Walk, Way | None]] = []
    for number, way in enumerate(chain.ways):
        if number > 0 and len(chain.links[number - 1].walk):
            parts.append((number - 1, number, chain.links[number - 1].walk, None))
        if way.climb is not None:
            parts.append((number, number, way.climb, way))
    if len(parts) == 1:
        return (_leg(*parts[0], costs, course),)
    return tuple([_leg(before, after, walk, way, costs, geometry.course(walk)) for before, after, walk, way in parts])


def _leg(before: int, after: int, walk: Walk, way: "Way | None", costs: ArcCosts, course: Course) -> Leg:
    ascent_m, descent_m = course.ascent_descent_m
    arc_s = costs.duration_s[walk.arc]
    return Leg(
        from_stop=before,
        to_stop=after,
        slope_id=way.slope_id if way is not None else None,
        direction=way.direction if way is not None else None,
        walk=walk,
        arc_s=arc_s,
        distance_m=course.spans.total_m,
        duration_s=walk.sum(arc_s),
        ascent_m=ascent_m,
        descent_m=descent_m,
    )
