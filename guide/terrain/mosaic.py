"""Several elevations as one, by priority: where the first knows nothing, the next is asked.

Two models of one place differ by metres. Changed over from one point to the next, that difference would be a step
of 60 % in a walker's path, so over the last cell of the better model the two fade into each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation, ElevationSamples, ElevationSource
from guide.domain.findings import Finding
from guide.terrain.grid import Interpolated
from guide.terrain.reader import RasterReader, Reader, positions

_ALL = 1 - 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What one elevation says of n points: ``sigma_m`` and ``source`` (n,) beside the heights."""

    heights: Interpolated
    sigma_m: NDArray[np.float64]
    source: NDArray[np.int16]


class Mosaic:
    """Elevations in order of trust, decided point by point.

    A sample's ``source`` is the model that carries most of it; its ``sigma_m`` is the mean of the models' own by what
    each carries (their errors may agree, so blending is not counted as a gain).
    """

    def __init__(self, elevations: Sequence[Elevation]) -> None:
        # Mosaics inside are taken apart, so that models fade into each other across them too.
        self._elevations: tuple[Elevation, ...] = tuple(
            part
            for elevation in elevations
            for part in (elevation._elevations if isinstance(elevation, Mosaic) else (elevation,))  # noqa: SLF001 - own kind
        )

    @property
    def sources(self) -> tuple[ElevationSource, ...]:
        """The sources of all, in order of trust."""
        return tuple(source for elevation in self._elevations for source in elevation.sources)

    @property
    def parts(self) -> tuple[Elevation, ...]:
        """What it is made of, in order of trust; mosaics inside have been taken apart."""
        return self._elevations

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in the files, and in their cells read so far."""
        return tuple(
            finding for elevation in self._elevations if isinstance(elevation, Reader) for finding in elevation.findings
        )

    def sample(self, lng_lat: NDArray[np.float64]) -> ElevationSamples:
        """Heights at ``lng_lat`` (n, 2), each from the first elevation that knows it."""
        count = len(positions(lng_lat)[0])
        height, sigma, known, most = (np.zeros(count) for _ in range(4))
        source = np.full(count, -1, dtype=np.int16)
        open_points = np.arange(count)
        first_source = 0
        for elevation in self._elevations:
            asked = open_points
            if isinstance(elevation, RasterReader):
                asked = open_points[elevation.may_know(lng_lat[open_points])]
            number = first_source
            first_source += len(elevation.sources)
            if asked.size == 0:
                continue
            answer = _ask(elevation, lng_lat[asked])
            share = (1 - known[asked]) * answer.heights.known
            says = share > 0
            here, share = asked[says], share[says]
            height[here] += share * answer.heights.height_m[says]
            sigma[here] += share * answer.sigma_m[says]
            known[here] += share
            leads = share > most[here]
            most[here[leads]] = share[leads]
            source[here[leads]] = answer.source[says][leads] + number
            open_points = open_points[known[open_points] < _ALL]
        total = np.where(known > 0, known, np.nan)
        settled = Interpolated(height_m=height / total, known=known).settled()
        unknown = np.isnan(settled)
        source[unknown] = -1
        return ElevationSamples(elevation_m=settled, sigma_m=np.where(unknown, np.nan, sigma / total), source=source)


def _ask(elevation: Elevation, lng_lat: NDArray[np.float64]) -> _Answer:
    """One elevation's answer; one that does not say how much it knows knows all or nothing."""
    if isinstance(elevation, Reader):
        return _Answer(
            heights=elevation.interpolated(lng_lat),
            sigma_m=np.full(len(lng_lat), elevation.sources[0].sigma_m),
            source=np.zeros(len(lng_lat), dtype=np.int16),
        )
    found = elevation.sample(lng_lat)
    known = np.isfinite(found.elevation_m).astype(np.float64)
    heights = Interpolated(height_m=found.elevation_m, known=known)
    return _Answer(heights=heights, sigma_m=found.sigma_m, source=found.source)
