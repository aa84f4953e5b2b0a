import csv
import io
from xml.etree import ElementTree as ET

import pytest
from litestar import Litestar
from litestar.testing import TestClient

SLOPES = "/api/drawn/collections/slopes/items"


def ids(client: TestClient[Litestar], query: str) -> list[str]:
    reply = client.get(f"{SLOPES}?{query}")
    assert reply.status_code == 200, reply.text
    return [feature["id"] for feature in reply.json()["features"]]


def test_slopes_are_geojson_lines_from_foot_to_head(client: TestClient[Litestar]) -> None:
    reply = client.get(SLOPES)
    assert reply.headers["content-type"] == "application/geo+json"
    collection = reply.json()
    assert (collection["numberMatched"], collection["numberReturned"]) == (5, 5)
    first = collection["features"][0]
    assert first["geometry"]["type"] == "LineString"
    assert all(len(position) == 2 for position in first["geometry"]["coordinates"])
    assert first["properties"]["mean_grade_percent"] == pytest.approx(20)
    assert first["properties"]["sample"] is False
    assert client.get("/api/sample/collections/slopes/items").json()["features"][0]["properties"]["sample"] is True
    by_id = {feature["id"]: feature["geometry"] for feature in collection["features"]}
    assert by_id["lost"]["type"] == "Point"
    assert by_id["nowhere"] is None


def test_pages_follow_each_other(client: TestClient[Litestar]) -> None:
    assert ids(client, "limit=2") + ids(client, "limit=2&offset=2") + ids(client, "limit=2&offset=4") == ids(client, "")
    assert ids(client, "offset=100") == []


def test_a_box_takes_what_touches_it(client: TestClient[Litestar]) -> None:
    assert "hachiman" in ids(client, "bbox=141,42.29,141.003,42.301")
    assert ids(client, "bbox=0,0,1,1") == []


def test_words_are_looked_for_in_names_readings_and_ids(client: TestClient[Litestar]) -> None:
    assert ids(client, "q=hachiman-Z") == ["hachiman"]
    assert ids(client, "q=迷") == ["lost"]
    assert ids(client, "q=nobody") == []


def test_one_item_and_none(client: TestClient[Litestar]) -> None:
    assert client.get(f"{SLOPES}/hama").json()["properties"]["name"] == "浜坂"
    reply = client.get(f"{SLOPES}/x")
    assert reply.status_code == 404
    assert "'x'" in reply.json()["detail"]


def test_landmarks(client: TestClient[Litestar]) -> None:
    features = client.get("/api/drawn/collections/landmarks/items").json()["features"]
    assert [(feature["id"], feature["properties"]["kind"]) for feature in features] == [
        ("n1", "viewpoint"),
        ("n2", "toilets"),
    ]


def test_a_profile_in_numbers(client: TestClient[Litestar]) -> None:
    profile = client.get("/api/drawn/slopes/hachiman/profile").json()
    assert profile["id"] == "hachiman"
    assert profile["distances_m"][0] == 0
    assert profile["elevations_m"][-1] == 20
    assert len(profile["distances_m"]) == len(profile["elevations_m"]) == len(profile["sigma_m"])
    assert profile["bands"] == [{"from_m": 0.0, "to_m": 100.0, "grade_percent": 20.0, "band": 5}]
    assert profile["measures"]["steps"] == 57


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_profile_as_a_picture_that_can_be_read_aloud(client: TestClient[Litestar], language: str) -> None:
    reply = client.get(f"/api/drawn/slopes/hachiman/profile?f=svg&lang={language}")
    assert reply.headers["content-type"].startswith("image/svg+xml")
    picture = ET.fromstring(reply.text)  # noqa: S314 (our own picture)
    space = "{http://www.w3.org/2000/svg}"
    title = picture.find(f"{space}title")
    assert title is not None
    assert title.text == ("八幡坂 の縦断面" if language == "ja" else "Profile of Hachiman-zaka")
    assert picture.get("role") == "img"
    assert picture.find(f"{space}desc") is not None
    assert len(picture.findall(f"{space}polygon")) == 2  # one band, one shade of error


def test_a_profile_as_a_table(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/drawn/slopes/hachiman/profile?f=csv")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert rows[0] == {"distance_m": "0.00", "elevation_m": "0.00", "sigma_m": "0.10"}
    assert rows[-1]["elevation_m"] == "20.00"


def test_a_slope_without_a_line_has_no_profile(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/drawn/slopes/lost/profile")
    assert reply.status_code == 404
    assert "迷坂 has no profile" in reply.json()["detail"]


def test_the_legend_is_the_one_of_the_bands(client: TestClient[Litestar]) -> None:
    legend = client.get("/api/legend").json()
    assert [band["band"] for band in legend["bands"]] == list(range(8))
    assert legend["bands"][0]["from_percent"] == 0
    assert legend["bands"][-1]["to_percent"] is None
    assert legend["unknown_colour"].startswith("#")
