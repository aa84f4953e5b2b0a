"""What a walker should know of a route."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from guide.domain.route import RouteWarning
from guide.domain.walker import Walker
from guide.routing.costs.wheels import Bar
from guide.routing.routes.limits import Breach

_BARRED: Final[Mapping[Bar, str]] = MappingProxyType(
    {
        Bar.GROUND: "bad-ground",
        Bar.WIDTH: "too-narrow",
        Bar.KERB: "high-kerb",
        Bar.OBSTACLE: "obstacle",
        Bar.NO_WHEELCHAIRS: "no-wheelchairs",
    }
)
"""The sentence for what stops wheels."""


def unknown_heights(metres: float) -> RouteWarning:
    """Part of the way has no known height."""
    return RouteWarning(type="heights-unknown", values={"metres": round(metres)})


def no_distance() -> RouteWarning:
    """All stops are at one place."""
    return RouteWarning(type="no-distance")


def stairs_taken(metres: float) -> RouteWarning:
    """Stairs could not be avoided, or only by a long way round."""
    return RouteWarning(type="stairs-taken", values={"metres": round(metres)})


def stop_moved(stop: int, metres: float) -> RouteWarning:
    """A stop lies away from the street that the route uses; stops are counted from 1 here."""
    return RouteWarning(type="stop-moved", values={"stop": stop, "metres": round(metres)})


def no_way_within_limits() -> RouteWarning:
    """The route is the least bad one."""
    return RouteWarning(type="no-way-within-limits")


def broken(breach: Breach, walker: Walker) -> RouteWarning:
    """A part of the way that breaks a limit, by the street's name."""
    metres = max(round(breach.to_m - breach.from_m), 1)
    if breach.grade is None:
        values: dict[str, object] = {"street": breach.street, "metres": metres}
        if breach.metres is not None:
            values |= {"width": f"{breach.metres:.1f}", "height": f"{100 * breach.metres:.0f}"}
        return RouteWarning(type=_BARRED[breach.bar], values=values, from_m=breach.from_m, to_m=breach.to_m)
    limit = walker.max_grade_up if breach.grade > 0 else walker.max_grade_down
    return RouteWarning(
        type="over-limit-up" if breach.grade > 0 else "over-limit-down",
        values={
            "street": breach.street,
            "metres": metres,
            "grade": f"{100 * abs(breach.grade):.1f}",
            "limit": f"{100 * (limit or 0.0):g}",
        },
        from_m=breach.from_m,
        to_m=breach.to_m,
    )


def limits_uncertain(sigma: float, window_m: float) -> RouteWarning:
    """The heights are too coarse for the limits to be sure."""
    return RouteWarning(type="limits-uncertain", values={"sigma": f"{100 * sigma:.0f}", "window": f"{window_m:.0f}"})


def limits_unchecked(metres: float) -> RouteWarning:
    """Part of the way has no known height, so its grade could not be judged."""
    return RouteWarning(type="limits-unchecked", values={"metres": round(metres)})


def surface_unknown(metres: float) -> RouteWarning:
    """Part of the way has no known surface."""
    return RouteWarning(type="surface-unknown", values={"metres": round(metres)})


def kerbs_unknown(crossings: int, metres: float) -> RouteWarning:
    """Crossings whose kerbs, and metres of way whose width, are in no data that the route is made from."""
    return RouteWarning(type="kerbs-unknown", values={"crossings": crossings, "metres": round(metres)})
