"""Search over HTTP, on the drawn town and on the sample."""

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.schemas.search import FoundList
from guide.area.read import BuiltArea
from guide.service.app import create_app
from guide.settings import Settings


def search(client: TestClient[Litestar], query: str) -> FoundList:
    reply = client.get(f"/api/drawn/search?{query}")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/geo+json"
    return msgspec.json.decode(reply.content, type=FoundList)


def test_slopes_landmarks_and_streets_are_found(client: TestClient[Litestar]) -> None:
    found = search(client, "q=hachiman&lang=en").features
    assert found[0].properties.id == "hachiman"
    assert found[0].properties.name == "Hachiman-zaka"
    assert found[0].properties.href == "http://testserver.local/api/drawn/collections/slopes/items/hachiman"
    assert client.get(found[0].properties.href).status_code == 200
    assert found[0].geometry is not None
    assert found[0].bbox is not None
    assert search(client, "q=展望台").features[0].properties.id == "n1"
    street = search(client, "q=浜町通り").features[0].properties
    assert (street.kind, street.name, street.id, street.href) == ("street", "浜町通り", None, None)
    assert search(client, "q=toilets").features[0].properties.landmark_kind == "toilets"


def test_near_and_kind_and_limit(client: TestClient[Litestar]) -> None:
    found = search(client, "q=坂&near=141.0036,42.2991&only=slope&limit=2").features
    assert len(found) == 2
    assert [find.properties.kind for find in found] == ["slope", "slope"]
    distances = [find.properties.distance_m or 0 for find in found]
    assert distances == sorted(distances)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=" + "x" * 101, "q"),
        ("q=a&near=here", "two numbers"),
        ("q=a&near=181,0", "not on the globe"),
        ("q=a&near=nan,0", "not on the globe"),
        ("q=a&only=dog", "'dog' is not known"),
        ("q=a&limit=51", "limit"),
    ],
)
def test_what_cannot_be_searched(client: TestClient[Litestar], query: str, says: str) -> None:
    reply = client.get(f"/api/drawn/search?{query}")
    assert reply.status_code == 400
    assert says in reply.json()["detail"]


def test_every_slope_of_the_sample_is_found_by_each_of_its_names(sample: BuiltArea) -> None:
    with TestClient(create_app(Settings(build_root=sample.directory.parent.parent, rate_per_s=0))) as client:
        for slope in sample.slopes:
            for name in (slope.entry.name, slope.entry.reading, slope.entry.name_en):
                if name:
                    reply = client.get("/api/sample/search", params={"q": name, "limit": 5}).json()
                    assert slope.entry.id in [find["properties"]["id"] for find in reply["features"]], name


def test_an_area_without_streets_finds_its_slopes(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/bare/search?q=八幡坂").json()
    assert reply["features"][0]["properties"]["id"] == "hachiman"
