import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.areas.origin import FolderOrigin
from guide.areas.registry import AreaRegistry
from guide.domain.errors import NotBuiltError, UnknownAreaError
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import TILE, drawn_town, slope_along, write_area


def test_all_areas_are_listed_the_one_to_show_first_in_front(client: TestClient[Litestar]) -> None:
    reply = client.get("/api").json()
    assert reply["default"] == "drawn"  # real and complete, before the sample and the catalogue without streets
    assert [area["id"] for area in reply["areas"]] == ["drawn", "sample", "bare"]
    area = reply["areas"][0]
    assert area.items() <= client.get("/api/drawn").json().items()
    assert area["bbox"] == [141.0, 42.29, 141.01, 42.3]
    assert area["counts"] == {"slopes": 5, "landmarks": 2, "tours": 1, "closures": 1, "streets_km": 1.2}
    assert area["tilesets"] == ["guide"]
    assert area["credits"] == [{"text": "© the drawer", "url": "https://example.org", "licence": "CC0"}]
    assert not area["sample"]
    assert reply["areas"][1]["sample"]


def test_an_incomplete_area_says_what_is_missing(client: TestClient[Litestar]) -> None:
    area = client.get("/api/bare").json()
    assert not area["complete"]
    assert area["missing"] == [{"source": "osm", "message_ja": "道がありません。", "message_en": "No streets."}]
    assert area["bbox"] == [140.9, 42.2, 141.1, 42.4]
    assert area["tilesets"] == []
    assert len(client.get("/api/bare/collections/slopes/items").json()["features"]) == 5


def test_muroran_comes_first_once_it_is_complete(tmp_path: Path) -> None:
    write_area(tmp_path, "aaa")
    write_area(tmp_path, "muroran", complete=False)
    registry = AreaRegistry(FolderOrigin(tmp_path))
    assert [known.id for known in registry.list_known()] == ["aaa", "muroran"]
    write_area(tmp_path, "muroran")
    assert [known.id for known in AreaRegistry(FolderOrigin(tmp_path)).list_known()] == ["muroran", "aaa"]


def test_areas_asked_for_are_served_in_that_order_and_no_others(tmp_path: Path) -> None:
    for area in ("one", "two", "three"):
        write_area(tmp_path, area)
    registry = AreaRegistry(FolderOrigin(tmp_path), only=("two", "one", "unbuilt"))
    assert [known.id for known in registry.list_known()] == ["two", "one"]
    with pytest.raises(UnknownAreaError):
        registry.get("three")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def test_a_new_build_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    write_area(tmp_path)
    clock = Clock()
    registry = AreaRegistry(FolderOrigin(tmp_path), clock=clock)
    old = registry.get("drawn")
    write_area(tmp_path, slopes=(slope_along(drawn_town(), "new", "新坂", "AD"),))
    assert registry.get("drawn") is old  # not looked again within a second
    clock.now += 1
    assert until(lambda: list(registry.get("drawn").slopes) == ["new"])
    assert len(old.slopes) == 5  # whoever still holds the old one goes on with it
    assert old.get_archive("guide").find_tile(TILE[0], TILE[1], TILE[2])


def test_a_damaged_new_build_is_not_served(tmp_path: Path) -> None:
    write_area(tmp_path)
    clock = Clock()
    registry = AreaRegistry(FolderOrigin(tmp_path), clock=clock)
    old = registry.get("drawn")
    new = write_area(tmp_path, slopes=(slope_along(drawn_town(), "new", "新坂", "AD"),))
    (new / "slopes.geojson").write_text("{")
    for _ in range(3):
        clock.now += 1
        assert registry.get("drawn") is old
        assert until(lambda: not any(thread.name == "open drawn" for thread in threading.enumerate()))
    assert registry.get("drawn") is old
    write_area(tmp_path, slopes=(slope_along(drawn_town(), "newer", "新坂", "AD"),))
    clock.now += 1
    assert until(lambda: list(registry.get("drawn").slopes) == ["newer"])


def test_an_area_that_vanishes_stays_served(tmp_path: Path) -> None:
    write_area(tmp_path)
    clock = Clock()
    registry = AreaRegistry(FolderOrigin(tmp_path), clock=clock)
    old = registry.get("drawn")
    (tmp_path / "drawn" / "current").unlink()
    clock.now += 1
    assert registry.get("drawn") is old


def test_a_damaged_area_does_not_hide_the_others(tmp_path: Path) -> None:
    write_area(tmp_path, "good")
    (write_area(tmp_path, "bad") / "manifest.json").write_text("not json")
    registry = AreaRegistry(FolderOrigin(tmp_path))
    assert [known.id for known in registry.list_known()] == ["good"]
    with pytest.raises(NotBuiltError):
        registry.get("bad")
    with TestClient(create_app(Settings(build_root=tmp_path))) as client:
        reply = client.get("/api/bad")
        assert reply.status_code == 503
        assert reply.json()["type"] == "/problems/not-built"
        assert client.get("/readyz").json() == {"status": "ready", "areas": ["good"]}


def test_nothing_built_is_not_ready_but_alive(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(build_root=tmp_path / "none"))) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/api").json() == {"areas": [], "default": None}
        reply = client.get("/readyz")
        assert reply.status_code == 503
        assert "make build" in reply.json()["detail"]
