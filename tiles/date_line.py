"""Lines across the date line, where longitude jumps from 180 to -180 degrees."""

import numpy as np
from numpy.typing import NDArray

_JUMP_DEG = 180.0


def crosses(lng_lat: NDArray[np.float64]) -> bool:
    """Whether a line (k, 2) in degrees jumps half round the world, as nothing but the date line makes it."""
    return len(lng_lat) > 1 and bool((np.abs(np.diff(lng_lat[:, 0])) > _JUMP_DEG).any())


def split(lng_lat: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """A line (k, 2) as its parts between the crossings, each ending on the meridian of 180 degrees."""
    if not crosses(lng_lat):
        return [lng_lat]
    east = np.diff(lng_lat[:, 0])
    jump = -np.sign(east) * (np.abs(east) > _JUMP_DEG)  # +1 leaves eastward over 180, -1 westward over -180
    parts, begin = [], lng_lat[:1]
    for number, way in enumerate(jump.tolist()):
        here, there = lng_lat[number], lng_lat[number + 1]
        if way == 0:
            begin = np.vstack((begin, there))
            continue
        whole = there[0] + 360 * way - here[0]
        share = (180 * way - here[0]) / whole if whole else 0.0
        latitude = here[1] + share * (there[1] - here[1])
        parts.append(np.vstack((begin, (180 * way, latitude))))
        begin = np.array([(-180 * way, latitude), there])
    return [part for part in (*parts, begin) if len(part) > 1]
