"""Web Mercator: the square world of map tiles, in metres from its middle."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORLD_M: Final = 20037508.342789244
"""Half the width of the square."""

MAX_LATITUDE: Final = 85.0511287798066

EQUATOR_M: Final = 2 * WORLD_M


@dataclass(frozen=True, slots=True, order=True)
class TileAddress:
    """Zoom, column and row of a tile; rows are counted from the north."""

    z: int
    x: int
    y: int

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        size_m = EQUATOR_M / 2**self.z
        west, north = self.x * size_m - WORLD_M, WORLD_M - self.y * size_m
        return west, north - size_m, west + size_m, north


def project(lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places (n, 2) in degrees as metres (n, 2); what lies beyond the square's north and south ends on its edge."""
    latitude = np.radians(np.clip(lng_lat[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    return np.stack((lng_lat[:, 0] / 180, np.log(np.tan(np.pi / 4 + latitude / 2)) / np.pi), axis=1) * WORLD_M


def longitudes(x_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes in degrees of metres from the middle."""
    return x_m / WORLD_M * 180


def latitudes(y_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Latitudes in degrees of metres from the middle."""
    return np.degrees(np.arctan(np.sinh(y_m / WORLD_M * np.pi)))
