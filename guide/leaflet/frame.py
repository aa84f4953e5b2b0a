"""The map's frame on paper: from degrees to millimetres, and which tiles it needs."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORLD_M: Final = 2 * math.pi * 6_378_137.0
"""The width of the Web Mercator square."""

TILE_MM: Final = 75.0
"""A tile about this wide on paper has just the streets that can be read there."""

MARGIN: Final = 0.08
"""So much of the frame stays free around the walk."""

SMALLEST_M: Final = 400.0
"""A walk round a block still gets a map of its neighbourhood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A north-up map of ``width_mm`` by ``height_mm``, its upper left corner at ``west``, ``north`` (Mercator metres).

    ``mm_per_m`` is its scale in Mercator metres, ``ground`` how many true metres one of them has at its middle.
    """

    width_mm: float
    height_mm: float
    west: float
    north: float
    mm_per_m: float
    ground: float

    def place(self, lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Degrees (…, 2) to millimetres right and down (…, 2)."""
        x, y = _mercator(lng_lat)
        return np.stack(((x - self.west) * self.mm_per_m, (self.north - y) * self.mm_per_m), axis=-1)

    def zoom(self, most: int) -> int:
        """The zoom whose tiles are nearest to ``TILE_MM`` wide on paper, at most ``most``."""
        return min(most, max(0, round(math.log2(WORLD_M * self.mm_per_m / TILE_MM))))

    def tiles(self, zoom: int) -> list["PlacedTile"]:
        """Every tile that the frame shows, with its place on paper."""
        size_m = WORLD_M / 2**zoom
        size_mm = size_m * self.mm_per_m
        east, south = self.west + self.width_mm / self.mm_per_m, self.north - self.height_mm / self.mm_per_m
        half = WORLD_M / 2
        last = 2**zoom - 1
        columns = range(
            max(0, math.floor((self.west + half) / size_m)), min(last, math.floor((east + half) / size_m)) + 1
        )
        rows = range(
            max(0, math.floor((half - self.north) / size_m)), min(last, math.floor((half - south) / size_m)) + 1
        )
        return [
            PlacedTile(
                z=zoom,
                x=x,
                y=y,
                left_mm=(x * size_m - half - self.west) * self.mm_per_m,
                top_mm=(self.north - half + y * size_m) * self.mm_per_m,
                size_mm=size_mm,
            )
            for y in rows
            for x in columns
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTile:
    """A tile and the square that it fills on paper."""

    z: int
    x: int
    y: int
    left_mm: float
    top_mm: float
    size_mm: float


def frame_around(lng_lat: NDArray[np.float64], width_mm: float, height_mm: float) -> Frame:
    """The largest scale at which a walk (k, 2) in degrees fits the frame."""
    x, y = _mercator(lng_lat)
    ground = math.cos(math.radians(float(lng_lat[:, 1].mean())))
    least = SMALLEST_M / ground
    wide, high = max(float(np.ptp(x)), least), max(float(np.ptp(y)), least)
    mm_per_m = min(width_mm * (1 - 2 * MARGIN) / wide, height_mm * (1 - 2 * MARGIN) / high)
    middle_x, middle_y = float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2
    return Frame(
        width_mm=width_mm,
        height_mm=height_mm,
        west=middle_x - width_mm / mm_per_m / 2,
        north=middle_y + height_mm / mm_per_m / 2,
        mm_per_m=mm_per_m,
        ground=ground,
    )


def _mercator(lng_lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    latitude = np.radians(lng_lat[..., 1])
    return lng_lat[..., 0] / 360 * WORLD_M, np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi) * WORLD_M
