"""Slopes and landmarks as GeoJSON features, and back: the one place where ratios become percent."""

from dataclasses import replace
from typing import Any, Final

import geojson
import msgspec
import numpy as np
from numpy.typing import NDArray

from guide.domain.bands import band_of
from guide.domain.grades import segment_grades
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.profile import Profile
from guide.domain.sentence import slope_sentence
from guide.domain.slope import CatalogueSlope, Confidence, Measures, Slope, Theme
from guide.domain.texts import LANGUAGES
from guide.domain.walk import Stretch

POSITION_DIGITS: Final = 7  # about a centimetre
METRE_DIGITS: Final = 2
PERCENT_DIGITS: Final = 2

# Fields that a slope's or a landmark's properties do not carry: those that other members say, and what staff keep to
# themselves.
_NOT_PROPERTIES: Final = frozenset({"lng_lat", "line", "note"})

# Wire name of each measure, its name in the domain, and what turns one into the other.
_METRES: Final = ("length_m", "rise_m", "ascent_m", "descent_m", "stairs_m")
_GRADES: Final = {
    "mean_grade_percent": "mean_grade",
    "mean_abs_grade_percent": "mean_abs_grade",
    "max_grade_20m_percent": "max_grade_20m",
    "max_grade_50m_percent": "max_grade_50m",
    "grade_sigma_percent": "mean_grade_sigma",
    "max_grade_20m_sigma_percent": "max_grade_20m_sigma",
    "max_grade_50m_sigma_percent": "max_grade_50m_sigma",
}
_PLAIN: Final = (
    "steps", "handrail", "effort", "course_constant_up", "course_constant_down", "rank", "elevation_source"
)  # fmt: skip


def measures_to_wire(measures: Measures | None) -> dict[str, Any]:
    """The measures under the names of the wire; every name is there, null where not known."""
    wire: dict[str, Any] = {}
    for name in _METRES:
        wire[name] = rounded(getattr(measures, name, None), METRE_DIGITS)
    for name, field in _GRADES.items():
        grade = getattr(measures, field, None)
        wire[name] = None if grade is None else rounded(100 * grade, PERCENT_DIGITS)
    for name in _PLAIN:
        wire[name] = getattr(measures, name, None)
    for name in ("course_constant_up", "course_constant_down"):
        wire[name] = rounded(wire[name], METRE_DIGITS)
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
    properties = _properties(entry)
    properties |= measures_to_wire(slope.measures)
    for language in LANGUAGES:
        properties[f"sentence_{language}"] = slope_sentence(slope, language)
    properties["landmarks"] = list(slope.landmark_ids)
    return dict(geojson.Feature(id=entry.id, geometry=geometry, properties=properties))


def slope_from_feature(feature: dict[str, Any], detail: dict[str, Any] | None) -> Slope:
    """The slope that ``slope_to_feature`` and ``slope_to_detail`` wrote."""
    properties, geometry = feature["properties"], feature["geometry"]
    values = _values(CatalogueSlope, properties)
    landmark_ids = tuple(properties.get("landmarks", ()))
    if detail is None:
        lng_lat = tuple(geometry["coordinates"]) if geometry else None
        return Slope(entry=CatalogueSlope(**values, lng_lat=lng_lat), landmark_ids=landmark_ids)
    place, drawn = detail["lng_lat"], detail.get("drawn_line")
    values["lng_lat"] = tuple(place) if place else None
    values["line"] = tuple((lng, lat) for lng, lat in drawn) if drawn else None
    if "stretches" not in detail:
        return Slope(entry=CatalogueSlope(**values), landmark_ids=landmark_ids)
    return Slope(
        entry=CatalogueSlope(**values),
        line=np.array(geometry["coordinates"], dtype=np.float64),
        stretches=tuple(Stretch(int(arc), start, end) for arc, start, end in detail["stretches"]),
        profile=profile_from_wire(detail),
        measures=_measures_from_wire(properties),
        landmark_ids=landmark_ids,
    )


def slope_to_detail(slope: Slope) -> dict[str, Any] | None:
    """What a slope's feature has no room for: its profile, its stretches and the line that staff drew; None without."""
    drawn = {"drawn_line": slope.entry.line} if slope.entry.line else {}
    if slope.profile is None:
        return {"lng_lat": slope.entry.lng_lat, **drawn} if drawn else None
    return {"lng_lat": slope.entry.lng_lat, **drawn, "stretches": slope.stretches, **profile_to_wire(slope.profile)}


