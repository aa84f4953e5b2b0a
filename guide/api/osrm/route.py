"""A route as OSRM's route object, with grade as fields of our own (``…_m``, ``…_percent``)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.api.osrm import polyline
from guide.api.osrm.request import RouteOptions
from guide.domain.network import Network
from guide.domain.route import Leg, Route, Snap
from guide.domain.walk import Walk
from guide.routing.arcs import streets_along
from guide.routing.geometry import Geometry
from guide.routing.plane import Plane

_MODIFIERS = (
    (20.0, "straight"), (60.0, "slight {}"), (120.0, "{}"), (160.0, "sharp {}"), (181.0, "uturn"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A leg's walk along one street, and how long each of its arcs takes."""

    walk: Walk
    arc_s: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class OsrmWriter:
    """What OSRM's objects are made with."""

    network: Network
    geometry: Geometry
    options: RouteOptions

    def route(self, route: Route) -> dict[str, Any]:
        """The route object."""
        legs = _merged(route.legs, self.options.waypoints)
        view: dict[str, Any] = {
            "legs": [self._leg(leg) for leg in legs],
            "weight_name": "duration",
            **_sums(route.distance_m, route.duration_s),
            **_climbs(route.ascent_m, route.descent_m),
            "max_grade_20m_percent": None if route.max_grade_20m is None else round(100 * route.max_grade_20m, 1),
        }
        if self.options.overview != "false":
            line = route.line if self.options.overview == "full" else simplified(route.line)
            view["geometry"] = self.line(line)
        return view

    def line(self, lng_lat: NDArray[np.float64]) -> str | dict[str, Any]:
        """A line in the geometry that was asked for; two positions at least."""
        lng_lat = np.repeat(lng_lat, 2, axis=0) if len(lng_lat) == 1 else lng_lat
        if self.options.geometries == "geojson":
            return {"type": "LineString", "coordinates": np.round(lng_lat, 6).tolist()}
        places = lng_lat.tolist()
        return polyline.encode(places, 6 if self.options.geometries == "polyline6" else 5)

    def _leg(self, leg: Leg) -> dict[str, Any]:
        parts = self._parts(leg) if self.options.steps else []
        view: dict[str, Any] = {
            "steps": self._steps(parts) if parts else [],
            "summary": self._summary(parts),
            **_sums(leg.distance_m, leg.duration_s),
            **_climbs(leg.ascent_m, leg.descent_m),
        }
        if self.options.annotations:
            view["annotation"] = self._annotation(leg)
        return view

    def _parts(self, leg: Leg) -> list["_Part"]:
        """A leg street by street."""
        starts = streets_along(self.network, leg.walk.arc).start.tolist()
        return [
            _Part(walk=leg.walk.part(first, last), arc_s=leg.arc_s[first:last])
            for first, last in pairwise([*starts, len(leg.walk)])
        ]

    def _summary(self, parts: Sequence[_Part]) -> str:
        """The names of the two longest named streets, in the order they are met."""
        named = [(self._name(part), self.geometry.length_m(part.walk)) for part in parts if self._name(part)]
        longest = sorted(range(len(named)), key=lambda number: named[number][1], reverse=True)[:2]
        return ", ".join(dict.fromkeys(named[number][0] for number in sorted(longest)))

    def _name(self, part: _Part) -> str:
        name = self.network.edge_street_name(int(part.walk.edge[0]))
        return name.local if name else ""

    def _steps(self, parts: Sequence[_Part]) -> list[dict[str, Any]]:
        """A step for each street, and one for the arrival."""
        lines = [self.geometry.course(part.walk).line for part in parts]
        steps = []
        heading: float | None = None
        for number, (part, line) in enumerate(zip(parts, lines, strict=True)):
            out = bearing(line[0], line[min(1, len(line) - 1)])
            type_ = "depart"
            if number:
                turned = abs((out - (heading or 0.0) + 180) % 360 - 180) > _MODIFIERS[0][0]
                type_ = "turn" if turned else "new name"
            steps.append(self._step(part, line, type_, heading, out))
            heading = bearing(line[max(len(line) - 2, 0)], line[-1])
        steps.append(self._step(parts[-1], lines[-1][-1:], "arrive", heading, None))
        return steps

    def _step(
        self,
        part: _Part,
        line: NDArray[np.float64],
        type_: str,
        before: float | None,
        after: float | None,
    ) -> dict[str, Any]:
        arrives = type_ == "arrive"
        location = [round(value, 6) for value in line[0].tolist()]
        maneuver = {
            "type": type_,
            "location": location,
            "bearing_before": round(before or 0.0) % 360,
            "bearing_after": round(after or 0.0) % 360,
        }
        if before is not None and after is not None:
            maneuver["modifier"] = modifier(before, after)
        # At a step's begin OSRM lists the way out first, then the way one came; only out may be entered.
        ways: list[tuple[str, float]] = [] if after is None else [("out", after)]
        ways += [] if before is None else [("in", before + 180)]
        intersection = {
            "location": location,
            "bearings": [round(degrees) % 360 for _, degrees in ways],
            "entry": [way == "out" for way, _ in ways],
            **{way: number for number, (way, _) in enumerate(ways)},
        }
        return {
            "geometry": self.line(line),
            "maneuver": maneuver,
            "mode": "walking",
            "driving_side": "right",
            "name": self._name(part),
            "intersections": [intersection],
            **(_sums(0.0, 0.0) if arrives else _sums(self.geometry.length_m(part.walk), part.walk.sum(part.arc_s))),
        }

    def _annotation(self, leg: Leg) -> dict[str, Any]:
        """A value for each piece between two points of the leg's line; heights for each point."""
        course = self.geometry.course(leg.walk)
        distance_m, elevation_m = course.line_distance_m, course.line_elevation_m
        seconds = leg.arc_s * leg.walk.share
        metres = np.diff(distance_m)
        ends_m, ends_s = (np.concatenate(([0.0], values)) for values in (course.spans.end_m, np.cumsum(seconds)))
        reached_s = np.interp(distance_m, ends_m, ends_s)
        duration = np.diff(reached_s)
        grade = np.divide(np.diff(elevation_m), metres, out=np.zeros_like(metres), where=metres > 0)
        speed = np.divide(metres, duration, out=np.zeros_like(metres), where=duration > 0)
        values: dict[str, Any] = {
            "distance": np.round(metres, 2).tolist(),
            "duration": np.round(duration, 1).tolist(),
            "weight": np.round(duration, 1).tolist(),
            "speed": np.round(speed, 1).tolist(),
            "datasources": [0] * len(metres),
            "grade": _known(100 * grade),
            "elevation": _known(elevation_m),
        }
        ours = {"grade": "grades_percent", "elevation": "elevations_m"}
        view = {ours.get(name, name): values[name] for name in self.options.annotations}
        return {**view, "metadata": {"datasource_names": ["walker"]}}


