"""HTTP as it should be: ETags, ranges, compression, security headers, the page."""

import gzip
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.http.tags import matches
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import TILE, TILE_BYTES

ADDRESS = "/api/drawn/tiles/guide/WebMercatorQuad/{0}/{2}/{1}".format(*TILE)
PLAIN = {"accept-encoding": "identity"}


def test_a_tile_travels_as_it_is_stored(client: TestClient[Litestar]) -> None:
    reply = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert reply.status_code == 200
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert int(reply.headers["content-length"]) == len(TILE_BYTES)
    assert reply.content == gzip.decompress(TILE_BYTES)  # the client unpacks
    assert client.get(ADDRESS, headers=PLAIN).content == gzip.decompress(TILE_BYTES)


def test_a_tile_that_one_has_is_not_sent_again(client: TestClient[Litestar]) -> None:
    etag = client.get(ADDRESS).headers["etag"]
    assert not etag.startswith("W/")
    reply = client.get(ADDRESS, headers={"if-none-match": etag})
    assert reply.status_code == 304
    assert reply.content == b""
    assert reply.headers["etag"] == etag
    assert client.get(ADDRESS, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(ADDRESS, headers={**PLAIN, "if-none-match": etag}).status_code == 200  # other bytes


def test_no_tile_is_no_content(client: TestClient[Litestar]) -> None:
    zoom, column, _ = TILE
    reply = client.get(f"/api/drawn/tiles/guide/WebMercatorQuad/{zoom}/6064/{column}")
    assert reply.status_code == 204
    assert reply.content == b""
    beyond = client.get(f"/api/drawn/tiles/guide/WebMercatorQuad/{zoom}/0/0")
    assert beyond.status_code == 404
    assert "limits" in beyond.json()["detail"]


def test_tilejson_gives_addresses_that_work_and_may_be_kept(client: TestClient[Litestar]) -> None:
    description = client.get("/api/drawn/tiles/guide.json").json()
    assert description["tilejson"] == "3.0.0"
    assert description["bounds"] == [141.0, 42.2, 141.01, 42.3]
    assert (description["minzoom"], description["maxzoom"]) == (14, 14)
    assert description["vector_layers"] == [{"id": "slopes", "fields": {"id": "String"}}]
    assert description["attribution"] == "© the drawer"
    zoom, column, row = TILE
    address = description["tiles"][0].replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row))
    assert address.startswith("http://testserver")
    reply = client.get(address)
    assert reply.status_code == 200
    assert "immutable" in reply.headers["cache-control"]
    assert "immutable" not in client.get(ADDRESS + "?v=old").headers["cache-control"]


ARCHIVE = "/api/drawn/archives/guide.pmtiles"


def test_archives_by_range(client: TestClient[Litestar]) -> None:
    whole = client.get(ARCHIVE)
    assert whole.status_code == 200
    assert whole.content.startswith(b"PMTiles")
    size = len(whole.content)
    reply = client.get(ARCHIVE, headers={"range": "bytes=0-126"})
    assert reply.status_code == 206
    assert reply.content == whole.content[:127]
    assert reply.headers["content-range"] == f"bytes 0-126/{size}"
    assert client.get(ARCHIVE, headers={"range": "bytes=-5"}).content == whole.content[-5:]
    assert client.get(ARCHIVE, headers={"range": f"bytes={size - 2}-{size + 9}"}).content == whole.content[-2:]
    outside = client.get(ARCHIVE, headers={"range": f"bytes={size}-"})
    assert outside.status_code == 416
    assert outside.headers["content-range"] == f"bytes */{size}"


@pytest.mark.parametrize("header", ["bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=" + "9" * 100 + "-"])
def test_a_range_that_is_not_understood_gives_the_whole(client: TestClient[Litestar], header: str) -> None:
    assert client.get(ARCHIVE, headers={"range": header}).status_code == 200


def test_a_range_of_an_old_archive_gives_the_whole_new_one(client: TestClient[Litestar]) -> None:
    etag = client.get(ARCHIVE).headers["etag"]
    same = {"range": "bytes=0-1", "if-range": etag}
    assert client.get(ARCHIVE, headers=same).status_code == 206
    assert client.get(ARCHIVE, headers={**same, "if-range": '"old"'}).status_code == 200
    assert client.get(ARCHIVE, headers={"if-none-match": etag}).status_code == 304


def test_json_is_compressed_and_asked_about(client: TestClient[Litestar]) -> None:
    address = "/api/drawn/collections/slopes/items"
    reply = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert reply.headers["content-encoding"] == "br"
    assert client.get(address, headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert client.get(address, headers={"accept-encoding": "br;q=0.5, gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(address, headers={"accept-encoding": "gzip;q=0"}).headers
    assert "content-encoding" not in client.get("/healthz").headers  # too small to be worth it
    assert reply.json() == client.get(address, headers=PLAIN).json()
    etag = reply.headers["etag"]
    same = {"accept-encoding": "br", "if-none-match": f'"x", {etag}'}
    assert client.get(address, headers=same).status_code == 304


@pytest.mark.parametrize(
    ("header", "expected"),
    [(None, False), (b"*", True), (b'"a"', True), (b'W/"a"', True), (b'"b", "a"', True), (b'"b"', False)],
)
def test_if_none_match_compares_weakly(header: bytes | None, expected: bool) -> None:  # noqa: FBT001
    assert matches(header, b'"a"') is expected


@pytest.mark.parametrize("path", ["/", "/api", "/api/nowhere", "/nothing", "/api/drawn/routes", ADDRESS])
def test_every_reply_carries_the_security_headers(client: TestClient[Litestar], path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    policy = headers["content-security-policy"]
    assert ("worker-src 'self'" in policy) == (path == "/")
    assert "unsafe-eval" not in policy
    # The visitors' page carries nothing inline, not even a style.
    assert ("unsafe-inline" in policy) == (path != "/")


def test_anyone_may_read_from_any_page(client: TestClient[Litestar]) -> None:
    assert client.get("/api", headers={"origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"
    preflight = client.options(
        "/api/drawn/routes",
        headers={"origin": "https://example.org", "access-control-request-method": "POST",
                 "access-control-request-headers": "content-type"},
    )  # fmt: skip
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_the_page_is_always_fresh_and_its_files_are_kept(client: TestClient[Litestar]) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-cache"
    assert client.get("/", headers={"if-none-match": page.headers["etag"]}).status_code == 304
    script = client.get("/assets/main-abc123.js")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-encoding"] == "br"
    assert len(script.content) == 5003
    assert client.get("/icon.svg").headers["content-type"].startswith("image/svg+xml")


def test_a_link_out_of_the_page_is_not_followed(client: TestClient[Litestar], dist: Path) -> None:
    link = dist / "assets" / "link.txt"
    link.symlink_to(dist.parent / "secret.txt")
    try:
        assert client.get("/assets/link.txt").status_code == 404
    finally:
        link.unlink()


def test_without_a_built_page_it_says_how_to_make_one(build_root: Path, tmp_path: Path) -> None:
    with TestClient(create_app(Settings(build_root=build_root), tmp_path / "none")) as client:
        reply = client.get("/")
        assert reply.status_code == 503
        assert "make web" in reply.text


def test_the_api_describes_itself(client: TestClient[Litestar]) -> None:
    description = client.get("/api/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert description["info"]["title"] == "hyakusaka"
    assert "/api/{area_id}/routes" in description["paths"]
    body = description["paths"]["/api/{area_id}/routes"]["post"]["requestBody"]["content"]
    assert list(body) == ["application/json"]
    assert "cdn" not in client.get("/api/openapi.json").text
