"""Real towns: no tour over its budgets when the router walks it, loops as long as wished, lunch where it is open."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.domain.loop import LoopMeasure, LoopWish
from guide.domain.planned_tour import HaltKind
from guide.domain.route import PointStop
from guide.domain.tour_wish import Pause, TourWish
from guide.domain.walker import Preset, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.loops.find import find_loops
from guide.routing.routes.plan import plan_route
from guide.routing.tours.plan import plan_tour
from guide.routing.tours.solve import Deadline

pytestmark = [pytest.mark.area, pytest.mark.slow]
SEED = 20_261_124
TOURIST = Walker.of(Preset.TOURIST)
NOON_S = 12 * 3600.0


@pytest.fixture(scope="module")
def portland_served(portland: BuiltArea) -> ServedArea:
    return ServedArea(portland.directory)


@pytest.fixture(scope="module")
def monaco(built: Callable[[str], BuiltArea]) -> ServedArea:
    return ServedArea(built("monaco").directory)


def places(area: ServedArea, count: int) -> list[PointStop]:
    """Feet of slopes on the main part of the network, the same each time."""
    rng = np.random.default_rng(SEED)
    component = area.surroundings.router.metric(TOURIST).edge_component
    main = np.bincount(component[component >= 0]).argmax()
    feet = [
        slope.line[0].tolist()
        for slope in area.slopes.values()
        if slope.line is not None and component[slope.stretches[0].arc >> 1] == main
    ]
    return [PointStop(lng_lat=(lng, lat)) for lng, lat in rng.permutation(feet)[:count].tolist()]


@pytest.mark.parametrize("walker", [TOURIST, Walker.of(Preset.STROLLER)])
def test_no_tour_is_over_its_budgets_when_walked_leg_by_leg(portland_served: ServedArea, walker: Walker) -> None:
    around = portland_served.surroundings
    for number, start in enumerate(places(portland_served, 2)):
        wish = TourWish(
            start=start, end=start, walker=walker, budget_s=3600.0 * (2 + number % 2), max_ascent_m=120.0 + 80 * number
        )
        planned = plan_tour(around, wish, Terms(), Deadline(60))
        for tour in (planned.best.tour, *(other.tour for other in planned.alternatives)):
            assert tour.duration_s <= wish.budget_s
            assert tour.ascent_m is None or tour.ascent_m <= (wish.max_ascent_m or 0)
            stops = [halt.stop for halt in tour.halts]
            legs = [
                leg
                for one, other in pairwise(stops)
                for leg in plan_route(around.router, around.geometry, (one, other), walker, around.slopes).legs
                if leg.slope_id is None or leg.to_stop == 1
            ]
            assert sum(leg.duration_s for leg in legs) <= wish.budget_s + 1
            known = [leg.ascent_m for leg in legs if leg.ascent_m is not None]
            if len(known) == len(legs):
                assert sum(known) <= (wish.max_ascent_m or 0) + 1e-6


def test_loops_are_as_long_as_wished_for(portland_served: ServedArea) -> None:
    off, repeated = [], []
    for number, start in enumerate(places(portland_served, 6)):
        measure = list(LoopMeasure)[number % 3]
        amount = {LoopMeasure.DISTANCE: 4000.0, LoopMeasure.DURATION: 2700.0, LoopMeasure.ASCENT: 80.0}[measure]
        wish = LoopWish(start=start, walker=TOURIST, measure=measure, amount=amount)
        found = find_loops(portland_served.surroundings, wish, Terms())
        off.append(abs(found.loops[0].off))
        repeated.append(found.loops[0].repeated_share)
        assert len(found.loops) >= 2
    assert max(off) <= 0.1
    assert np.median(repeated) <= 0.1


def test_lunch_is_where_a_place_is_open(monaco: ServedArea) -> None:
    (start,) = places(monaco, 1)
    pause = Pause(stay_s=2700, earliest_s=NOON_S, latest_s=NOON_S + 5400)
    wish = TourWish(
        start=start, end=start, walker=TOURIST, budget_s=3 * 3600, pause=pause, day=date(2031, 6, 4),
        depart_s=NOON_S - 3600,
    )  # fmt: skip
    tour = plan_tour(monaco.surroundings, wish, Terms(), Deadline(60)).best.tour
    (number,) = (number for number, halt in enumerate(tour.halts) if halt.kind is HaltKind.PAUSE)
    begins = NOON_S - 3600 + tour.timings[number].arrive_s + tour.timings[number].wait_s
    assert NOON_S <= begins <= NOON_S + 5400 - 2700
    assert not tour.missed
