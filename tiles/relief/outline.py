"""Areas of a relief as polygons."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tiles.relief.grid import PixelGrid

BLOCK: int = 4
"""Pixels along the side of the squares that an outline is made of: it is a hint on the map, not a border."""


def outline(inside: NDArray[np.bool_], grid: PixelGrid, least: float = 0.5) -> Any:  # noqa: ANN401 (a shapely geometry)
    """The area of pixels (rows, columns), in degrees, as squares of which this share is inside; may be empty."""
    rows, columns = inside.shape
    share = inside.reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK).mean(axis=(1, 3))
    edges = np.diff(np.pad((share >= least).astype(np.int8), ((0, 0), (1, 1))), axis=1)
    row, begin = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)  # runs are found in the same order, so each end belongs to its begin
    lng, lat = grid.edges(BLOCK)
    whole = shapely.union_all(shapely.box(lng[begin], lat[row + 1], lng[end], lat[row]))
    # A slanting border is a stair of squares; this takes its steps away.
    smooth = shapely.simplify(whole, 1.2 * float(lng[1] - lng[0]))
    return smooth if smooth.is_valid else shapely.make_valid(smooth)
