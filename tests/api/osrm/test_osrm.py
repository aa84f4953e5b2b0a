"""The OSRM v5 protocol: shapes, options and error codes, and a client from PyPI that knows nothing of us."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.osrm import polyline
from tests.api.built_area import drawn_town


def places(nodes: str) -> str:
    return ";".join(f"{lng:.6f},{lat:.6f}" for lng, lat in (drawn_town().place(node) for node in nodes))


def ask(
    client: TestClient[Litestar], service: str, coordinates: str, status: int = 200, **options: str
) -> dict[str, Any]:
    reply = client.get(f"/osrm/drawn/{service}/v1/foot/{coordinates}", params=options)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"].startswith("application/json")
    view: dict[str, Any] = reply.json()
    return view


def test_a_route_has_the_shape_of_the_protocol(client: TestClient[Litestar]) -> None:
    view = ask(client, "route", places("ADF"), steps="true", annotations="true", overview="full", geometries="geojson")
    assert view["code"] == "Ok"
    (route,) = view["routes"]
    assert route["weight_name"] == "duration"
    assert route["distance"] == pytest.approx(400, abs=1)
    assert route["distance"] == pytest.approx(sum(leg["distance"] for leg in route["legs"]), abs=0.2)
    assert route["duration"] == pytest.approx(sum(leg["duration"] for leg in route["legs"]), abs=0.2)
    assert (route["ascent_m"], route["descent_m"]) == (20.0, 0.0)
    assert route["geometry"]["coordinates"][0] == pytest.approx(drawn_town().place("A"), abs=1e-5)
    assert len(route["legs"]) == len(view["waypoints"]) - 1 == 2
    for leg in route["legs"]:
        types = [step["maneuver"]["type"] for step in leg["steps"]]
        assert (types[0], types[-1]) == ("depart", "arrive")
        assert sum(step["distance"] for step in leg["steps"]) == pytest.approx(leg["distance"], abs=0.3)
        annotation = leg["annotation"]
        assert len(annotation["distance"]) == len(annotation["duration"]) == len(annotation["speed"])
        assert len(annotation["elevations_m"]) == len(annotation["grades_percent"]) + 1
        assert sum(annotation["duration"]) == pytest.approx(leg["duration"], abs=0.5)
    assert route["legs"][0]["annotation"]["grades_percent"] == pytest.approx([20.0])
    nodes = [leg["annotation"]["nodes"] for leg in route["legs"]]
    assert [len(ids) - 1 for ids in nodes] == [len(leg["annotation"]["distance"]) for leg in route["legs"]]
    for ids, passed in zip(nodes, ("AD", "DF"), strict=True):
        assert {drawn_town().nodes[node] + 1 for node in passed} <= set(ids)
    for waypoint in view["waypoints"]:
        assert set(waypoint) == {"hint", "location", "name", "distance"}


def test_steps_name_streets_and_turns(client: TestClient[Litestar]) -> None:
    (route,) = ask(client, "route", places("AE"), steps="true")["routes"]
    steps = route["legs"][0]["steps"]
    assert next(step["name"] for step in steps) in {"浜町通り", ""}
    for step in steps:
        assert step["mode"] == "walking"
        assert {"location", "bearing_before", "bearing_after", "type"} <= set(step["maneuver"])
        intersection = step["intersections"][0]
        assert len(intersection["bearings"]) == len(intersection["entry"])
        assert all(0 <= bearing < 360 for bearing in intersection["bearings"])
    assert route["legs"][0]["summary"]


def test_a_step_begins_with_its_turn(client: TestClient[Litestar]) -> None:
    """Without the stairs from A south to D, there left into the hill street."""
    (route,) = ask(client, "route", places("AE"), steps="true", stairs="never")["routes"]
    maneuvers = [step["maneuver"] for step in route["legs"][0]["steps"]]
    assert [(maneuver["type"], maneuver.get("modifier")) for maneuver in maneuvers] == [
        ("depart", None), ("turn", "left"), ("arrive", None)
    ]  # fmt: skip
    assert [(maneuver["bearing_before"], maneuver["bearing_after"]) for maneuver in maneuvers[:2]] == [
        (0, 180), (180, 90)
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "precision"), [("polyline", 5), ("polyline6", 6)])
def test_geometries_hold_the_same_line(client: TestClient[Litestar], name: str, precision: int) -> None:
    (as_json,) = ask(client, "route", places("AF"), overview="full", geometries="geojson")["routes"]
    (route,) = ask(client, "route", places("AF"), overview="full", geometries=name)["routes"]
    line = polyline.decode(route["geometry"], precision)
    expected = np.array(as_json["geometry"]["coordinates"])
    assert np.array(line) == pytest.approx(expected, abs=2 * 10**-precision)


def test_without_overview_there_is_no_geometry(client: TestClient[Litestar]) -> None:
    assert "geometry" not in ask(client, "route", places("AF"), overview="false")["routes"][0]


def test_coordinates_may_come_as_a_polyline(client: TestClient[Litestar]) -> None:
    town = drawn_town()
    text = polyline.encode([town.place("A"), town.place("F")])
    reply = client.get(f"/osrm/drawn/route/v1/foot/polyline({text.replace('?', '%3F')})")
    assert reply.json()["code"] == "Ok", reply.text


def test_coordinates_that_are_no_waypoints_are_passed_only(client: TestClient[Litestar]) -> None:
    view = ask(client, "route", places("ADF"), waypoints="0;2")
    assert len(view["routes"][0]["legs"]) == 1
    assert len(view["waypoints"]) == 2


def test_up_takes_longer_than_down_in_a_table(client: TestClient[Litestar]) -> None:
    view = ask(client, "table", places("ADF"), annotations="duration,distance")
    assert view["code"] == "Ok"
    durations, distances = view["durations"], view["distances"]
    assert [durations[i][i] for i in range(3)] == [0, 0, 0]
    assert durations[0][1] > durations[1][0]
    assert distances[0][1] == pytest.approx(100, abs=0.5)
    route = ask(client, "route", places("AF"))["routes"][0]
    assert durations[0][2] == pytest.approx(route["duration"], abs=0.2)


def test_a_table_from_some_to_others(client: TestClient[Litestar]) -> None:
    view = ask(client, "table", places("ADF"), sources="0", destinations="1;2")
    assert [len(row) for row in view["durations"]] == [2]
    assert (len(view["sources"]), len(view["destinations"])) == (1, 2)


def test_a_table_scales_and_falls_back_on_the_straight_line(client: TestClient[Litestar]) -> None:
    plain = ask(client, "table", places("AF"))["durations"]
    twice = ask(client, "table", places("AF"), scale_factor="2")["durations"]
    assert twice[0][1] == pytest.approx(2 * plain[0][1], abs=0.1)
    # "y" lies on an island, too far from all streets that are joined to the others.
    far = {"annotations": "duration,distance"}
    assert ask(client, "table", places("AFy"), **far)["durations"][0][2] is None
    view = ask(client, "table", places("AFy"), fallback_speed="2", **far)
    assert view["fallback_speed_cells"] == [[0, 2], [1, 2], [2, 0], [2, 1]]
    assert view["distances"][0][2] == pytest.approx(850, abs=4)
    assert view["durations"][0][2] == pytest.approx(view["distances"][0][2] / 2, abs=0.1)


def test_waypoints_and_their_hints_may_be_left_out(client: TestClient[Litestar]) -> None:
    assert "hint" in ask(client, "route", places("AF"))["waypoints"][0]
    assert "hint" not in ask(client, "route", places("AF"), generate_hints="false")["waypoints"][0]
    assert "waypoints" not in ask(client, "route", places("AF"), skip_waypoints="true")
    assert {"sources", "destinations"}.isdisjoint(ask(client, "table", places("AF"), skip_waypoints="true"))


def test_the_nearest_streets_come_nearest_first(client: TestClient[Litestar]) -> None:
    view = ask(client, "nearest", places("B"), number="3")
    distances = [waypoint["distance"] for waypoint in view["waypoints"]]
    assert len(distances) == 3
    assert distances == sorted(distances)
    assert all(len(waypoint["nodes"]) == 2 for waypoint in view["waypoints"])


FAR = "130.0,30.0"


@pytest.mark.parametrize(
    ("address", "code", "status"),
    [
        ("drawn/route/v1/foot/abc", "InvalidQuery", 400),
        ("drawn/route/v1/foot/1,2;3", "InvalidQuery", 400),
        ("drawn/route/v1/foot/1,2", "InvalidOptions", 400),
        ("drawn/route/v1/foot/200,2;3,4", "InvalidValue", 400),
        ("drawn/route/v1/foot/nan,2;3,4", "InvalidValue", 400),
        (f"drawn/route/v1/foot/{FAR};{FAR}", "NoSegment", 400),
        ("drawn/route/v2/foot/1,2;3,4", "InvalidVersion", 400),
        ("drawn/match/v1/foot/1,2;3,4", "InvalidService", 400),
        ("nowhere/route/v1/foot/1,2;3,4", "InvalidUrl", 404),
        ("bare/route/v1/foot/1,2;3,4", "DisabledDataset", 503),
        ("drawn/route/v1/foot/1,2;3,4?radiuses=5", "InvalidOptions", 400),
        ("drawn/route/v1/foot/1,2;3,4?geometries=wkt", "InvalidOptions", 400),
        ("drawn/route/v1/foot/1,2;3,4?annotations=heights", "InvalidOptions", 400),
        ("drawn/route/v1/foot/1,2;3,4?exclude=ferry", "InvalidValue", 400),
        ("drawn/route/v1/foot/" + ";".join(["1,2"] * 101), "TooBig", 400),
        ("drawn/nearest/v1/foot/1,2;3,4", "InvalidOptions", 400),
        ("drawn/nearest/v1/foot/1,2?number=1000", "TooBig", 400),
        ("drawn/table/v1/foot/1,2;3,4?sources=7", "InvalidOptions", 400),
        ("drawn/table/v1/foot/1,2;3,4?scale_factor=0", "InvalidOptions", 400),
        ("drawn/table/v1/foot/1,2;3,4?fallback_speed=-1", "InvalidOptions", 400),
        ("drawn/route/v1/foot/{places}?skip_waypoints=maybe", "InvalidOptions", 400),
    ],
)
def test_errors_are_told_in_the_protocols_own_words(
    client: TestClient[Litestar], address: str, code: str, status: int
) -> None:
    reply = client.get(f"/osrm/{address.format(places=places('AF'))}")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.json()["message"]


def test_no_street_within_the_radius_is_no_segment(client: TestClient[Litestar]) -> None:
    longitude, latitude = drawn_town().place("A")
    off = f"{longitude},{latitude + 0.0009}"
    assert ask(client, "route", f"{off};{places('F')}")["code"] == "Ok"
    assert ask(client, "route", f"{off};{places('F')}", 400, radiuses="50;")["code"] == "NoSegment"
    assert ask(client, "route", f"{off};{places('F')}", radiuses="unlimited;")["code"] == "Ok"


def test_our_walkers_may_be_named(client: TestClient[Litestar]) -> None:
    plain, family = (ask(client, "route", places("CF"), **more)["routes"][0] for more in ({}, {"preset": "family"}))
    assert family["duration"] > plain["duration"]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=20), st.sampled_from([5, 6]))
def test_a_polyline_read_back_is_the_line(line: list[tuple[float, float]], precision: int) -> None:
    back = polyline.decode(polyline.encode(line, precision), precision)
    assert len(back) == len(line)
    for one, other in zip(line, back, strict=True):
        assert one == pytest.approx(other, abs=0.51 * 10**-precision)


def test_the_polyline_of_the_formats_own_description() -> None:
    line = [(-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252)]
    assert polyline.encode(line) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    for broken in ("_", "~~", "_p~iF", "\x1f"):
        with pytest.raises(ValueError, match="polyline"):
            polyline.decode(broken)


@pytest.fixture
def address(client: TestClient[Litestar]) -> Iterator[str]:
    """The service behind a real socket, for a client that opens its own."""

    class Relay(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = client.get(self.path)
            self.send_response(reply.status_code)
            self.send_header("Content-Type", reply.headers["content-type"])
            self.end_headers()
            self.wfile.write(reply.content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Relay) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/osrm/drawn"
        server.shutdown()


def test_a_client_from_pypi_works_unchanged(address: str) -> None:
    routers = pytest.importorskip("routingpy.routers", reason="routingpy is not installed")
    town = drawn_town()
    osrm = routers.OSRM(base_url=address)
    coordinates = [list(town.place(node)) for node in "AF"]
    direction = osrm.directions(coordinates, profile="foot", steps=True, overview="full", geometries="geojson")
    assert direction.distance == pytest.approx(400, abs=1)
    assert direction.geometry[0] == pytest.approx(coordinates[0], abs=1e-5)
    matrix = osrm.matrix(coordinates, profile="foot")
    assert matrix.durations[0][1] == pytest.approx(direction.duration, abs=1)
