"""Round walks: as long as wished for where the streets allow it, on few streets twice, and honest where they do not."""

from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.areas.served import ServedArea
from guide.domain.errors import NoWayError, UsageError
from guide.domain.loop import LoopMeasure, LoopWish
from guide.domain.route import PointStop
from guide.domain.walk import Walk
from guide.domain.walker import Preset, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.loops.find import find_loops, repeated_share
from guide.routing.tours.surroundings import Surroundings
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import geometry_of, router_of

Client = TestClient[Litestar]
TOURIST = Walker.of(Preset.TOURIST)


def around(place: Town) -> Surroundings:
    geometry = geometry_of(place.network, place.heights)
    return Surroundings(router_of(place.network, place.heights), geometry, {}, {}, ZoneInfo("UTC"))


def wish(place: tuple[float, float], amount: float, measure: LoopMeasure = LoopMeasure.DISTANCE) -> LoopWish:
    return LoopWish(start=PointStop(lng_lat=place), walker=TOURIST, measure=measure, amount=amount)


BLOCKS = town("""
A--B--C--D--E
|  |  |  |  |
F--G--H--I--J
|  |  |  |  |
K--L--M--N--O
|  |  |  |  |
P--Q--R--S--T
""")
DEAD_END = town("A--B--C--D--E")


@pytest.mark.parametrize("metres", [500, 800, 1200, 1500])
def test_blocks_give_round_walks_of_any_length(metres: float) -> None:
    found = find_loops(around(BLOCKS), wish(BLOCKS.place("G"), metres), Terms())
    assert len(found.loops) >= 2
    for loop in found.loops:
        assert abs(loop.off) <= 0.1
        assert loop.amount == pytest.approx(loop.tour.route.distance_m)
        assert loop.repeated_share <= 0.25
    assert found.notes == ()


def test_where_no_street_leads_round_it_says_so() -> None:
    try:
        found = find_loops(around(DEAD_END), wish(DEAD_END.place("A"), 600), Terms())
    except NoWayError:
        return
    assert {note.type for note in found.notes} >= {"loop-repeats"}
    assert found.loops[0].repeated_share == pytest.approx(0.5, abs=0.01)


def test_a_network_too_small_for_the_wish_says_by_how_much() -> None:
    found = find_loops(around(BLOCKS), wish(BLOCKS.place("G"), 20_000), Terms())
    assert [note.type for note in found.notes][:1] == ["loop-off"]


@pytest.mark.parametrize("amount", [0, -1, 1e9, float("nan")])
def test_amounts_that_cannot_be_meant(amount: float) -> None:
    with pytest.raises(UsageError, match="must lie between"):
        find_loops(around(BLOCKS), wish(BLOCKS.place("G"), amount), Terms())


def test_what_is_walked_twice_counts_once_as_repeated() -> None:
    lengths = np.array([100.0, 50.0, 50.0])
    assert repeated_share(Walk([0, 2, 4]), lengths) == 0
    assert repeated_share(Walk([0, 2, 3, 1]), lengths) == pytest.approx(0.5)
    assert repeated_share(Walk([0, 1, 0]), lengths) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("measure", "amount"),
    [(LoopMeasure.DISTANCE, 1500), (LoopMeasure.DURATION, 2400), (LoopMeasure.ASCENT, 60)],
)
def test_the_sample_town_has_loops_over_slopes(
    served: ServedArea, station: list[float], measure: LoopMeasure, amount: float
) -> None:
    found = find_loops(served.surroundings, wish((station[0], station[1]), amount, measure), Terms())
    assert len(found.loops) >= 2
    assert abs(found.loops[0].off) <= 0.1
    assert any(loop.values for loop in found.loops)
    for number, one in enumerate(found.loops):
        for other in found.loops[:number]:
            edges = one.tour.route.walk.edge
            shared = np.isin(edges, other.tour.route.walk.edge).mean()
            assert shared < 0.95


def loops(client: Client, station: list[float], **body: object) -> dict[str, Any]:
    reply = client.post("/api/sample/loops", json={"start": {"lng_lat": station}, "language": "en", **body})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def test_a_loop_comes_back_and_can_be_kept(client: Client, station: list[float]) -> None:
    loop = loops(client, station, distance_m=2000)
    line = loop["geometry"]["coordinates"]
    assert line[0][:2] == line[-1][:2]
    assert loop["distance_m"] == pytest.approx(loop["amount"], abs=0.1)
    assert abs(loop["off_percent"]) <= 10
    assert loop["alternatives"]
    again = client.post("/api/sample/tours", json=loop["request"]).json()
    assert again["distance_m"] == pytest.approx(loop["distance_m"], rel=0.01)
    assert client.get(loop["link_path"]).status_code == 200


def test_loops_as_gpx_have_a_track_each(client: Client, station: list[float]) -> None:
    body = {"start": {"lng_lat": station}, "duration_min": 40, "count": 2}
    gpx = client.post("/api/sample/loops?f=gpx", json=body)
    assert gpx.text.count("<trk>") == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"distance_m": 2000, "ascent_m": 50},
        {"distance_m": 5},
        {"distance_m": 1e9},
        {"duration_min": 0},
        {"ascent_m": "much"},
        {"distance_m": 2000, "count": 100},
        {"distance_m": 2000, "start": {"lng_lat": [0, 0]}},
    ],
)
def test_bad_wishes_are_problems(client: Client, station: list[float], body: dict[str, Any]) -> None:
    reply = client.post("/api/sample/loops", json={"start": {"lng_lat": station}, **body})
    assert reply.status_code in {400, 422}
    assert len(reply.json()["detail"]) > 20
