"""Domain to wire: the shapes that the API promises, percent and rounded numbers included."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guide.api.instructions import Instruction
from guide.api.texts import Language
from guide.area.features import measures_to_wire, profile_to_wire
from guide.area.manifest import Manifest
from guide.domain.area import Credit
from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.domain.grades import band_pieces
from guide.domain.profile import Profile
from guide.domain.route import Direction, Leg, PointStop, Route, Stop
from guide.domain.slope import Slope


def area_view(manifest: Manifest) -> dict[str, Any]:
    """An area as the page and other clients first meet it."""
    area, counts = manifest.area, manifest.counts
    return {
        "id": area.id,
        "name_ja": area.name_ja,
        "name_en": area.name_en,
        "bbox": list(manifest.extent or area.bbox),
        "time_zone": area.time_zone,
        "sample": area.sample,
        "complete": manifest.complete,
        "missing": [
            {"source": missing.source, "message_ja": missing.message_ja, "message_en": missing.message_en}
            for missing in manifest.missing
        ],
        "counts": {"slopes": counts.slopes, "landmarks": counts.landmarks, "streets_km": round(counts.streets_km, 1)},
        "credits": credits_view(manifest.credits),
        "tilesets": sorted(manifest.archives),
    }


def credits_view(credits_: tuple[Credit, ...]) -> list[dict[str, str | None]]:
    """Whose data it is."""
    return [{"text": credit.text, "url": credit.url, "licence": credit.licence} for credit in credits_]


def legend_view() -> dict[str, Any]:
    """The bands of grade and their colours."""
    return {
        "bands": [
            {
                "band": band.index,
                "from_percent": round(100 * band.low, 2),
                "to_percent": round(100 * band.high, 2) if math.isfinite(band.high) else None,
                "colour": band.colour,
            }
            for band in BANDS
        ],
        "unknown_colour": UNKNOWN_COLOUR,
    }


def bands_view(profile: Profile) -> list[dict[str, Any]]:
    """A profile cut into stretches of one band."""
    return [
        {
            "from_m": round(piece.from_m, 2),
            "to_m": round(piece.to_m, 2),
            "grade_percent": None if math.isnan(piece.grade) else round(100 * piece.grade, 2),
            "band": piece.band,
        }
        for piece in band_pieces(profile)
    ]


def slope_profile_view(slope: Slope, profile: Profile) -> dict[str, Any]:
    """A slope's profile with its bands and measures."""
    return {
        "id": slope.entry.id,
        **profile_to_wire(profile),
        "bands": bands_view(profile),
        "measures": measures_to_wire(slope.measures),
    }


def route_view(
    route: Route,
    stops: tuple[Stop, ...],
    instructions: list[Instruction],
    manifest: Manifest,
    slopes: Mapping[str, Slope],
    language: Language,
) -> dict[str, Any]:
    """A route with all that the page shows of it."""
    return {
        "distance_m": round(route.distance_m, 1),
        "duration_s": round(route.duration_s),
        "ascent_m": _metres(route.ascent_m),
        "descent_m": _metres(route.descent_m),
        "max_grade_20m_percent": None if route.max_grade_20m is None else round(100 * route.max_grade_20m, 1),
        "steps": route.steps,
        "legs": [_leg_view(leg) for leg in route.legs],
        "geometry": {"type": "LineString", "coordinates": _coordinates(route.line, route.line_elevation_m)},
        "profile": {**profile_to_wire(route.profile), "bands": bands_view(route.profile)},
        "instructions": [
            {
                "text": instruction.text,
                "distance_m": round(instruction.distance_m, 1),
                "duration_s": round(instruction.duration_s),
                "begin_m": round(instruction.begin_m, 1),
            }
            for instruction in instructions
        ],
        "warnings": [{"type": warning.type, "message": warning.message(language.value)} for warning in route.warnings],
        "stops": [_stop_view(route, number, stop, slopes) for number, stop in enumerate(stops)],
        "credits": credits_view(manifest.credits),
    }


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


def _coordinates(line: NDArray[np.float64], elevation_m: NDArray[np.float64]) -> list[list[float]]:
    """RFC 7946 positions, the height left out where it is not known; a line has two positions at least."""
    places = np.round(line, 6).tolist()
    heights = np.round(elevation_m, 1).tolist()
    positions = [
        place if math.isnan(height) else [*place, height] for place, height in zip(places, heights, strict=True)
    ]
    return positions * 2 if len(positions) == 1 else positions


def _metres(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
