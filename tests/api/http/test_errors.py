"""Every error reaches its status, and nothing a client sends makes a 500."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from guide.domain import errors
from guide.http.errors import _TABLE
from tests.api.built_area import drawn_town

A = list(drawn_town().place("A"))


def check_problem(reply: httpx.Response, status: int, kind: str) -> str:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{kind}"
    assert problem["title"]
    assert "Traceback" not in reply.text
    assert "litestar" not in reply.text.lower()
    detail: str = problem["detail"]
    assert detail.endswith(".")
    return detail


ROUTES = [
    # (stops, status, kind, part of the sentence)
    ([{"lng_lat": A}], 400, "bad-request", "at least two stops"),
    ([], 400, "bad-request", "stops"),
    ([{"lng_lat": A}] * 26, 400, "bad-request", "stops"),
    ([{"lng_lat": A}, {}], 400, "bad-request", "Stop 2 must have exactly one"),
    ([{"lng_lat": A, "slope": "hama"}], 400, "bad-request", "Stop 1 must have exactly one"),
    ([{"lng_lat": [181, 0]}, {"lng_lat": A}], 400, "bad-request", "not on the globe"),
    ([{"lng_lat": [0, 91]}, {"lng_lat": A}], 400, "bad-request", "not on the globe"),
    ([{"lng_lat": A[::-1]}, {"lng_lat": A}], 400, "bad-request", "longitude, then latitude"),
    ([{"lng_lat": [1]}, {"lng_lat": A}], 400, "bad-request", "length 2"),
    ([{"lng_lat": ["east", 42]}, {"lng_lat": A}], 400, "bad-request", "float"),
    ([{"lng_lat": A}, {"slope": "hama", "direction": "sideways"}], 400, "bad-request", "sideways"),
    ([{"lng_lat": A}, {"slope": "x" * 300}], 400, "bad-request", "200"),
    ([{"lng_lat": A}, {"slope": "x"}], 404, "not-found", "no slope 'x'"),
    ([{"lng_lat": A}, {"landmark": "x"}], 404, "not-found", "no landmark 'x'"),
    ([{"lng_lat": [142, 43]}, {"lng_lat": A}], 422, "stop-off-streets", "km from the nearest street"),
    ([{"slope": "hama"}, {"slope": "island"}], 422, "no-way", "No way on foot joins"),
    ([{"slope": "lost"}], 422, "no-route", "迷坂"),
]


@pytest.mark.parametrize(("stops", "status", "kind", "says"), ROUTES)
def test_a_route_that_cannot_be_given(
    client: TestClient[Litestar], stops: list[Any], status: int, kind: str, says: str
) -> None:
    assert says in check_problem(client.post("/api/drawn/routes", json={"stops": stops}), status, kind)


@pytest.mark.parametrize(
    ("path", "status", "kind", "says"),
    [
        ("/api/nowhere", 404, "unknown-area", "There is no area 'nowhere' here. Areas: bare, drawn, sample."),
        ("/api/nowhere/collections/slopes/items", 404, "unknown-area", "nowhere"),
        ("/api/%2e%2e", 404, "unknown-area", ".."),
        ("/api/drawn/collections/dogs/items", 404, "not-found", "slopes, landmarks"),
        ("/api/drawn/slopes/x/profile", 404, "not-found", "'x'"),
        ("/api/drawn/slopes/hama/profile?f=bmp", 400, "bad-request", "f: "),
        ("/api/drawn/collections/slopes/items?limit=0", 400, "bad-request", "limit: "),
        ("/api/drawn/collections/slopes/items?limit=many", 400, "bad-request", "limit: "),
        ("/api/drawn/collections/slopes/items?offset=-1", 400, "bad-request", "offset: "),
        ("/api/drawn/collections/slopes/items?offset=99999999999999999999999", 400, "bad-request", "offset: "),
        ("/api/drawn/collections/slopes/items?bbox=1,2,3", 400, "bad-request", "four numbers"),
        ("/api/drawn/collections/slopes/items?bbox=nan,2,3,4", 400, "bad-request", "four numbers"),
        ("/api/drawn/collections/slopes/items?bbox=5,4,3,2", 400, "bad-request", "south below north"),
        ("/api/drawn/collections/slopes/items?bbox=181,2,3,4", 400, "bad-request", "in degrees"),
        ("/api/drawn/collections/slopes/items?q=" + "x" * 300, 400, "bad-request", "q: "),
        ("/api/drawn/collections/slopes/items?limits=3", 400, "bad-request", "no parameter 'limits'"),
        ("/api/drawn/collections/slopes/items?limit=3&limit=4", 400, "bad-request", "'limit' stands in the address 2"),
        ("/api/drawn/collections/slopes/items?" + "&".join("xyz") * 100, 400, "bad-request", "200 parameters"),
        ("/api/drawn/conformance?q=x", 400, "bad-request", "It takes: f, lang"),
        ("/api/legend?q=x", 400, "bad-request", "It takes none"),
        ("/api/drawn/routes", 400, "bad-request", "stop"),
        ("/api/drawn/routes?stop=here&stop=there", 400, "bad-request", "'here' is not understood"),
        ("/api/drawn/routes?stop=nan,nan&stop=1,1", 400, "bad-request", "not on the globe"),
        ("/api/drawn/routes?stop=slope:&stop=1,1", 400, "bad-request", "'slope:' is not understood"),
        ("/api/drawn/routes?stop=1,1&stop=2,2&steps=maybe", 400, "bad-request", "steps: "),
        ("/api/drawn/routes?" + "stop=1,1&" * 26, 400, "bad-request", "stop"),
        ("/api/drawn/tiles/streets.json", 404, "not-found", "it has: guide"),
        ("/api/drawn/tiles/streets", 404, "not-found", "it has: guide"),
        ("/api/drawn/tileMatrixSets/WorldCRS84Quad", 404, "not-found", "WebMercatorQuad"),
        ("/api/drawn/tiles/guide/WebMercatorQuad/3/8/0", 404, "not-found", "3/8/0"),
        ("/api/drawn/tiles/guide/WebMercatorQuad/3/-1/0", 404, "not-found", "3/-1/0"),
        ("/api/drawn/tiles/guide/WebMercatorQuad/99/0/0", 404, "not-found", "99/0/0"),
        ("/api/drawn/archives/x.pmtiles", 404, "not-found", "guide.pmtiles"),
        ("/api/bare/tiles/guide.json", 404, "not-found", "none yet"),
        ("/api/bare/routes?stop=141,42.3&stop=141,42.3", 503, "not-built", "No streets."),
        ("/api/drawn/what/is/this", 404, "not-found", "/api/openapi.json"),
        ("/nothing.txt", 404, "not-found", "no such file"),
        ("/assets/%2e%2e/%2e%2e/secret.txt", 404, "not-found", "no such file"),
        ("/assets/..%2f..%2fsecret.txt", 404, "not-found", "no such file"),
        ("/%2e%2e%2fsecret.txt", 404, "not-found", "Nothing is at this address"),
        ("/assets/%00", 404, "not-found", "no such file"),
        ("/" + "x" * 4000, 404, "not-found", "no such file"),
    ],
)
def test_what_is_not_there_or_not_understood(
    client: TestClient[Litestar], path: str, status: int, kind: str, says: str
) -> None:
    assert says in check_problem(client.get(path), status, kind)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"stops": NaN}', b'{"stops": [{"lng_lat": [NaN, 1]}]}',
     b'{"stops": [], "stops": 3}', b"{}", b'{"stops": [1]}', b"[" * 5000],
)  # fmt: skip
def test_a_broken_body_is_a_sentence(client: TestClient[Litestar], body: bytes) -> None:
    check_problem(
        client.post("/api/drawn/routes", content=body, headers={"content-type": "application/json"}),
        400,
        "bad-request",
    )


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
def test_another_kind_of_body_is_no_accident(client: TestClient[Litestar], media_type: str) -> None:
    reply = client.post("/api/drawn/routes", content=b"stops=1", headers={"content-type": media_type})
    assert "application/json" in check_problem(reply, 415, "unsupported-media-type")


def test_what_is_not_known_yet_is_refused_and_named(client: TestClient[Litestar]) -> None:
    body = {"stops": [{"slope": "hama"}], "walker": {"shoe_size": 42}}
    detail = check_problem(client.post("/api/drawn/routes", json=body), 400, "bad-request")
    assert "shoe_size" in detail


def test_a_huge_body_is_not_read(client: TestClient[Litestar]) -> None:
    body = json.dumps({"stops": [{"slope": "x" * 10_000_000}]})
    detail = check_problem(client.post("/api/drawn/routes", content=body), 413, "too-large")
    assert "Send less" in detail


def test_another_method_is_told_which_are_taken(client: TestClient[Litestar]) -> None:
    reply = client.delete("/api/drawn/routes")
    check_problem(reply, 405, "method-not-allowed")
    assert set(reply.headers["allow"].split(", ")) >= {"GET", "POST"}


def test_every_error_of_the_tree_has_a_row() -> None:
    rows = {row[0] for row in _TABLE}

    def leaves(error: type[errors.GuideError]) -> set[type[errors.GuideError]]:
        below = error.__subclasses__()
        return {error}.union(*(leaves(child) for child in below)) if below else {error}

    of_the_builder = leaves(errors.SourceError) | leaves(errors.BuildError)  # these never leave it
    for error in leaves(errors.GuideError) - of_the_builder:
        assert error in rows
    for number, (error, *_) in enumerate(_TABLE):
        assert not any(issubclass(error, earlier) for earlier, *_ in _TABLE[:number]), "a branch hides its leaf"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["stops", "lng_lat", "slope", "landmark", "walker", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
def test_nothing_that_is_sent_breaks_it(client: TestClient[Litestar], body: object) -> None:
    reply = client.post(
        "/api/drawn/routes", content=json.dumps(body).encode(), headers={"content-type": "application/json"}
    )
    assert 400 <= reply.status_code < 500 or reply.status_code == 200
