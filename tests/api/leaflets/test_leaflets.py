"""Leaflets over HTTP, as a visitor and a tourist office ask for them."""

import io
import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from pypdf import PdfReader

from guide.area.read import BuiltArea
from guide.service.app import create_app
from guide.settings import Settings


@pytest.fixture(scope="module")
def client(sample: BuiltArea) -> Iterator[TestClient[Litestar]]:
    """The service over the sample as it is really built."""
    root = sample.directory.parent.parent
    with TestClient(create_app(Settings(build_root=root)), raise_server_exceptions=False) as client:
        yield client


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_a_recommended_tour_is_printed_in_both_languages(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/sample/tours/mihon-tour-harbour/leaflet?lang=ja")
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"].startswith('inline; filename="sample-')
    words = words_of(reply.content)
    for text in (
        "港を見おろす道",
        "見本駅",
        "数列階段",
        "すうれつかいだん",
        "港見展望台",
        "余弦坂",
        "のぼる",
        "くだる",
        "222段",
    ):
        assert text in words
    words = words_of(client.get("/api/sample/tours/mihon-tour-harbour/leaflet?lang=en&paper=a3").content)
    for text in ("Abovetheharbour", "SequenceSteps", "uphill", "222steps", "hyakusaka", "/t/sample/"):
        assert text in words


def test_a_tour_of_ones_own_is_printed_from_its_link_under_its_own_title(client: TestClient[Litestar]) -> None:
    halts = [{"landmark": "node-4761"}, {"slope": "mihon-zaka", "direction": "up"}, {"lng_lat": [144.9992, 41.0016]}]
    tour = client.post("/api/sample/tours", json={"halts": halts, "depart": "13:00", "language": "ja"}).json()
    address = f"/api/sample/tours/link/{tour['link']}/leaflet"
    words = words_of(client.get(address, params={"title": "<b>雨の日の坂</b>", "lang": "ja"}).content)
    assert "<b>雨の日の坂</b>" in words  # as text, and no more than text
    assert "13:00着" in words
    assert "見本坂" in words
    assert f"/t/sample/{tour['link']}" in words
    assert len(client.get(address, params={"title": "長" * 81}).json()["detail"]) > 0
    assert client.get(address, params={"title": "長" * 81}).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/sample/tours/nothing/leaflet", 404),
        ("/api/sample/tours/link/nothing/leaflet", 400),
        ("/api/nowhere/tours/mihon-tour-harbour/leaflet", 404),
        ("/api/sample/tours/mihon-tour-harbour/leaflet?paper=a5", 400),
    ],
)
def test_what_cannot_be_printed_is_a_clear_problem(client: TestClient[Litestar], address: str, status: int) -> None:
    reply = client.get(address)
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert reply.json()["detail"]


def test_a_town_is_one_still_picture(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/sample/picture?lang=ja")
    assert reply.headers["content-type"].startswith("image/svg+xml")
    picture = reply.content.decode()
    assert picture.startswith("<svg ")
    assert ">見本坂</text>" in picture
    assert picture.count("<image ") == 1  # the hills
    assert b"Mihon Slope" in client.get("/api/sample/picture?lang=en").content
    assert client.get("/api/nowhere/picture").status_code == 404
