"""Features to vector tiles: project, simplify, clip, quantise, encode.

Each step is one vectorised call over all features of a tile or a zoom. mapbox-vector-tile gives the standard's
messages and no more: its encoder neither clips nor simplifies, takes 1 and 1.0 for one value, and asks GEOS for each
coordinate by itself. A tile follows from the features that touch it and from nothing else, so one whose features are
the same need not be made again.
"""

import gzip
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from numpy.typing import NDArray

from tiles import date_line
from tiles.layers.detail import at_zoom
from tiles.layers.feature import Attributes, Feature, Value
from tiles.mercator import EQUATOR_M, WORLD_M, TileAddress, project

EXTENT: Final = 4096
BUFFER: Final = 64
TOLERANCE: Final = 2.0  # tile units (a thousandth of a screen tile); below what a line on the map shows

Tiles = Mapping[int, Collection[TileAddress]]
"""Some tiles of each zoom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which tiles there may be: those of some zooms that touch a box (west, south, east, north in degrees).

    The box keeps one mistaken line from Muroran to Rome from becoming a million tiles.
    """

    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float] = (-180.0, -90.0, 180.0, 90.0)

    @property
    def zooms(self) -> range:
        """The zooms."""
        return range(self.min_zoom, self.max_zoom + 1)

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """The box in Web Mercator metres."""
        west, south, east, north = self.bounds
        corners = project(np.array([(west, south), (east, north)]))
        return (*corners[0].tolist(), *corners[1].tolist())


def encode_tiles(
    features: Sequence[Feature], reach: Reach, only: Tiles | None = None
) -> Iterator[tuple[TileAddress, bytes]]:
    """Every tile that holds anything, gzipped, zoom by zoom; with ``only``, those of it that hold anything."""
    ordered = sorted(features, key=lambda feature: (feature.layer, feature.key))
    # As fine as the finest zoom shows; the others have the less to do.
    shapes = shapely.simplify(_project(ordered), _tolerance_m(reach.max_zoom))
    for z in reach.zooms:
        at = _Membership(ordered, shapes, z, reach)
        wanted = None if only is None else only.get(z, ())
        for address, members in at.tiles(wanted):
            payload = _encode([ordered[number] for number in members], at.simplified(members), address)
            if payload:
                yield address, gzip.compress(payload, mtime=0)


def touched_tiles(features: Sequence[Feature], reach: Reach) -> dict[int, set[TileAddress]]:
    """The tiles of each zoom that features may touch: whoever changes one of them changes no other tile."""
    shapes = _project(features)
    return {z: {address for address, _ in _Membership(features, shapes, z, reach).tiles(None)} for z in reach.zooms}


def layers_of(tiles: Iterable[tuple[TileAddress, bytes]]) -> Iterator[tuple[TileAddress, str, tuple[str, ...]]]:
    """The layers of encoded tiles: tile, layer, and the attributes that its features have there."""
    for address, data in tiles:
        message = vector_tile_pb2.tile()
        message.ParseFromString(gzip.decompress(data))
        for layer in message.layers:
            yield address, str(layer.name), tuple(layer.keys)


def _project(features: Sequence[Feature]) -> NDArray[np.object_]:
    """All features as shapely geometries in Web Mercator metres; those across the date line in parts."""
    shapes = np.empty(len(features), dtype=object)
    if not features:
        return shapes
    counts = np.array([len(feature.lng_lat) for feature in features])
    lng_lat = np.concatenate([feature.lng_lat for feature in features])
    # To a millimetre: GEOS overflows on the denormal numbers that lie closer to 0.
    places = np.round(project(lng_lat), 3)
    number = np.repeat(np.arange(len(features)), counts)
    of_point = (counts == 1)[number]
    shapes[counts == 1] = shapely.points(places[of_point])
    lines = np.flatnonzero(counts > 1)
    if len(lines):
        shapes[lines] = shapely.linestrings(places[~of_point], indices=np.searchsorted(lines, number[~of_point]))
    for line in lines.tolist():
        if date_line.crosses(features[line].lng_lat):
            parts = [project(part) for part in date_line.split(features[line].lng_lat)]
            shapes[line] = shapely.MultiLineString(parts)
    return shapes