def waypoint(network: Network, snap: Snap) -> dict[str, Any]:
    """OSRM's waypoint object; the hint says nothing that a coordinate does not, and is taken back unread."""
    name = network.edge_street_name(snap.edge)
    return {
        "hint": f"{snap.edge:x}",
        "location": [round(value, 6) for value in snap.lng_lat],
        "name": name.local if name else "",
        "distance": round(snap.distance_m, 3),
    }


def bearing(begin: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """Degrees clockwise from north, from one place to another near it."""
    east, north = Plane.at(*begin.tolist()).project(end).tolist()
    return float(np.degrees(np.arctan2(east, north))) % 360


def modifier(before: float, after: float) -> str:
    """OSRM's word for a change of bearing."""
    turn = (after - before + 180) % 360 - 180
    word = next(word for limit, word in _MODIFIERS if abs(turn) <= limit)
    return word.format("right" if turn > 0 else "left")


def simplified(lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line as it looks when the whole of it fills a screen of a thousand pixels."""
    if len(lng_lat) < 3:  # noqa: PLR2004 (nothing to leave out)
        return lng_lat
    tolerance = float(np.ptp(lng_lat, axis=0).max()) / 1000
    return shapely.get_coordinates(shapely.simplify(shapely.linestrings(lng_lat), tolerance))


def _merged(legs: Sequence[Leg], waypoints: tuple[int, ...]) -> list[Leg]:
    """Legs between the coordinates that are waypoints; the others are only passed."""
    merged: list[Leg] = []
    for leg in legs:
        if merged and leg.from_stop not in waypoints:
            merged[-1] = _joined(merged[-1], leg)
        else:
            merged.append(leg)
    return merged


def _joined(one: Leg, other: Leg) -> Leg:
    def both(first: float | None, second: float | None) -> float | None:
        return None if first is None or second is None else first + second

    return Leg(
        from_stop=one.from_stop,
        to_stop=other.to_stop,
        slope_id=None,
        direction=None,
        walk=Walk.joined([one.walk, other.walk]),
        arc_s=np.concatenate((one.arc_s, other.arc_s)),
        distance_m=one.distance_m + other.distance_m,
        duration_s=one.duration_s + other.duration_s,
        ascent_m=both(one.ascent_m, other.ascent_m),
        descent_m=both(one.descent_m, other.descent_m),
    )


def _sums(distance_m: float, duration_s: float) -> dict[str, float]:
    return {"distance": round(distance_m, 1), "duration": round(duration_s, 1), "weight": round(duration_s, 1)}


def _climbs(ascent_m: float | None, descent_m: float | None) -> dict[str, float | None]:
    return {
        "ascent_m": None if ascent_m is None else round(ascent_m, 1),
        "descent_m": None if descent_m is None else round(descent_m, 1),
    }


def _known(values: NDArray[np.float64]) -> list[float | None]:
    return [None if value != value else value for value in np.round(values, 1).tolist()]  # noqa: PLR0124 (not a number)
