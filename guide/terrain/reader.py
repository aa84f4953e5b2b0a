"""A reader of one model: what all kinds share, the shape of a question and of its answer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from guide.domain.elevation import ElevationSamples, ElevationSource
from guide.domain.findings import Finding
from guide.terrain.grid import Interpolated, interpolate

_WGS84: Final = pyproj.CRS.from_epsg(4326)
_LATTICE: Final = 33
_WIDEST_DEG: Final = 90.0
_FARTHEST_DEG: Final = 85.0


class Reader(ABC):
    """One model in one grid: it needs to say only where its cells are and what they hold."""

    _source: ElevationSource

    @property
    def sources(self) -> tuple[ElevationSource, ...]:
        """The one model."""
        return (self._source,)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the file and in the cells read so far."""
        return ()

    @abstractmethod
    def interpolated(self, lng_lat: NDArray[np.float64]) -> Interpolated:
        """Heights at ``lng_lat`` (n, 2), degrees in WGS 84, and how much of each is known."""

    def sample(self, lng_lat: NDArray[np.float64]) -> ElevationSamples:
        """Heights at ``lng_lat`` (n, 2), degrees in WGS 84, by bilinear interpolation.

        Raises:
            SourceError: the file ends or breaks where these points lie.
        """
        elevation_m = self.interpolated(lng_lat).settled()
        unknown = np.isnan(elevation_m)
        return ElevationSamples(
            elevation_m=elevation_m,
            sigma_m=np.where(unknown, np.nan, self._source.sigma_m),
            source=np.where(unknown, -1, 0).astype(np.int16),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Georeference:
    """Where a raster lies: its coordinate system, and six numbers from cells to coordinates.

    ``transform`` (a, b, c, d, e, f) as GDAL and rasterio count it, from the outer corner of the first cell:
    x = a col + b row + c, y = d col + e row + f, longitude before latitude.
    """

    crs: str
    transform: tuple[float, float, float, float, float, float]

    def frame(self, shape: tuple[int, int]) -> tuple[float, float, float, float] | None:
        """West, south, east and north of a raster of ``shape`` and a cell around it, in degrees of WGS 84.

        None where they bound nothing: at a pole, across the date line, or where the coordinate system has no place.
        """
        rows, cols = (np.linspace(-1, size + 1, _LATTICE) for size in shape)
        row, col = (each.ravel() for each in np.meshgrid(rows, cols))
        a, b, c, d, e, f = self.transform
        to_degrees = pyproj.Transformer.from_crs(pyproj.CRS.from_user_input(self.crs), _WGS84, always_xy=True)
        lng, lat = to_degrees.transform(a * col + b * row + c, d * col + e * row + f)
        if not (np.isfinite(lng).all() and np.ptp(lng) < _WIDEST_DEG and np.abs(lat).max() < _FARTHEST_DEG):
            return None
        # Between the points of the lattice a border may bulge by a small part of a step.
        wide, high = np.ptp(lng) / _LATTICE, np.ptp(lat) / _LATTICE
        return float(lng.min() - wide), float(lat.min() - high), float(lng.max() + wide), float(lat.max() + high)

    def moved(self, row: int, col: int) -> "Georeference":
        """The same for a window that begins at this cell."""
        a, b, c, d, e, f = self.transform
        return replace(self, transform=(a, b, a * col + b * row + c, d, e, d * col + e * row + f))


class RasterReader(Reader):
    """A model kept as a raster that is read by windows; what it holds can be copied, window by window."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""

    @property
    @abstractmethod
    def georeference(self) -> Georeference:
        """Where the raster lies."""

    @abstractmethod
    def read(self, rows: slice, cols: slice) -> NDArray[np.float64]:
        """The heights in metres of a window, NaN where unknown.

        Raises:
            SourceError: the file ends or breaks inside this window.
        """

    @abstractmethod
    def cells_at(self, lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Fractional rows and columns (n,) of points (n, 2), counted from the centre of the first cell."""

    def may_know(self, lng_lat: NDArray[np.float64]) -> NDArray[np.bool_]:
        """(n,) which points lie near enough for the raster to be asked; a cheap question, where the answer is dear."""
        if self._frame is None:
            return np.ones(len(lng_lat), dtype=np.bool_)
        west, south, east, north = self._frame
        lng, lat = positions(lng_lat)
        return np.asarray((lng >= west) & (lng <= east) & (lat >= south) & (lat <= north))

    @cached_property
    def _frame(self) -> tuple[float, float, float, float] | None:
        return self.georeference.frame(self.shape)

    def interpolated(self, lng_lat: NDArray[np.float64]) -> Interpolated:
        """Heights at ``lng_lat`` (n, 2), degrees in WGS 84, and how much of each is known.

        Raises:
            SourceError: the file ends or breaks where these points lie.
        """
        return interpolate(self, *self.cells_at(lng_lat))


def positions(lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes (n,) of points (n, 2), as float64.

    Raises:
        ValueError: another shape; that is a mistake in our code, not in anybody's data.
    """
    points = np.asarray(lng_lat, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:  # noqa: PLR2004 - longitude and latitude
        raise ValueError(f"points must be an array (n, 2) of longitude and latitude, not {points.shape}")
    return points[:, 0], points[:, 1]


def with_resolution(source: ElevationSource, resolution_m: float) -> ElevationSource:
    """The source as declared, with the file's own cell size where it declares none (0)."""
    return source if source.resolution_m > 0 else replace(source, resolution_m=resolution_m)
