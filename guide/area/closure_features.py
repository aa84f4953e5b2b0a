"""Closures as GeoJSON features, and back."""

from datetime import datetime
from typing import Any, Final

import geojson
import numpy as np

from guide.area.features import POSITION_DIGITS
from guide.domain.closure import CatalogueClosure, Closure, ClosureKind

EDGES: Final = "edges"
"""A foreign member of each feature: the edges of this build's network, which mean nothing elsewhere."""


def closure_to_feature(closure: Closure) -> dict[str, Any]:
    """A closure as a GeoJSON Feature: its streets, else its point, else no geometry. Times are RFC 3339."""
    entry = closure.entry
    properties = {
        "id": entry.id,
        "kind": entry.kind.value,
        "closes": entry.kind.closes,
        "slope": entry.slope_id,
        "starts": closure.starts.isoformat() if closure.starts else None,
        "ends": closure.ends.isoformat() if closure.ends else None,
        "description_ja": entry.description_ja,
        "description_en": entry.description_en,
        "status": entry.status,
    }
    feature = dict(geojson.Feature(id=entry.id, geometry=_geometry(closure), properties=properties))
    return feature | {EDGES: list(closure.edges)}


def closure_from_feature(feature: dict[str, Any]) -> Closure:
    """The closure that ``closure_to_feature`` wrote."""
    properties, geometry = feature["properties"], feature["geometry"]
    kind, coordinates = (geometry["type"], geometry["coordinates"]) if geometry else ("", [])
    lines: list[Any] = {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind, [])
    entry = CatalogueClosure(
        id=properties["id"],
        kind=ClosureKind(properties["kind"]),
        slope_id=properties["slope"],
        lng_lat=tuple(coordinates) if kind == "Point" else None,
        description_ja=properties["description_ja"],
        description_en=properties["description_en"],
        status=properties["status"],
    )
    return Closure(
        entry=entry,
        starts=_moment(properties["starts"]),
        ends=_moment(properties["ends"]),
        lines=tuple(np.array(line, dtype=np.float64) for line in lines),
        edges=tuple(feature[EDGES]),
    )


def _geometry(closure: Closure) -> Any:  # noqa: ANN401 (any geometry of an untyped library)
    lines = [line.tolist() for line in closure.lines]
    if len(lines) > 1:
        return geojson.MultiLineString(lines, precision=POSITION_DIGITS)
    if lines:
        return geojson.LineString(lines[0], precision=POSITION_DIGITS)
    if closure.entry.lng_lat is not None:
        return geojson.Point(closure.entry.lng_lat, precision=POSITION_DIGITS)
    return None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
