"""Slopes and landmarks as GeoJSON features, and back: the one place where ratios become percent."""

from typing import Any, Final

import geojson
import msgspec
import numpy as np

from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.profile import Profile
from guide.domain.slope import CatalogueSlope, Confidence, Measures, Slope, Theme

POSITION_DIGITS: Final = 7  # about a centimetre
METRE_DIGITS: Final = 2
PERCENT_DIGITS: Final = 2

# Wire name of each measure, its name in the domain, and what turns one into the other.
_METRES: Final = ("length_m", "rise_m", "ascent_m", "descent_m")
_GRADES: Final = {
    "mean_grade_percent": "mean_grade",
    "mean_abs_grade_percent": "mean_abs_grade",
    "max_grade_20m_percent": "max_grade_20m",
    "max_grade_50m_percent": "max_grade_50m",
    "grade_sigma_percent": "mean_grade_sigma",
    "max_grade_20m_sigma_percent": "max_grade_20m_sigma",
    "max_grade_50m_sigma_percent": "max_grade_50m_sigma",
}
_PLAIN: Final = ("steps", "effort", "course_constant_up", "course_constant_down", "rank", "elevation_source")


def measures_to_wire(measures: Measures | None) -> dict[str, Any]:
    """The measures under the names of the wire; every name is there, null where not known."""
    wire: dict[str, Any] = {}
    for name in _METRES:
        wire[name] = _rounded(getattr(measures, name, None), METRE_DIGITS)
    for name, field in _GRADES.items():
        grade = getattr(measures, field, None)
        wire[name] = None if grade is None else _rounded(100 * grade, PERCENT_DIGITS)
    for name in _PLAIN:
        wire[name] = getattr(measures, name, None)
    for name in ("course_constant_up", "course_constant_down"):
        wire[name] = _rounded(wire[name], METRE_DIGITS)
    wire["confidence"] = measures.confidence.value if measures and measures.confidence else None
    return wire


def _measures_from_wire(wire: dict[str, Any]) -> Measures:
    values: dict[str, Any] = {name: wire[name] for name in (*_METRES, *_PLAIN)}
    for name, field in _GRADES.items():
        values[field] = None if wire[name] is None else wire[name] / 100
    return Measures(**values, confidence=Confidence(wire["confidence"]) if wire["confidence"] else None)


def slope_to_feature(slope: Slope) -> dict[str, Any]:
    """A slope as a GeoJSON Feature: its line from foot to head, else its point, else no geometry."""
    entry = slope.entry
    if slope.line is not None:
        geometry = geojson.LineString(slope.line.tolist(), precision=POSITION_DIGITS)
    elif entry.lng_lat is not None:
        geometry = geojson.Point(entry.lng_lat, precision=POSITION_DIGITS)
    else:
        geometry = None
    properties: dict[str, Any] = {
        name: getattr(entry, name)
        for name in CatalogueSlope.__dataclass_fields__
        if name not in {"lng_lat", "themes", "sources"}
    }
    properties["themes"] = [theme.value for theme in entry.themes]
    properties["sources"] = list(entry.sources)
    properties |= measures_to_wire(slope.measures)
    return dict(geojson.Feature(id=entry.id, geometry=geometry, properties=properties))


def slope_from_feature(feature: dict[str, Any], detail: dict[str, Any] | None) -> Slope:
    """The slope that ``slope_to_feature`` and ``slope_to_detail`` wrote."""
    properties, geometry = feature["properties"], feature["geometry"]
    values = {name: properties[name] for name in CatalogueSlope.__dataclass_fields__ if name != "lng_lat"}
    values["themes"] = tuple(Theme(theme) for theme in values["themes"])
    values["sources"] = tuple(values["sources"])
    lng_lat = tuple(geometry["coordinates"]) if geometry and geometry["type"] == "Point" else None
    if detail is None:
        return Slope(entry=CatalogueSlope(**values, lng_lat=lng_lat))
    place = detail["lng_lat"]
    return Slope(
        entry=CatalogueSlope(**values, lng_lat=tuple(place) if place else None),
        line=np.array(geometry["coordinates"], dtype=np.float64),
        arcs=tuple(detail["arcs"]),
        profile=profile_from_wire(detail),
        measures=_measures_from_wire(properties),
    )


def slope_to_detail(slope: Slope) -> dict[str, Any] | None:
    """What a slope's feature has no room for: its profile and its arcs; None without a line."""
    if slope.profile is None:
        return None
    return {"lng_lat": slope.entry.lng_lat, "arcs": list(slope.arcs), **profile_to_wire(slope.profile)}


def profile_to_wire(profile: Profile) -> dict[str, list[float | None]]:
    """A profile under the names of the wire, null where a height is unknown."""
    return {
        "distances_m": [round(float(value), METRE_DIGITS) for value in profile.distance_m],
        "elevations_m": [_known(value) for value in profile.elevation_m],
        "sigma_m": [_known(value) for value in profile.sigma_m],
    }


def profile_from_wire(wire: dict[str, Any]) -> Profile:
    """The profile that ``profile_to_wire`` wrote."""
    return Profile(
        distance_m=np.array(wire["distances_m"], dtype=np.float64),
        elevation_m=np.array(wire["elevations_m"], dtype=np.float64),
        sigma_m=np.array(wire["sigma_m"], dtype=np.float64),
    )


def landmark_to_feature(landmark: Landmark) -> dict[str, Any]:
    """A landmark as a GeoJSON Feature."""
    properties = {
        "id": landmark.id,
        "kind": landmark.kind.value,
        "name": landmark.name,
        "name_en": landmark.name_en,
        "reading": landmark.reading,
        "source": landmark.source,
    }
    point = geojson.Point(landmark.lng_lat, precision=POSITION_DIGITS)
    return dict(geojson.Feature(id=landmark.id, geometry=point, properties=properties))


def landmark_from_feature(feature: dict[str, Any]) -> Landmark:
    """The landmark that ``landmark_to_feature`` wrote."""
    properties = dict(feature["properties"])
    properties["kind"] = LandmarkKind(properties["kind"])
    return Landmark(**properties, lng_lat=tuple(feature["geometry"]["coordinates"]))


def encode_collection(features: list[dict[str, Any]]) -> bytes:
    """A FeatureCollection as UTF-8 JSON, one feature a line so that people and diffs can read it."""
    lines = b",\n".join(msgspec.json.encode(feature) for feature in features)
    return b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n"


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), METRE_DIGITS)
