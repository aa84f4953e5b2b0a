"""Times and lengths from many places to many."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from guide.domain.route import PointStop, Snap
from guide.domain.walk import Walk
from guide.domain.walker import SlopesChoice, StepsChoice, Walker, Wheels
from guide.routing.costs.arc_costs import Terms
from guide.routing.course.geometry import Geometry
from guide.routing.search.chain import along_one_edge, link
from guide.routing.search.router import Router, WalkerMetric
from guide.routing.search.stops import Way, point_way, snap_together

Cell = float | None


class Table:
    """A walker's walks between places, each snapped once.

    Wishes about slopes are left out: a table says how long the fastest way takes.

    Raises:
        SnapError: a place is too far from any street.
    """

    def __init__(self, router: Router, walker: Walker, places: Sequence[PointStop], terms: Terms | None = None) -> None:
        self._walker = replace(walker, slopes=SlopesChoice.NEUTRAL)
        self._metric: WalkerMetric = router.metric(self._walker, terms or Terms())
        snaps = snap_together(router, self._metric, dict(enumerate(places)), set())
        self.snaps: list[Snap] = [snaps[number] for number in range(len(places))]
        self._ways = [point_way(self._metric, snap) for snap in self.snaps]

    def durations_s(self, sources: Sequence[int], targets: Sequence[int]) -> list[list[Cell]]:
        """Seconds from each source to each target, None where no way leads."""
        if self._walker.steps is StepsChoice.AVOID or self._walker.wheels is not Wheels.NONE:
            # Such a walker's cost is not time: each walk must be looked at.
            seconds = self._metric.costs.duration_s
            return self._cells(sources, targets, lambda walk: walk.sum(seconds[walk.arc]))
        exits = [self._ways[source].exits.cost_ms for source in sources]
        entries = [self._ways[target].entries.cost_ms for target in targets]
        table = self._metric.table(exits, entries).tolist()
        for row, source in zip(table, sources, strict=True):
            for column, target in enumerate(targets):
                direct = self._direct_ms(self._ways[source], self._ways[target])
                if direct is not None and not 0 <= row[column] < direct:
                    row[column] = direct
        return [[None if cost < 0 else cost / 1000 for cost in row] for row in table]

    def distances_m(self, geometry: Geometry, sources: Sequence[int], targets: Sequence[int]) -> list[list[Cell]]:
        """Metres of the fastest way from each source to each target, None where no way leads."""
        return self._cells(sources, targets, geometry.length_m)

    def _direct_ms(self, before: Way, after: Way) -> int | None:
        if before.snap is None or after.snap is None or before.snap.edge != after.snap.edge:
            return None
        found = along_one_edge(self._metric.costs, before, after)
        return None if found is None else found.cost_ms

    def _cells(
        self, sources: Sequence[int], targets: Sequence[int], measure: Callable[[Walk], float]
    ) -> list[list[Cell]]:
        return [
            [
                None if (found := link(self._metric, self._ways[source], self._ways[target])) is None
                else measure(found.walk)
                for target in targets
            ]
            for source in sources
        ]  # fmt: skip
