"""Tile archives (PMTiles v3), their directories read once."""

import gzip
import mmap
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import msgspec
from pmtiles.tile import Compression, TileType, deserialize_directory, deserialize_header, find_tile, zxy_to_tileid

from guide.domain.errors import DepotError, NotBuiltError, NotFoundError

_HEADER_BYTES: Final = 127
_DEEPEST: Final = 4
_HIGHEST_ZOOM: Final = 31

_MEDIA_TYPES: Final = {
    TileType.MVT: "application/vnd.mapbox-vector-tile",
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
}


class Content(Protocol):
    """The bytes of a file, wherever it lies."""

    def __len__(self) -> int: ...

    def __getitem__(self, span: slice, /) -> bytes: ...


def open_local(directory: Path, name: str) -> mmap.mmap | None:
    """A file of a build mapped into memory, None if there is none; the mapping outlives the file's removal."""
    try:
        with (directory / name).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None


class Archive:
    """One archive; its name carries the hash of what is in it."""

    def __init__(self, name: str, content: Content) -> None:
        try:
            self.content = content
            self._header: dict[str, Any] = {**deserialize_header(self.content[:_HEADER_BYTES])}
            self.metadata: dict[str, Any] = msgspec.json.decode(self._internal("metadata"))
            self._root = self._directory(self._header["root_offset"], self._header["root_length"])
        except DepotError:
            raise
        except Exception as error:  # the library raises whatever broken bytes lead it to
            raise NotBuiltError(f"{name}: the tile archive is damaged. Build the area again.") from error
        self._leaves: dict[int, Any] = {}
        self._lock = Lock()
        self.name = name
        self.version = name.rpartition(".")[0]

    @property
    def is_near(self) -> bool:
        """Whether its bytes are in this machine's memory, so that reading them takes no time."""
        return isinstance(self.content, mmap.mmap)

    @property
    def media_type(self) -> str:
        """The media type of its tiles."""
        return _MEDIA_TYPES.get(self._header["tile_type"], "application/octet-stream")

    @property
    def gzipped(self) -> bool:
        """Whether tiles are stored compressed."""
        return bool(self._header["tile_compression"] == Compression.GZIP)

    @property
    def zooms(self) -> tuple[int, int]:
        """The lowest and the highest zoom."""
        return self._header["min_zoom"], self._header["max_zoom"]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = (
            self._header[key] / 1e7 for key in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        )
        return west, south, east, north

    def find_tile(self, z: int, x: int, y: int) -> bytes | None:
        """The stored bytes of a tile, None where the archive has none.

        Raises:
            NotFoundError: there is no such place on the map.
        """
        if not 0 <= z <= _HIGHEST_ZOOM or not (0 <= x < 1 << z and 0 <= y < 1 << z):
            raise NotFoundError(f"There is no tile {z}/{y}/{x} (zoom, row, column) on the world's map.")
        tile_id = zxy_to_tileid(z, x, y)
        directory = self._root
        for _ in range(_DEEPEST):
            entry = find_tile(directory, tile_id)
            if entry is None:
                return None
            if entry.run_length > 0:
                start = self._header["tile_data_offset"] + entry.offset
                return self.content[start : start + entry.length]
            directory = self._leaf(entry.offset, entry.length)
        return None

    def _leaf(self, offset: int, length: int) -> Any:  # noqa: ANN401 (the library is untyped)
        with self._lock:
            if offset not in self._leaves:
                self._leaves[offset] = self._directory(self._header["leaf_directory_offset"] + offset, length)
            return self._leaves[offset]

    def _directory(self, offset: int, length: int) -> Any:  # noqa: ANN401 (the library is untyped)
        return deserialize_directory(self.content[offset : offset + length])

    def _internal(self, part: str) -> bytes:
        start = self._header[f"{part}_offset"]
        data = self.content[start : start + self._header[f"{part}_length"]]
        return gzip.decompress(data) if self._header["internal_compression"] == Compression.GZIP else data
