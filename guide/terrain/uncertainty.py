"""How far heights can be trusted: the error of one, and of the difference of two.

A model's makers state the error of a height. A grade needs the error of a difference, which is smaller because
neighbouring heights err alike: sigma_d(L) = sqrt(2 (1 - rho(L))) sigma. How alike is read off the model itself. Second
differences z(x - k) - 2 z(x) + z(x + k), taken at many places one to twelve cells apart, have the variance

    D(k) = 6 sigma^2 (1 - 4/3 rho(k) + 1/3 rho(2k)),   so   rho(k) = 3/4 (1 - D(k) / (6 sigma^2) + rho(2k) / 3)

(the structure function of Kolmogorov, second order; a plane drops out). Ground that bends counts as error here, so
that on rough ground the correlation is taken for smaller than it is: the stated error is then too cautious, never too
bold. Medians keep walls and houses from deciding.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSource, HeightErrors, independent_errors
from guide.terrain.mosaic import Mosaic
from guide.terrain.reader import RasterReader

LAGS_CELLS: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Each but the last two has its double among them."""

INTERPOLATED: Final = 4.0 / 9.0
"""Variance of a bilinear height between cells with independent errors, in the mean over a cell: (2/3)^2."""

LEAST_SIGMA_CELLS: Final = 0.06
"""Error of a height in cells where nobody states one and the model looks smooth: as of the best laser model."""

_PLACES: Final = 1500
_PLACES_A_MODEL: Final = 300
_FEWEST_PLACES: Final = 60
_MAD: Final = 1.4826  # from the median of absolute values to the standard deviation of a normal distribution
_METRES_PER_DEGREE: Final = 111_195.0


def estimate_errors(elevation: Elevation, lng_lat: NDArray[np.float64]) -> tuple[HeightErrors, ...]:
    """The errors of each of an elevation's sources, seen near ``lng_lat`` (n, 2) degrees.

    A source of unknown error (0) gets one from its own roughness. A source that is hardly met there is taken to have
    independent errors.
    """
    sources = elevation.sources
    if len(lng_lat) == 0:
        return tuple(independent_errors(source) for source in sources)
    wanted = min(places_to_see(elevation), len(lng_lat))
    places = lng_lat[np.linspace(0, len(lng_lat) - 1, wanted).astype(np.int64)]
    places = places[np.isfinite(places).all(axis=1)]
    here = elevation.sample(places).source if len(places) else np.empty(0, dtype=np.int16)
    result = []
    for number, source in enumerate(sources):
        mine = places[here == number]
        if len(mine) < _FEWEST_PLACES or source.resolution_m <= 0:
            result.append(independent_errors(_with_sigma(source, None)))
        else:
            result.append(_seen(elevation, source, number, mine))
    return tuple(result)


def places_to_see(elevation: Elevation) -> int:
    """At how many places an elevation's errors are read off: more where there are many models."""
    return max(_PLACES, _PLACES_A_MODEL * len(elevation.sources))


