"""How long a hiker takes: three formulas, stairs, and ice."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.walker import Season, Speed
from guide.routing.costs.arcs import interleave

STAIRS_FACTOR: Final = 3.0
"""A stair takes three times as long as the flat way along its plan length, up or down (OpenTripPlanner, citing
Fujiyama and Tyler 2010). No formula is put on top: they were found on paths, and the factor already holds the climb."""

ICE_FROM_GRADE: Final = 0.05
ICE_PER_GRADE: Final = 5.0
ICE_FACTOR_AT_MOST: Final = 3.0
"""In winter a way takes 5 % longer for each percent of grade beyond 5, up or down, and at most three times as long."""

ICE_ON_STAIRS: Final = 1.5
"""Both winter figures are our choice, not a measurement: no study of icy slopes was found to build on."""

_Floats = NDArray[np.float64]


def tobler_speed_m_s(grade: _Floats) -> _Floats:
    """Walking speed in metres a second at a signed grade (ratio), uphill positive.

    Tobler 1993, Three presentations on geographical analysis and modeling: 6 exp(-3.5 |g + 0.05|) km/h; fastest
    slightly downhill, 5.04 km/h on the flat.
    """
    return 6 / 3.6 * np.exp(-3.5 * np.abs(grade + 0.05))


def tobler_s_per_m(grade: _Floats) -> _Floats:
    """Seconds a metre by Tobler's formula."""
    return 1 / tobler_speed_m_s(grade)


def din33466_s_per_m(grade: _Floats) -> _Floats:
    """Seconds a metre by DIN 33466: 4 km/h along, 300 m/h up, 500 m/h down; the longer plus half the shorter."""
    along = 3.6 / 4
    climb = np.where(grade > 0, grade * 3600 / 300, -grade * 3600 / 500)
    return np.maximum(along, climb) + np.minimum(along, climb) / 2


def langmuir_s_per_m(grade: _Floats) -> _Floats:
    """Seconds a metre by Langmuir's correction of Naismith's rule (Mountaincraft and Leadership, 1984).

    5 km/h and an hour for 600 m of ascent; for each 300 m of descent ten minutes less between 5 and 12 degrees, ten
    more beyond 12.
    """
    gentle, steep = math.tan(math.radians(5)), math.tan(math.radians(12))
    down = np.where(-grade > steep, 600 / 300, np.where(-grade >= gentle, -600 / 300, 0.0))
    return 3.6 / 5 + np.where(grade > 0, grade * 3600 / 600, -grade * down)


S_PER_M: Final[Mapping[Speed, Callable[[_Floats], _Floats]]] = MappingProxyType(
    {Speed.TOBLER: tobler_s_per_m, Speed.DIN33466: din33466_s_per_m, Speed.LANGMUIR: langmuir_s_per_m}
)


def hiker_seconds(
    network: Network, heights: NetworkHeights, speed: Speed = Speed.TOBLER, season: Season = Season.SUMMER
) -> _Floats:
    """Seconds that the formula's hiker needs for each arc, (2E,).

    Summed over the height samples of an edge, each direction by its own grades; a piece with an unknown height is
    taken as flat (whoever shows the time must say so). Stairs as ``STAIRS_FACTOR`` says.
    """
    if network.edge_count == 0:
        return np.zeros(0)
    s_per_m = S_PER_M[speed]
    run, grade = _pieces(heights)
    if season is Season.WINTER:
        run = run * np.clip(1 + ICE_PER_GRADE * (np.abs(grade) - ICE_FROM_GRADE), 1, ICE_FACTOR_AT_MOST)
    starts = heights.sample_start[:-1]
    forward = np.add.reduceat(run * s_per_m(grade), starts)
    backward = np.add.reduceat(run * s_per_m(-grade), starts)
    stairs = network.edge_kind == Kind.STEPS
    factor = STAIRS_FACTOR * (ICE_ON_STAIRS if season is Season.WINTER else 1.0)
    on_stairs = factor * network.edge_length_m * float(s_per_m(np.zeros(1))[0])
    return interleave(np.where(stairs, on_stairs, forward), np.where(stairs, on_stairs, backward))


def _pieces(heights: NetworkHeights) -> tuple[_Floats, _Floats]:
    """Metres and grade from each sample to the next of its edge, (S,); 0 at an edge's last, flat where unknown."""
    run = np.diff(heights.distance_m, append=0.0)
    rise = np.diff(heights.elevation_m, append=0.0)
    # The step from one edge's last sample to the next edge's first is no piece of street.
    run[heights.sample_start[1:] - 1] = 0.0
    grade = np.divide(rise, run, out=np.zeros_like(run), where=run > 0)
    grade[np.isnan(grade)] = 0.0
    return run, grade


def unknown_length_m(heights: NetworkHeights) -> _Floats:
    """How many metres of each edge have no known height, (E,)."""
    if len(heights.sample_start) == 1:
        return np.zeros(0)
    run = np.diff(heights.distance_m, append=0.0)
    run[heights.sample_start[1:] - 1] = 0.0
    unknown = np.isnan(np.diff(heights.elevation_m, append=0.0))
    return np.add.reduceat(np.where(unknown, run, 0.0), heights.sample_start[:-1])
