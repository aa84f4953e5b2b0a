"""Relief to tiles: each zoom the mean of the finer one, so that there are no seams, as terrain-RGB pictures."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tiles.mercator import TileAddress
from tiles.relief.grid import MIN_ZOOM, SIZE
from tiles.relief.heights import Relief
from tiles.relief.unknown import fill_unknown

BASE_M: Final = -10_000.0
STEP_M: Final = 0.1
"""Terrain-RGB: height = -10,000 m + 0.1 m x (65,536 R + 256 G + B)."""

_EFFORT: Final = {"lossless": True, "quality": 50, "method": 1}
"""A third smaller than PNG; more effort takes half as long again for three parts in a hundred."""


def relief_tiles(relief: Relief) -> Iterator[tuple[TileAddress, bytes]]:
    """Every tile of every zoom from the finest to the coarsest, as lossless WebP."""
    with ThreadPoolExecutor() as pool:  # the encoder lets go of the interpreter
        for addresses, pictures in _zooms(relief):
            yield from zip(addresses, pool.map(encode, pictures), strict=True)


def _zooms(relief: Relief) -> Iterator[tuple[list[TileAddress], list[NDArray[np.float32]]]]:
    grid, height_m = relief.grid, relief.height_m
    while True:
        windows = list(grid.windows())
        yield [address for address, _, _ in windows], [height_m[rows, columns] for _, rows, columns in windows]
        if grid.z <= MIN_ZOOM:
            return
        coarser = grid.coarser()
        before = (grid.y - 2 * coarser.y, grid.x - 2 * coarser.x)
        after = (2 * coarser.rows - before[0] - grid.rows, 2 * coarser.columns - before[1] - grid.columns)
        margins = tuple((first * SIZE, last * SIZE) for first, last in zip(before, after, strict=True))
        # A coarser tile may reach beyond the grid; what is unknown there is drawn on as well.
        whole = np.pad(height_m, margins, constant_values=np.nan)
        halved = whole.reshape(len(whole) // 2, 2, whole.shape[1] // 2, 2).mean(axis=(1, 3), dtype=np.float32)
        grid, height_m = coarser, fill_unknown(halved)


def encode(height_m: NDArray[np.float32]) -> bytes:
    """Heights (n, m) as a terrain-RGB picture."""
    steps = np.round((height_m.astype(np.float64) - BASE_M) / STEP_M).astype(np.uint32)
    rgb = np.stack((steps >> 16, steps >> 8 & 0xFF, steps & 0xFF), axis=-1).astype(np.uint8)
    content = io.BytesIO()
    Image.fromarray(rgb).save(content, "WEBP", **_EFFORT)
    return content.getvalue()
