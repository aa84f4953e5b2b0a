"""One door to all kinds of elevation files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import UsageError
from guide.terrain.fgd import open_fgd
from guide.terrain.geotiff import GeoTiff
from guide.terrain.gsi_tiles import open_gsi_tiles
from guide.terrain.hgt import Hgt
from guide.terrain.terrarium import open_terrarium


class _Opener(Protocol):
    """Opens a kind whose coordinates need no telling."""

    def __call__(self, path: Path, /, *, source: ElevationSource) -> Elevation: ...


_OTHERS: Mapping[str, _Opener] = {"hgt": Hgt, "gsi_tiles": open_gsi_tiles, "terrarium": open_terrarium, "fgd": open_fgd}

KINDS = ("geotiff", *_OTHERS)
"""The kinds that an area.toml may name."""


def open_elevation(kind: str, path: Path, *, source: ElevationSource, crs: str | None = None) -> Elevation:
    """Heights from a file, or a folder of tiles.

    Args:
        kind: one of ``KINDS``.
        path: the file or folder.
        source: the model; a resolution of 0 means the file's own.
        crs: the coordinate system of a GeoTIFF that names none; the other kinds have theirs by definition.

    Raises:
        UsageError: no such kind.
        SourceError: the file is missing, broken or of another kind.
    """
    if kind == "geotiff":
        return GeoTiff(path, source=source, crs=crs)
    if kind in _OTHERS:
        return _OTHERS[kind](path, source=source)
    raise UsageError(f"There is no kind of elevation named {kind!r}; there are {', '.join(KINDS)}.")
