"""Places that are asked for: boxes and shapes on the globe, and which features' shapes they meet."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from guide.domain.errors import UsageError

Frame = tuple[float, float, float, float]

_LNG, _LAT = 180.0, 90.0
_FLAT, _HIGH = 4, 6
"""Numbers of a box, without and with heights."""

PREDICATES: Final[Mapping[str, Any]] = {
    "s_intersects": shapely.intersects,
    "s_equals": shapely.equals,
    "s_disjoint": shapely.disjoint,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}
"""How two shapes lie to each other (OGC 21-065r2, clause 7.7)."""


def frame_of(numbers: Sequence[float], name: str) -> Frame:
    """West, south, east, north from four numbers, or six with heights, which do not count.

    Raises:
        UsageError: these are none on the globe; ``name`` says where they stood.
    """
    if len(numbers) == _HIGH:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != _FLAT or not all(map(math.isfinite, numbers)):
        raise UsageError(f"{name} must be four numbers: west,south,east,north in degrees.")
    west, south, east, north = numbers
    if not (abs(west) <= _LNG and abs(east) <= _LNG and -_LAT <= south <= north <= _LAT):
        raise UsageError(f"{name} must be west,south,east,north in degrees, with south below north.")
    return west, south, east, north


def shape_of(frame: Frame) -> BaseGeometry:
    """A box as a shape: two of them where its west lies east of its east, for it reaches across the antimeridian."""
    west, south, east, north = frame
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union_all([shapely.box(west, south, _LNG, north), shapely.box(-_LNG, south, east, north)])


def shape_from_json(node: Mapping[str, Any]) -> BaseGeometry:
    """A shape that stands in a condition: GeoJSON, or a box.

    Raises:
        UsageError: it is none, or lies outside the globe.
    """
    if "bbox" in node:
        return shape_of(frame_of(node["bbox"], "filter: a BBOX"))
    try:
        shape = shapely.from_geojson(msgspec.json.encode(node))
    except (shapely.errors.GEOSException, TypeError):
        shape = None
    if shape is None or shape.is_empty or not shapely.is_valid(shape):
        raise UsageError(
            f"filter: a {str(node.get('type', 'shape'))[:20]} in it is not one (does its line cross itself?)."
        )
    west, south, east, north = shape.bounds
    if not (west >= -_LNG and east <= _LNG and south >= -_LAT and north <= _LAT):
        raise UsageError("filter: a shape in it is not on the globe: write longitude, then latitude, in degrees.")
    return shape
