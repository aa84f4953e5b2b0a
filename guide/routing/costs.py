"""What walking along an arc costs: time by grade, stairs, and a walker's dislikes."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.walker import StepsChoice, Walker
from guide.routing.arcs import Arcs, interleave

IMPASSABLE: Final = 2**31 - 1
"""The router's infinity: an arc of this cost is never taken."""

STAIRS_FACTOR: Final = 3.0
"""A stair takes three times as long as the flat way along its plan length, up or down (OpenTripPlanner, citing
Fujiyama and Tyler 2010). Tobler's formula is not put on top: it was found on mountain paths, and the factor already
holds the climb."""

AVOID_STEPS_FACTOR: Final = 4.0
"""Who avoids stairs takes a detour of up to this many times the stair's own time. Our choice, not a measurement."""

_LONGEST_ARC_MS: Final = 100_000_000
"""About a day. A height error can make a cliff that Tobler never gets over; sums must stay below ``IMPASSABLE``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcCosts:
    """What each of 2E arcs takes and costs one walker.

    ``duration_s`` (2E,) is true walking time; ``cost_ms`` (2E,) int32 is what the router minimises: the time in
    milliseconds, made longer for what the walker avoids, ``IMPASSABLE`` where the walker cannot or will not go.
    """

    duration_s: NDArray[np.float64]
    cost_ms: NDArray[np.int32]

    @property
    def passable(self) -> NDArray[np.bool_]:
        """(2E,) where the walker goes at all."""
        return np.not_equal(self.cost_ms, IMPASSABLE)


def tobler_speed_m_s(grade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Walking speed in metres a second at a signed grade (ratio), uphill positive.

    Tobler 1993, Three presentations on geographical analysis and modeling: 6 exp(-3.5 |g + 0.05|) km/h; fastest
    slightly downhill, 5.04 km/h on the flat.
    """
    return 6 / 3.6 * np.exp(-3.5 * np.abs(grade + 0.05))


def hiker_seconds(network: Network, heights: NetworkHeights) -> NDArray[np.float64]:
    """Seconds that Tobler's hiker needs for each arc, (2E,).

    Summed over the height samples of an edge, each direction by its own grades; a piece with an unknown height is
    taken as flat (whoever shows the time must say so). Stairs as ``STAIRS_FACTOR`` says.
    """
    if network.edge_count == 0:
        return np.zeros(0)
    run = np.diff(heights.distance_m, append=0.0)
    rise = np.diff(heights.elevation_m, append=0.0)
    # The step from one edge's last sample to the next edge's first is no piece of street.
    last = heights.sample_start[1:] - 1
    run[last] = 0.0
    grade = np.divide(rise, run, out=np.zeros_like(run), where=run > 0)
    grade[np.isnan(grade)] = 0.0
    starts = heights.sample_start[:-1]
    forward = np.add.reduceat(run / tobler_speed_m_s(grade), starts)
    backward = np.add.reduceat(run / tobler_speed_m_s(-grade), starts)
    stairs = network.edge_kind == Kind.STEPS
    flat_speed = float(tobler_speed_m_s(np.zeros(1))[0])
    on_stairs = STAIRS_FACTOR * network.edge_length_m / flat_speed
    return interleave(np.where(stairs, on_stairs, forward), np.where(stairs, on_stairs, backward))


def unknown_length_m(heights: NetworkHeights) -> NDArray[np.float64]:
    """How many metres of each edge have no known height, (E,)."""
    if len(heights.sample_start) == 1:
        return np.zeros(0)
    run = np.diff(heights.distance_m, append=0.0)
    run[heights.sample_start[1:] - 1] = 0.0
    unknown = np.isnan(np.diff(heights.elevation_m, append=0.0))
    return np.add.reduceat(np.where(unknown, run, 0.0), heights.sample_start[:-1])


def arc_costs(network: Network, arcs: Arcs, hiker_s: NDArray[np.float64], walker: Walker) -> ArcCosts:
    """The costs of one walker, from the hiker's seconds (2E,)."""
    duration_s = hiker_s / walker.pace
    cost_ms = np.clip(np.rint(1000 * duration_s), 1, _LONGEST_ARC_MS)
    passable = arcs.walkable
    if walker.steps is not StepsChoice.ALLOW:
        stairs = np.repeat(network.edge_kind == Kind.STEPS, 2)
        if walker.steps is StepsChoice.NEVER:
            passable = passable & ~stairs
        else:
            cost_ms = np.where(stairs, np.minimum(AVOID_STEPS_FACTOR * cost_ms, _LONGEST_ARC_MS), cost_ms)
    return ArcCosts(duration_s=duration_s, cost_ms=np.where(passable, cost_ms, IMPASSABLE).astype(np.int32))
