"""A flat map of a small area in metres."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_AXIS_M: Final = 6_378_137.0  # WGS 84
_ECCENTRICITY_2: Final = 0.00669437999014


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """An equirectangular map true to scale at one place: good to 0.3 % within 20 km north and south of it."""

    origin: tuple[float, float]
    metres_per_degree: tuple[float, float]

    @classmethod
    def at(cls, lng: float, lat: float) -> "Plane":
        """The plane around a place in degrees, by the radii of curvature of the ellipsoid there."""
        phi = math.radians(lat)
        bend = 1 - _ECCENTRICITY_2 * math.sin(phi) ** 2
        east_m = _AXIS_M / math.sqrt(bend) * math.cos(phi)
        north_m = _AXIS_M * (1 - _ECCENTRICITY_2) / bend**1.5
        return cls(origin=(lng, lat), metres_per_degree=(math.radians(east_m), math.radians(north_m)))

    def project(self, lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Degrees (…, 2) to metres east and north of the origin (…, 2)."""
        return np.multiply(np.subtract(lng_lat, self.origin), self.metres_per_degree)

    def project_one(self, lng_lat: tuple[float, float]) -> tuple[float, float]:
        """One place, without the cost of an array."""
        return (
            (lng_lat[0] - self.origin[0]) * self.metres_per_degree[0],
            (lng_lat[1] - self.origin[1]) * self.metres_per_degree[1],
        )

    def unproject(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres east and north of the origin (…, 2) to degrees (…, 2)."""
        return np.add(np.divide(metres, self.metres_per_degree), self.origin)
