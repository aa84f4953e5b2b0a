"""Recommended tours as GeoJSON features, and back."""

from typing import Any

import geojson
import numpy as np

from guide.area.features import METRE_DIGITS, PERCENT_DIGITS, POSITION_DIGITS, rounded
from guide.domain.route import Direction
from guide.domain.tour import CatalogueTour, Tour, TourStop, TourWalk

_TEXTS = ("id", "name", "reading", "name_en", "description_ja", "description_en", "licence", "credit", "status")


def tour_to_feature(tour: Tour) -> dict[str, Any]:
    """A tour as a GeoJSON Feature: the line that is walked, no geometry where it cannot be walked."""
    entry, walk = tour.entry, tour.walk
    grade = walk.max_grade_20m if walk else None
    properties: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS}
    properties["sources"] = list(entry.sources)
    properties["stops"] = [{"id": stop.id, "direction": stop.direction.value} for stop in entry.stops]
    properties["walkable"] = walk is not None
    for name in ("distance_m", "duration_s", "ascent_m", "descent_m"):
        properties[name] = rounded(getattr(walk, name, None), METRE_DIGITS)
    properties["max_grade_20m_percent"] = None if grade is None else rounded(100 * grade, PERCENT_DIGITS)
    properties["steps"] = walk.steps if walk else None
    geometry = geojson.LineString(walk.line.tolist(), precision=POSITION_DIGITS) if walk else None
    return dict(geojson.Feature(id=entry.id, geometry=geometry, properties=properties))


def tour_from_feature(feature: dict[str, Any]) -> Tour:
    """The tour that ``tour_to_feature`` wrote."""
    properties, geometry = feature["properties"], feature["geometry"]
    entry = CatalogueTour(
        **{name: properties[name] for name in _TEXTS},
        sources=tuple(properties["sources"]),
        stops=tuple(TourStop(id=stop["id"], direction=Direction(stop["direction"])) for stop in properties["stops"]),
    )
    if geometry is None:
        return Tour(entry=entry)
    grade = properties["max_grade_20m_percent"]
    walk = TourWalk(
        line=np.array(geometry["coordinates"], dtype=np.float64),
        distance_m=properties["distance_m"],
        duration_s=properties["duration_s"],
        ascent_m=properties["ascent_m"],
        descent_m=properties["descent_m"],
        max_grade_20m=None if grade is None else grade / 100,
        steps=properties["steps"],
    )
    return Tour(entry=entry, walk=walk)
