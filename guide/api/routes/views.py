"""A route as the wire carries it: percent, rounded numbers, and every word in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import numpy as np

from guide.api.routes.instructions import Instruction
from guide.api.views import credits_view
from guide.area.features import bands_to_wire
from guide.area.manifest import Manifest
from guide.domain.bands import BANDS
from guide.domain.route import Direction, Leg, PointStop, Route, RouteWarning, Stop
from guide.domain.slope import Slope
from guide.http.texts import Language, text
from guide.routing.routes.alternatives import LeftOut
from guide.terrain.effort import climbing_energy_kcal, course_constant

EFFORT_LIMITS_KCAL: Final = (75.0, 150.0, 300.0, 600.0)
"""Energy of a walk at which its effort passes from 1 to 2 and so on: on the flat 2, 4, 8 and 16 km."""


def route_view(
    route: Route,
    stops: tuple[Stop, ...],
    instructions: list[Instruction],
    manifest: Manifest,
    slopes: Mapping[str, Slope],
    language: Language,
) -> dict[str, Any]:
    """A route with all that the page shows of it."""
    bands = bands_to_wire(route.profile)
    return {
        "distance_m": round(route.distance_m, 1),
        "duration_s": round(route.duration_s),
        "ascent_m": _metres(route.ascent_m),
        "descent_m": _metres(route.descent_m),
        "max_grade_20m_percent": None if route.max_grade_20m is None else round(100 * route.max_grade_20m, 1),
        "steps": route.steps,
        "keeps_limits": route.keeps_limits,
        "slopes_m": round(route.slopes_m, 1),
        **_effort_view(route),
        "legs": [_leg_view(leg) for leg in route.legs],
        "geometry": msgspec.Raw(line_json(route)),
        "profile": msgspec.Raw(profile_json(route, bands)),
        "grade_bands": _metres_by_band(bands),
        "instructions": [
            {
                "text": instruction.text,
                "turn": instruction.turn,
                "distance_m": round(instruction.distance_m, 1),
                "duration_s": round(instruction.duration_s),
                "begin_m": round(instruction.begin_m, 1),
            }
            for instruction in instructions
        ],
        "warnings": [_warning_view(warning, language) for warning in route.warnings],
        "stops": [_stop_view(route, number, stop, slopes) for number, stop in enumerate(stops)],
        "credits": credits_view(manifest.credits),
    }


def left_out_view(left_out: LeftOut, language: Language) -> dict[str, Any]:
    """Why there is no way of its own for a reason."""
    other = "" if left_out.like is None else text(f"alternative.{left_out.like}", language)
    return {
        "reason": left_out.reason,
        "type": left_out.why,
        "message": text(f"route.{left_out.why}", language, other=other),
    }


def _effort_view(route: Route) -> dict[str, Any]:
    """What the walk asks of a body; None where a height is unknown."""
    if route.ascent_m is None or route.descent_m is None or route.distance_m == 0:
        return {"effort": None, "energy_kcal": None, "course_constant": None}
    energy_kcal = climbing_energy_kcal(route.profile)
    return {
        "effort": 1 + int(np.searchsorted(EFFORT_LIMITS_KCAL, energy_kcal, side="right")),
        "energy_kcal": round(energy_kcal),
        "course_constant": round(course_constant(route.profile, route.ascent_m, route.descent_m), 1),
    }


def _metres_by_band(bands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How much of the walk lies in each band of grade, gentle first, unknown (-1) in front."""
    metres = dict.fromkeys(range(-1, len(BANDS)), 0.0)
    for piece in bands:
        metres[piece["band"]] += piece["to_m"] - piece["from_m"]
    return [{"band": band, "distance_m": round(value, 1)} for band, value in metres.items() if value > 0]


def _warning_view(warning: RouteWarning, language: Language) -> dict[str, Any]:
    view: dict[str, Any] = {"type": warning.type, "message": warning.message(language.value)}
    if warning.from_m is not None and warning.to_m is not None:
        view |= {"from_m": round(warning.from_m, 1), "to_m": round(warning.to_m, 1)}
    if "closure" in warning.values:
        view["closure"] = warning.values["closure"]
    return view


def _leg_view(leg: Leg) -> dict[str, Any]:
    return {
        "from_stop": leg.from_stop,
        "to_stop": leg.to_stop,
        "slope": leg.slope_id,
        "direction": leg.direction,
        "distance_m": round(leg.distance_m, 1),
        "duration_s": round(leg.duration_s),
        "ascent_m": _metres(leg.ascent_m),
        "descent_m": _metres(leg.descent_m),
    }


def _stop_view(route: Route, number: int, stop: Stop, slopes: Mapping[str, Slope]) -> dict[str, Any]:
    """Where the walk meets a stop: on the street next to a point, at the end of a slope where its climb begins."""
    if isinstance(stop, PointStop):
        snap = route.snaps[number]
        place, name, distance_m = snap.lng_lat if snap else stop.lng_lat, stop.name, snap.distance_m if snap else 0.0
    else:
        slope = slopes[stop.slope_id]
        leg = next(leg for leg in route.legs if leg.from_stop == leg.to_stop == number)
        end = -1 if leg.direction is Direction.DOWN else 0
        line = np.empty((0, 2)) if slope.line is None else slope.line
        place, name, distance_m = tuple(line[end].tolist()), slope.entry.name, 0.0
    return {
        "lng_lat": [round(value, 6) for value in place],
        "name": name,
        "snapped_distance_m": round(distance_m, 1),
    }


def line_json(route: Route) -> bytes:
    """The line as GeoJSON with its heights, ready to be put into a reply."""
    return b'{"type":"LineString","coordinates":' + route.course.line_json() + b"}"


def profile_json(route: Route, bands: list[dict[str, Any]]) -> bytes:
    """The profile with its bands, ready to be put into a reply."""
    distances, elevations, sigmas = route.course.profile_json()
    parts = (b'{"distances_m":', distances, b',"elevations_m":', elevations, b',"sigma_m":', sigmas)
    return b"".join((*parts, b',"bands":', msgspec.json.encode(bands), b"}"))


def _metres(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
