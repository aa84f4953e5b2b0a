"""The relief of an area as an archive of terrain-RGB tiles."""

from pathlib import Path

from pmtiles.tile import Compression, TileType

from tiles.archive import Tileset, write_archive
from tiles.relief.heights import Relief
from tiles.relief.tiles import BASE_M, STEP_M, relief_tiles


def write_relief_archive(path: Path, relief: Relief, name: str, attribution: str) -> None:
    """Every zoom of a relief; the metadata says how a colour becomes a height."""
    tileset = Tileset(
        name=name,
        attribution=attribution,
        bounds=relief.grid.frame,
        tile_type=TileType.WEBP,
        compression=Compression.NONE,
        metadata={
            "format": "webp",
            "type": "overlay",
            "encoding": "mapbox",
            "description": f"height = {BASE_M:g} m + {STEP_M:g} m x (65536 R + 256 G + B)",
        },
    )
    write_archive(path, tileset, relief_tiles(relief))
