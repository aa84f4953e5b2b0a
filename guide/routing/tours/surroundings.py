"""What tours are planned in: an area's streets, slopes and landmarks, with what is made ready for many tours."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import Slope
from guide.domain.walk import Walk
from guide.domain.walker import SlopesChoice, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.costs.ascents import arc_ascent_m
from guide.routing.course.geometry import Geometry
from guide.routing.search.router import Router
from guide.routing.tours.table import LegMetrics

_METRICS_KEPT: Final = 8
_LONGEST_SAMPLED: Final = 1000


class Surroundings:
    """Shared by all tours of one build of an area; safe for several threads."""

    def __init__(
        self,
        router: Router,
        geometry: Geometry,
        slopes: Mapping[str, Slope],
        landmarks: Mapping[str, Landmark],
        zone: ZoneInfo,
    ) -> None:
        self.router = router
        self.geometry = geometry
        self.slopes = slopes
        self.landmarks = landmarks
        self.zone = zone
        self._metrics: OrderedDict[tuple[Walker, Terms], LegMetrics] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def ascent_m(self) -> NDArray[np.float64]:
        """(2E,) what each arc climbs, noise left out on the average of walks between slopes.

        A walk's own ascent leaves out noise that turns back; arc by arc that cannot be seen.
        """
        raw_m = arc_ascent_m(self.router.heights)
        return raw_m * _counted_share(self.router, self.geometry, self.slopes, raw_m)

    @cached_property
    def with_viewpoint(self) -> frozenset[str]:
        """The slopes beside which a viewpoint stands."""
        views = {landmark.id for landmark in self.landmarks.values() if landmark.kind is LandmarkKind.VIEWPOINT}
        return frozenset(
            slope_id for slope_id, slope in self.slopes.items() if not views.isdisjoint(slope.landmark_ids)
        )

    def metrics(self, walker: Walker, terms: Terms) -> LegMetrics:
        """A walker's metrics on the terms of a day; the latest are kept."""
        key = (walker, terms)
        with self._lock:
            found = self._metrics.pop(key, None) or LegMetrics(self.router, walker, terms, self.ascent_m)
            self._metrics[key] = found
            if len(self._metrics) > _METRICS_KEPT:
                self._metrics.popitem(last=False)
            return found


def tour_walker(walker: Walker) -> Walker:
    """A walker on the way from one slope of a tour to the next: which slopes to seek, the planner has decided."""
    return replace(walker, slopes=SlopesChoice.NEUTRAL) if walker.slopes is SlopesChoice.SEEK else walker


def _counted_share(
    router: Router, geometry: Geometry, slopes: Mapping[str, Slope], raw_m: NDArray[np.float64]
) -> float:
    """Which share of all rises is counted as ascent, on walks from each of some slopes to the next ones."""
    ways = [slope.stretches for _, slope in sorted(slopes.items()) if slope.stretches]
    metric = router.metric(Walker())
    counted_m = summed_m = 0.0
    for one, other in zip(ways[::2], ways[1::2], strict=False):
        path = metric.shortest({metric.ends(one[-1].arc)[1]: 0}, {metric.ends(other[0].arc)[0]: 0})
        if path is None or not 0 < len(path.arcs) <= _LONGEST_SAMPLED:
            continue
        ascent_m, _ = geometry.course(Walk(path.arcs)).ascent_descent_m
        if ascent_m is not None:
            counted_m += ascent_m
            summed_m += float(raw_m[path.arcs].sum())
    return min(counted_m / summed_m, 1.0) if summed_m > 0 else 1.0
