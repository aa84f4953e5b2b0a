"""Tile archives: PMTiles v3, one file a tileset, named by the hash of its content."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from tiles.layers import Attributes, Feature
from tiles.vector import encode_tiles

MIN_ZOOM: Final = 8
MAX_ZOOM: Final = 15
_E7: Final = 10_000_000
_FIELD_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number", str: "String"}


def write_guide_archive(
    path: Path, features: Sequence[Feature], bbox: tuple[float, float, float, float], name: str, attribution: str
) -> None:
    """The slopes and landmarks of an area as vector tiles."""
    tiles = [
        (zxy_to_tileid(address.z, address.x, address.y), data)
        for address, data in encode_tiles(features, MIN_ZOOM, MAX_ZOOM)
    ]
    tiles.sort(key=lambda tile: tile[0])  # clustered, so that neighbours are read together
    west, south, east, north = (round(value * _E7) for value in bbox)
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": (MIN_ZOOM + MAX_ZOOM) // 2,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }
    metadata = {
        "name": name,
        "format": "pbf",
        "type": "overlay",
        "attribution": attribution,
        "vector_layers": _vector_layers(features),
    }
    with path.open("wb") as file:
        writer = Writer(file)
        for tile_id, data in tiles:
            writer.write_tile(tile_id, data)
        writer.finalize(header, metadata)


def name_by_content(path: Path) -> str:
    """Rename an archive after its content and leave a link under its plain name; returns the new name.

    The hash in the name lets caches keep a tile for ever; the plain name is for people and their tools.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    named = path.with_name(f"{path.stem}-{digest}{path.suffix}")
    path.rename(named)
    path.symlink_to(named.name)
    return named.name


def _vector_layers(features: Sequence[Feature]) -> list[dict[str, Any]]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    from_zoom: dict[str, int] = {}
    for feature in features:
        fields[feature.layer] |= _field_types(feature.attributes)
        from_zoom[feature.layer] = min(from_zoom.get(feature.layer, MAX_ZOOM), feature.min_zoom)
    return [
        {"id": layer, "fields": dict(sorted(names.items())), "minzoom": from_zoom[layer], "maxzoom": MAX_ZOOM}
        for layer, names in sorted(fields.items())
    ]


def _field_types(attributes: Attributes) -> dict[str, str]:
    return {name: _FIELD_TYPES[type(value)] for name, value in attributes.items()}
