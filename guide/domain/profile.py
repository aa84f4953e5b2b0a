"""A profile: heights along a line, and the bands of grade that all pictures share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Heights along a line at s samples, from its foot (or start) to its head (or end).

    ``distance_m`` (s,) rises from 0; ``elevation_m`` (s,) is NaN where unknown; ``sigma_m`` (s,) is the vertical
    error (1 sigma), NaN likewise.
    """

    distance_m: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]

    @property
    def length_m(self) -> float:
        """The length of the line."""
        return float(self.distance_m[-1])

    @property
    def known(self) -> bool:
        """Whether every height is known."""
        return not bool(np.isnan(self.elevation_m).any())

    def reversed(self) -> "Profile":
        """The same profile walked the other way."""
        return Profile(
            distance_m=self.length_m - self.distance_m[::-1],
            elevation_m=self.elevation_m[::-1].copy(),
            sigma_m=self.sigma_m[::-1].copy(),
        )
