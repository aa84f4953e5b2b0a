"""Clients of the OSRM protocol, unchanged, in a real browser against the real service."""

import json
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from guide.area.read import BuiltArea
from tests.e2e.conftest import DESK

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).parent.parent / "clients"


@pytest.fixture(scope="module")
def clients() -> Iterator[str]:
    """The clients' pages, on a server of their own, as on anybody's site."""
    if not (FOLDER / "node_modules" / ".installed").is_file():
        pytest.fail("the clients are not installed; run: make clients")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(FOLDER))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client's page, and what it wrote to the console as errors."""

    page: Page
    complaints: list[str]


Open = Callable[[str, list[list[float]]], Client]


@pytest.fixture
def open_client(browser: Browser, address: str, clients: str) -> Iterator[Open]:
    """Opens a client's page, which asks nobody but its own server and ours."""
    context = browser.new_context(viewport=DESK, locale="en-GB", reduced_motion="reduce")
    ours = (address, clients, "blob:", "data:")
    strangers: list[str] = []

    def begin(name: str, waypoints: list[list[float]]) -> Client:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(ours) else strangers.append(asked.url))
        query = urllib.parse.urlencode({"api": f"{address}/osrm/sample/route/v1", "waypoints": json.dumps(waypoints)})
        page.goto(f"{clients}/osrm/{name}.html?{query}")
        page.wait_for_selector("html[data-ready=true]", timeout=60_000)
        return Client(page=page, complaints=complaints)

    yield begin
    context.close()
    assert strangers == []


@pytest.fixture(scope="module")
def waypoints(sample: BuiltArea) -> list[list[float]]:
    """Foot and head of the sample's two stairs that lie farthest apart."""
    lines = [slope.line for slope in sample.slopes if slope.line is not None]
    ends = [[lines[0][0], line[-1]] for line in lines[1:]]
    return max(([one.tolist(), other.tolist()] for one, other in ends), key=lambda pair: np.hypot(*np.subtract(*pair)))


def straight_from_service(address: str, waypoints: list[list[float]], **options: str) -> dict[str, Any]:
    coordinates = ";".join(f"{lng},{lat}" for lng, lat in waypoints)
    query = urllib.parse.urlencode(options)
    with urllib.request.urlopen(f"{address}/osrm/sample/route/v1/foot/{coordinates}?{query}") as reply:
        view: dict[str, Any] = json.load(reply)
    return view


def test_maplibre_gl_directions_draws_our_walk(open_client: Open, address: str, waypoints: list[list[float]]) -> None:
    client = open_client("maplibre", waypoints)
    expected = straight_from_service(address, waypoints, alternatives="true", geometries="polyline6", overview="full")
    (reply,) = client.page.evaluate("window.replies")
    assert reply["code"] == "Ok"
    assert [route["geometry"] for route in reply["routes"]] == [route["geometry"] for route in expected["routes"]]
    drawn = client.page.evaluate("window.map.getSource('maplibre-gl-directions').serialize().data.features")
    snaps = [point["geometry"]["coordinates"] for point in drawn if point["properties"].get("type") == "SNAPPOINT"]
    np.testing.assert_allclose(snaps, [waypoint["location"] for waypoint in expected["waypoints"]], atol=1e-6)
    selected = [line["geometry"]["coordinates"] for line in drawn if line["properties"].get("route") == "SELECTED"]
    np.testing.assert_allclose(np.vstack(selected)[[0, -1]], snaps, atol=1e-5)
    assert client.complaints == []


def test_a_click_on_the_map_adds_a_waypoint_and_asks_again(open_client: Open, waypoints: list[list[float]]) -> None:
    client = open_client("maplibre", waypoints)
    first = client.page.evaluate("window.replies[0].routes[0].distance")
    client.page.mouse.click(DESK["width"] * 0.5, DESK["height"] * 0.62)
    client.page.wait_for_function("window.replies.length === 2", timeout=20_000)
    second = client.page.evaluate("window.replies[1]")
    assert len(second["waypoints"]) == len(second["routes"][0]["legs"]) + 1 == 3
    assert second["routes"][0]["distance"] > first
    assert client.complaints == []


def test_leaflet_routing_machine_lists_our_steps(open_client: Open, address: str, waypoints: list[list[float]]) -> None:
    client = open_client("leaflet", waypoints)
    expected = straight_from_service(address, waypoints, alternatives="true", steps="true")
    found = client.page.evaluate(
        "window.found.map(r => ({summary: r.summary, corners: r.coordinates.length, steps: r.instructions}))"
    )
    assert [one["summary"]["totalDistance"] for one in found] == [route["distance"] for route in expected["routes"]]
    assert [one["summary"]["totalTime"] for one in found] == [route["duration"] for route in expected["routes"]]
    assert found[0]["corners"] > 10
    named = [step["name"] for step in expected["routes"][0]["legs"][0]["steps"] if step["name"]]
    told = [step["road"] for step in found[0]["steps"] if step["road"]]
    assert named
    assert told == named
    listed = client.page.locator(".leaflet-routing-alt").first.locator("tr")
    assert listed.count() == len(found[0]["steps"])
    assert client.complaints == []


def test_leaflet_routing_machine_can_read_that_no_street_is_near(open_client: Open) -> None:
    client = open_client("leaflet", [[130.0, 30.0], [130.01, 30.0]])
    answer = json.loads(client.page.evaluate("window.failed.target.responseText"))
    assert answer["code"] == "NoSegment"
    assert "nearest street" in answer["message"]
    assert any("400" in complaint for complaint in client.complaints)
