"""Domain to map features: one function per layer, what each tells and from which zoom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from guide.area.features import measures_to_wire
from guide.domain.bands import band_of
from guide.domain.landmark import Landmark
from guide.domain.network import Flag, Kind, Network, NetworkHeights
from guide.domain.slope import Slope

Attributes = dict[str, str | int | float | bool]

SLOPES: Final = "slopes"
SLOPE_POINTS: Final = "slope_points"
LANDMARKS: Final = "landmarks"
STREETS: Final = "streets"

# Measures that the map filters or labels by; the page asks the API for the others.
_SLOPE_MEASURES: Final = (
    "length_m",
    "rise_m",
    "mean_grade_percent",
    "max_grade_20m_percent",
    "max_grade_50m_percent",
    "grade_sigma_percent",
    "steps",
    "effort",
    "rank",
    "confidence",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing on the map: points (k, 2) in degrees, a line if k > 1, shown from ``min_zoom`` on."""

    layer: str
    lng_lat: NDArray[np.float64]
    attributes: Attributes
    min_zoom: int


def slope_features(slopes: list[Slope]) -> Iterator[Feature]:
    """Slopes with a line, from foot to head."""
    for slope in slopes:
        if slope.line is not None:
            yield Feature(layer=SLOPES, lng_lat=slope.line, attributes=_slope_attributes(slope), min_zoom=8)


def slope_point_features(slopes: list[Slope]) -> Iterator[Feature]:
    """Foot and head of each slope with a line, and the place of each without."""
    for slope in slopes:
        if slope.line is not None:
            ends = {"foot": slope.line[0], "head": slope.line[-1]}
            for role, place in ends.items():
                yield _slope_point(slope, place, role)
        elif slope.entry.lng_lat is not None:
            yield _slope_point(slope, np.array(slope.entry.lng_lat), "place")


def landmark_features(landmarks: list[Landmark]) -> Iterator[Feature]:
    """Landmarks as points, the many benches and bus stops last."""
    for landmark in landmarks:
        attributes = _known(
            {"id": landmark.id, "kind": landmark.kind.value, "name": landmark.name, "name_en": landmark.name_en}
        )
        crowd = landmark.kind.value in {"bench", "bus_stop", "toilets", "drinking_water", "evacuation_site"}
        yield Feature(
            layer=LANDMARKS,
            lng_lat=np.array([landmark.lng_lat]),
            attributes=attributes,
            min_zoom=15 if crowd else 13,
        )


def street_features(network: Network, heights: NetworkHeights) -> Iterator[Feature]:
    """Every walkable edge with its signed grade along the line."""
    first, last = heights.sample_start[:-1], heights.sample_start[1:] - 1
    grade = (heights.elevation_m[last] - heights.elevation_m[first]) / np.maximum(network.edge_length_m, 0.01)
    bands = band_of(grade)
    for edge in range(network.edge_count):
        kind = Kind(int(network.edge_kind[edge]))
        flags = int(network.edge_flags[edge])
        name = network.edge_street_name(edge)
        steps = int(network.edge_step_count[edge])
        known = not np.isnan(grade[edge])
        attributes = _known(
            {
                "kind": kind.name.lower(),
                "grade_percent": round(100 * float(grade[edge]), 1) if known else None,
                "abs_grade_percent": round(100 * abs(float(grade[edge])), 1) if known else None,
                "band": int(bands[edge]) if known else None,
                "steps": steps if steps >= 0 else None,
                "bridge": True if flags & Flag.BRIDGE else None,
                "tunnel": True if flags & Flag.TUNNEL else None,
                "name": name.local if name else None,
                "name_ja": name.ja if name else None,
                "name_en": name.en if name else None,
            }
        )
        yield Feature(
            layer=STREETS, lng_lat=network.edge_line(edge), attributes=attributes, min_zoom=_STREET_ZOOM[kind]
        )


# Far out only the streets that give a town its shape; stairs early, because they are what one comes for.
_STREET_ZOOM: Final = {
    Kind.MAJOR: 10,
    Kind.MINOR: 11,
    Kind.STEPS: 12,
    Kind.RESIDENTIAL: 12,
    Kind.PEDESTRIAN: 12,
    Kind.PATH: 13,
    Kind.FOOTWAY: 13,
    Kind.TRACK: 13,
    Kind.CYCLEWAY: 13,
    Kind.SERVICE: 14,
}


def _slope_attributes(slope: Slope) -> Attributes:
    wire = measures_to_wire(slope.measures)
    grade = slope.measures.mean_grade if slope.measures else None
    values: dict[str, Any] = {
        "id": slope.entry.id,
        "name": slope.entry.name,
        "name_en": slope.entry.name_en,
        "reading": slope.entry.reading,
        **{name: wire[name] for name in _SLOPE_MEASURES},
        "band": None if grade is None else int(band_of(np.array([grade]))[0]),
    }
    return _known(values)


def _slope_point(slope: Slope, place: NDArray[np.float64], role: str) -> Feature:
    attributes = _known({"id": slope.entry.id, "name": slope.entry.name, "name_en": slope.entry.name_en, "role": role})
    return Feature(
        layer=SLOPE_POINTS, lng_lat=place.reshape(1, 2), attributes=attributes, min_zoom=8 if role != "head" else 13
    )


def _known(values: dict[str, Any]) -> Attributes:
    """Attributes without the unknown ones: a vector tile has no null, and an absent one says it better than a 0."""
    return {name: value for name, value in values.items() if value is not None}
