"""Tours that staff recommend: walked at build, and given like any other."""

from dataclasses import replace

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.routes.request import WalkerRequest
from guide.api.tours.curated import curated_reply
from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.domain.errors import RouteError
from guide.http.texts import Language
from tests.tours.conftest import Plan

Client = TestClient[Litestar]


def test_every_one_says_what_the_build_has_measured(client: Client, sample: BuiltArea) -> None:
    assert sample.tours
    for tour in sample.tours:
        assert tour.walk is not None
        reply = client.get(f"/api/sample/tours/{tour.entry.id}?lang=en")
        assert reply.status_code == 200, reply.text
        found = reply.json()
        assert found["name"] == (tour.entry.name_en or tour.entry.name)
        assert found["aim"] == "recommended"
        assert found["distance_m"] == pytest.approx(tour.walk.distance_m, abs=0.1)
        assert found["duration_s"] == pytest.approx(tour.walk.duration_s, abs=1)
        assert found["ascent_m"] == pytest.approx(tour.walk.ascent_m, abs=0.1)
        assert [halt["slope"] or halt["landmark"] for halt in found["halts"]] == [stop.id for stop in tour.entry.stops]


def test_it_has_what_a_planned_one_has(client: Client, sample: BuiltArea, plan: Plan) -> None:
    found = client.get(f"/api/sample/tours/{sample.tours[0].entry.id}").json()
    planned = plan(time_budget_min=45)
    only_planned = {"aim_text", "points", "left_out", "alternatives", "alternatives_left_out", "complete"}
    assert planned.keys() - found.keys() == only_planned
    assert client.get(found["link_path"]).status_code == 200


@pytest.mark.parametrize(
    ("f", "start"), [("geojson", b'{"type":"FeatureCollection"'), ("gpx", b"<?xml"), ("kml", b"<?xml")]
)
def test_in_every_format(client: Client, sample: BuiltArea, f: str, start: bytes) -> None:
    reply = client.get(f"/api/sample/tours/{sample.tours[0].entry.id}?f={f}")
    assert reply.status_code == 200
    assert reply.content.startswith(start)


def test_legs_and_times_are_the_visitor_s_own(client: Client, sample: BuiltArea) -> None:
    address = f"/api/sample/tours/{sample.tours[0].entry.id}"
    tourist, fit = (client.get(f"{address}?preset={preset}&depart=09:30").json() for preset in ("tourist", "fit"))
    assert fit["duration_s"] < tourist["duration_s"]
    assert tourist["depart"] == "09:30"
    assert tourist["arrive"] > fit["arrive"] > "09:30"
    assert client.get(f"{address}?depart=late").status_code == 400


def test_a_code_for_each(client: Client, sample: BuiltArea) -> None:
    address = f"/api/sample/tours/{sample.tours[0].entry.id}/qr"
    assert client.get(address).headers["content-type"] == "image/svg+xml"
    assert client.get(f"{address}?f=png").content.startswith(b"\x89PNG")
    assert "/t/sample/" in client.get(f"{address}?f=json").json()["address"]


def test_one_that_does_not_exist_or_cannot_be_walked(client: Client, served: ServedArea) -> None:
    assert client.get("/api/sample/tours/atlantis").status_code == 404
    broken = replace(served.built.tours[0], walk=None)
    with pytest.raises(RouteError, match="findings of the last build"):
        curated_reply(served, broken, WalkerRequest(), None, Language.EN)
