"""What walking along an arc costs a walker: time, hard limits, dislikes and likings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Flag, Kind, Network
from guide.domain.walker import SlopesChoice, StepsChoice, Walker, Wheels
from guide.routing.costs.arcs import Arcs
from guide.routing.costs.speeds import STAIRS_FACTOR, hiker_seconds, tobler_speed_m_s, unknown_length_m
from guide.routing.costs.wheels import Bar, Rolling
from guide.routing.costs.windows import ArcWindows

__all__ = [
    "IMPASSABLE", "STAIRS_FACTOR", "ArcCosts", "Lay", "Terms", "arc_costs", "hiker_seconds", "minds_the_lay",
    "tobler_speed_m_s", "unknown_length_m",
]  # fmt: skip

IMPASSABLE: Final = 2**31 - 1
"""The router's infinity: an arc of this cost is never taken."""

DETOUR_AT_MOST: Final = 1.3
"""Who seeks or avoids slopes walks at most this many times as long as on the fastest way: a promise."""

AVOID_STEPS_FACTOR: Final = 4.0
"""Who avoids stairs takes a detour of up to this many times the stair's own time. Our choice, not a measurement."""

EASY_GRADE: Final = 0.05
RAMP_FACTOR: Final = 1.5
"""A wheelchair's user goes a way round of half as long again to stay below 5 % (Japan's pavement rule: 5 %, 8 % where
it cannot be helped)."""

_GENTLE_GRADE: Final = 0.03
_STEEP_GRADE: Final = 0.12
"""Between these, a way grows from not minded at all to avoided with full strength."""

_RELUCTANCE: Final = 5.0
_RELUCTANCE_PER_PERCENT_2: Final = 1.0
_MOST_RELUCTANT: Final = 400.0
"""A way over a limit that must be taken costs five times its time, and once more for the square of each percent beyond
the limit: 300 m at two percent over are less bad than 100 m at seven. Our choice."""

_LONGEST_ARC_MS: Final = 100_000_000
"""About a day. A height error can make a cliff that no formula gets over; sums must stay below ``IMPASSABLE``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lay:
    """The lay of the land: what of each way matters to some walkers.

    ``rolling`` says how ways are for each kind of wheels; ``named`` (E,) is True on the area's named slopes.
    """

    windows: ArcWindows
    rolling: Mapping[Wheels, Rolling]
    named: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a walker's costs are wanted.

    ``closed`` arcs are not walked by anybody, ``icy`` edges are as in winter. ``lenient`` lets ways over the walker's
    limits be taken, reluctantly. ``pull`` is how strongly slopes draw a walker who seeks them, or drive off one who
    avoids them: a cost is changed by this factor at most, so that no way found is more than ``pull`` times as long as
    the fastest.
    """

    closed: frozenset[int] = frozenset()
    icy: frozenset[int] = frozenset()
    lenient: bool = False
    pull: float = DETOUR_AT_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcCosts:
    """What each of 2E arcs takes and costs one walker.

    ``duration_s`` (2E,) is true walking time; ``cost_ms`` (2E,) int32 is what the router minimises: the time in
    milliseconds, made longer or shorter by what the walker avoids or seeks, ``IMPASSABLE`` where the walker cannot or
    will not go. ``over_limit`` (2E,) marks what is too steep for the walker, ``bar`` (2E,) says what stops their wheels
    (a Bar): both are impassable but on lenient terms.
    """

    duration_s: NDArray[np.float64]
    cost_ms: NDArray[np.int32]
    over_limit: NDArray[np.bool_]
    bar: NDArray[np.uint8]

    @property
    def passable(self) -> NDArray[np.bool_]:
        """(2E,) where the walker goes at all."""
        return np.not_equal(self.cost_ms, IMPASSABLE)


