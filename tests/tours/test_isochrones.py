"""Reach: everything that the router needs no longer for, nothing else, and up told apart from down."""

import itertools
import random
from typing import Any

import numpy as np
import pytest
import shapely
from litestar import Litestar
from litestar.testing import TestClient

from guide.areas.served import ServedArea
from guide.domain.route import PointStop, Snap
from guide.domain.walker import Preset, StepsChoice, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.reach.isochrones import reached_pieces
from guide.routing.reach.spread import Spreader
from guide.routing.search.chain import link
from guide.routing.search.stops import Place, point_way, ways_of_stops
from tests.routing.ascii_maps import town
from tests.routing.helpers import router_of

Client = TestClient[Litestar]
SEED = 20_261_124
WALKERS = [Walker(), Walker(steps=StepsChoice.AVOID), Walker.of(Preset.STROLLER)]


@pytest.mark.parametrize("walker", WALKERS)
@pytest.mark.parametrize("towards", [False, True])
def test_a_place_is_within_reach_if_and_only_if_the_router_says_so(
    served: ServedArea,
    station: list[float],
    walker: Walker,
    towards: bool,  # noqa: FBT001
) -> None:
    around = served.surroundings
    router, network = around.router, around.router.network
    metric = router.metric(walker, Terms())
    limit_s = 420.0
    place = PointStop(lng_lat=(station[0], station[1]))
    (way,) = ways_of_stops(router, metric, (place,), around.slopes)[0]
    spread = Spreader(router, metric.costs).spread([way.entries if towards else way.exits], limit_s, towards=towards)
    pieces = reached_pieces(metric.costs, network, spread, [way], limit_s, towards=towards)
    chosen = random.Random(SEED)  # noqa: S311 (the same places each time)
    inside = outside = 0
    for _ in range(400):
        edge, at = chosen.randrange(network.edge_count), chosen.random()
        if metric.edge_component[edge] < 0:
            continue
        other = point_way(metric, snap_at(edge, at))
        found = link(metric, other, way) if towards else link(metric, way, other)
        seconds = np.inf if found is None else found.walk.sum(metric.costs.duration_s[found.walk.arc])
        if abs(seconds - limit_s) < 2:
            continue
        here = pieces.edge == edge
        reached = bool(((pieces.start[here] <= at) & (at <= pieces.end[here])).any())
        # A way that this walker likes better may take longer than the limit, though a quicker one would not.
        assert reached == (seconds < limit_s) or walker.steps is StepsChoice.AVOID
        inside, outside = inside + reached, outside + (not reached)
    assert inside > 10
    assert outside > 10


def snap_at(edge: int, at: float) -> Snap:
    return Snap(edge=edge, fraction=at, lng_lat=(0.0, 0.0), distance_m=0.0)


def test_downhill_reaches_farther_than_uphill() -> None:
    hill = town("A--------B--------C", elevation_m={"A": 0.0, "B": 60.0, "C": 120.0})
    router = router_of(hill.network, hill.heights)
    metric = router.metric(Walker(), Terms())
    way = point_way(metric, snap_at(hill.edges["AB"], 1.0))
    assert way.begin == Place(hill.edges["AB"], 1.0)
    spread = Spreader(router, metric.costs).spread([way.exits], 300.0)
    pieces = reached_pieces(metric.costs, hill.network, spread, [way], 300.0, towards=False)
    lengths = {edge: float(((pieces.end - pieces.start) * 450)[pieces.edge == edge].max()) for edge in range(2)}
    assert lengths[hill.edges["AB"]] > 1.2 * lengths[hill.edges["BC"]]


def reach(client: Client, **query: object) -> list[dict[str, Any]]:
    reply = client.get("/api/sample/isochrones", params=query)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/geo+json"
    features: list[dict[str, Any]] = reply.json()["features"]
    return features


def test_areas_lie_within_each_other_and_hold_the_start(client: Client, station: list[float]) -> None:
    features = reach(client, stop=f"{station[0]},{station[1]}", minutes="5,10,15")
    assert [each["properties"]["minutes"] for each in features] == [15, 10, 5]
    areas = [shapely.geometry.shape(each["geometry"]) for each in features]
    for area in areas:
        assert area.is_valid
        assert area.distance(shapely.Point(station)) < 0.0003
    for larger, smaller in itertools.pairwise(areas):
        assert larger.buffer(1e-5).covers(smaller)
    # RFC 7946: outer rings run counterclockwise.
    for area in areas:
        for part in getattr(area, "geoms", [area]):
            assert part.exterior.is_ccw


def test_from_a_place_and_to_it_differ_on_a_hill(client: Client) -> None:
    there, back = (
        shapely.geometry.shape(reach(client, stop="landmark:node-4720", minutes="6", direction=way)[0]["geometry"])
        for way in ("from", "to")
    )
    assert there.symmetric_difference(back).area > 0.1 * there.area


def test_who_can_reach_a_slope(client: Client) -> None:
    up, any_ = (
        reach(client, stop=f"slope:mihon-zaka:{way}", minutes="8", direction="to")[0]["properties"]["streets_m"]
        for way in ("up", "any")
    )
    assert any_ >= up > 0


@pytest.mark.parametrize(
    "query",
    [
        {"stop": "145,41,3"},
        {"stop": "0,0"},
        {"stop": "slope:atlantis"},
        {"minutes": "0"},
        {"minutes": "-5"},
        {"minutes": "1000"},
        {"minutes": "5,six"},
        {"minutes": "1,2,3,4,5,6,7"},
        {"minutes": "nan"},
        {"direction": "sideways"},
        {"pace": "99"},
    ],
)
def test_bad_questions_are_problems(client: Client, station: list[float], query: dict[str, str]) -> None:
    reply = client.get("/api/sample/isochrones", params={"stop": f"{station[0]},{station[1]}", **query})
    assert reply.status_code in {400, 404, 422}
    assert reply.headers["content-type"] == "application/problem+json"
