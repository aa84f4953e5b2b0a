"""How far up every arc goes."""

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import NetworkHeights
from guide.routing.costs.arcs import interleave


def arc_ascent_m(heights: NetworkHeights) -> NDArray[np.float64]:
    """Metres climbed along each arc, (2E,): every rise from one height sample to the next; unknown pieces give none.

    An upper bound of the ascent of a walk, which leaves noise out (``guide.routing.course.geometry.ascent_descent``).
    """
    starts = heights.sample_start[:-1]
    if not len(starts):
        return np.zeros(0)
    rise = np.diff(heights.elevation_m, append=0.0)
    rise[heights.sample_start[1:] - 1] = 0.0  # from one edge's last sample to the next edge's first is no way
    rise = np.nan_to_num(rise)
    up = np.add.reduceat(np.maximum(rise, 0.0), starts)
    down = np.add.reduceat(np.maximum(-rise, 0.0), starts)
    return interleave(up, down)
