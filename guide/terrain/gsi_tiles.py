"""Elevation tiles of the Geospatial Information Authority of Japan (国土地理院, 標高タイル).

Encoding and layers: https://maps.gsi.go.jp/development/demtile.html. Where a better survey ends, the next one goes on:
laser (5A), photographs (5B, 5C), contour lines (10B), cell by cell, faded over one cell.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.mosaic import Mosaic
from guide.terrain.tiles_png import TileFolder, zooms

_NO_DATA = 1 << 23
_WRAP = 1 << 24
_CM = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class GsiLayer:
    """One layer: its folder, the name of its model, its finest zoom, and the survey's cell size and error."""

    folder: str
    model: str
    zoom: int
    resolution_m: float
    sigma_m: float


GSI_LAYERS = (
    # 0.3 m holds where a laser point fell into the cell, as on most open ground in towns. A cell filled from its
    # neighbours (under dense trees, beside houses) may be out by 2.0 m, and the tiles do not say which cells those are.
    GsiLayer(folder="dem5a_png", model="dem5a", zoom=15, resolution_m=5.0, sigma_m=0.3),
    GsiLayer(folder="dem5b_png", model="dem5b", zoom=15, resolution_m=5.0, sigma_m=0.7),
    GsiLayer(folder="dem5c_png", model="dem5c", zoom=15, resolution_m=5.0, sigma_m=1.4),
    # Mostly 10B, from contour lines; 10A (2.5 m, volcanoes) is mixed in unmarked, so the larger error stands for both.
    GsiLayer(folder="dem_png", model="dem10b", zoom=14, resolution_m=10.0, sigma_m=5.0),
)
"""Best first; the errors are the Authority's own (1 sigma)."""


def open_gsi_tiles(folder: Path, *, source: ElevationSource) -> Mosaic:
    """All layers found under ``folder`` (``{layer}/{z}/{x}/{y}.png``), best first.

    Args:
        folder: the folder of layers.
        source: only its id counts (``gsi`` gives ``gsi-dem5a``, …): cell size and error belong to each layer.

    Raises:
        SourceError: there is no layer with a tile at its finest zoom, or coarser.
    """
    found: list[Elevation] = []
    for layer in GSI_LAYERS:
        usable = [zoom for zoom in zooms(folder / layer.folder) if zoom <= layer.zoom]
        if usable:
            model = ElevationSource(
                id=f"{source.id}-{layer.model}", resolution_m=layer.resolution_m, sigma_m=layer.sigma_m
            )
            found.append(TileFolder(folder / layer.folder, zoom=usable[0], decode=decode_gsi, source=model))
    if not found:
        names = ", ".join(layer.folder for layer in GSI_LAYERS)
        raise SourceError(f"There are no elevation tiles under {folder} (looked for {names}): fetch them first.")
    return Mosaic(found)


def decode_gsi(pixels: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Metres of pixels (h, w, 3): 0.01 x for x = 65536 R + 256 G + B, less 2^24 above 2^23; 2^23 itself is no data."""
    value = (pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]).astype(np.int64)
    height_m = _CM * np.where(value > _NO_DATA, value - _WRAP, value)
    return np.where(value == _NO_DATA, np.nan, height_m)
