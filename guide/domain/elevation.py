"""Elevation: where heights come from and how far they can be trusted."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ElevationSource:
    """One elevation model.

    ``resolution_m`` is the ground size of a cell (the larger side), ``sigma_m`` the vertical error (1 sigma).
    """

    id: str
    resolution_m: float
    sigma_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ElevationSamples:
    """Heights at n points.

    ``elevation_m`` (n,) float64, NaN where nothing is known; ``sigma_m`` (n,) float64, NaN likewise;
    ``source`` (n,) int16, an index into the elevation's ``sources``, -1 where nothing is known.
    """

    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    source: NDArray[np.int16]


class Elevation(Protocol):
    """Anything that knows heights: a file, a folder of tiles, a mosaic of several."""

    @property
    def sources(self) -> tuple[ElevationSource, ...]:
        """The models that heights may come from, best first."""
        ...

    def sample(self, lng_lat: NDArray[np.float64]) -> ElevationSamples:
        """Heights at ``lng_lat`` (n, 2), degrees in WGS 84, by bilinear interpolation."""
        ...
