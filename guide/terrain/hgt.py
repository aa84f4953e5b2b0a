"""SRTM tiles: ``N43E007.hgt``, 1 by 1 degree of big-endian 16-bit metres, plain or zipped.

The name gives the south-west corner; the samples lie on the degree lines, so neighbours share their edges.
Layout: NASA JPL, SRTM topography documentation (https://dds.cr.usgs.gov/srtm/version2_1/Documentation/).
"""

import math
import re
import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.terrain.plausible import blank_implausible, implausible_finding
from guide.terrain.reader import Georeference, RasterReader, positions, with_resolution

_VOID = -32768
_SIDES = {side * side * 2: side for side in (1201, 3601)}
"""Samples along a side, by size in bytes: 3 and 1 arc-seconds."""

_CORNER = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
_METRES_PER_DEGREE = 111_320.0


class Hgt(RasterReader):
    """One SRTM tile.

    Raises:
        SourceError: the file is missing, its name holds no corner, or it has neither of the two sizes.
    """

    def __init__(self, path: Path, *, source: ElevationSource) -> None:
        self._path = path
        name, self._data = _read(path)
        corner = _CORNER.match(name)
        if corner is None:
            raise SourceError(
                f"{path.name} does not say which degree it covers: rename it to its south-west corner, as N43E007.hgt."
            )
        north_south, latitude, east_west, longitude = corner.groups()
        self._south = int(latitude) * (1 if north_south.upper() == "N" else -1)
        self._west = int(longitude) * (1 if east_west.upper() == "E" else -1)
        self._source = with_resolution(source, _METRES_PER_DEGREE / (len(self._data) - 1))
        self._findings: dict[str, Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the cells read so far."""
        return tuple(self._findings.values())

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        side = len(self._data)
        return side, side

    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights of a window in metres, NaN where void."""
        raw = self._data[rows, cols]
        window = raw.astype(np.float64)
        window[raw == _VOID] = np.nan
        impossible = blank_implausible(window)
        if impossible is not None and not self._findings:
            finding = implausible_finding(self._path.name, impossible)
            self._findings[finding.code] = finding
        return window

    @property
    def georeference(self) -> Georeference:
        """Where the raster lies: the centres of its outer cells are on the degree lines."""
        cell = 1 / (len(self._data) - 1)
        return Georeference(
            crs="EPSG:4326", transform=(cell, 0.0, self._west - cell / 2, 0.0, -cell, self._south + 1 + cell / 2)
        )

    def cells_at(self, lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional rows and columns (n,) of points (n, 2)."""
        lng, lat = positions(lng_lat)
        per_degree = len(self._data) - 1
        return (self._south + 1 - lat) * per_degree, (lng - self._west) * per_degree


def _read(path: Path) -> tuple[str, NDArray[np.int16]]:
    """The tile's own name and its samples (side, side), northernmost row first."""
    try:
        if zipfile.is_zipfile(path):
            return _read_zip(path)
        side = _side(path.name, path.stat().st_size)
        # Mapped, not read: a few windows of the 26 MB are all that a town needs.
        return path.name, np.memmap(path, dtype=">i2", mode="r", shape=(side, side))
    except FileNotFoundError as error:
        raise SourceError(f"There is no elevation file {path}.") from error
    except (OSError, ValueError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        raise SourceError(f"{path.name} cannot be read as an SRTM tile: it is damaged or of another kind.") from error


def _read_zip(path: Path) -> tuple[str, NDArray[np.int16]]:
    with zipfile.ZipFile(path) as archive:
        tiles = [info for info in archive.infolist() if info.filename.lower().endswith(".hgt")]
        if len(tiles) != 1:
            raise SourceError(f"{path.name} holds {len(tiles)} .hgt files; exactly one is expected.")
        # The size is checked before a byte is unpacked, and no more than that is read.
        side = _side(path.name, tiles[0].file_size)
        with archive.open(tiles[0]) as file:
            data = file.read(tiles[0].file_size)
    name = Path(tiles[0].filename).name
    return name if _CORNER.match(name) else path.name, np.frombuffer(data, dtype=">i2").reshape(side, side)


def _side(name: str, size: int) -> int:
    if size not in _SIDES:
        samples = math.isqrt(size // 2)
        raise SourceError(
            f"{name} is no SRTM tile: it has {size} bytes (about {samples} by {samples} samples), "
            "where 1201 by 1201 or 3601 by 3601 are expected; download it again."
        )
    return _SIDES[size]
