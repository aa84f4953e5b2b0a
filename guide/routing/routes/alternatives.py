"""Alternatives that differ for a reason: the fastest walk, the gentlest, and the one over most slopes."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from guide.domain.errors import RouteError
from guide.domain.route import Route
from guide.domain.walker import SlopesChoice, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.course.geometry import Geometry
from guide.routing.routes.plan import plan
from guide.routing.search.chain import Search
from guide.routing.search.router import Router

DETOUR: Final = 2.0
"""An alternative takes at most twice as long as the fastest way."""

SHARED_AT_MOST: Final = 0.85
"""Two walks that share more of their way than this are one walk to a visitor."""

_GENTLER_BY: Final = 0.9
_MORE_SLOPES_M: Final = 20.0


class Reason(StrEnum):
    """Why one would walk this way."""

    FASTEST = "fastest"
    GENTLEST = "gentlest"
    MOST_SLOPES = "most-slopes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way and the reason for it."""

    reason: Reason
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A reason for which there is no way of its own: ``why`` is the key of a sentence, ``like`` the way it is like."""

    reason: Reason
    why: str
    like: Reason | None = None


def alternatives(
    search: Search, geometry: Geometry, walker: Walker, terms: Terms | None = None
) -> tuple[tuple[Alternative, ...], tuple[LeftOut, ...]]:
    """The ways worth a choice, the fastest first, and for the others why they are not among them.

    Raises:
        RouteError: there is no way at all.
    """
    router = search.router

    def way(choice: SlopesChoice) -> Route:
        return plan(search, geometry, replace(walker, slopes=choice), terms or Terms(), DETOUR)

    taken = [Alternative(reason=Reason.FASTEST, route=way(SlopesChoice.NEUTRAL))]
    left_out = []
    for reason, choice in ((Reason.GENTLEST, SlopesChoice.AVOID), (Reason.MOST_SLOPES, SlopesChoice.SEEK)):
        try:
            route = way(choice)
        except RouteError:  # the fastest exists, so this cannot happen; but no wish may cost the answer
            continue
        reject = _why_not(reason, route, taken, router)
        if reject is None:
            taken.append(Alternative(reason=reason, route=route))
        else:
            left_out.append(reject)
    return tuple(taken), tuple(left_out)


def _why_not(reason: Reason, route: Route, taken: list[Alternative], router: Router) -> LeftOut | None:
    fastest = taken[0].route
    if reason is Reason.GENTLEST and not _is_gentler(route, fastest):
        return LeftOut(reason=reason, why="alternative-not-gentler")
    if reason is Reason.MOST_SLOPES and route.slopes_m < fastest.slopes_m + _MORE_SLOPES_M:
        return LeftOut(reason=reason, why="alternative-no-slopes")
    for other in taken:
        if _shared(route, other.route, router) > SHARED_AT_MOST:
            return LeftOut(reason=reason, why="alternative-same", like=other.reason)
    return None


def hardness(route: Route) -> float:
    """Metres of climb and descent on the way, noise and all; where heights are unknown, what is known counts."""
    return float(np.nansum(np.abs(np.diff(route.profile.elevation_m))))


def _is_gentler(route: Route, fastest: Route) -> bool:
    """Less up and down by a tenth, or a steepest place gentler by a tenth without more up and down."""
    if hardness(route) < _GENTLER_BY * hardness(fastest):
        return True
    if route.max_grade_20m is None or fastest.max_grade_20m is None:
        return False
    flatter = abs(route.max_grade_20m) < _GENTLER_BY * abs(fastest.max_grade_20m)
    return flatter and hardness(route) <= hardness(fastest)


def _shared(route: Route, other: Route, router: Router) -> float:
    """Which share of a walk's length runs on streets that the other uses too."""
    walk = route.walk
    common = np.isin(walk.edge, other.walk.edge)
    lengths = router.network.edge_length_m[walk.edge] * walk.share
    total = float(lengths.sum())
    return float(lengths[common].sum()) / total if total > 0 else 1.0
