"""A service over a depot: new builds taken up, and what it does while the depot is away."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.areas import origin
from guide.depot import store as store_room
from guide.depot.push import push_build
from guide.depot.store import Store
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import TILE, TILE_BYTES, drawn_town, slope_along, write_area
from tests.object_store import Line, ObjectStore, line_to, used

TILE_PATH = "/api/drawn/tiles/guide/WebMercatorQuad/{0}/{2}/{1}".format(*TILE)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def line(object_store: ObjectStore) -> Iterator[Line]:
    with line_to(int(object_store.address.rpartition(":")[2])) as line, used(object_store.environment(line.address)):
        yield line


@pytest.fixture
def settings(object_store: ObjectStore, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    assert line.port  # the store is reached over the line
    monkeypatch.setattr(origin, "POLL_EVERY_S", 0.05)
    monkeypatch.setitem(store_room.RETRY, "max_retries", 0)
    return Settings(
        build_root=tmp_path / "build", depot=object_store.bucket(), depot_cache=tmp_path / "cache", planners=0
    )


def push(settings: Settings, tmp_path: Path, name: str, area: str = "drawn") -> None:
    slopes = (slope_along(drawn_town(), "hachiman", name, "BE"),)
    push_build(Store(str(settings.depot)), write_area(tmp_path / "made", area, slopes=slopes))


def name_of_first(client: TestClient[Litestar], area: str = "drawn") -> str:
    items = client.get(f"/api/{area}/collections/slopes/items").json()
    return str(items["features"][0]["properties"]["name"])


def test_what_is_pushed_is_served_and_then_the_next(settings: Settings, tmp_path: Path) -> None:
    push(settings, tmp_path, "一坂")
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").json()["areas"] == ["drawn"]
        assert name_of_first(client) == "一坂"
        tile = client.get(TILE_PATH, headers={"Accept-Encoding": "gzip"})
        assert (tile.status_code, tile.num_bytes_downloaded) == (200, len(TILE_BYTES))
        whole = client.get("/api/drawn/archives/guide.pmtiles")
        part = client.get("/api/drawn/archives/guide.pmtiles", headers={"Range": "bytes=5-20"})
        assert (part.status_code, part.content) == (206, whole.content[5:21])
        push(settings, tmp_path, "二坂")
        until(lambda: name_of_first(client) == "二坂")
        push(settings, tmp_path, "遠坂", "elsewhere")
        until(lambda: len(client.get("/api").json()["areas"]) == 2)
        assert name_of_first(client, "elsewhere") == "遠坂"


def test_while_the_depot_is_away_what_is_here_is_served_and_what_is_not_says_when(
    settings: Settings, line: Line, tmp_path: Path
) -> None:
    push(settings, tmp_path, "一坂")
    push(settings, tmp_path, "遠坂", "elsewhere")
    with TestClient(create_app(settings)) as client:
        assert name_of_first(client) == "一坂"
        assert client.get(TILE_PATH).status_code == 200
        line.cut()
        assert name_of_first(client) == "一坂"
        assert client.get(TILE_PATH).status_code == 200
        assert client.get("/api/drawn/routes?stop=slope:hachiman&stop=landmark:n1").status_code == 200
        away = client.get("/api/elsewhere")
        assert away.status_code == 503
        assert int(away.headers["Retry-After"]) > 0
        assert away.json()["type"].endswith("depot-away")
        line.restore()
        push(settings, tmp_path, "二坂")
        until(lambda: name_of_first(client) == "二坂")
        assert client.get("/api/elsewhere").status_code == 200


def test_a_service_that_starts_while_the_depot_is_away_serves_what_it_had(
    settings: Settings, line: Line, tmp_path: Path
) -> None:
    push(settings, tmp_path, "一坂")
    with TestClient(create_app(settings)) as client:
        assert name_of_first(client) == "一坂"
        assert client.get(TILE_PATH).status_code == 200
    line.cut()
    with TestClient(create_app(settings)) as client:
        assert name_of_first(client) == "一坂"
        assert client.get(TILE_PATH).status_code == 200
        line.restore()


def test_a_slow_depot_makes_no_other_reply_slow(settings: Settings, line: Line, tmp_path: Path) -> None:
    """An area that must be fetched is waited for; what is open is answered meanwhile."""
    push(settings, tmp_path, "一坂")
    push(settings, tmp_path, "遠坂", "elsewhere")
    with TestClient(create_app(settings)) as client:
        assert name_of_first(client) == "一坂"
        line.delay_s = 0.03
        push(settings, tmp_path, "二坂")
        replies = 0
        while name_of_first(client) != "二坂":
            replies += 1
        assert replies >= 10  # each took far less than fetching the build did
        assert client.get("/api/elsewhere").status_code == 200
