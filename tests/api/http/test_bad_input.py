"""Every parameter and every body of every address, wrong in each of the ways that strangers think of.

What there is to ask for comes from the service's own description, so that no new address is forgotten.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.service.app import create_app
from guide.settings import Settings

TEN_MB = 10 * 1024 * 1024
ANY_TEXT = {"q", "filter", "after", "stop", "url", "v", "pace"}
"""Parameters that take any words: what they say may find nothing, or make no sense."""

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def open_handed(build_root: Path, dist: Path) -> Iterator[TestClient[Litestar]]:
    """A service that never says 429, so that nothing else hides behind it."""
    app = create_app(Settings(build_root=build_root, rate_per_s=0), dist)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def operations(open_handed: TestClient[Litestar]) -> list[Operation]:
    paths = open_handed.get("/api/openapi.json").json()["paths"]
    return [(path, method, each) for path, item in paths.items() for method, each in item.items()]


def address_of(path: str, operation: dict[str, Any]) -> str:
    """An address of ours; ids are those of the drawn town where it has such things."""
    ours = {"area_id": "drawn", "item_id": "hachiman", "slope_id": "hachiman", "tour_id": "to-the-lookout"}
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            value = ours.get(parameter["name"], parameter.get("example", "x"))
            path = path.replace(f"{{{parameter['name']}}}", str(value))
    return path


def query_of(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in operation["parameters"] if each["in"] == "query"]


def needed_by(operation: dict[str, Any], but: str) -> list[tuple[str, str]]:
    pairs = []
    for each in query_of(operation):
        if each["required"] and each["name"] != but:
            value = each["example"]
            pairs += [(each["name"], str(one)) for one in (value if isinstance(value, list) else [value])]
    return pairs


def check(reply: httpx.Response, what: str) -> None:
    """A refusal says so in one plain sentence, and tells nothing of what is inside."""
    honest = reply.status_code == 503 and reply.json()["type"] == "/problems/not-built"  # the drawn town has no heights
    assert reply.status_code < 500 or honest, f"{what}: {reply.status_code} {reply.text[:300]}"
    if reply.status_code >= 400:
        text = reply.text
        assert reply.headers["content-type"] in {"application/problem+json", "application/json"}, what
        assert "Traceback" not in text, what
        assert 'File "' not in text, what
        assert len(text) < 2000, what


def wrong_values(parameter: dict[str, Any]) -> list[str]:
    kinds = json.dumps(parameter["schema"])
    wrong = ["", " ", "null", "\x00", "\r\nSet-Cookie: a=b", "../../etc/passwd", "%2e%2e%2f", "𠮷" * 50, "'; --"]
    if '"integer"' in kinds or '"number"' in kinds:
        wrong += ["x", "1e999", "nan", "inf", "-inf", "99999999999999999999", "-1e308", "0x10", "1,2"]
    return wrong


def test_each_parameter_wrong_in_each_way(open_handed: TestClient[Litestar], operations: list[Operation]) -> None:
    asked = 0
    for path, method, operation in operations:
        if method != "get":
            continue
        address = address_of(path, operation)
        for parameter in query_of(operation):
            name, others = parameter["name"], needed_by(operation, parameter["name"])
            for value in wrong_values(parameter):
                check(open_handed.get(address, params=[*others, (name, value)]), f"{path}?{name}={value!r}")
                asked += 1
    assert asked > 1000


def test_numbers_out_of_range_and_words_that_are_none(
    open_handed: TestClient[Litestar], operations: list[Operation]
) -> None:
    """Where the description names limits or words, whatever is beyond them is a 400 (or what that protocol says)."""
    for path, method, operation in operations:
        if method != "get":
            continue
        address = address_of(path, operation)
        for parameter in query_of(operation):
            schemas = [parameter["schema"], *parameter["schema"].get("anyOf", ())]
            beyond = [str(schema["maximum"] + 1) for schema in schemas if "maximum" in schema]
            beyond += [str(schema["minimum"] - 1) for schema in schemas if "minimum" in schema]
            beyond += ["no-such-word" for schema in schemas if "enum" in schema]
            beyond += ["x" * (schema["maxLength"] + 1) for schema in schemas if "maxLength" in schema]
            for value in beyond:
                query = [*needed_by(operation, parameter["name"]), (parameter["name"], value)]
                reply = open_handed.get(address, params=query)
                assert reply.status_code in {400, 414}, f"{path}?{parameter['name']}={value[:40]}: {reply.text[:200]}"


def test_a_parameter_that_stands_there_twice(open_handed: TestClient[Litestar], operations: list[Operation]) -> None:
    for path, method, operation in operations:
        if method != "get" or path.startswith("/osrm"):
            continue
        address = address_of(path, operation)
        for parameter in query_of(operation):
            if "array" in json.dumps(parameter["schema"]):
                continue  # these may
            value = str(parameter.get("example", 1))
            query = [*needed_by(operation, parameter["name"]), *[(parameter["name"], value)] * 2]
            reply = open_handed.get(address, params=query)
            assert reply.status_code == 400, f"{path}?{parameter['name']} twice: {reply.status_code}"


def test_ten_megabytes_of_anything(open_handed: TestClient[Litestar], operations: list[Operation]) -> None:
    """In the address, in its path, in a header, in a body: refused before anybody reads it."""
    much = "9" * TEN_MB
    for path, method, operation in operations:
        address = address_of(path, operation)
        if method == "post":
            assert open_handed.post(address, content=f'{{"stops": "{much}"}}', headers={
                "content-type": "application/json"
            }).status_code == 413, path  # fmt: skip
            continue
        for parameter in query_of(operation)[:1]:
            assert open_handed.get(f"{address}?{parameter['name']}={much[:20_000]}").status_code == 414, path
    # The client's own library refuses a longer address, so this one goes straight to the app.
    assert _status_of(open_handed, b"q=" + much.encode()) == 414


def _status_of(client: TestClient[Litestar], query: bytes) -> int:
    """What the app answers to a query of any length."""
    statuses: list[int] = []

    async def ask() -> None:
        async def receive() -> Any:  # noqa: ANN401 (an ASGI message)
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401 (an ASGI message)
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        scope: Any = {
            "type": "http", "method": "GET", "path": "/api/drawn/search", "raw_path": b"/api/drawn/search",
            "query_string": query, "headers": [(b"host", b"testserver")], "scheme": "http", "http_version": "1.1",
            "client": ("127.0.0.1", 1), "server": ("testserver", 80), "root_path": "", "state": {},
        }  # fmt: skip
        await client.app(scope, receive, send)

    with client.portal() as portal:
        portal.call(ask)
    return statuses[0]


BODIES: list[tuple[bytes, str, int]] = [
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b'{"stops": [', "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    (b"[" * 5000, "application/json", 400),
    (b"null", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'"x"', "application/json", 400),
    (b"{}", "text/plain", 415),
    (b"{}", "application/x-www-form-urlencoded", 415),
    (b"{}", "multipart/form-data; boundary=x", 415),
    (b"<a/>", "application/xml", 415),
    (b"{}", "application/jsonp", 415),
    (b"{}", "; charset=utf-8", 415),
]


@pytest.mark.parametrize(("body", "media_type", "status"), BODIES)
def test_each_body_broken_in_each_way(
    open_handed: TestClient[Litestar], operations: list[Operation], body: bytes, media_type: str, status: int
) -> None:
    for path, method, operation in operations:
        if method == "post":
            headers = {"content-type": media_type}
            reply = open_handed.post(address_of(path, operation), content=body, headers=headers)
            check(reply, path)
            assert reply.status_code == status, f"{path}: {reply.text[:200]}"


def test_a_packed_body_is_not_unpacked(open_handed: TestClient[Litestar]) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert open_handed.post("/api/drawn/routes", content=b"\x1f\x8b", headers=headers).status_code == 415


def test_json_by_any_of_its_names_is_read(open_handed: TestClient[Litestar]) -> None:
    body = json.dumps({"stops": [{"slope": "hama"}]}).encode()
    for media_type in (
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/a+json",
    ):
        reply = open_handed.post("/api/drawn/routes", content=body, headers={"content-type": media_type})
        assert reply.status_code == 200, media_type
    request = open_handed.build_request("POST", "/api/drawn/routes", content=body)
    assert "content-type" not in request.headers
    assert open_handed.send(request).status_code == 200


def test_each_field_of_each_body_of_the_wrong_kind(
    open_handed: TestClient[Litestar], operations: list[Operation]
) -> None:
    for path, method, operation in operations:
        if method != "post":
            continue
        example = next(iter(operation["requestBody"]["content"]["application/json"]["examples"].values()))["value"]
        for name in (*example, "no_such_field"):
            for value in ({"a": []}, [[[]]], "\x00", -(10**30), 1e308, True, "x" * 5000):
                reply = open_handed.post(address_of(path, operation), json={**example, name: value})
                check(reply, f"{path}: {name} = {value!r:.40}")
        if not path.endswith("/elevation"):  # GeoJSON may have foreign members (RFC 7946, section 6.1)
            reply = open_handed.post(address_of(path, operation), json={**example, "no_such_field": 1})
            assert reply.status_code == 400, path


@pytest.mark.parametrize(
    "path",
    [
        "/api/nowhere", "/api/nowhere/collections", "/api/..%2f..%2fetc", "/api/drawn/../../etc/passwd",
        "/api/drawn/collections/slopes/items/a/b", "/api/drawn/collections/slopes/items/a%2Fb",
        "/api/drawn/collections/slopes/items/..%2F..%2Fmanifest.json", "/api/drawn/archives/..%2fmanifest.json",
        "/api/drawn/archives/%2e%2e/manifest.json", "/api/drawn/archives/manifest.json",
        "/api/drawn/slopes/%00/profile",
        "/api/drawn/collections/slopes/items/%0d%0aSet-Cookie:%20a=b", "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e/secret.txt", "/..%2fsecret.txt", "/secret.txt", "/api/drawn/collections/..%2fslopes/items",
        "/api/drawn/tiles/guide/WebMercatorQuad/14/-1/0", "/api/drawn/tiles/..%2fguide/WebMercatorQuad/14/0/0",
        "/api/drawn/tiles/guide/WebMercatorQuad/99999999999999999999/0/0", "/api/%F0%28%8C%28", "/api/drawn%00",
        "/api/drawn/tours/%ff/leaflet", "/t/drawn/%ff",
        "/osrm/drawn/route/v1/foot/..%2f..", "/osrm/no/route/v1/foot/1,2",
    ],
)  # fmt: skip
def test_ways_out_of_the_tree_lead_nowhere(open_handed: TestClient[Litestar], path: str) -> None:
    reply = open_handed.get(path)
    assert reply.status_code in {400, 404}, f"{reply.status_code} {reply.text[:200]}"
    check(reply, path)
    assert "secret" not in reply.text.replace("secret.txt", "")
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "é", "x" * 200, "<script>", "", "a b"])
def test_headers_carry_nothing_into_a_reply(open_handed: TestClient[Litestar], value: str) -> None:
    raw = value.encode("latin-1")
    for name in ("x-request-id", "accept-language", "accept", "accept-encoding", "origin", "if-none-match", "range",
                 "if-range", "x-forwarded-for", "x-forwarded-host", "cookie", "traceparent"):  # fmt: skip
        reply = open_handed.get("/api/drawn", headers=[(name.encode(), raw)])
        assert reply.status_code < 500, name
        assert "x-evil" not in reply.headers, name
        if value not in {"", "a b"}:
            assert all(value not in given for given in reply.headers.values()), name
