"""What a walker should know of a route."""

from guide.domain.route import RouteWarning


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
