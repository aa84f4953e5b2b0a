"""Where an entry is, as data for the map of a page."""

from typing import Any

import msgspec

from guide.desk.place import PlaceDesk
from guide.domain.entry import Entry


def shape_text(place: PlaceDesk, entry: Entry | None) -> str:
    """The geometry of an entry as GeoJSON text; empty where it has none."""
    shape = _shape(place, entry) if entry is not None else None
    return msgspec.json.encode(shape).decode() if shape else ""


def _shape(place: PlaceDesk, entry: Entry) -> dict[str, Any] | None:
    if line := getattr(entry, "line", None):
        return {"type": "LineString", "coordinates": line}
    slope = place.served.slopes.get(getattr(entry, "slope_id", None) or entry.id)
    if slope is not None and slope.line is not None:
        return {"type": "LineString", "coordinates": slope.line.tolist()}
    if point := getattr(entry, "lng_lat", None):
        return {"type": "Point", "coordinates": point}
    return None
