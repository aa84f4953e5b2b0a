"""Features to vector tiles: project, simplify, clip, quantise, encode.

Each step is one vectorised call over all features of a layer; mapbox-vector-tile only encodes, because it neither
clips nor simplifies.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.layers import Feature
from tiles.mercator import WORLD_M, TileAddress, project

EXTENT: Final = 4096
BUFFER: Final = 64
TOLERANCE: Final = 2.0  # tile units (a thousandth of a screen tile); below what a line on the map shows


def encode_tiles(features: Sequence[Feature], min_zoom: int, max_zoom: int) -> Iterator[tuple[TileAddress, bytes]]:
    """Every tile that holds anything, gzipped, zoom by zoom.

    Feature ids are the features' numbers in the sequence (from 1): the same at every zoom.
    """
    shapes = _project(features)
    from_zoom = np.array([feature.min_zoom for feature in features])
    for z in range(min_zoom, max_zoom + 1):
        shown = np.flatnonzero(from_zoom <= z)
        if len(shown) == 0:
            continue
        unit_m = 2 * WORLD_M / 2**z / EXTENT
        simple = shapely.simplify(shapes[shown], unit_m * TOLERANCE)
        for address, members in sorted(_members(simple, z).items()):
            payload = _encode(features, shown[members], simple[members], address)
            if payload:
                yield address, gzip.compress(payload, mtime=0)


def _project(features: Sequence[Feature]) -> NDArray[np.object_]:
    """All features as shapely geometries in Web Mercator metres."""
    counts = [len(feature.lng_lat) for feature in features]
    if not counts:
        return np.empty(0, dtype=object)
    lng_lat = np.concatenate([feature.lng_lat for feature in features])
    places = np.round(project(lng_lat), 3)  # a millimetre; GEOS overflows on the denormal numbers that lie closer to 0
    shapes = np.empty(len(features), dtype=object)
    is_point = np.array(counts) == 1
    number = np.repeat(np.arange(len(features)), counts)
    of_point = is_point[number]
    shapes[is_point] = shapely.points(places[of_point])
    if not is_point.all():
        lines = np.flatnonzero(~is_point)
        shapes[lines] = shapely.linestrings(places[~of_point], indices=np.searchsorted(lines, number[~of_point]))
    return shapes


def _members(shapes: NDArray[np.object_], z: int) -> dict[TileAddress, list[int]]:
    """Which shapes may touch which tiles (with their buffer), by bounding box."""
    size_m = 2 * WORLD_M / 2**z
    margin_m = size_m * BUFFER / EXTENT
    west, south, east, north = shapely.bounds(shapes).T
    last = 2**z - 1
    columns = np.clip(np.floor((np.stack((west - margin_m, east + margin_m)) + WORLD_M) / size_m), 0, last).astype(int)
    rows = np.clip(np.floor((WORLD_M - np.stack((north + margin_m, south - margin_m))) / size_m), 0, last).astype(int)
    members: dict[TileAddress, list[int]] = defaultdict(list)
    for number in range(len(shapes)):
        for x in range(columns[0, number], columns[1, number] + 1):
            for y in range(rows[0, number], rows[1, number] + 1):
                members[TileAddress(z, x, y)].append(number)
    return members


def _encode(
    features: Sequence[Feature], numbers: NDArray[np.int64], shapes: NDArray[np.object_], address: TileAddress
) -> bytes:
    west, south, east, north = address.bounds_m
    margin_m = (east - west) * BUFFER / EXTENT
    clipped = shapely.clip_by_rect(shapes, west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    unit_m = (east - west) / EXTENT
    quantised = shapely.transform(clipped, lambda places: np.round((places - (west, south)) / unit_m))
    quantised = shapely.remove_repeated_points(quantised)
    layers: dict[str, list[dict[str, Any]]] = {}
    for number, shape in zip(numbers, quantised, strict=True):
        feature = features[number]
        # A line that fell together into one point is a line of no length, which the standard forbids.
        if shape.is_empty or (len(feature.lng_lat) > 1 and shape.length == 0):
            continue
        layers.setdefault(feature.layer, []).append(
            {"geometry": shape, "properties": feature.attributes, "id": int(number) + 1}
        )
    if not layers:
        return b""
    encoded: bytes = mapbox_vector_tile.encode(
        [{"name": name, "features": members} for name, members in layers.items()],
        default_options={"extents": EXTENT},
    )
    return encoded
