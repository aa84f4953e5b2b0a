"""The pixels of a relief: whole tiles of one zoom around a frame, as one raster."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tiles.mercator import EQUATOR_M, WORLD_M, TileAddress, latitudes, longitudes, project

SIZE: Final = 512
"""Pixels along a tile's side; MapLibre asks for such a tile where it asks for vector tiles of the same zoom."""

MIN_ZOOM: Final = 8
MAX_ZOOM: Final = 14

MOST_PIXELS: Final = 24_000_000
"""An area whose relief would be larger is shown one zoom coarser: it takes 100 MB and 10 s as it is."""

_COARSER: Final = 0.35
"""Zooms: pixels may be a quarter coarser than the model's cells before the next zoom is taken."""

Frame = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelGrid:
    """``columns`` x ``rows`` tiles of zoom ``z``, the first of them at ``x``, ``y``; pixels are counted from there."""

    z: int
    x: int
    y: int
    columns: int
    rows: int

    @classmethod
    def around(cls, frame: Frame, resolution_m: float) -> "PixelGrid":
        """The tiles that touch a frame, at the zoom whose pixels are about as large as the model's cells."""
        cosine = math.cos(math.radians((frame[1] + frame[3]) / 2))
        ideal = math.log2(EQUATOR_M * cosine / (SIZE * max(resolution_m, 0.1)))
        zoom = min(max(math.ceil(ideal - _COARSER), MIN_ZOOM), MAX_ZOOM)
        while zoom > MIN_ZOOM and cls._touching(frame, zoom).pixels > MOST_PIXELS:
            zoom -= 1
        return cls._touching(frame, zoom)

    @classmethod
    def _touching(cls, frame: Frame, z: int) -> "PixelGrid":
        corners = project(np.array([(frame[0], frame[3]), (frame[2], frame[1])]))
        tiles = np.stack((corners[:, 0] + WORLD_M, WORLD_M - corners[:, 1]), axis=1) / EQUATOR_M * 2**z
        (left, top), (right, bottom) = np.clip(np.floor(tiles), 0, 2**z - 1).astype(int).tolist()
        return cls(z=z, x=left, y=top, columns=right - left + 1, rows=bottom - top + 1)

    @property
    def pixels(self) -> int:
        """How many there are."""
        return self.columns * self.rows * SIZE * SIZE

    @property
    def pixel_m(self) -> float:
        """The ground size of a pixel at the grid's middle latitude."""
        middle = math.radians(float(self.lat[len(self.lat) // 2]))
        return float(EQUATOR_M / 2**self.z / SIZE * math.cos(middle))

    @property
    def lng(self) -> NDArray[np.float64]:
        """The longitudes (columns * SIZE,) of pixel centres."""
        return self._lng(np.arange(self.columns * SIZE) + 0.5)

    @property
    def lat(self) -> NDArray[np.float64]:
        """The latitudes (rows * SIZE,) of pixel centres, from north to south."""
        return self._lat(np.arange(self.rows * SIZE) + 0.5)

    @property
    def frame(self) -> Frame:
        """Where it lies."""
        lng, lat = self.edges(SIZE)
        return float(lng[0]), float(lat[-1]), float(lng[-1]), float(lat[0])

    def edges(self, block: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes of the lines between blocks of pixels, the outer ones included."""
        return (
            self._lng(np.arange(0, self.columns * SIZE + 1, block)),
            self._lat(np.arange(0, self.rows * SIZE + 1, block)),
        )

    def _lng(self, pixels: NDArray[Any]) -> NDArray[np.float64]:
        return longitudes((self.x + pixels / SIZE) / 2**self.z * EQUATOR_M - WORLD_M)

    def _lat(self, pixels: NDArray[Any]) -> NDArray[np.float64]:
        return latitudes(WORLD_M - (self.y + pixels / SIZE) / 2**self.z * EQUATOR_M)

    def pixels_at(self, lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places (n, 2) in degrees as columns and rows (n, 2), counted from the outer corner of the first pixel."""
        metres = project(lng_lat)
        tiles = np.stack((metres[:, 0] + WORLD_M, WORLD_M - metres[:, 1]), axis=1) / EQUATOR_M * 2**self.z
        return np.asarray((tiles - (self.x, self.y)) * SIZE)

    def coarser(self) -> "PixelGrid":
        """The tiles of the zoom before that hold this grid."""
        left, top = self.x // 2, self.y // 2
        right, bottom = (self.x + self.columns - 1) // 2, (self.y + self.rows - 1) // 2
        return PixelGrid(z=self.z - 1, x=left, y=top, columns=right - left + 1, rows=bottom - top + 1)

    def windows(self) -> Iterator[tuple[TileAddress, slice, slice]]:
        """Each tile with its rows and columns of pixels."""
        for row in range(self.rows):
            for column in range(self.columns):
                rows, columns = (slice(at * SIZE, (at + 1) * SIZE) for at in (row, column))
                yield TileAddress(self.z, self.x + column, self.y + row), rows, columns
