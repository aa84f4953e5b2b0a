"""Ground made from formulas, seen through a raster of cells with errors: what truth tests measure against."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from guide.domain.elevation import ElevationSource
from guide.terrain.reader import Georeference, RasterReader

Floats = NDArray[np.float64]
Ground = Callable[[Floats, Floats], Floats]
"""Heights at metres east and north."""

LNG, LAT = 139.0, 36.0
_NORTH = 110_945.0  # metres a degree here, within a few parts in 10^5
_EAST = 90_163.0


def lng_lat(xy: Floats) -> Floats:
    """Degrees of metres east and north (n, 2)."""
    return np.column_stack((LNG + xy[:, 0] / _EAST, LAT + xy[:, 1] / _NORTH))


class MadeTerrain(RasterReader):
    """A square raster of a formula, its middle at (0, 0), with errors added cell by cell."""

    def __init__(
        self,
        ground: Ground,
        cell_m: float,
        half_m: float,
        *,
        errors: Floats | None = None,
        sigma_m: float = 1.0,
        name: str = "made",
    ) -> None:
        count = 2 * int(np.ceil(half_m / cell_m)) + 1
        self._west = -(count - 1) / 2 * cell_m
        self._cell_m = cell_m
        axis = self._west + np.arange(count) * cell_m
        east, north = np.meshgrid(axis, axis[::-1])
        self.heights = ground(east, north) + (0.0 if errors is None else errors)
        self._source = ElevationSource(id=name, resolution_m=cell_m, sigma_m=sigma_m)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, cols = self.heights.shape
        return rows, cols

    def read(self, rows: slice, cols: slice) -> Floats:
        """The heights of a window."""
        return self.heights[rows, cols]

    @property
    def georeference(self) -> Georeference:
        """None: it lies on no map that a file could name."""
        raise NotImplementedError

    def cells_at(self, lng_lat: Floats) -> tuple[Floats, Floats]:
        """Fractional rows and columns of points (n, 2), degrees."""
        east, north = (lng_lat[:, 0] - LNG) * _EAST, (lng_lat[:, 1] - LAT) * _NORTH
        return (-self._west - north) / self._cell_m, (east - self._west) / self._cell_m


def cells(cell_m: float, half_m: float) -> int:
    """Cells along the side of a raster that reaches so far."""
    return 2 * int(np.ceil(half_m / cell_m)) + 1


def noise(rng: np.random.Generator, side: int, sigma_m: float, *, white: float, reach: float) -> Floats:
    """Errors of ``sigma_m``: a share ``white`` of the variance independent from cell to cell, the rest alike.

    The rest is white noise passed through a Gaussian of ``reach`` cells, so its correlation is
    exp(-d^2 / (4 reach^2)).
    """
    independent = rng.normal(size=(side, side))
    if white >= 1:
        return sigma_m * independent
    alike = gaussian_filter(rng.normal(size=(side, side)), reach, mode="wrap")
    alike /= alike.std()
    return np.asarray(sigma_m * (np.sqrt(white) * independent + np.sqrt(1 - white) * alike))


def plane(east_grade: float, north_grade: float) -> Ground:
    """A plane."""
    return lambda east, north: 50 + east_grade * east + north_grade * north


def ridge(grade: float) -> Ground:
    """A ridge that runs north, as steep on both sides."""
    return lambda east, _north: 200 - grade * np.abs(east)


def sine(height_m: float, wave_m: float) -> Ground:
    """Waves one behind the other eastward, on a gentle climb to the north."""
    return lambda east, north: height_m * np.sin(2 * np.pi * east / wave_m) + 0.02 * north


def cone(grade: float) -> Ground:
    """A cone."""
    return lambda east, north: 200 - grade * np.hypot(east, north)


def stair(grade: float, length_m: float) -> Ground:
    """Flat, then up for ``length_m`` eastward from 0, then flat."""
    return lambda east, _north: 10 + grade * np.clip(east, 0, length_m)
