"""Heights that cannot be: nodata values that a file forgot to declare."""

import numpy as np
from numpy.typing import NDArray

from guide.domain.findings import Finding

LOWEST_M = -500.0
"""The shore of the Dead Sea lies at -430 m, and no walk goes lower."""

HIGHEST_M = 9000.0
"""Above the highest summit."""


def blank_implausible(height_m: NDArray[np.float64]) -> float | None:
    """Set heights that no ground has to NaN, in place; one of them is returned, None if there were none."""
    with np.errstate(invalid="ignore"):
        wrong = (height_m < LOWEST_M) | (height_m > HIGHEST_M)
    if not wrong.any():
        return None
    value = float(height_m[wrong][0])
    height_m[wrong] = np.nan
    return value


def implausible_finding(where: str, value_m: float) -> Finding:
    """What is said once of a file in which such heights were met."""
    return Finding(code="elevation.implausible", where=where, values={"value": f"{value_m:g}"})
