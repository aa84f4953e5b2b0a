"""What one sees from a place: a horizon scanned over the elevation model, with the earth's curvature.

Rays go out from the eye in all directions and ask the model for heights at growing distances. A place is seen if it
stands at least as high above the eye's horizontal, as an angle, as everything before it. A place d away lies lower by
(1 - k) d^2 / 2R, R being the earth's radius and k = 0.13 Gauss's refraction of light. Only ground well below the eye
counts as a view: the wall across the street does not. Houses and trees stand in a view only as far as the model holds
them, so this is the view that the ground allows.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import Elevation
from guide.routing.plane import Plane

EYE_M: Final = 1.6
DIRECTIONS: Final = 36
NEAREST_M: Final = 60.0
FARTHEST_M: Final = 10_000.0
GROWTH: Final = 1.25
"""Each distance is so much farther than the one before: far ridges are wide."""

BELOW_M: Final = 10.0
"""Ground so far below the eye is looked down upon."""

BEST_SHARE: Final = 0.25
"""A view opens to one side; the best quarter of the round counts."""

EARTH_M: Final = 6_371_000.0
REFRACTION: Final = 0.13


def sight_m(elevation: Elevation, lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) how far one sees from ``lng_lat`` (n, 2) degrees over lower ground, in the mean of the best quarter.

    0 where nothing lower is seen or the height of the place itself is not known; ground the model does not know is
    not seen.
    """
    if len(lng_lat) == 0:
        return np.zeros(0)
    count = 1 + int(np.ceil(np.log(FARTHEST_M / NEAREST_M) / np.log(GROWTH)))
    far_m = np.minimum(NEAREST_M * GROWTH ** np.arange(count), FARTHEST_M)
    angle = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    offset_m = far_m[None, :, None] * np.stack((np.sin(angle), np.cos(angle)), axis=1)[:, None, :]
    # One scale for all: over a town a degree's length changes by less than a ray's width.
    plane = Plane.at(*(float(value) for value in lng_lat.mean(axis=0)))
    target = lng_lat[:, None, None, :] + (offset_m / np.array(plane.metres_per_degree))[None]
    ground_m = elevation.sample(target.reshape(-1, 2)).elevation_m.reshape(target.shape[:3])
    eye_m = elevation.sample(lng_lat).elevation_m + EYE_M
    above_m = ground_m - (1 - REFRACTION) * far_m**2 / (2 * EARTH_M) - eye_m[:, None, None]
    slant = np.where(np.isnan(above_m), -np.inf, above_m / far_m)
    before = np.maximum.accumulate(slant, axis=2)
    before = np.concatenate((np.full((*slant.shape[:2], 1), -np.inf), before[:, :, :-1]), axis=2)
    seen = (slant >= before) & (ground_m <= eye_m[:, None, None] - BELOW_M)
    reach_m = np.where(seen, far_m, 0.0).max(axis=2)
    best = np.sort(reach_m, axis=1)[:, -int(BEST_SHARE * DIRECTIONS) :]
    sight: NDArray[np.float64] = best.mean(axis=1)
    return sight
