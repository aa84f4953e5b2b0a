"""The ground of the sample town: one smooth formula for the height of every point.

From west to east: a bay with an island, a flat harbour front, a bluff, a terrace with the upper town,
a hillside, a summit. A valley cuts through bluff and terrace, a headland juts into the bay:

    height = (plain + bluff + hillside) * (1 - valley) + headland + summit      on the mainland
    height = shore + dome                                                       on the island

All features are hundreds of metres wide and curved gently, so bilinear interpolation between cells of 5 m
gives the formula's heights back to a few centimetres.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEST_M: Final = -1450.0
EAST_M: Final = 1550.0
SOUTH_M: Final = -1200.0
NORTH_M: Final = 1200.0

SHORE_M: Final = 1.5  # height of the sea wall, and of the island's shore
PLAIN_GRADE: Final = 0.012
BLUFF_RISE_M: Final = 38.0
HILLSIDE_RISE_M: Final = 72.0
HILLSIDE_WIDTH_M: Final = 175.0
VALLEY_DEPTH: Final = 0.68  # of the height that would be there without it
VALLEY_WIDTH_M: Final = 52.0
HEADLAND_Y_M: Final = 640.0
HEADLAND_REACH_M: Final = 330.0
HEADLAND_RISE_M: Final = 58.0
HEADLAND_WIDTH_M: Final = 88.0
SUMMIT_XY: Final = (900.0, 270.0)
SUMMIT_RISE_M: Final = 84.0
SUMMIT_WIDTH_M: Final = 205.0
ISLAND_XY: Final = (-1120.0, -420.0)
ISLAND_RADII_M: Final = (170.0, 250.0)
ISLAND_RISE_M: Final = 46.0


def _bell(distance: Floats, width: float) -> Floats:
    return np.exp(-np.square(distance / width))


def _rise(distance: Floats, width: Floats | float) -> Floats:
    """From 0 far behind to 1 far ahead, steepest (0.5 / width) at distance 0."""
    return 0.5 * (1.0 + np.tanh(distance / width))


def bay_x(y: Floats) -> Floats:
    """East-west position of the bay's rim, as if there were no headland."""
    return -640.0 - 1.9e-4 * np.square(y) + 24.0 * np.sin(y / 170.0)


def shore_x(y: Floats) -> Floats:
    """East-west position of the shore of the mainland."""
    return bay_x(y) - HEADLAND_REACH_M * _bell(y - HEADLAND_Y_M, 1.35 * HEADLAND_WIDTH_M)


def bluff_x(y: Floats) -> Floats:
    """East-west position of the bluff's steepest line."""
    return bay_x(y) + 470.0 + 42.0 * np.sin(y / 205.0 + 0.6)


def bluff_width(y: Floats) -> Floats:
    """Half the depth of the bluff: its steepest grade is half its rise over this."""
    return 40.0 - 8.0 * np.cos(y / 230.0)


def hillside_x(y: Floats) -> Floats:
    """East-west position of the hillside's steepest line."""
    return bay_x(y) + 1130.0 - 55.0 * np.sin(y / 310.0 - 0.5)


def valley_y(x: Floats) -> Floats:
    """North-south position of the valley's bottom."""
    return -190.0 + 45.0 * np.sin(x / 210.0)


def height(x: Floats, y: Floats) -> Floats:
    """Height in metres at ``x``, ``y`` (same shape), metres on the plane; NaN on water."""
    inland = x - shore_x(y)
    plain = SHORE_M + PLAIN_GRADE * inland
    bluff = BLUFF_RISE_M * _rise(x - bluff_x(y), bluff_width(y))
    hillside = HILLSIDE_RISE_M * _rise(x - hillside_x(y), HILLSIDE_WIDTH_M)
    valley = VALLEY_DEPTH * _bell(y - valley_y(x), VALLEY_WIDTH_M) * (1.0 - _rise(x - 330.0, 260.0))
    headland = (
        HEADLAND_RISE_M
        * _bell(y - HEADLAND_Y_M, HEADLAND_WIDTH_M)
        * _rise(inland - 75.0, 55.0)
        * (1.0 - _rise(x - bluff_x(y) - 60.0, 90.0))
    )
    summit = SUMMIT_RISE_M * _bell(np.hypot(x - SUMMIT_XY[0], y - SUMMIT_XY[1]), SUMMIT_WIDTH_M)
    mainland = (plain + bluff + hillside) * (1.0 - valley) + headland + summit
    island = SHORE_M + ISLAND_RISE_M * np.square(1.0 - island_radius(x, y))
    return np.where(inland > 0.0, mainland, np.where(island_radius(x, y) < 1.0, island, np.nan))


def island_radius(x: Floats, y: Floats) -> Floats:
    """Square of the distance from the island's middle, 1 on its shore."""
    return np.square((x - ISLAND_XY[0]) / ISLAND_RADII_M[0]) + np.square((y - ISLAND_XY[1]) / ISLAND_RADII_M[1])


def gradient(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Grade of the ground eastward and northward, by central differences over 2 mm."""
    step = 1e-3
    east = (height(x + step, y) - height(x - step, y)) / (2.0 * step)
    north = (height(x, y + step) - height(x, y - step)) / (2.0 * step)
    return east, north


def height_at(xy: Floats) -> Floats:
    """Heights (n,) in metres of the points ``xy`` (n, 2)."""
    return height(xy[:, 0], xy[:, 1])


def elevation_grid(cell_size_m: float) -> Floats:
    """Heights at the middles of square cells, row 0 in the north; NaN on water."""
    x = np.arange(WEST_M + cell_size_m / 2.0, EAST_M, cell_size_m)
    y = np.arange(NORTH_M - cell_size_m / 2.0, SOUTH_M, -cell_size_m)
    return height(*np.meshgrid(x, y))
