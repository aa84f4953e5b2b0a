"""A real town: the same costs as networkx, limits kept and detours as promised."""

import random
from functools import cache

import networkx as nx
import numpy as np
import pytest

from guide.area.read import BuiltArea
from guide.domain.errors import RouteError
from guide.domain.route import PointStop, Route
from guide.domain.walker import Preset, Season, SlopesChoice, Speed, Walker
from guide.routing.costs.arc_costs import DETOUR_AT_MOST
from guide.routing.costs.windows import steepest_on_walk
from guide.routing.course.geometry import Geometry
from guide.routing.routes.limits import window_of_walk
from guide.routing.routes.plan import plan_route
from guide.routing.search.router import Router
from guide.routing.search.table import Table
from tests.routing.helpers import oracle

pytestmark = [pytest.mark.area, pytest.mark.slow]
PAIRS = 2000
SEED = 20_261_123


@pytest.fixture(scope="module")
def router(portland: BuiltArea) -> Router:
    assert portland.streets is not None
    streets = portland.streets
    edges = {arc >> 1 for slope in portland.slopes for arc in slope.arcs}
    return Router(streets.network, streets.heights, streets.node_order, streets.prepared, edges)


@pytest.fixture(scope="module")
def geometry(portland: BuiltArea) -> Geometry:
    assert portland.streets is not None
    streets, edges = portland.streets, {arc >> 1 for slope in portland.slopes for arc in slope.arcs}
    return Geometry(streets.network, streets.heights, streets.prepared, edges)


@pytest.mark.parametrize("walker", [
    Walker(),
    Walker.of(Preset.WHEELCHAIR),
    Walker(speed=Speed.DIN33466, season=Season.WINTER, slopes=SlopesChoice.AVOID),
])  # fmt: skip
def test_two_thousand_costs_equal_dijkstra(router: Router, walker: Walker) -> None:
    metric = router.metric(walker)
    graph = oracle(router.network, metric.costs)
    chosen = random.Random(SEED)  # noqa: S311 (the same pairs each time)
    # Fifty sources with forty targets each: one search of Dijkstra answers forty pairs.
    for _ in range(PAIRS // 40):
        source = chosen.randrange(router.network.node_count)
        lengths = nx.single_source_dijkstra_path_length(graph, source)
        for target in (chosen.randrange(router.network.node_count) for _ in range(40)):
            path = metric.shortest({source: 0}, {target: 0})
            assert (path.cost_ms if path else None) == lengths.get(target)
            if path and source != target:
                assert sum(metric.costs.cost_ms[list(path.arcs)].tolist()) == path.cost_ms


def walks(router: Router, geometry: Geometry, walker: Walker, count: int) -> list[Route]:
    chosen = random.Random(SEED)  # noqa: S311 (the same pairs each time)
    nodes = router.network.node_lng_lat

    @cache
    def place(number: int) -> PointStop:
        longitude, latitude = nodes[number].tolist()
        return PointStop(lng_lat=(longitude, latitude))

    found = []
    for _ in range(count):
        stops = tuple(place(chosen.randrange(len(nodes))) for _ in range(2))
        try:
            found.append(plan_route(router, geometry, stops, walker, {}))
        except RouteError:
            continue
    return found


def test_a_limit_is_kept_within_its_sigma_or_told(router: Router, geometry: Geometry) -> None:
    routes = walks(router, geometry, Walker(max_grade_up=0.08, max_grade_down=0.08), 150)
    assert sum(route.keeps_limits for route in routes) > len(routes) / 2
    for route in routes:
        window_m, sigma = window_of_walk(router.lay, route.walk)
        steepest = steepest_on_walk(route.profile, window_m)
        if steepest is not None and max(steepest[0].grade, -steepest[1].grade) > 0.08 + sigma + 1e-9:
            assert not route.keeps_limits
            assert any(warning.type.startswith("over-limit") for warning in route.warnings)


@pytest.mark.parametrize("choice", [SlopesChoice.SEEK, SlopesChoice.AVOID])
def test_no_wish_takes_longer_than_promised(router: Router, geometry: Geometry, choice: SlopesChoice) -> None:
    fastest = walks(router, geometry, Walker(), 150)
    wished = walks(router, geometry, Walker(slopes=choice), 150)
    assert len(fastest) == len(wished)
    for one, other in zip(fastest, wished, strict=True):
        assert other.duration_s <= DETOUR_AT_MOST * one.duration_s + 0.01
    if choice is SlopesChoice.SEEK:
        assert sum(route.slopes_m for route in wished) > sum(route.slopes_m for route in fastest)
    else:
        climbs = [
            sum(np.nansum(np.abs(np.diff(route.profile.elevation_m))) for route in way) for way in (wished, fastest)
        ]
        assert climbs[0] < climbs[1]


def test_a_table_says_what_its_routes_say(router: Router, geometry: Geometry) -> None:
    chosen = random.Random(SEED)  # noqa: S311 (the same pairs each time)
    nodes = router.network.node_lng_lat
    places = [PointStop(lng_lat=tuple(nodes[chosen.randrange(len(nodes))].tolist())) for _ in range(12)]
    table = Table(router, Walker(), places)
    durations = table.durations_s(range(12), range(12))
    for row, start in enumerate(places):
        for column, end in enumerate(places):
            if row == column:
                assert durations[row][column] == 0
                continue
            route = plan_route(router, geometry, (start, end), Walker(), {})
            assert durations[row][column] == pytest.approx(route.duration_s, abs=0.2)
