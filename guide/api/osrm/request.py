"""What an OSRM client asks for, parsed as the OSRM v5 protocol has it (project-osrm.org, HTTP API).

``lon,lat;lon,lat`` or ``polyline(…)`` or ``polyline6(…)``, then options, most of them a value for each coordinate.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guide.api.osrm import polyline
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, StepsChoice, Walker

MOST_COORDINATES: Final = 100
MOST_TABLE: Final = 100
MOST_NEAREST: Final = 100

GEOMETRIES: Final = ("polyline", "polyline6", "geojson")
OVERVIEWS: Final = ("simplified", "full", "false")
_ANNOTATIONS: Final = ("distance", "duration", "datasources", "weight", "speed", "nodes", "elevation", "grade")
"""OSRM's names, and two of ours."""


class OsrmError(Exception):
    """A reply in OSRM's own words: ``code`` is one of the protocol's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One coordinate: degrees, and how far away its street may be (None is the service's own reach)."""

    lng_lat: tuple[float, float]
    radius_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoints:
    """How every service writes waypoints: with hints or without, or none at all."""

    hints: bool
    skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOptions:
    """The options of the route service."""

    geometries: str
    overview: str
    steps: bool
    annotations: tuple[str, ...]
    alternatives: int
    waypoints: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """The options of the table service.

    Durations are multiplied by ``scale_factor``. Where no way leads, ``fallback_m_s`` reckons them along the straight
    line, from the snapped places or from those that were given; None leaves them open.
    """

    sources: tuple[int, ...]
    destinations: tuple[int, ...]
    annotations: frozenset[str]
    scale_factor: float
    fallback_m_s: float | None
    from_snapped: bool


def parse_places(text: str, query: Mapping[str, str]) -> tuple[Place, ...]:
    """The coordinates of a request with their radiuses."""
    places = _coordinates(text)
    if len(places) > MOST_COORDINATES:
        raise OsrmError(
            "TooBig", f"Number of entries {len(places)} is higher than current maximum ({MOST_COORDINATES})"
        )
    for longitude, latitude in places:
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 (degrees of the globe; not a number too)
            raise OsrmError("InvalidValue", "Invalid coordinate value.")
    radiuses = _each(query, "radiuses", len(places))
    # Taken and without effect on foot: both kerbs and every bearing are as good.
    _each(query, "bearings", len(places))
    _each(query, "approaches", len(places))
    _each(query, "hints", len(places))
    if query.get("exclude"):
        raise OsrmError("InvalidValue", "Exclude flag combination is not supported.")
    return tuple(Place(lng_lat=place, radius_m=_radius(radius)) for place, radius in zip(places, radiuses, strict=True))


def parse_waypoints(query: Mapping[str, str]) -> Waypoints:
    """What is wanted of waypoints."""
    return Waypoints(
        hints=_one_of(query, "generate_hints", ("true", "false")) == "true",
        skipped=_one_of(query, "skip_waypoints", ("false", "true")) == "true",
    )


def parse_route_options(query: Mapping[str, str], places: int) -> RouteOptions:
    """The options of the route service."""
    waypoints = _numbers(query.get("waypoints", ""), places, "waypoints") or tuple(range(places))
    if waypoints != tuple(sorted(set(waypoints))) or (waypoints[0], waypoints[-1]) != (0, places - 1):
        raise OsrmError("InvalidValue", "waypoints must rise, and begin and end with the first and last coordinate.")
    return RouteOptions(
        geometries=_one_of(query, "geometries", GEOMETRIES),
        overview=_one_of(query, "overview", OVERVIEWS),
        steps=_one_of(query, "steps", ("false", "true")) == "true",
        annotations=_annotations(query.get("annotations", "false")),
        alternatives=_alternatives(query.get("alternatives", "false")),
        waypoints=waypoints,
    )


def parse_table(query: Mapping[str, str], places: int) -> TableOptions:
    """The options of the table service."""
    wanted = frozenset(query.get("annotations", "duration").split(","))
    if not wanted <= {"duration", "distance"}:
        raise OsrmError("InvalidOptions", "annotations must be duration, distance or both.")
    return TableOptions(
        sources=_table_ends(query, "sources", places),
        destinations=_table_ends(query, "destinations", places),
        annotations=wanted,
        scale_factor=_positive(query, "scale_factor") or 1.0,
        fallback_m_s=_positive(query, "fallback_speed"),
        from_snapped=_one_of(query, "fallback_coordinate", ("input", "snapped")) == "snapped",
    )


