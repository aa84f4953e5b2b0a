"""Heights of every pixel: the elevation models', the sea at 0, and no cliff where nothing is known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import distance_transform_edt

from guide.terrain.mosaic import Mosaic
from tiles.relief.grid import Frame, PixelGrid
from tiles.relief.unknown import fill_unknown

_LATTICE: Final = 128
"""Points along each side of a frame that are asked first, to see where there is anything to draw."""

_SIGMAS: Final = 3.0
_LOWEST_HILL_M: Final = 10.0
_STRIP_CELLS: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """Heights (rows, columns) in metres of a grid's pixels.

    ``known`` are those that a model or the sea tells, ``hills`` those that the coastlines call sea but the models call
    land.
    """

    grid: PixelGrid
    height_m: NDArray[np.float32]
    known: NDArray[np.bool_]
    hills: NDArray[np.bool_]


def see_relief(elevation: Mosaic, frame: Frame, sea: Sequence[Any]) -> Relief | None:
    """The relief of what the models know within a frame; None if they know nothing there.

    ``sea`` are polygons in degrees.

    Raises:
        SourceError: an elevation file ends or breaks within the frame.
    """
    reached = _reached(elevation, frame)
    if reached is None:
        return None
    grid = PixelGrid.around(reached, min(source.resolution_m for source in elevation.sources))
    height_m = _sampled(elevation, grid)
    cells = max(source.resolution_m for source in elevation.sources) / grid.pixel_m
    water = _drawn(sea, grid)
    hills = _hills(water, height_m, elevation, cells)
    water &= ~hills
    if water.any():
        height_m *= _shore(water, cells)
        height_m[water] = 0.0
    return Relief(grid=grid, height_m=fill_unknown(height_m), known=np.isfinite(height_m), hills=hills)


def _reached(elevation: Mosaic, frame: Frame) -> Frame | None:
    """The part of a frame that holds all that is known in it."""
    west, south, east, north = frame
    lng, lat = np.linspace(west, east, _LATTICE), np.linspace(south, north, _LATTICE)
    places = np.stack(np.meshgrid(lng, lat), axis=-1).reshape(-1, 2)
    known = np.isfinite(elevation.sample(places).elevation_m).reshape(_LATTICE, _LATTICE)
    if not known.any():
        return None
    rows, columns = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
    (left, right), (low, high) = ((max(found[0] - 1, 0), min(found[-1] + 1, _LATTICE - 1)) for found in (columns, rows))
    return float(lng[left]), float(lat[low]), float(lng[right]), float(lat[high])


def _sampled(elevation: Mosaic, grid: PixelGrid) -> NDArray[np.float32]:
    lng, lat = grid.lng, grid.lat
    height_m = np.full((len(lat), len(lng)), np.nan, dtype=np.float32)
    for _, rows, columns in grid.windows():
        places = np.stack(np.meshgrid(lng[columns], lat[rows]), axis=-1)
        found = elevation.sample(places.reshape(-1, 2)).elevation_m
        height_m[rows, columns] = found.reshape(places.shape[:2])
    return height_m


def _drawn(polygons: Sequence[Any], grid: PixelGrid) -> NDArray[np.bool_]:
    """Which pixels' centres lie in polygons."""
    image = Image.new("1", (len(grid.lng), len(grid.lat)))
    pen = ImageDraw.Draw(image)
    for polygon in shapely.get_parts(list(polygons)):
        pen.polygon(_corners(polygon.exterior, grid), fill=1)
        for hole in polygon.interiors:
            pen.polygon(_corners(hole, grid), fill=0)
    return np.array(image)


def _corners(ring: Any, grid: PixelGrid) -> list[tuple[float, float]]:  # noqa: ANN401 (a shapely ring)
    pixels = grid.pixels_at(np.asarray(ring.coords)[:, :2]) - 0.5  # Pillow counts from the middle of a pixel
    return [(float(x), float(y)) for x, y in pixels]


def _hills(
    water: NDArray[np.bool_], height_m: NDArray[np.float32], elevation: Mosaic, cells: float
) -> NDArray[np.bool_]:
    """Where the sea would stand higher than any error of the models.

    A coastline that ends where the extract was cut is led on by guess, and may leave land on the wrong side. What is no
    wider than a cell or two is the models' blur at a steep coast, and stays sea.
    """
    least_m = max(_SIGMAS * max(source.sigma_m for source in elevation.sources), _LOWEST_HILL_M)
    high = water & (height_m > least_m)
    if not high.any():
        return high
    strip = math.ceil(_STRIP_CELLS * cells)
    core = distance_transform_edt(high) > strip
    return np.asarray(high & (distance_transform_edt(~core) <= 2 * strip)) if core.any() else core


def _shore(water: NDArray[np.bool_], cells: float) -> NDArray[np.float32]:
    """How much of its height land keeps: none at the water's edge, all from one cell of the model inland on.

    A cell on the coast holds the mean of land and sea; carried on to the very edge it would stand there as a quay
    wall that nobody built.
    """
    inland = distance_transform_edt(~water)
    return np.clip(inland / max(cells, 1.0), 0.0, 1.0).astype(np.float32)
