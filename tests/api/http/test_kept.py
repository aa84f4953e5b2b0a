"""Replies kept in memory: given again while they hold, chosen by what their Vary names, within the room there is."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.http.exchange import Exchange
from guide.http.kept import Kept, KeptReplies
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import drawn_town, slope_along, write_area


def exchange(path: str, **headers: str) -> Exchange:
    return Exchange(
        scope={"path": path, "query_string": b""},  # type: ignore[typeddict-item]
        method="GET",
        headers={name.encode(): value.encode() for name, value in headers.items()},
        request_id="",
        client="",
        base_url="http://here",
        codings=(),
        began_s=0.0,
    )


def reply(body: bytes, holds: list[bool]) -> Kept:
    return Kept(headers=[], not_modified=[], tag=b'"a"', body=body, route="/", still_holds=lambda: holds[0])


def test_a_reply_is_given_again_while_it_holds() -> None:
    kept, holds = KeptReplies(100_000), [True]
    assert kept.find(exchange("/a")) is None
    kept.keep(exchange("/a"), reply(b"x", holds), ())
    found = kept.find(exchange("/a"))
    assert found is not None
    assert found.body == b"x"
    assert kept.find(exchange("/b")) is None
    holds[0] = False
    assert kept.find(exchange("/a")) is None
    holds[0] = True
    assert kept.find(exchange("/a")) is None  # gone for good


def test_what_varies_is_kept_apart() -> None:
    kept = KeptReplies(100_000)
    for language in ("ja", "en"):
        kept.keep(exchange("/a", accept=language), reply(language.encode(), [True]), (b"accept",))
    for language in ("ja", "en"):
        found = kept.find(exchange("/a", accept=language, cookie="whatever"))
        assert found is not None
        assert found.body == language.encode()
    assert kept.find(exchange("/a", accept="fr")) is None


def test_the_room_is_never_exceeded_and_the_last_asked_for_stay() -> None:
    kept = KeptReplies(100_000)
    for number in range(50):
        kept.keep(exchange(f"/{number}"), reply(bytes(9_000), [True]), ())
        kept.find(exchange("/0"))
    there = [number for number in range(50) if kept.find(exchange(f"/{number}"))]
    assert there == [0, *range(42, 50)]
    kept.keep(exchange("/large"), reply(bytes(50_000), [True]), ())
    assert kept.find(exchange("/large")) is None  # one reply must not push out all others


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    write_area(tmp_path)
    with TestClient(create_app(Settings(build_root=tmp_path))) as client:
        yield client


def test_after_a_new_build_nothing_old_is_given(client: TestClient[Litestar], tmp_path: Path) -> None:
    address = "/api/drawn/collections/slopes/items"
    old = client.get(address)
    again = client.get(address)
    assert again.content == old.content
    assert again.headers["etag"] == old.headers["etag"]
    assert again.headers["x-request-id"] != old.headers["x-request-id"]
    assert client.get(address, headers={"if-none-match": old.headers["etag"]}).status_code == 304
    assert client.head(address).content == b""
    write_area(tmp_path, slopes=(slope_along(drawn_town(), "new", "新坂", "AD"),))
    end = time.monotonic() + 10
    while (fresh := client.get(address, headers={"if-none-match": old.headers["etag"]})).status_code != 200:
        assert time.monotonic() < end
    assert [feature["id"] for feature in fresh.json()["features"]] == ["new"]
