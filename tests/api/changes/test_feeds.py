"""The feeds of changes, in both forms and both languages."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.schemas.changes import JsonFeed
from guide.api.schemas.features import PROPERTIES
from guide.domain.texts import keys
from guide.service.app import create_app
from guide.settings import Settings
from tests.api.built_area import drawn_town, slope_along, write_area


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    place = drawn_town()
    hama = slope_along(place, "hama", "浜坂", "CF", "Hama-zaka")
    write_area(tmp_path, slopes=(slope_along(place, "hachiman", "八幡坂", "BE", "Hachiman-zaka"), hama))
    write_area(tmp_path, slopes=(slope_along(place, "hachiman", "八幡の坂", "BE", "Hachiman-zaka"),))
    with TestClient(create_app(Settings(build_root=tmp_path))) as client:
        yield client


def test_a_json_feed_tells_what_changed(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/drawn/changes.json?lang=en")
    assert reply.headers["content-type"] == "application/feed+json"
    feed = msgspec.json.decode(reply.content, type=JsonFeed)
    assert feed.version == "https://jsonfeed.org/version/1.1"
    assert [item.title for item in feed.items] == [
        "Changed: Hachiman-zaka", "No longer listed: Hama-zaka", "Listed: Hachiman-zaka", "Listed: Hama-zaka",
    ]  # fmt: skip
    assert feed.items[0].content_text == "Changed: Name."
    assert len({item.id for item in feed.items}) == 4
    assert all(client.get(item.url).status_code == 200 for item in feed.items[:2])
    assert client.get("/api/drawn/changes.json?lang=ja").json()["items"][0]["title"] == "変更：八幡の坂"
    assert len(client.get("/api/drawn/changes.json?limit=1").json()["items"]) == 1
    assert client.get("/api/drawn/changes.json?limit=0").status_code == 400


def test_rss_tells_the_same(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/drawn/changes.rss?lang=en")
    assert reply.headers["content-type"].startswith("application/rss+xml")
    channel = ET.fromstring(reply.content).find("channel")  # noqa: S314 (our own feed)
    assert channel is not None
    assert channel.findtext("title") == "Changes to the slopes of Drawn Town"
    items = channel.findall("item")
    assert [item.findtext("title") for item in items][:2] == ["Changed: Hachiman-zaka", "No longer listed: Hama-zaka"]
    assert [item.findtext("guid") for item in items] == [
        item["id"] for item in client.get("/api/drawn/changes.json").json()["items"]
    ]
    assert parsedate_to_datetime(items[0].findtext("pubDate") or "").tzinfo is not None


def test_an_area_without_news_has_an_empty_feed(client: TestClient[Litestar], tmp_path: Path) -> None:
    (tmp_path / "drawn" / "changes.json").unlink()
    assert client.get("/api/drawn/changes.json").json()["items"] == []
    assert client.get("/api/drawn/changes.rss").status_code == 200


def test_every_field_that_may_change_has_a_name_in_both_languages() -> None:
    for language in ("ja", "en"):
        for shape in PROPERTIES.values():
            for field in (*shape.__dataclass_fields__, "geometry"):
                assert f"field.{field}" in keys(language), field
