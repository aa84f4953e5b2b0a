"""Tile archives: PMTiles v3, one file a tileset, named by the hash of its content."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from tiles.mercator import TileAddress

_E7: Final = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tileset:
    """What an archive says of its tiles. ``bounds`` are west, south, east, north in degrees."""

    name: str
    attribution: str
    bounds: tuple[float, float, float, float]
    tile_type: TileType
    compression: Compression
    metadata: Mapping[str, Any] = field(default_factory=dict)


def write_archive(path: Path, tileset: Tileset, tiles: Iterable[tuple[TileAddress, bytes]]) -> None:
    """Write tiles in the order of their ids, so that neighbours are read together; there must be at least one."""
    by_id = sorted((zxy_to_tileid(address.z, address.x, address.y), address.z, data) for address, data in tiles)
    west, south, east, north = (round(value * _E7) for value in tileset.bounds)
    header = {
        "tile_type": tileset.tile_type,
        "tile_compression": tileset.compression,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": (by_id[0][1] + by_id[-1][1]) // 2,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }
    with path.open("wb") as file:
        writer = Writer(file)
        for tile_id, _, data in by_id:
            writer.write_tile(tile_id, data)
        writer.finalize(header, {"name": tileset.name, "attribution": tileset.attribution, **tileset.metadata})


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