def weights_squared(elevation: Elevation, lng_lat: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    """(n,) sums of the squares of the bilinear weights at points (n, 2) in source ``number``; 4/9 where not known."""
    readers = elevation.parts if isinstance(elevation, Mosaic) else (elevation,)
    reader = readers[number] if number < len(readers) == len(elevation.sources) else None
    if not isinstance(reader, RasterReader):
        return np.full(len(lng_lat), INTERPOLATED)
    rows, cols = reader.cells_at(lng_lat)
    down, along = rows - np.floor(rows), cols - np.floor(cols)
    squares = (down**2 + (1 - down) ** 2) * (along**2 + (1 - along) ** 2)
    return np.where(np.isfinite(squares), squares, INTERPOLATED)


def _with_sigma(source: ElevationSource, white_m: float | None) -> ElevationSource:
    if source.sigma_m > 0:
        return source
    least = LEAST_SIGMA_CELLS * source.resolution_m
    sigma_m = least if white_m is None else max(least, white_m)
    return ElevationSource(id=source.id, resolution_m=source.resolution_m, sigma_m=sigma_m)


def _seen(elevation: Elevation, source: ElevationSource, number: int, places: NDArray[np.float64]) -> HeightErrors:
    cell = source.resolution_m
    variances = [_second_difference_variance(elevation, number, places, lag * cell) for lag in LAGS_CELLS]
    if not np.isfinite(variances[0]):
        return independent_errors(_with_sigma(source, None))
    # Of unknown error: independent errors between cells leave 6 * 4/9 sigma^2 two cells apart.
    white_m = float(np.sqrt(variances[1] / (6 * INTERPOLATED))) if np.isfinite(variances[1]) else None
    known = _with_sigma(source, white_m)
    sigma2 = known.sigma_m**2
    neighbours = _neighbour_correlation(variances[0] / sigma2)
    variance = ((2 + neighbours) / 3) ** 2
    correlation = _correlation([found / (6 * sigma2 * variance) for found in variances])
    return HeightErrors(
        sigma_m=known.sigma_m,
        resolution_m=cell,
        variance=variance,
        neighbours=neighbours,
        lags_m=(0.0, *(lag * cell for lag in LAGS_CELLS)),
        correlation=(1.0, *correlation),
    )


def _correlation(rough: list[float]) -> NDArray[np.float64]:
    """Correlations at ``LAGS_CELLS`` from D(k) / (6 sigma^2) there, never rising with distance."""
    found: dict[float, float] = {}
    for lag, value in sorted(zip(LAGS_CELLS, rough, strict=True), reverse=True):
        known = min(value, 1.0) if np.isfinite(value) else 1.0
        twice = found.get(2 * lag)
        if twice is None:
            # 1 - 4/3 rho + 1/3 rho^2 = rough: rho(2k) taken as rho(k)^2, which an exponential has.
            found[lag] = 2.0 - float(np.sqrt(1 + 3 * known))
        else:
            found[lag] = min(max(0.75 * (1 - known + twice / 3), 0.0), 1.0)
    return np.minimum.accumulate(np.array([found[lag] for lag in LAGS_CELLS]))


def _neighbour_correlation(rough: float) -> float:
    """Correlation of neighbouring cells' errors from the variance (in sigma^2) of second differences one cell apart.

    Bilinear weights of the same fraction along both axes make the covariance of interpolated heights the cells'
    own, spread by a cubic B-spline: 2/3, 1/6 at one cell.
    """
    rho = np.linspace(0.0, 1.0, 201)
    at = [2 / 3 + rho / 3, 2 * rho / 3 + (1 + rho**2) / 6, 2 * rho**2 / 3 + (rho + rho**3) / 6]
    across = (2 + rho) / 3
    expected = (6 * at[0] - 8 * at[1] + 2 * at[2]) * across
    falling = np.minimum.accumulate(expected)
    return float(np.interp(rough, falling[::-1], rho[::-1]))


def _second_difference_variance(elevation: Elevation, number: int, places: NDArray[np.float64], lag_m: float) -> float:
    """Robust variance of second differences ``lag_m`` apart, east or north, whichever is less.

    Ground that bends along one axis, such as a valley's side, does not show along the other.
    """
    metre = 1.0 / _METRES_PER_DEGREE
    found = []
    for step in ((lag_m * metre / np.cos(np.radians(places[:, 1])), 0.0), (0.0, lag_m * metre)):
        aside = np.stack(np.broadcast_arrays(*step, places[:, 0])[:2], axis=1)
        around = elevation.sample(np.concatenate((places - aside, places, places + aside)))
        before, here, after = around.elevation_m.reshape(3, -1)
        bend = (before - 2 * here + after)[(around.source.reshape(3, -1) == number).all(axis=0)]
        found.append(_spread(bend) if len(bend) >= _FEWEST_PLACES else float("nan"))
    return min(found)


def _spread(values: NDArray[np.float64]) -> float:
    return float((_MAD * np.median(np.abs(values))) ** 2)