class _Membership:
    """Which features of a sequence may touch which tiles of a zoom (with their buffer), by bounding box."""

    def __init__(self, features: Sequence[Feature], shapes: NDArray[np.object_], z: int, reach: Reach) -> None:
        self._z = z
        self._reach = reach
        shown = [feature.min_zoom <= z <= feature.max_zoom for feature in features]
        self._shown = np.flatnonzero(shown)
        self._shapes = shapes
        self._simple: dict[int, Any] = {}

    def tiles(self, wanted: Collection[TileAddress] | None) -> Iterator[tuple[TileAddress, NDArray[np.int64]]]:
        """Each tile, row by row, with the numbers of its features in their order."""
        if len(self._shown) == 0 or (wanted is not None and not wanted):
            return
        parts = shapely.get_parts(self._shapes[self._shown], return_index=True)
        number, code = self._pairs(parts[0], self._shown[parts[1]])
        if wanted is not None:
            keep = np.isin(code, [(address.y << self._z) + address.x for address in wanted])
            number, code = number[keep], code[keep]
        order = np.lexsort((number, code))
        number, code = number[order], code[order]
        cuts = np.flatnonzero(np.diff(code)) + 1
        for members, first in zip(np.split(number, cuts), np.concatenate(([0], cuts)).tolist(), strict=True):
            if len(members):
                y, x = divmod(int(code[first]), 1 << self._z)
                yield TileAddress(self._z, x, y), np.unique(members)

    def _pairs(
        self, shapes: NDArray[np.object_], numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Feature numbers and tile codes of all that may touch."""
        margin_m = EQUATOR_M / 2**self._z * BUFFER / EXTENT
        west, south, east, north = shapely.bounds(shapes).T
        left, right, top, bottom = self._ranges(west - margin_m, south - margin_m, east + margin_m, north + margin_m)
        first, last, upper, lower = self._ranges(*(np.array(each) for each in self._reach.bounds_m))
        left, right = np.maximum(left, first), np.minimum(right, last)
        top, bottom = np.maximum(top, upper), np.minimum(bottom, lower)
        wide, high = np.maximum(right - left + 1, 0), np.maximum(bottom - top + 1, 0)
        count = wide * high
        pair = np.repeat(np.arange(len(shapes)), count)
        step = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
        code = ((top[pair] + step // wide[pair]) << self._z) + left[pair] + step % wide[pair]
        return numbers[pair], code

    def _ranges(
        self,
        west: NDArray[np.float64],
        south: NDArray[np.float64],
        east: NDArray[np.float64],
        north: NDArray[np.float64],
    ) -> Iterator[NDArray[np.int64]]:
        """First and last columns, first and last rows of the tiles that boxes in metres touch."""
        for metres in (west + WORLD_M, east + WORLD_M, WORLD_M - north, WORLD_M - south):
            yield np.clip(np.floor(metres / EQUATOR_M * 2**self._z), 0, 2**self._z - 1).astype(np.int64)

    def simplified(self, numbers: NDArray[np.int64]) -> NDArray[np.object_]:
        """The shapes of some features, as fine as the zoom shows; each is simplified once for all its tiles."""
        new = [number for number in numbers.tolist() if number not in self._simple]
        self._simple.update(zip(new, shapely.simplify(self._shapes[new], _tolerance_m(self._z)), strict=True))
        return np.array([self._simple[number] for number in numbers.tolist()], dtype=object)


def _tolerance_m(zoom: int) -> float:
    return float(EQUATOR_M / 2**zoom / EXTENT * TOLERANCE)


def _encode(features: Sequence[Feature], shapes: NDArray[np.object_], address: TileAddress) -> bytes:
    west, south, east, north = address.bounds_m
    margin_m = (east - west) * BUFFER / EXTENT
    clipped = shapely.clip_by_rect(shapes, west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    unit_m = (east - west) / EXTENT
    quantised = shapely.transform(clipped, lambda places: np.round((places - (west, north)) / (unit_m, -unit_m)))
    tile = _Tile()
    for feature, commands in zip(features, _commands(quantised), strict=True):
        if commands:
            tile.put(feature, commands, at_zoom(feature.layer, feature.attributes, address.z))
    return tile.encoded()


def _commands(shapes: NDArray[np.object_]) -> list[list[int]]:
    """The geometry of each point, line or lines on the tile's grid as the standard's commands; none for an empty one.

    Points that fell together count once, and a line of one point is none: the standard forbids lines of no length.
    """
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    places, part = shapely.get_coordinates(parts, return_index=True)
    places = places.astype(np.int64)
    fresh = np.ones(len(places), dtype=np.bool_)
    fresh[1:] = (part[1:] != part[:-1]) | (places[1:] != places[:-1]).any(axis=1)
    places, part = places[fresh], part[fresh]
    is_point = shapely.get_dimensions(parts) == 0
    counts = np.bincount(part, minlength=len(parts))
    kept = (is_point & (counts == 1)) | (counts > 1)
    places, part, counts = places[kept[part]], part[kept[part]], counts[kept]
    shape = of_part[part]  # the pen goes on where it was, but begins each feature at 0, 0
    moves = np.diff(places, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    begins = np.flatnonzero(np.diff(shape, prepend=-1))
    moves[begins] = places[begins]
    numbers = ((moves << 1) ^ (moves >> 63)).reshape(-1).tolist()
    commands: list[list[int]] = [[] for _ in shapes]
    at = 0
    for owner, count in zip(of_part[kept].tolist(), counts.tolist(), strict=True):
        commands[owner] += (_MOVE_ONCE, numbers[at], numbers[at + 1])
        if count > 1:
            commands[owner].append((count - 1) << 3 | _LINE_TO)
            commands[owner] += numbers[at + 2 : at + 2 * count]
        at += 2 * count
    return commands


_MOVE_ONCE: Final = 1 << 3 | 1
_LINE_TO: Final = 2


class _Tile:
    """A tile being written, by the library's message types. Each number keeps its own type: 1 is not 1.0."""

    def __init__(self) -> None:
        self._tile = vector_tile_pb2.tile()
        self._layers: dict[str, _Layer] = {}

    def put(self, feature: Feature, commands: list[int], attributes: Attributes) -> None:
        """Add a feature; its layer stands where its first feature did."""
        if feature.layer not in self._layers:
            message = self._tile.layers.add(name=feature.layer, version=2, extent=EXTENT)
            self._layers[feature.layer] = _Layer(message=message)
        layer = self._layers[feature.layer]
        kind = self._tile.Point if len(feature.lng_lat) == 1 else self._tile.LineString
        layer.message.features.add(id=feature.id, type=kind, tags=layer.tags(attributes), geometry=commands)

    def encoded(self) -> bytes:
        """The whole tile; nothing if nothing was put in."""
        content: bytes = self._tile.SerializeToString()
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    message: Any
    keys: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[type, Value], int] = field(default_factory=dict)

    def tags(self, attributes: Attributes) -> list[int]:
        """Attributes as numbers of keys and values, each of which stands once in the layer."""
        tags: list[int] = []
        for name, value in attributes.items():
            if (key := self.keys.get(name)) is None:
                key = self.keys[name] = len(self.keys)
                self.message.keys.append(name)
            kind = type(value)
            if (number := self.values.get((kind, value))) is None:
                number = self.values[kind, value] = len(self.values)
                self.message.values.add(**{_FIELD_OF[kind]: value})
            tags += (key, number)
        return tags


_FIELD_OF: Final[Mapping[type, str]] = {
    bool: "bool_value",
    str: "string_value",
    int: "int_value",
    float: "double_value",
}