def as_written(slope: Slope) -> Slope:
    """The slope as whoever opens the build will see it: rounded. What is drawn of it is then the same either way."""
    if slope.line is None or slope.profile is None:
        return slope
    return replace(
        slope,
        line=np.round(slope.line, POSITION_DIGITS),
        profile=profile_from_wire(profile_to_wire(slope.profile)),
        measures=_measures_from_wire(measures_to_wire(slope.measures)) if slope.measures else None,
    )


def profile_to_wire(profile: Profile) -> dict[str, list[float | None]]:
    """A profile under the names of the wire, null where a height is unknown."""
    return {
        "distances_m": np.round(profile.distance_m, METRE_DIGITS).tolist(),
        "elevations_m": _known(profile.elevation_m),
        "sigma_m": _known(profile.sigma_m),
    }


def bands_to_wire(profile: Profile) -> list[dict[str, Any]]:
    """A profile cut into stretches of one band: ``band_pieces`` as columns, for walks have dozens of them."""
    if profile.length_m == 0:
        return []
    bands = band_of(segment_grades(profile))
    cuts = np.concatenate(([0], np.flatnonzero(bands[1:] != bands[:-1]) + 1, [len(bands)]))
    metres, heights = profile.distance_m[cuts], profile.elevation_m[cuts]
    grades = np.round(100 * np.diff(heights) / np.diff(metres), 2).tolist()
    places = np.round(metres, 2).tolist()
    # A mean over unknown heights with known ends would be a number; such a stretch has none.
    return [
        {"from_m": from_m, "to_m": to_m, "grade_percent": None if band < 0 else grade, "band": band}
        for from_m, to_m, grade, band in zip(places, places[1:], grades, bands[cuts[:-1]].tolist(), strict=False)
    ]


def profile_from_wire(wire: dict[str, Any]) -> Profile:
    """The profile that ``profile_to_wire`` wrote."""
    return Profile(
        distance_m=np.array(wire["distances_m"], dtype=np.float64),
        elevation_m=np.array(wire["elevations_m"], dtype=np.float64),
        sigma_m=np.array(wire["sigma_m"], dtype=np.float64),
    )


def landmark_to_feature(landmark: Landmark) -> dict[str, Any]:
    """A landmark as a GeoJSON Feature; ``slopes`` are those it lies beside."""
    properties = _properties(landmark)
    properties["slopes"] = properties.pop("slope_ids")
    properties["icon"] = landmark.icon
    point = geojson.Point(landmark.lng_lat, precision=POSITION_DIGITS)
    return dict(geojson.Feature(id=landmark.id, geometry=point, properties=properties))


def landmark_from_feature(feature: dict[str, Any]) -> Landmark:
    """The landmark that ``landmark_to_feature`` wrote."""
    values = _values(Landmark, feature["properties"])
    values["kind"] = LandmarkKind(values["kind"])
    values["slope_ids"] = tuple(feature["properties"].get("slopes", ()))
    return Landmark(**values, lng_lat=tuple(feature["geometry"]["coordinates"]))


def _properties(entry: CatalogueSlope | Landmark) -> dict[str, Any]:
    """The fields of a catalogue row as JSON: words by their value, several as a list."""
    values = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name not in _NOT_PROPERTIES}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _values(kind: type[CatalogueSlope] | type[Landmark], properties: dict[str, Any]) -> dict[str, Any]:
    """The fields back from JSON; one that an older build did not write keeps its default."""
    names = kind.__dataclass_fields__.keys() & properties.keys()
    values = {name: tuple(value) if isinstance(value := properties[name], list) else value for name in names}
    values["themes"] = tuple(Theme(theme) for theme in values.get("themes", ()))
    return values


def encode_collection(features: list[dict[str, Any]]) -> bytes:
    """A FeatureCollection as UTF-8 JSON, one feature a line so that people and diffs can read it."""
    lines = b",\n".join(msgspec.json.encode(feature) for feature in features)
    return b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n"


def rounded(value: float | None, digits: int) -> float | None:
    """A number for the wire; None stays None."""
    return None if value is None else round(float(value), digits)


def _known(values: NDArray[np.float64]) -> list[float | None]:
    """Rounded as a whole, because a walk has hundreds of them; null where unknown."""
    rounded: list[float | None] = np.round(values, METRE_DIGITS).tolist()
    return [None if value != value else value for value in rounded] if np.isnan(values).any() else rounded  # noqa: PLR0124 (not a number)
