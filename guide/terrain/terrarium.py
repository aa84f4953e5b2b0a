"""Terrarium tiles, as served by Mapzen's successors: heights in 256ths of a metre.

Encoding: https://github.com/tilezen/joerd/blob/master/docs/formats.md
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import ElevationSource
from guide.domain.errors import SourceError
from guide.terrain.tiles_png import TileFolder, zooms

_ZERO = 32768


def open_terrarium(folder: Path, *, source: ElevationSource) -> TileFolder:
    """The finest zoom of a folder ``{z}/{x}/{y}.png``.

    Raises:
        SourceError: the folder holds no tiles.
    """
    found = zooms(folder)
    if not found:
        raise SourceError(f"There are no elevation tiles under {folder}: fetch them first.")
    return TileFolder(folder, zoom=found[0], decode=decode_terrarium, source=source)


def decode_terrarium(pixels: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Metres of pixels (h, w, 3): 256 R + G + B / 256 - 32768; black, the lowest value, stands for no data."""
    red, green, blue = (pixels[..., band].astype(np.float64) for band in range(3))
    height_m = red * 256 + green + blue / 256 - _ZERO
    return np.where(height_m == -_ZERO, np.nan, height_m)
