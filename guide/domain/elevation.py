"""Elevation: where heights come from and how far they can be trusted."""

from dataclasses import dataclass
from typing import Final, Protocol

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


LONGEST_CELLS: Final = 20.0
"""Errors alike over more than twelve cells cannot be seen; exp(-L / 20 cells) is the most that is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightErrors:
    """The errors of one model: ``sigma_m`` of a height at a cell, and how alike neighbours err.

    ``variance`` is that of an interpolated height in sigma^2 (4/9 for independent cells, 1 for errors alike over many);
    ``neighbours`` is the correlation of two cells side by side; ``correlation`` at ``lags_m`` holds for interpolated
    heights.
    """

    sigma_m: float
    resolution_m: float
    variance: float = 1.0
    neighbours: float = 0.0
    lags_m: tuple[float, ...] = (0.0,)
    correlation: tuple[float, ...] = (1.0,)

    def alike(self, lag_m: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Correlation of the errors of two heights ``lag_m`` apart."""
        lag = np.asarray(lag_m, dtype=np.float64)
        longest = np.exp(-lag / (LONGEST_CELLS * self.resolution_m))
        end = self.lags_m[-1]
        seen = np.interp(lag, self.lags_m, self.correlation)
        # Beyond what was seen the correlation goes on falling as far as it is believed to.
        beyond = seen * np.exp(-np.maximum(lag - end, 0.0) / (LONGEST_CELLS * self.resolution_m))
        return np.minimum(longest, beyond)

    def point_factor(self, weights_squared: float) -> float:
        """By how much the error of one interpolated height differs from the mean over a cell.

        ``weights_squared`` is the sum of the squares of its four bilinear weights: 1 at a cell's centre, 1/4 at its
        corner. Var = sum w^2 + (1 - sum w^2) rho(1), in sigma^2.
        """
        return float(np.sqrt((weights_squared + (1 - weights_squared) * self.neighbours) / self.variance))

    def bend_sigma_m(self) -> float:
        """Error of a second difference one cell apart: what makes a way look rough that is not."""
        rho = float(np.interp(self.resolution_m, self.lags_m, self.correlation))
        return self.sigma_m * float(np.sqrt(max(6 * self.variance * (1 - 4 / 3 * rho + rho * rho / 3), 0.0)))

    def difference_sigma_m(self, lag_m: float, first_m: float | None = None, second_m: float | None = None) -> float:
        """Error (1 sigma) of the difference of two heights ``lag_m`` apart.

        ``first_m`` and ``second_m`` are the errors of the two where they are not the model's own.
        """
        a, b = (self.sigma_m if given is None else given for given in (first_m, second_m))
        return float(np.sqrt(self.variance * (a * a + b * b - 2 * self.alike(lag_m) * a * b)))


def independent_errors(source: ElevationSource) -> HeightErrors:
    """The cautious errors of a model of which nothing was seen: independent from one cell to the next."""
    cell = max(source.resolution_m, 1e-3)
    return HeightErrors(
        sigma_m=source.sigma_m,
        resolution_m=cell,
        variance=1.0,
        lags_m=(0.0, cell),
        correlation=(1.0, 0.0),
    )


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
