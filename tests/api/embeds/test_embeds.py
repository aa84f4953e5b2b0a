"""Cards that other sites put into a frame, and how they find them."""

from xml.etree import ElementTree as ET

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.api.features.test_html import Page

SLOPE = "/api/drawn/collections/slopes/items/hachiman"
TOUR = "/api/drawn/collections/tours/items/to-the-lookout"


def test_a_slope_as_a_card(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/drawn/embed/slopes/hachiman?lang=en")
    assert reply.status_code == 200
    assert "frame-ancestors *" in reply.headers["content-security-policy"]
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    page = Page(reply.text)
    text = " ".join(" ".join(page.texts).split())
    for words in ("Hachiman-zaka", "八幡坂", "100 m at 20 %, 57 steps", "© the drawer"):
        assert words in text
    assert client.get(page.links[0]).status_code == 200


def test_a_tour_as_a_card(client: TestClient[Litestar]) -> None:
    page = Page(client.get("/api/drawn/embed/tours/to-the-lookout?lang=ja").text)
    text = " ".join(" ".join(page.texts).split())
    for words in ("展望台へ", "八幡坂", "展望台", "7 分"):
        assert words in text


@pytest.mark.parametrize("slope", ["lost", "nowhere"])
def test_a_slope_without_a_line_has_a_card_too(client: TestClient[Litestar], slope: str) -> None:
    assert client.get(f"/api/drawn/embed/slopes/{slope}").status_code == 200


def test_only_cards_may_be_framed_elsewhere(client: TestClient[Litestar]) -> None:
    for path in ("/", SLOPE + "?f=html", "/api/drawn"):
        assert "frame-ancestors 'self'" in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (f"http://testserver.local{SLOPE}", "Hachiman-zaka (Drawn Town)"),
        (f"http://testserver.local{SLOPE}?f=html&lang=ja", "Hachiman-zaka (Drawn Town)"),
        (f"http://testserver.local{TOUR}", "To the lookout (Drawn Town)"),
        (SLOPE, "Hachiman-zaka (Drawn Town)"),
        ("http://testserver.local/?area=drawn&lang=ja&slope=hachiman", "Hachiman-zaka (Drawn Town)"),
    ],
)
def test_a_link_leads_to_its_card(client: TestClient[Litestar], url: str, title: str) -> None:
    reply = client.get("/oembed", params={"url": url, "lang": "en"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    card = reply.json()
    assert (card["type"], card["version"], card["title"]) == ("rich", "1.0", title)
    frame = ET.fromstring(card["html"].replace('loading="lazy"', ""))  # noqa: S314 (our own frame)
    assert frame.get("width") == str(card["width"])
    assert client.get(frame.get("src") or "").status_code == 200


def test_a_card_fits_the_room_that_there_is(client: TestClient[Litestar]) -> None:
    card = client.get("/oembed", params={"url": SLOPE, "maxwidth": 300, "maxheight": 9999 // 10}).json()
    assert card["width"] == 300
    assert card["height"] == 640


def test_the_same_as_xml(client: TestClient[Litestar]) -> None:
    reply = client.get("/oembed", params={"url": SLOPE, "format": "xml", "lang": "en"})
    assert reply.headers["content-type"].startswith("text/xml")
    root = ET.fromstring(reply.content)  # noqa: S314 (our own reply)
    assert root.findtext("title") == "Hachiman-zaka (Drawn Town)"
    assert (root.findtext("html") or "").startswith("<iframe")


def test_a_page_tells_where_its_card_is(client: TestClient[Litestar]) -> None:
    text = client.get(SLOPE, params={"f": "html"}).text
    address = text.partition('type="application/json+oembed" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(address).json()["type"] == "rich"


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/api/drawn/collections/slopes/items/hachiman",
        "javascript:alert(1)",
        "http://testserver.local/api/drawn",
        "http://testserver.local/api/drawn/collections/landmarks/items/n1",
        "http://testserver.local/api/nowhere/collections/slopes/items/hachiman",
        "http://testserver.local/api/drawn/collections/slopes/items/none",
        "http://[::1",
        "x" * 1999,
        "\x00",
    ],
)
def test_what_has_no_card(client: TestClient[Litestar], url: str) -> None:
    reply = client.get("/oembed", params={"url": url})
    assert reply.status_code in {400, 404}
    assert reply.headers["content-type"] == "application/problem+json"
