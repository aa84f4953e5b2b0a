"""From the chain that was found to the route that is told."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from guide.domain.profile import Profile
from guide.domain.route import Leg, Route, RouteWarning, Stretch
from guide.routing.chain import Chain, Found, duration_s
from guide.routing.costs import ArcCosts
from guide.routing.geometry import Geometry, ascent_descent
from guide.routing.lines import Walk, Walkable
from guide.routing.router import Router

if TYPE_CHECKING:
    from guide.routing.stops import Way


def compose(router: Router, geometry: Geometry, found: Found, walk: Walk) -> Route:
    """The route of a chain, whose stretches are ``walk``, without its warnings."""
    chain, costs = found.chain, found.costs
    profile = geometry.profile(walk)
    line = geometry.line(walk, profile)
    legs = _legs(geometry, costs, chain, profile, walk)
    ascent_m, descent_m = (legs[0].ascent_m, legs[0].descent_m) if len(legs) == 1 else ascent_descent(profile)
    return Route(
        legs=tuple(legs),
        snaps=tuple(way.snap for way in chain.ways),
        line=line.lng_lat,
        line_elevation_m=line.elevation_m,
        profile=profile,
        distance_m=walk.total(router.network.edge_length_m),
        duration_s=sum(leg.duration_s for leg in legs),
        ascent_m=ascent_m,
        descent_m=descent_m,
        max_grade_20m=geometry.max_grade_20m(walk, profile),
        steps=geometry.step_count(walk),
        slopes_m=walk.total(router.named_m),
        keeps_limits=True,
        warnings=(),
    )


def with_warnings(route: Route, warnings: list[RouteWarning], *, keeps_limits: bool) -> Route:
    """The same route, with what its walker should know."""
    return replace(route, warnings=tuple(warnings), keeps_limits=keeps_limits)


def _legs(geometry: Geometry, costs: ArcCosts, chain: Chain, profile: Profile, walk: Walk) -> list[Leg]:
    """A leg for each slope, and one between two stops unless a slope ends just where the next stop begins."""
    parts: list[tuple[int, int, tuple[Stretch, ...], Way | None]] = []
    for number, way in enumerate(chain.ways):
        if number > 0 and chain.links[number - 1].stretches:
            parts.append((number - 1, number, chain.links[number - 1].stretches, None))
        if way.stretches:
            parts.append((number, number, way.stretches, way))
    legs = []
    begin_m = 0.0
    for before, after, stretches, slope in parts:
        columns: Walkable = walk if len(parts) == 1 else Walk.of(stretches)
        length_m = geometry.length_m(columns)
        ascent_m, descent_m = ascent_descent(
            profile if len(parts) == 1 else _part(profile, begin_m, begin_m + length_m)
        )
        begin_m += length_m
        legs.append(
            Leg(
                from_stop=before,
                to_stop=after,
                slope_id=slope.slope_id if slope is not None else None,
                direction=slope.direction if slope is not None else None,
                stretches=stretches,
                distance_m=length_m,
                duration_s=duration_s(costs, columns),
                ascent_m=ascent_m,
                descent_m=descent_m,
            )
        )
    return legs


def _part(profile: Profile, from_m: float, to_m: float) -> Profile:
    """The samples of a profile between two junctions, which are samples themselves."""
    low, high = np.searchsorted(profile.distance_m, (from_m - 1e-3, to_m + 1e-3))
    high = max(int(high), int(low) + 1)
    return Profile(
        distance_m=profile.distance_m[low:high] - profile.distance_m[low],
        elevation_m=profile.elevation_m[low:high],
        sigma_m=profile.sigma_m[low:high],
    )
