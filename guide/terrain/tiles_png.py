"""Folders of elevation tiles, ``{z}/{x}/{y}.png`` in Web Mercator, as one raster without seams.

What a pixel means is the caller's: see ``gsi_tiles`` and ``terrarium``. A tile that does not exist is unknown ground.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.terrain.plausible import blank_implausible, implausible_finding
from guide.terrain.reader import Georeference, RasterReader, positions, with_resolution

SIDE = 256
"""Pixels along the side of a tile."""

_CACHED_TILES = 128
"""32 MB of decoded heights: a row of blocks across a town, so that their margins are not decoded twice."""

_EQUATOR_M = 2 * math.pi * 6_378_137.0

Decode = Callable[[NDArray[np.uint32]], NDArray[np.float64]]
"""From red, green and blue (256, 256, 3) to metres (256, 256), NaN where the tile says that nothing is known."""


class TileFolder(RasterReader):
    """One zoom of one tile folder.

    Args:
        folder: the folder that holds ``{z}``.
        zoom: the zoom to read.
        decode: the meaning of a pixel.
        source: the model; a resolution of 0 is replaced by the ground size of a pixel.

    Raises:
        SourceError: the folder holds no tile of that zoom.
    """

    def __init__(self, folder: Path, *, zoom: int, decode: Decode, source: ElevationSource) -> None:
        self._folder = folder / str(zoom)
        self._zoom = zoom
        self._decode = decode
        self._findings: dict[str, Finding] = {}
        self._tile = lru_cache(maxsize=_CACHED_TILES)(self._load)
        first = min(self._folder.glob("*/*.png"), default=None)
        if first is None:
            raise SourceError(f"There are no elevation tiles under {self._folder}: fetch them first.")
        self._source = with_resolution(source, _pixel_m(zoom, int(first.stem) if first.stem.isdigit() else 0))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the tiles read so far."""
        return tuple(self._findings.values())

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the world at this zoom."""
        return SIDE << self._zoom, SIDE << self._zoom

    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights of a window in metres, put together from the tiles it touches.

        Raises:
            SourceError: one of them is damaged or no elevation tile.
        """
        window = np.full((rows.stop - rows.start, cols.stop - cols.start), np.nan)
        for y in range(rows.start // SIDE, (rows.stop - 1) // SIDE + 1):
            for x in range(cols.start // SIDE, (cols.stop - 1) // SIDE + 1):
                tile = self._tile(x, y)
                if tile is None:
                    continue
                to_rows, from_rows = _overlap(rows, y)
                to_cols, from_cols = _overlap(cols, x)
                window[to_rows, to_cols] = tile[from_rows, from_cols]
        return window

    @property
    def georeference(self) -> Georeference:
        """Where the world's grid lies at this zoom, in Web Mercator."""
        pixel, edge = _EQUATOR_M / (SIDE << self._zoom), _EQUATOR_M / 2
        return Georeference(crs="EPSG:3857", transform=(pixel, 0.0, -edge, 0.0, -pixel, edge))

    def cells_at(self, lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional rows and columns (n,) of points (n, 2)."""
        lng, lat = positions(lng_lat)
        pixels = SIDE << self._zoom
        with np.errstate(invalid="ignore", divide="ignore"):
            cols = (lng + 180) / 360 * pixels - 0.5
            rows = (0.5 - np.arctanh(np.sin(np.radians(lat))) / (2 * np.pi)) * pixels - 0.5
        return rows, cols

    def _load(self, x: int, y: int) -> NDArray[np.float32] | None:
        path = self._folder / str(x) / f"{y}.png"
        try:
            with Image.open(path, formats=["PNG"]) as image:
                if image.size != (SIDE, SIDE) or image.mode not in {"RGB", "RGBA"}:
                    raise SourceError(
                        f"{path} is no elevation tile: it is {image.width} by {image.height} pixels of {image.mode}, "
                        f"not {SIDE} by {SIDE} of RGB; delete it and fetch again."
                    )
                pixels = np.asarray(image, dtype=np.uint32)
        except FileNotFoundError:
            return None
        except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise SourceError(f"{path} is damaged: delete it and fetch again.") from error
        height_m = self._decode(pixels[..., :3])
        if image.mode == "RGBA":
            height_m[pixels[..., 3] == 0] = np.nan
        impossible = blank_implausible(height_m)
        if impossible is not None:
            finding = implausible_finding(str(path), impossible)
            self._findings.setdefault(finding.code, finding)
        return height_m.astype(np.float32)


def zooms(folder: Path) -> list[int]:
    """The zooms that a tile folder holds, finest first."""
    if not folder.is_dir():
        return []
    return sorted((int(child.name) for child in folder.iterdir() if child.name.isdigit()), reverse=True)


def _overlap(span: slice, tile: int) -> tuple[slice, slice]:
    """Where a tile lies in a window, and which part of it that is, along one axis."""
    start, stop = max(span.start, tile * SIDE), min(span.stop, (tile + 1) * SIDE)
    return slice(start - span.start, stop - span.start), slice(start - tile * SIDE, stop - tile * SIDE)


def _pixel_m(zoom: int, y: int) -> float:
    """The ground size of a pixel in the middle of tile row ``y``."""
    mercator = math.pi * (1 - 2 * (y + 0.5) / (1 << zoom))
    return _EQUATOR_M / (SIDE << zoom) / math.cosh(mercator)
