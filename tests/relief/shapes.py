"""Land made from a formula, known as far as one likes."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guide.domain.elevation import ElevationSamples, ElevationSource
from guide.terrain.mosaic import Mosaic

Formula = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
"""Longitudes and latitudes in degrees to metres, NaN where unknown."""

FRAME = (140.90, 42.30, 140.98, 42.36)


@dataclass(frozen=True)
class Land:
    height_m: Formula
    resolution_m: float = 10.0
    sigma_m: float = 1.0

    @property
    def sources(self) -> tuple[ElevationSource, ...]:
        return (ElevationSource(id="made", resolution_m=self.resolution_m, sigma_m=self.sigma_m),)

    def sample(self, lng_lat: NDArray[np.float64]) -> ElevationSamples:
        height = np.broadcast_to(self.height_m(lng_lat[:, 0], lng_lat[:, 1]), len(lng_lat)).astype(np.float64)
        known = np.isfinite(height)
        return ElevationSamples(
            elevation_m=height,
            sigma_m=np.where(known, self.sigma_m, np.nan),
            source=np.where(known, 0, -1).astype(np.int16),
        )


def land(height_m: Formula, resolution_m: float = 10.0, sigma_m: float = 1.0) -> Mosaic:
    return Mosaic([Land(height_m, resolution_m, sigma_m)])


def decoded(picture: bytes) -> NDArray[np.float64]:
    """Heights of a terrain-RGB picture, by the published formula."""
    red, green, blue = np.moveaxis(np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.float64), -1, 0)
    return np.asarray(-10_000 + 0.1 * (65536 * red + 256 * green + blue))