def parse_number(query: Mapping[str, str]) -> int:
    """How many streets the nearest service is asked for."""
    text = query.get("number", "1")
    if not text.isdecimal() or not int(text) >= 1:
        raise OsrmError("InvalidOptions", "number must be an integer of at least 1.")
    if int(text) > MOST_NEAREST:
        raise OsrmError("TooBig", f"Number of results {int(text)} is higher than current maximum ({MOST_NEAREST})")
    return int(text)


_OF_WALKERS: Final = ("preset", "speed", "stairs", "slopes", "season")
_ANYBODY: Final = Walker()


def parse_walker(query: Mapping[str, str]) -> Walker:
    """OSRM's walker has no legs of his own: 5 km/h on the flat and no wishes. Ours may be named by a preset."""
    if query.keys().isdisjoint(_OF_WALKERS):
        return _ANYBODY  # as every client of another engine asks; each answer asks twice
    if "preset" in query:
        return Walker.of(Preset(_one_of(query, "preset", tuple(Preset))))
    return Walker(
        speed=Speed(_one_of(query, "speed", tuple(Speed))),
        steps=StepsChoice(_one_of(query, "stairs", tuple(StepsChoice))),
        slopes=SlopesChoice(_one_of(query, "slopes", (SlopesChoice.NEUTRAL, *SlopesChoice))),
        season=Season(_one_of(query, "season", tuple(Season))),
    )


def _coordinates(text: str) -> list[tuple[float, float]]:
    for name, precision in (("polyline(", 5), ("polyline6(", 6)):
        if text.startswith(name) and text.endswith(")"):
            try:
                return polyline.decode(text[len(name) : -1], precision)
            except ValueError as error:
                raise OsrmError("InvalidQuery", "Query string malformed: the polyline cannot be read") from error
    try:
        return [_pair(part) for part in text.split(";")]
    except ValueError as error:
        raise OsrmError("InvalidQuery", "Query string malformed: write lon,lat;lon,lat") from error


def _pair(text: str) -> tuple[float, float]:
    longitude, latitude = (float(part) for part in text.split(","))
    return longitude, latitude


def _each(query: Mapping[str, str], name: str, count: int) -> list[str]:
    """An option with a value for each coordinate, empty ones left to the service."""
    text = query.get(name, "")
    parts = text.split(";") if text else [""] * count
    if len(parts) != count:
        raise OsrmError("InvalidOptions", f"Number of elements in {name} size {len(parts)} does not match number of elements in coordinates size {count}")  # fmt: skip # noqa: E501 (OSRM's sentence)
    return parts


def _radius(text: str) -> float | None:
    if text in {"", "unlimited"}:
        return None
    try:
        radius = float(text)
    except ValueError:
        radius = math.nan
    if not radius >= 0:
        raise OsrmError("InvalidOptions", "radiuses must be numbers of metres of at least 0, or unlimited.")
    return radius


def _positive(query: Mapping[str, str], name: str) -> float | None:
    if name not in query:
        return None
    try:
        value = float(query[name])
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise OsrmError("InvalidOptions", f"{name} must be a number greater than 0.")
    return value


def _one_of(query: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """The value of an option, the first allowed one if it is not given."""
    value = query.get(name, allowed[0])
    if value not in allowed:
        raise OsrmError("InvalidOptions", f"{name} must be one of: {', '.join(dict.fromkeys(allowed))}.")
    return value


def _annotations(text: str) -> tuple[str, ...]:
    if text == "false":
        return ()
    if text == "true":
        return _ANNOTATIONS
    names = tuple(text.split(","))
    if not set(names) <= set(_ANNOTATIONS):
        raise OsrmError("InvalidOptions", f"annotations must be true, false or of: {', '.join(_ANNOTATIONS)}.")
    return names


def _alternatives(text: str) -> int:
    if text in {"false", "true"}:
        return 2 * int(text == "true")
    if not text.isdecimal():
        raise OsrmError("InvalidOptions", "alternatives must be true, false or a number.")
    return int(text)


def _table_ends(query: Mapping[str, str], name: str, places: int) -> tuple[int, ...]:
    text = query.get(name, "all")
    return tuple(range(places)) if text in {"all", ""} else _numbers(text, places, name)


def _numbers(text: str, below: int, name: str) -> tuple[int, ...]:
    parts = text.split(";") if text else []
    if not all(part.isdecimal() and int(part) < below for part in parts):
        raise OsrmError("InvalidOptions", f"{name} must be indices of coordinates, divided by semicolons.")
    return tuple(int(part) for part in parts)
