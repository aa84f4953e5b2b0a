"""Features as a table: one row each, as a spreadsheet opens it and as the catalogue's own files have it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from guide.api.features.collection import Feature, positions_of
from guide.api.schemas.features import PROPERTIES

MEDIA_TYPE: Final = "text/csv; header=present"
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes Japanese for something else; other readers of UTF-8 drop it."""

_FRONT: Final = ("id", "name", "reading", "name_en")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_csv(collection: str, features: Sequence[Feature]) -> bytes:
    """The table: every property, then the place (of a line its first point), then the whole geometry as WKT."""
    names = sorted((each.name for each in fields(PROPERTIES[collection])), key=_rank)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow((*names, "lng", "lat", "wkt"))
    for feature in features:
        properties, geometry = feature["properties"], feature["geometry"]
        place = ("", "") if geometry is None else tuple(positions_of(geometry)[0].tolist())
        writer.writerow([*(_cell(properties[name]) for name in names), *place, _wkt(geometry)])
    return (_BYTE_ORDER_MARK + table.getvalue()).encode()


def _rank(name: str) -> int:
    """What a row is about stands in front; the rest keeps its order."""
    return _FRONT.index(name) if name in _FRONT else len(_FRONT)


def _cell(value: Any) -> object:  # noqa: ANN401 (any JSON value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return _cell(";".join(_stop(part) if isinstance(part, dict) else str(part) for part in value))
    # A text that begins like a formula would be run by a spreadsheet; an apostrophe tells it not to.
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _stop(stop: dict[str, str]) -> str:
    """A tour's stop as tours.csv has it."""
    return stop["id"] if stop["direction"] == "any" else f"{stop['id']}:{stop['direction']}"


def _wkt(geometry: Any) -> str:  # noqa: ANN401 (any GeoJSON geometry)
    """Well-known text (OGC 06-103r4, section 7)."""
    if geometry is None:
        return ""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return f"POINT ({_positions([coordinates])})"
    if kind == "LineString":
        return f"LINESTRING ({_positions(coordinates)})"
    return f"MULTILINESTRING ({', '.join(f'({_positions(line)})' for line in coordinates)})"


def _positions(coordinates: list[list[float]]) -> str:
    return ", ".join(f"{position[0]} {position[1]}" for position in coordinates)
