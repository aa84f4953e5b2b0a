"""Closures over HTTP: routes and the OSRM protocol go round what is closed when one walks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.domain.closure import CatalogueClosure, Closure, ClosureKind
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import JST, drawn_town, write_area

WINTER, SUMMER = datetime(2027, 2, 3, tzinfo=JST), datetime(2027, 8, 3, tzinfo=JST)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, dist: Path) -> Iterator[TestClient[Litestar]]:
    """A town whose 浜町通り is closed for a day of winter, and whose 山手通り always."""
    place, root = drawn_town(), tmp_path_factory.mktemp("closed") / "build"
    shut = CatalogueClosure(id="rockfall", kind=ClosureKind.CLOSED, description_ja="落石のため。")
    always = CatalogueClosure(id="works", kind=ClosureKind.CLOSED)
    closures = [
        Closure(entry=shut, starts=WINTER, ends=WINTER + timedelta(days=1), edges=(place.edges["BC"],)),
        Closure(entry=always, edges=(place.edges["EF"],)),
    ]
    write_area(root, "drawn", closures=closures)
    with TestClient(create_app(Settings(build_root=root), dist), raise_server_exceptions=False) as client:
        yield client


def stop(node: str) -> dict[str, list[float]]:
    return {"lng_lat": list(drawn_town().place(node))}


def route(client: TestClient[Litestar], nodes: str, status: int = 200, **more: str) -> dict[str, Any]:
    wanted = {"stops": [stop(node) for node in nodes], "language": "en", **more}
    reply = client.post("/api/drawn/routes", json=wanted)
    assert reply.status_code == status, reply.text
    view: dict[str, Any] = reply.json()
    return view


def test_what_is_closed_when_one_sets_out_is_not_walked_and_named(client: TestClient[Litestar]) -> None:
    open_ = route(client, "AC", depart_at=SUMMER.isoformat())
    assert open_["distance_m"] == pytest.approx(300, abs=1)
    assert open_["warnings"] == []
    # 山手通り, the other way, is closed on any day.
    shut = route(client, "AC", 422, depart_at=WINTER.isoformat())
    assert shut["type"] == "/problems/no-way"
    assert "Closed at that time: 浜町通り" in shut["detail"]


def test_the_departure_may_be_a_time_of_the_areas_own_clock(client: TestClient[Litestar]) -> None:
    view = route(client, "DF", depart_at="2028-02-03T09:00:00")
    assert [warning["type"] for warning in view["warnings"]] == ["closed-gone-round"]
    assert view["warnings"][0]["closure"] == "works"
    assert "山手通り" in view["warnings"][0]["message"]


def test_a_link_says_the_same(client: TestClient[Litestar]) -> None:
    stops = [("stop", f"{lng},{lat}") for lng, lat in (drawn_town().place(node) for node in "DF")]
    reply = client.get("/api/drawn/routes", params=[*stops, ("depart_at", "2028-02-03T09:00:00"), ("lang", "en")])
    assert reply.status_code == 200, reply.text
    assert [warning["type"] for warning in reply.json()["warnings"]] == ["closed-gone-round"]


def test_what_is_no_time_is_refused(client: TestClient[Litestar]) -> None:
    assert "depart_at" in str(route(client, "DF", 400, depart_at="9999-01-01T00:00:00"))
    route(client, "DF", 400, depart_at="tomorrow")


def test_the_osrm_protocol_goes_round_it_too(client: TestClient[Litestar]) -> None:
    coordinates = ";".join(f"{lng},{lat}" for lng, lat in (drawn_town().place(node) for node in "DF"))
    reply = client.get(f"/osrm/drawn/route/v1/foot/{coordinates}").json()
    assert reply["routes"][0]["distance"] == pytest.approx(500, abs=1)
    table = client.get(f"/osrm/drawn/table/v1/foot/{coordinates}").json()
    assert table["durations"][0][1] == pytest.approx(reply["routes"][0]["duration"], abs=0.3)
