"""Streets by square cells: which pieces of street lie near a place.

Every line is cut into short pieces, and each piece belongs to the cell of its middle; what lies within a radius is then
in the cells within that radius and half a piece. Cells of one row lie side by side in memory.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.routing.plane import Plane

CELL_M: Final = 50.0
PIECE_M: Final = 25.0
_MOST_CELLS: Final = 4_000_000
"""An area of 160 km square; cells grow in a larger one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetGrid:
    """Pieces of street by cell.

    ``frame`` (7,) is longitude and latitude of the grid's south-west corner in degrees, metres a degree east and north,
    the cells' side in metres, and how many columns and rows there are. Cell c, counted along rows from the south, holds
    ``piece[start[c]:start[c + 1]]``, each the index of the line point where the piece's segment begins.
    """

    frame: NDArray[np.float64]
    start: NDArray[np.int32]
    piece: NDArray[np.int32]

    @property
    def plane(self) -> Plane:
        """The plane that the cells are squares of."""
        lng, lat, east, north = self.frame[:4].tolist()
        return Plane(origin=(lng, lat), metres_per_degree=(east, north))


def make_grid(network: Network, walkable: NDArray[np.bool_] | None = None) -> StreetGrid:
    """The grid of all edges, or of those that are ``walkable`` (E,)."""
    lng_lat = network.point_lng_lat
    if not len(lng_lat):
        frame = np.array([0.0, 0.0, 1.0, 1.0, CELL_M, 1.0, 1.0])
        return StreetGrid(frame=frame, start=np.zeros(2, dtype=np.int32), piece=np.zeros(0, dtype=np.int32))
    plane = _corner_plane(lng_lat)
    xy = plane.project(lng_lat)
    begins = np.ones(len(lng_lat), dtype=np.bool_)
    begins[network.point_start[1:] - 1] = False
    if walkable is not None:
        begins &= np.repeat(walkable, np.diff(network.point_start))
    segment = np.flatnonzero(begins)
    step = xy[segment + 1] - xy[segment]
    pieces = np.maximum(np.ceil(np.hypot(step[:, 0], step[:, 1]) / PIECE_M), 1).astype(np.int64)
    owner = np.repeat(np.arange(len(segment)), pieces)
    share = (np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 0.5) / pieces[owner]
    middle = xy[segment[owner]] + step[owner] * share[:, None]
    east_m, north_m = (float(value) for value in xy.max(axis=0))
    side_m = max(CELL_M, math.sqrt(east_m * north_m / _MOST_CELLS))
    columns, rows = int(east_m // side_m) + 1, int(north_m // side_m) + 1
    column, row = (np.clip(middle / side_m, 0, None).astype(np.int64)).T
    cell = np.minimum(row, rows - 1) * columns + np.minimum(column, columns - 1)
    order = np.argsort(cell, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(cell, minlength=columns * rows))))
    return StreetGrid(
        frame=np.array([*plane.origin, *plane.metres_per_degree, side_m, columns, rows]),
        start=start.astype(np.int32),
        piece=segment[owner[order]].astype(np.int32),
    )


def _corner_plane(lng_lat: NDArray[np.float64]) -> Plane:
    """The plane whose origin is the south-west corner of some places, true to scale in their middle."""
    low, high = lng_lat.min(axis=0), lng_lat.max(axis=0)
    middle = Plane.at(*((low + high) / 2).tolist())
    return Plane(origin=(float(low[0]), float(low[1])), metres_per_degree=middle.metres_per_degree)
