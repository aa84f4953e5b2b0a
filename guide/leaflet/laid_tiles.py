"""Vector tiles laid on the map's paper."""

from collections.abc import Iterator
from typing import Any

import mapbox_vector_tile
import numpy as np

from guide.leaflet.frame import Frame, PlacedTile
from guide.leaflet.words import Tiles

LaidTile = tuple[PlacedTile, dict[str, list[dict[str, Any]]]]
"""A tile's place, and of each of its layers the features: their attributes, and ``parts`` as arrays in millimetres."""


def lay_tiles(frame: Frame, streets: Tiles) -> Iterator[LaidTile]:
    """Every tile that the frame shows."""
    for placed in frame.tiles(frame.zoom(streets.most_zoom)):
        content = streets.find(placed.z, placed.x, placed.y)
        if content is None:
            continue
        decoded = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
        yield placed, {name: _on_paper(layer, placed) for name, layer in decoded.items()}


def within_tile(tile: PlacedTile, content: str) -> str:
    """What belongs to one tile alone: polygons reach a little beyond it, and must not be painted twice."""
    box = f"{tile.left_mm:.3f} {tile.top_mm:.3f} {tile.size_mm:.3f} {tile.size_mm:.3f}"
    x, y, wide, high = box.split()
    return f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{box}">{content}</svg>' if content else ""


def _on_paper(layer: dict[str, Any], placed: PlacedTile) -> list[dict[str, Any]]:
    """A layer's features with their parts as arrays in millimetres."""
    scale = placed.size_mm / layer["extent"]
    corner = (placed.left_mm, placed.top_mm)
    return [
        {
            **feature["properties"],
            "parts": [np.array(part, dtype=np.float64) * scale + corner for part in _parts(feature["geometry"])],
        }
        for feature in layer["features"]
    ]


def _parts(geometry: dict[str, Any]) -> list[Any]:
    """Every ring, line or point of a geometry as a list of positions."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return [[coordinates]]
    if kind in {"LineString", "MultiPoint"}:
        return [coordinates]
    if kind in {"Polygon", "MultiLineString"}:
        return list(coordinates)
    return [ring for polygon in coordinates for ring in polygon]
