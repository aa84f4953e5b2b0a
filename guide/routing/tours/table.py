"""From every visit to every other: how long the walk between them takes, and how far up it goes.

A table of shortest paths gives one number a pair. Two are wanted, without looking at forty thousand paths one by one,
so a second metric carries two numbers in one: the cost in quarters of a second in its upper bits, what is summed
along the way in its lower ones. Its shortest paths are those of the first metric but for roundings that tie.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.walk import Stretch, Walk
from guide.domain.walker import SlopesChoice, StepsChoice, Walker, Wheels
from guide.routing.costs.arc_costs import IMPASSABLE, ArcCosts, Terms
from guide.routing.search.chain import along_one_edge
from guide.routing.search.router import Router, WalkerMetric
from guide.routing.search.stops import Way

LOW_BITS: Final = 13
_LOW: Final = 1 << LOW_BITS
TICKS_PER_S: Final = 4
"""18 bits of quarters of a second hold 18 hours, more than any tour may take; 13 bits of decimetres hold 819 m."""

_ASCENT_PER_M: Final = 10
_EXTRA_PER_S: Final = 2

Cells = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegTable:
    """Walks from n places (rows) to m places (columns).

    ``duration_s`` (n, m) is infinite where no way leads; ``ascent_m`` (n, m) counts every rise of the heights, and is
    infinite there too.
    """

    duration_s: Cells
    ascent_m: Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """A metric that carries a second number in its low bits; ``whole`` and ``low`` (2E,) are its parts of each arc."""

    metric: WalkerMetric
    whole: NDArray[np.int64]
    low: NDArray[np.int64]

    def weight(self, stretch: Stretch | None) -> int:
        """What a piece of an arc weighs."""
        if stretch is None:
            return 0
        share = stretch.end - stretch.start
        return round(float(self.whole[stretch.arc]) * share) * _LOW + round(float(self.low[stretch.arc]) * share)


class LegMetrics:
    """A walker's metrics for tables; made once for many tables, and shared freely between threads.

    ``ascent_m`` (2E,) is what each arc climbs.
    """

    def __init__(self, router: Router, walker: Walker, terms: Terms, ascent_m: NDArray[np.float64]) -> None:
        self.ways = router.metric(walker, terms)
        costs = self.ways.costs
        self._ascent_m = ascent_m
        self._router = router
        self._up = _pack(router, costs, ascent_m * _ASCENT_PER_M)
        self._extra: _Packed | None = None
        if _minds_more_than_time(walker):
            extra_s = np.maximum(costs.cost_ms / 1000 - costs.duration_s, 0.0)
            self._extra = _pack(router, costs, extra_s * _EXTRA_PER_S)

    @property
    def costs(self) -> ArcCosts:
        """The walker's costs."""
        return self.ways.costs

    def own(self, way: Way) -> tuple[float, float]:
        """What a visit takes of itself: the seconds and the metres up of its own stretches."""
        return (0.0, 0.0) if way.climb is None else self._takes(way.climb)

    def _takes(self, walk: Walk) -> tuple[float, float]:
        return walk.sum(self.costs.duration_s[walk.arc]), walk.sum(self._ascent_m[walk.arc])

    def table(self, sources: Sequence[Way], targets: Sequence[Way]) -> LegTable:
        """The walks from where each source is left to where each target is reached."""
        cost_ms = _cells(
            self.ways,
            [way.exits.cost_ms for way in sources],
            [way.entries.cost_ms for way in targets],
        )
        up = _packed_cells(self._up, sources, targets)
        none = (cost_ms < 0) | (up < 0)
        duration, ascent = cost_ms / 1000, np.mod(up, _LOW) / _ASCENT_PER_M
        if self._extra is not None:
            duration -= np.mod(_packed_cells(self._extra, sources, targets), _LOW) / _EXTRA_PER_S
        duration[none] = ascent[none] = np.inf
        self._along_edges(duration, ascent, cost_ms, (sources, targets))
        return LegTable(duration_s=duration, ascent_m=ascent)

    def lengths_m(self, sources: Sequence[Way], targets: Sequence[Way]) -> Cells:
        """How long in metres the same walks are, (n, m), to the metre and up to eight kilometres."""
        length_m = np.repeat(self._router.network.edge_length_m, 2)
        cells = _packed_cells(_pack(self._router, self.costs, length_m), sources, targets)
        return np.where(cells < 0, np.inf, np.mod(cells, _LOW))

    def _along_edges(
        self, duration: Cells, ascent: Cells, cost_ms: Whole, ends: tuple[Sequence[Way], Sequence[Way]]
    ) -> None:
        """Two places on one edge are joined without any junction: the table does not know it yet."""
        sources, targets = ends
        begins: dict[int, list[int]] = {}
        for column, way in enumerate(targets):
            begins.setdefault(way.begin.edge, []).append(column)
        for row, before in enumerate(sources):
            for column in begins.get(before.end.edge, ()):
                found = along_one_edge(self.costs, before, targets[column])
                if found is not None and not 0 <= cost_ms[row, column] < found.cost_ms:
                    duration[row, column], ascent[row, column] = self._takes(found.walk)


def _minds_more_than_time(walker: Walker) -> bool:
    """Whether what a walker's router minimises is not time alone."""
    return (
        walker.steps is StepsChoice.AVOID
        or walker.wheels is not Wheels.NONE
        or walker.slopes is not SlopesChoice.NEUTRAL
    )


def _pack(router: Router, costs: ArcCosts, low: NDArray[np.float64]) -> _Packed:
    whole = np.rint(costs.cost_ms * (TICKS_PER_S / 1000)).astype(np.int64)
    low_ = np.minimum(np.rint(low), _LOW - 1).astype(np.int64)
    weight = np.minimum(whole * _LOW + low_, IMPASSABLE)
    weight = np.where(costs.passable, weight, IMPASSABLE).astype(np.int32)
    return _Packed(metric=router.customised(replace(costs, cost_ms=weight)), whole=whole, low=low_)


def _packed_cells(packed: _Packed, sources: Sequence[Way], targets: Sequence[Way]) -> Whole:
    return _cells(
        packed.metric,
        [{node: packed.weight(stretch) for node, stretch in way.exits.stretch.items()} for way in sources],
        [{node: packed.weight(stretch) for node, stretch in way.entries.stretch.items()} for way in targets],
    )


def _cells(metric: WalkerMetric, sources: Sequence[dict[int, int]], targets: Sequence[dict[int, int]]) -> Whole:
    """A table as numbers, -1 where no way leads."""
    cells = metric.table(sources, targets)
    return np.where(cells >= IMPASSABLE, -1, cells)
