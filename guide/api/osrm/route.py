"""A route as OSRM's route object, with grade as fields of our own (``…_m``, ``…_percent``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.api.osrm import polyline
from guide.api.osrm.request import RouteOptions
from guide.domain.network import Network
from guide.domain.route import Leg, Route, Snap
from guide.domain.walk import Walk
from guide.routing.course.geometry import Geometry
from guide.routing.course.passages import Passage, passages
from guide.routing.course.turns import Turn
from guide.routing.plane import Plane

_MODIFIERS: Final[Mapping[Turn, str]] = MappingProxyType(
    {turn: turn.replace("-", " ") for turn in Turn} | {Turn.U_TURN: "uturn"}
)


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
        steps = self.options.steps
        # At a waypoint one arrives and sets out again, as OSRM has it, so each leg stands for itself.
        parts = passages(self.network, self.geometry.junctions, leg, None) if steps else []
        view: dict[str, Any] = {
            "steps": self._steps(leg, parts) if steps else [],
            "summary": self._summary(parts),
            **_sums(leg.distance_m, leg.duration_s),
            **_climbs(leg.ascent_m, leg.descent_m),
        }
        if self.options.annotations:
            view["annotation"] = self._annotation(leg)
        return view

    def _summary(self, parts: Sequence[Passage]) -> str:
        """The names of the two longest named streets, in the order they are met."""
        named = [part for part in parts if part.name >= 0]
        longest = sorted(sorted(named, key=lambda part: -part.distance_m)[:2], key=lambda part: part.first)
        return ", ".join(dict.fromkeys(self._name(part) for part in longest))

    def _name(self, part: Passage) -> str:
        return self.network.names[part.name].local if part.name >= 0 else ""

    def _steps(self, leg: Leg, parts: Sequence[Passage]) -> list[dict[str, Any]]:
        """A step for each passage, and one for the arrival."""
        lines = [self.geometry.course(leg.walk.part(part.first, part.last)).line for part in parts]
        steps = []
        heading: float | None = None
        before: Passage | None = None
        for part, line in zip(parts, lines, strict=True):
            out = bearing(line[0], line[min(1, len(line) - 1)])
            step = self._step(part, line, _type(before, part), (heading, out))
            if part.turn is not None:
                step["maneuver"]["modifier"] = _MODIFIERS[part.turn]
            steps.append({**step, **_sums(part.distance_m, part.duration_s)})
            heading, before = bearing(line[max(len(line) - 2, 0)], line[-1]), part
        arrival = self._step(parts[-1], lines[-1][-1:], "arrive", (heading, None))
        return [*steps, {**arrival, **_sums(0.0, 0.0)}]

    def _step(
        self, part: Passage, line: NDArray[np.float64], type_: str, headings: tuple[float | None, float | None]
    ) -> dict[str, Any]:
        """What every step has; ``headings`` are the bearings on which one comes to its begin and goes on."""
        before, after = headings
        location = [round(value, 6) for value in line[0].tolist()]
        # At a step's begin OSRM lists the way out first, then the way one came; only out may be entered.
        ways: list[tuple[str, float]] = [] if after is None else [("out", after)]
        ways += [] if before is None else [("in", before + 180)]
        return {
            "geometry": self.line(line),
            "maneuver": {
                "type": type_,
                "location": location,
                "bearing_before": round(before or 0.0) % 360,
                "bearing_after": round(after or 0.0) % 360,
            },
            "mode": "walking",
            "driving_side": "right",
            "name": self._name(part),
            "intersections": [
                {
                    "location": location,
                    "bearings": [round(degrees) % 360 for _, degrees in ways],
                    "entry": [way == "out" for way, _ in ways],
                    **{way: number for number, (way, _) in enumerate(ways)},
                }
            ],
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
            "nodes": self.network.point_osm_id[course.line_points].tolist(),
            "grade": _known(100 * grade),
            "elevation": _known(elevation_m),
        }
        ours = {"grade": "grades_percent", "elevation": "elevations_m"}
        view = {ours.get(name, name): values[name] for name in self.options.annotations}
        return {**view, "metadata": {"datasource_names": ["walker"]}}


def waypoint(network: Network, snap: Snap, *, hint: bool) -> dict[str, Any]:
    """OSRM's waypoint object; the hint says nothing that a coordinate does not, and is taken back unread."""
    name = network.edge_street_name(snap.edge)
    return {
        **({"hint": f"{snap.edge:x}"} if hint else {}),
        "location": [round(value, 6) for value in snap.lng_lat],
        "name": name.local if name else "",
        "distance": round(snap.distance_m, 3),
    }


def bearing(begin: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """Degrees clockwise from north, from one place to another near it."""
    east, north = Plane.at(*begin.tolist()).project(end).tolist()
    return float(np.degrees(np.arctan2(east, north))) % 360


def _type(before: Passage | None, part: Passage) -> str:
    """OSRM's word for what one does where a passage begins."""
    if before is None:
        return "depart"
    if (before.name, before.kind) == (part.name, part.kind) and part.name >= 0:
        return "continue"
    return "new name" if part.turn is Turn.STRAIGHT else "turn"


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
