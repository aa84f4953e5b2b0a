"""Heights where no model knows any: drawn on smoothly, because a gap would be a cliff."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_SMOOTHINGS: Final = 8
"""Rounds of smoothing at each scale: enough that what is drawn on leaves the known land without a step."""


def fill_unknown(height_m: NDArray[np.float32]) -> NDArray[np.float32]:
    """The heights (rows, columns) with NaN filled from what is known around, ever coarser the farther away.

    Each scale fills its gaps from the one twice as coarse, then lets them settle between their neighbours (Jacobi's
    rounds for Laplace's equation: like a skin that spans the gap). Known heights stay. All unknown gives 0.
    """
    unknown = np.isnan(height_m)
    if not unknown.any():
        return height_m
    if unknown.all():
        return np.zeros_like(height_m)
    guess = _enlarged(fill_unknown(_halved(height_m)), height_m.shape)
    filled = np.where(unknown, guess, height_m)
    rows, columns = np.nonzero(unknown)
    up, down = np.maximum(rows - 1, 0), np.minimum(rows + 1, len(filled) - 1)
    left, right = np.maximum(columns - 1, 0), np.minimum(columns + 1, filled.shape[1] - 1)
    for _ in range(_SMOOTHINGS):
        around = filled[up, columns] + filled[down, columns] + filled[rows, left] + filled[rows, right]
        filled[rows, columns] = around / 4
    return filled


def _halved(height_m: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means of two by two, of those that are known."""
    rows, columns = height_m.shape
    even = np.pad(height_m, ((0, rows % 2), (0, columns % 2)), constant_values=np.nan)
    blocks = even.reshape(len(even) // 2, 2, even.shape[1] // 2, 2)
    known = np.isfinite(blocks).sum(axis=(1, 3))
    total = np.nansum(blocks, axis=(1, 3), dtype=np.float32)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan).astype(np.float32)


def _enlarged(coarse: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Twice as fine, bilinear, cut to a shape."""
    tall = _doubled(coarse)[: shape[0]]
    return np.ascontiguousarray(_doubled(tall.T)[: shape[1]].T)


def _doubled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Twice as many rows: each between its own coarse row and the nearer neighbour, three to one."""
    above = np.concatenate((values[:1], values[:-1]))
    below = np.concatenate((values[1:], values[-1:]))
    fine = np.stack((0.75 * values + 0.25 * above, 0.75 * values + 0.25 * below), axis=1)
    return fine.reshape(2 * len(values), *values.shape[1:]).astype(np.float32)
