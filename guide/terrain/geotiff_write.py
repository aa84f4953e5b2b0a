"""Writing heights as GeoTIFF: aside first, in tiles, the same bytes for the same heights."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from guide.terrain.reader import Georeference

_TILE = 256
"""Cells along the side of a tile of the files written here."""


def write_geotiff(  # noqa: PLR0913 - one value more than a call should have, all of them named
    path: Path,
    *,
    elevation_m: NDArray[np.float32],
    crs: str,
    west: float,
    north: float,
    cell_size: float,
    nodata: float = -9999.0,
) -> None:
    """Write heights as a tiled, deflated GeoTIFF; the same heights give the same bytes.

    Args:
        path: the file, replaced at the end only.
        elevation_m: (rows, columns), northernmost row first, NaN where unknown.
        crs: the coordinate system of ``west``, ``north`` and ``cell_size``.
        west: the outer edge of the first column.
        north: the outer edge of the first row.
        cell_size: the side of a cell.
        nodata: the value that stands for unknown in the file.
    """
    place = Georeference(crs=crs, transform=(cell_size, 0.0, west, 0.0, -cell_size, north))
    write_windows(path, elevation_m.shape, place, lambda rows: elevation_m[rows], nodata=nodata)


def write_windows(
    path: Path,
    shape: tuple[int, int],
    place: Georeference,
    read: Callable[[slice], NDArray[np.floating]],
    *,
    nodata: float = -9999.0,
) -> bool:
    """Write a raster as a tiled, deflated GeoTIFF (32-bit), some rows at a time; returns whether any height is known.

    The same heights give the same bytes.

    Args:
        path: the file, replaced at the end only.
        shape: rows and columns.
        place: where the raster lies.
        read: gives the heights of some rows, all columns, NaN where unknown.
        nodata: the value that stands for unknown in the file.
    """
    height, width = shape
    known = False
    aside = path.with_name(f".{path.name}.part")
    try:
        with rasterio.open(
            aside,
            "w",
            driver="GTiff",
            width=width,
            height=height,
            count=1,
            dtype="float32",
            crs=place.crs,
            transform=rasterio.Affine(*place.transform),
            nodata=nodata,
            compress="deflate",
            predictor=3,
            tiled=True,
            blockxsize=_TILE,
            blockysize=_TILE,
        ) as file:
            for top in range(0, height, _TILE):
                rows = slice(top, min(top + _TILE, height))
                heights = read(rows)
                unknown = np.isnan(heights)
                known = known or not unknown.all()
                window = Window(0, top, width, rows.stop - top)
                file.write(np.where(unknown, nodata, heights).astype(np.float32), 1, window=window)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return known
