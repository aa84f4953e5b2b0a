"""Heights between the cells of a raster: bilinear, honest about unknown cells, read window by window.

Rows and columns are counted from the centre of the north-west cell: (0.0, 0.0) is that centre and the raster's
outer edge lies at -0.5. Every reader says where its cell centres are; nothing here knows of coordinates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BLOCK = 512
"""Cells along the side of a block; a read is one block and its margin at most, or one small window."""

_ONE_READ_CELLS = 1 << 21
"""Up to here (16 MB) all points are served by one read, if they are dense enough to need most of it."""

_CELLS_PER_POINT = 64
"""A window with more cells than this for each point is mostly waste: blocks are read instead."""

_HALF = 0.5 - 1e-6
"""Half of the weight, less the rounding of projections: a point on a raster's outer edge is inside."""


class Cells(Protocol):
    """A raster of heights that is read by windows, so that it never need be in memory whole."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        ...

    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights in metres of a window, NaN where unknown."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolated:
    """Heights at n points and how much of each is known.

    ``height_m`` (n,) is the mean of the known cells by their bilinear weights, NaN where none carries weight;
    ``known`` (n,) is the share of the weight that known cells carry, 0 to 1. It falls without a jump, so that a mosaic
    can fade from one model into the next.
    """

    height_m: NDArray[np.float64]
    known: NDArray[np.float64]

    def settled(self) -> NDArray[np.float64]:
        """Heights (n,) where known cells carry at least half of the weight, else NaN.

        Beyond half, an unknown cell would be guessed from cells that hardly touch the point.
        """
        return np.where(self.known >= _HALF, self.height_m, np.nan)


def interpolate(cells: Cells, rows: NDArray[np.float64], cols: NDArray[np.float64]) -> Interpolated:
    """Bilinear heights at fractional ``rows`` and ``cols`` (n,), exact at the centres of cells.

    Beyond the outer centres the nearest edge cells hold, and what is known fades: to a half at the outer edge, where
    ``settled`` ends, and to nothing one cell out. At non-finite positions nothing is known.
    """
    height, width = cells.shape
    inside = np.flatnonzero((rows > -1) & (rows < height) & (cols > -1) & (cols < width))
    row = np.clip(rows[inside], 0.0, height - 1.0)
    col = np.clip(cols[inside], 0.0, width - 1.0)
    height_m = np.full(len(rows), np.nan)
    known = np.zeros(len(rows))
    for members in _groups(row, col):
        row_span, col_span = _window(row[members], height), _window(col[members], width)
        block = cells.read(row_span, col_span)
        found = _bilinear(block, row[members] - row_span.start, col[members] - col_span.start)
        height_m[inside[members]], known[inside[members]] = found.height_m, found.known
    # The lesser of both axes, not their product: a raster's very corner is as good as its edge.
    known[inside] *= 1 - np.maximum(np.abs(rows[inside] - row), np.abs(cols[inside] - col))
    return Interpolated(height_m=height_m, known=known)


def _groups(row: NDArray[np.float64], col: NDArray[np.float64]) -> Iterator[NDArray[np.intp]]:
    """Indices of the points that are served by one read, block row by block row.

    That order lets GDAL's small cache serve striped files, where a block's rows span the whole width.
    """
    if row.size == 0:
        return
    window = (np.ptp(row) + 2) * (np.ptp(col) + 2)
    if window <= min(_ONE_READ_CELLS, _CELLS_PER_POINT * row.size):
        yield np.arange(row.size)
        return
    block_rows, block_cols = row.astype(np.int64) // BLOCK, col.astype(np.int64) // BLOCK
    key = block_rows * (int(block_cols.max()) + 1) + block_cols
    order = np.argsort(key, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(key[order])) + 1)


def _window(position: NDArray[np.float64], size: int) -> slice:
    """The cells that touch these positions along one axis."""
    return slice(int(position.min()), min(int(position.max()) + 2, size))


def _bilinear(block: NDArray[np.float64], row: NDArray[np.float64], col: NDArray[np.float64]) -> Interpolated:
    """Interpolate inside one block; every position lies between its first and last centres."""
    height, width = block.shape
    top, left = row.astype(np.intp), col.astype(np.intp)
    bottom, right = np.minimum(top + 1, height - 1) * width, np.minimum(left + 1, width - 1)
    down, along = row - top, col - left
    top *= width
    flat = block.ravel()
    corners = (flat[top + left], flat[top + right], flat[bottom + left], flat[bottom + right])
    if not np.isnan(block).any():
        north = corners[0] + along * (corners[1] - corners[0])
        south = corners[2] + along * (corners[3] - corners[2])
        return Interpolated(height_m=north + down * (south - north), known=np.ones(len(row)))
    weights = ((1 - down) * (1 - along), (1 - down) * along, down * (1 - along), down * along)
    known, total = np.zeros(len(row)), np.zeros(len(row))
    for corner, weight in zip(corners, weights, strict=True):
        here = ~np.isnan(corner)
        known += np.where(here, weight, 0.0)
        total += np.where(here, weight * corner, 0.0)
    height_m = np.full(len(row), np.nan)
    np.divide(total, known, out=height_m, where=known > 0)
    return Interpolated(height_m=height_m, known=known)
