"""What wheels can cross, what holds them up, and why they cannot go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Access, Flag, Kind, Network
from guide.domain.walker import Wheels
from guide.routing.costs.ranks import Rank, step_rank, width_rank
from guide.routing.costs.surfaces import Ground, edge_ground


class Bar(IntEnum):
    """What stops wheels on a way; of several the last one is told."""

    NONE = 0
    GROUND = 1
    WIDTH = 2
    KERB = 3
    OBSTACLE = 4
    NO_WHEELCHAIRS = 5


GROUND_FACTOR: Final[Mapping[Wheels, Mapping[Ground, float]]] = MappingProxyType(
    {
        Wheels.STROLLER: {Ground.ROUGH: 1.1, Ground.LOOSE: 1.5},
        Wheels.WHEELCHAIR: {Ground.ROUGH: 1.3, Ground.LOOSE: 2.0},
    }
)
LIMITED_FACTOR: Final = 1.5
"""How much longer wheels take over bad ground, and a wheelchair where somebody found that it goes with effort. Our
choice, not a measurement."""

KERB_S: Final[Mapping[Wheels, tuple[Rank, float]]] = MappingProxyType(
    {Wheels.STROLLER: (Rank.C, 5.0), Wheels.WHEELCHAIR: (Rank.B, 10.0)}
)
"""From which rank of step on a kerb costs time, and how many seconds. Our choice, not a measurement."""

WORST_STEP: Final = Rank.B
"""A wheelchair climbs 5 cm at most by itself; a stroller is lifted."""

NARROWEST_M: Final = 0.7
"""A stroller is some 60 cm wide. For a wheelchair the standard's narrowest class, below 1 m, is too narrow."""

_FOOT_ONLY: Final = (Kind.PATH, Kind.FOOTWAY, Kind.STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """How each of E edges rolls for one kind of wheels.

    ``bar`` (E,) is a Bar, ``factor`` (E,) how many times longer it takes, ``extra_s`` (E,) what its kerbs add.
    """

    bar: NDArray[np.uint8]
    factor: NDArray[np.float64]
    extra_s: NDArray[np.float64]


def rolling(network: Network, wheels: Wheels) -> Rolling:
    """How a network rolls. What is not known is not held against a way; who uses it must be told (``untold``)."""
    ground = edge_ground(network)
    table = np.ones(len(Ground))
    for kind, times in GROUND_FACTOR.get(wheels, {}).items():
        table[kind] = times
    factor, bar = table[ground], np.zeros(network.edge_count, dtype=np.uint8)
    extra_s = np.zeros(network.edge_count)
    if wheels is Wheels.NONE:
        return Rolling(bar=bar, factor=factor, extra_s=extra_s)
    step = step_rank(network.edge_kerb_m)
    worst, seconds = KERB_S[wheels]
    extra_s[step >= worst] = seconds
    obstacle = network.has_flag(Flag.OBSTACLE)
    if wheels is Wheels.STROLLER:
        bar[network.edge_width_m < NARROWEST_M] = Bar.WIDTH
        bar[obstacle] = Bar.OBSTACLE
        return Rolling(bar=bar, factor=factor, extra_s=extra_s)
    bar[ground == Ground.LOOSE] = Bar.GROUND
    bar[width_rank(network.edge_width_m) == Rank.Z] = Bar.WIDTH
    bar[step > WORST_STEP] = Bar.KERB
    bar[obstacle] = Bar.OBSTACLE
    # Who stood there knows better than what surface and width let one guess.
    bar[network.edge_access >= Access.LIMITED] = Bar.NONE
    bar[network.edge_access == Access.NO] = Bar.NO_WHEELCHAIRS
    return Rolling(
        bar=bar,
        factor=np.where(network.edge_access == Access.LIMITED, LIMITED_FACTOR * factor, factor),
        extra_s=extra_s,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Where the map leaves wheels in the dark, (E,) each: ``surface`` and ``width`` of ways, ``kerb`` of crossings."""

    surface: NDArray[np.bool_]
    width: NDArray[np.bool_]
    kerb: NDArray[np.bool_]


def untold(network: Network) -> Untold:
    """What is not known of each edge. Of a carriageway the width is not asked, of a way found good nothing."""
    unseen = network.edge_access == Access.UNKNOWN
    return Untold(
        surface=edge_ground(network) == Ground.UNKNOWN,
        width=unseen & np.isin(network.edge_kind, _FOOT_ONLY) & np.isnan(network.edge_width_m),
        kerb=unseen & network.has_flag(Flag.CROSSING) & np.isnan(network.edge_kerb_m),
    )