def arc_costs(
    network: Network,
    arcs: Arcs,
    hiker_s: NDArray[np.float64],
    walker: Walker,
    lay: Lay | None = None,
    terms: Terms | None = None,
) -> ArcCosts:
    """The costs of one walker, from the hiker's seconds (2E,).

    The lay of the land may be left out for a walker who has no limits, no wheels and no wishes about slopes.

    Raises:
        ValueError: it was left out for another walker.
    """
    terms = terms or Terms()
    duration_s = hiker_s / walker.pace
    weight = np.rint(1000 * duration_s)
    passable = arcs.walkable.copy()
    over_limit = np.zeros(len(passable), dtype=np.bool_)
    bar = np.zeros(len(passable), dtype=np.uint8)
    if minds_the_lay(walker):
        if lay is None:
            raise ValueError("this walker's costs depend on the lay of the land")
        rolls = lay.rolling[walker.wheels]
        duration_s = duration_s * np.repeat(rolls.factor, 2) + np.repeat(rolls.extra_s, 2)
        excess = _excess(lay.windows, walker)
        over_limit = excess > 1e-9  # noqa: PLR2004 (a limit reached is a limit kept)
        bar = np.repeat(rolls.bar, 2)
        weight = np.rint(1000 * duration_s * _wish_factor(lay, walker, terms.pull))
        if terms.lenient:
            reluctance = _RELUCTANCE + _RELUCTANCE_PER_PERCENT_2 * (100 * np.maximum(excess, 0)) ** 2
            reluctance = np.minimum(reluctance, _MOST_RELUCTANT)
            weight = np.where(over_limit | (bar != Bar.NONE), weight * reluctance, weight)
        else:
            passable &= ~over_limit & (bar == Bar.NONE)
    if walker.steps is not StepsChoice.ALLOW:
        stairs = np.repeat(_stairs(network, walker), 2)
        if walker.steps is StepsChoice.NEVER:
            passable &= ~stairs
        else:
            weight = np.where(stairs, AVOID_STEPS_FACTOR * weight, weight)
    if terms.closed:
        passable[list(terms.closed)] = False
    cost_ms = np.clip(weight, 1, _LONGEST_ARC_MS)
    return ArcCosts(
        duration_s=duration_s,
        cost_ms=np.where(passable, cost_ms, IMPASSABLE).astype(np.int32),
        over_limit=over_limit,
        bar=bar,
    )


def minds_the_lay(walker: Walker) -> bool:
    """Whether a walker's costs depend on the lay of the land."""
    return walker.has_limits or walker.wheels is not Wheels.NONE or walker.slopes is not SlopesChoice.NEUTRAL


def _stairs(network: Network, walker: Walker) -> NDArray[np.bool_]:
    """(E,) what is a stair to this walker: a ramp beside it carries a stroller, but is too steep for a wheelchair."""
    stairs: NDArray[np.bool_] = np.equal(network.edge_kind, Kind.STEPS)
    if walker.wheels is Wheels.STROLLER:
        stairs &= ~network.has_flag(Flag.RAMP)
    return stairs


def _excess(windows: ArcWindows, walker: Walker) -> NDArray[np.float64]:
    """(2E,) by how much the steepest window of an arc is over the walker's limits; negative or 0 where it keeps them.

    A way of unknown height is not held against anybody.
    """
    excess = np.zeros(len(windows.grade))
    for grade, limit in ((windows.grade, walker.max_grade_up), (windows.down, walker.max_grade_down)):
        if limit is not None:
            excess = np.fmax(excess, grade - limit)
    return excess


def _wish_factor(lay: Lay, walker: Walker, pull: float) -> NDArray[np.float64]:
    """(2E,) by what a walker's wishes change the cost: for slopes from 1 / pull to 1 or from 1 to pull."""
    factor = np.ones(2 * len(lay.named))
    steepest = np.nan_to_num(np.fmax(lay.windows.grade, lay.windows.down))
    if walker.slopes is SlopesChoice.SEEK:
        factor[np.repeat(lay.named, 2)] = 1 / pull
    elif walker.slopes is SlopesChoice.AVOID:
        factor = pull ** np.clip((steepest - _GENTLE_GRADE) / (_STEEP_GRADE - _GENTLE_GRADE), 0, 1)
    if walker.wheels is Wheels.WHEELCHAIR:
        factor *= np.where(steepest > EASY_GRADE, RAMP_FACTOR, 1.0)
    return factor
