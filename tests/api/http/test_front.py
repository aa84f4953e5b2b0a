"""What every request meets and every reply carries, whichever handler it is for."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import Message

from guide.http.access import AccessLog, coarse
from guide.http.clients import Clients, neighbourhood
from guide.http.errors import RequestTimeoutError
from guide.http.slow import patient
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import TILE, drawn_town

TILE_ADDRESS = "/api/drawn/tiles/guide/WebMercatorQuad/{0}/{2}/{1}".format(*TILE)
READABLE = [
    "/", "/api", "/api/drawn", "/api/legend", "/api/openapi.json", "/api/drawn/collections/slopes/items",
    "/api/drawn/collections/slopes/items/hama", "/api/drawn/slopes/hachiman/profile?f=svg",
    "/api/drawn/tiles/guide.json",
    TILE_ADDRESS, "/api/drawn/archives/guide.pmtiles", "/api/drawn/routes?stop=slope:hachiman", "/healthz", "/readyz",
    "/metrics", "/icon.svg", "/nothing", "/api/nowhere",
]  # fmt: skip


@pytest.mark.parametrize("path", READABLE)
def test_head_says_what_get_would_and_sends_nothing(client: TestClient[Litestar], path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control", "content-encoding", "vary"):
        assert head.headers.get(name) == get.headers.get(name), name
    if path != "/metrics" and get.status_code == 200:
        assert head.headers["content-length"] == get.headers["content-length"]


def test_head_is_among_the_methods_that_are_taken(client: TestClient[Litestar]) -> None:
    assert client.delete("/api/drawn/routes").headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_every_reply_has_an_id_and_takes_over_a_sound_one(client: TestClient[Litestar]) -> None:
    first, second = (client.get("/api/nowhere") for _ in range(2))
    assert len({first.headers["x-request-id"], second.headers["x-request-id"]}) == 2
    assert first.json()["request_id"] == first.headers["x-request-id"]
    given = client.get("/api", headers={"x-request-id": "from-the-proxy.7"})
    assert given.headers["x-request-id"] == "from-the-proxy.7"
    for odd in ("a b", "x" * 65, "é", "", "<script>"):
        assert client.get("/api", headers={"x-request-id": odd.encode()}).headers["x-request-id"] != odd


def test_pages_of_other_sites_may_read_the_api_and_nothing_else(client: TestClient[Litestar]) -> None:
    for path in ("/api/drawn", "/api/nowhere", "/osrm/drawn/nearest/v1/foot/141,42.3"):
        headers = client.get(path).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "ETag" in headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in headers
    assert "access-control-allow-origin" not in client.get("/").headers


def test_an_address_may_be_long_but_not_endless(client: TestClient[Litestar]) -> None:
    assert client.get("/api/drawn/collections/slopes/items?q=" + "x" * 8000).status_code == 400
    for path in ("/api?q=" + "x" * 20_000, "/" + "x" * 20_000):
        reply = client.get(path)
        assert reply.status_code == 414
        assert reply.json()["type"] == "/problems/address-too-long"


def app_with_log(build_root: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> Litestar:
    monkeypatch.setattr("guide.service.app.AccessLog", lambda: AccessLog(lines.append))
    return create_app(Settings(build_root=build_root))


def test_a_line_of_the_log_says_what_was_done_but_not_who_or_where(
    build_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    a, b = (",".join(f"{degrees:.7f}" for degrees in drawn_town().place(node)) for node in "AF")
    with TestClient(app_with_log(build_root, lines, monkeypatch)) as client:
        client.get(f"/api/drawn/routes?stop={a}&stop=slope:hama")
        client.get(f"/osrm/drawn/route/v1/foot/{a};{b}")
        client.get("/api/drawn/collections/slopes/items?q=Taro+Yamada&limit=3")
        client.get("/api/%0a%7b%22event%22")
        client.get("/api/drawn", headers={"x-request-id": "abc"})
    records = [json.loads(line) for line in lines]
    assert [record["status"] for record in records] == [200, 200, 200, 404, 200]
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)
    everything = "".join(lines)
    for secret in ("Taro", "Yamada", a[:8], b[:8]):
        assert secret not in everything
    assert records[0]["path"] == f"/api/drawn/routes?stop={coarse(a, b'')}&stop=slope:hama"
    assert records[1]["route"] == "/osrm/{area_id}/{service}/{version}/{profile}/{coordinates}"
    assert records[2]["path"] == "/api/drawn/collections/slopes/items?q=…&limit=3"
    assert records[4]["request_id"] == "abc"
    assert records[4]["bytes"] > 0
    assert records[4]["ms"] > 0


def test_positions_are_coarse_and_addresses_name_nobody() -> None:
    assert coarse("/a/141.123456,42.654321", b"") == "/a/141.12,42.65"
    assert coarse("/a", b"bbox=141.12345,42.12345,141.2,42.2&q=x%26y") == "/a?bbox=141.12,42.12,141.2,42.2&q=…&y"
    assert neighbourhood("203.0.113.77") == "203.0.113.0/24"
    assert neighbourhood("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert neighbourhood("nonsense") == "-"


def test_metrics_count_by_template(build_root: Path) -> None:
    with TestClient(create_app(Settings(build_root=build_root))) as client:
        for slope in ("hama", "hachiman", "hama"):
            client.get(f"/api/drawn/collections/slopes/items/{slope}")
        client.get("/api/drawn/collections/slopes/items/none")
        client.request("BREW", "/api/drawn")
        client.get("/api/no/such/thing")
        text = client.get("/metrics").text
    item = 'method="GET",route="/api/{area_id}/collections/{collection}/items/{item_id}"'
    assert f'http_requests_total{{{item},status="200"}} 3.0' in text
    assert f'http_requests_total{{{item},status="404"}} 1.0' in text
    assert 'method="other",route="(none)",status="405"' in text
    assert 'method="GET",route="(none)",status="404"' in text
    assert f"http_request_duration_seconds_count{{{item}}} 4.0" in text
    assert "http_kept_replies_total 1.0" in text
    assert "http_requests_in_progress 1.0" in text  # this very one
    assert "hama" not in text


@pytest.mark.parametrize("host", ["evil.example/path", "a b", "a\tb", "<script>", "x" * 300, "", "h:999999", "[::1"])
def test_a_host_header_never_gets_into_a_reply_unless_it_is_one(client: TestClient[Litestar], host: str) -> None:
    reply = client.get("/api/drawn/tiles/guide.json", headers={"host": host})
    assert reply.status_code in {200, 400}
    if host:
        assert host not in reply.text


def test_addresses_are_those_that_the_client_used() -> None:
    scope = {"client": ("192.0.2.7", 1), "scheme": "http", "server": ("127.0.0.1", 80)}
    forwarded = {b"host": b"inside:8000", b"x-forwarded-proto": b"https", b"x-forwarded-host": b"town.example"}
    assert Clients().base_url(scope, forwarded) == "http://inside:8000"  # type: ignore[arg-type]
    assert Clients(proxies=1).base_url(scope, forwarded) == "https://town.example"  # type: ignore[arg-type]
    assert Clients(public_url="https://a.example/walks/").base_url(scope, forwarded) == "https://a.example/walks"  # type: ignore[arg-type]
    odd = {**forwarded, b"x-forwarded-proto": b"javascript"}
    assert Clients(proxies=1).base_url(scope, odd) == "http://127.0.0.1:80"  # type: ignore[arg-type]


def messages(*parts: bytes, pause_s: float) -> Callable[[], Awaitable[Message]]:
    waiting = list(parts)

    async def receive() -> Message:
        await asyncio.sleep(pause_s)
        body = waiting.pop(0) if waiting else b""
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}  # type: ignore[return-value,typeddict-item]

    return receive


def test_a_body_may_take_its_time_but_not_for_ever() -> None:
    async def read(pause_s: float, patience_s: float) -> int:
        receive = patient(messages(b"a", b"b", b"c", pause_s=pause_s), patience_s)
        count = 1
        while (await receive())["more_body"]:  # type: ignore[typeddict-item]
            count += 1
        return count

    assert asyncio.run(read(0.0, 5.0)) == 3
    with pytest.raises(RequestTimeoutError):
        asyncio.run(read(0.2, 0.1))


def test_a_failure_is_logged_with_the_request_it_belongs_to(
    build_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("guide.api.features.items.json_reply", fail)
    logging.getLogger().setLevel(logging.CRITICAL)
    with TestClient(create_app(Settings(build_root=build_root)), raise_server_exceptions=False) as client:
        reply = client.get("/api/drawn/collections/slopes/items", headers={"x-request-id": "find-me"})
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.json()["request_id"] == "find-me"
    said = capsys.readouterr()
    assert "find-me" in said.out + said.err
