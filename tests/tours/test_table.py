"""A table of legs says what the router says of each of them."""

import numpy as np
import pytest

from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.domain.route import PointStop, SlopeStop
from guide.domain.walker import Preset, SlopesChoice, StepsChoice, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.search.chain import link
from guide.routing.search.stops import Way, ways_of_stops
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.table import TICKS_PER_S

WALKERS = [
    Walker(),
    Walker(steps=StepsChoice.AVOID),
    Walker.of(Preset.WHEELCHAIR),
    Walker(slopes=SlopesChoice.AVOID),
]


@pytest.mark.parametrize("walker", WALKERS)
def test_legs_between_slopes_and_points(served: ServedArea, sample: BuiltArea, walker: Walker) -> None:
    around = served.surroundings
    metrics = around.metrics(walker, Terms())
    stops = [
        *(PointStop(lng_lat=mark.lng_lat) for mark in sample.landmarks[:6]),
        *(
            SlopeStop(slope_id=slope.entry.id)
            for slope in sample.slopes
            if slope.entry.id in {"mihon-zaka", "yogen-zaka"}
        ),
    ]
    if walker.has_limits:
        stops = stops[:6]
    ways = [way for stop in stops for way in ways_of_stops(around.router, metrics.ways, (stop,), around.slopes)[0]]
    table = metrics.table(ways, ways)
    for row, before in enumerate(ways):
        for column, after in enumerate(ways):
            if row == column or not np.isfinite(table.duration_s[row, column]):
                continue
            check(around, walker, (before, after), (table.duration_s[row, column], table.ascent_m[row, column]))


def check(around: Surroundings, walker: Walker, ends: tuple[Way, Way], cell: tuple[float, float]) -> None:
    metric = around.router.metric(walker, Terms())
    found = link(metric, *ends)
    assert found is not None
    arcs = len(found.walk)
    duration = found.walk.sum(metric.costs.duration_s[found.walk.arc])
    ascent = found.walk.sum(around.ascent_m[found.walk.arc])
    # A wish beside time is carried in half seconds an arc; walks that tie may differ by each arc's roundings.
    blurred = walker.steps is StepsChoice.AVOID or walker.slopes is SlopesChoice.AVOID or walker.has_limits
    assert cell[0] == pytest.approx(duration, abs=arcs * (0.25 + 0.5 / TICKS_PER_S) if blurred else 0.01)
    assert cell[1] == pytest.approx(ascent, abs=0.05 * arcs + 0.01)
