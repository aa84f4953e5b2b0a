"""The data as pages for people, search engines and shared links."""

import json
import re
from html.parser import HTMLParser

import pytest
from litestar import Litestar
from litestar.testing import TestClient

ROOT = "/api/drawn"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-language": "en"}


class Page(HTMLParser):
    """Collects what the tests look for, and complains of tags that are not closed in order."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.metas: dict[str, str] = {}
        self.texts: list[str] = []
        self.structured = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag == "meta":
            self.metas[given.get("property") or given.get("name") or ""] = given.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.structured += data
        else:
            self.texts.append(data)


def page(client: TestClient[Litestar], path: str, **headers: str) -> Page:
    reply = client.get(path, headers={**BROWSER, **headers})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    return Page(reply.text)


PATHS = ["", "/conformance", "/collections", "/collections/slopes", "/collections/slopes/items",
         "/collections/slopes/items/hachiman", "/collections/slopes/items/nowhere",
         "/collections/landmarks/items/n2", "/collections/tours/items/to-the-lookout",
         "/collections/closures/items/handrail"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_gets_a_page_and_a_program_gets_json(client: TestClient[Litestar], path: str) -> None:
    found = page(client, ROOT + path)
    assert "© the drawer" in "".join(found.texts)  # the credit stands on every page
    assert client.get(ROOT + path).headers["content-type"].startswith("application/")
    assert client.get(f"{ROOT}{path}?f=html").headers["content-type"].startswith("text/html")
    assert client.get(f"{ROOT}{path}?f=json", headers=BROWSER).headers["content-type"].startswith("application/")


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_a_page_leads_somewhere(client: TestClient[Litestar], path: str) -> None:
    for link in page(client, ROOT + path).links:
        if link.startswith(("http://testserver", "/")) and "/embed/" not in link and "/api/docs" not in link:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", PATHS)
def test_pages_speak_the_readers_language(client: TestClient[Litestar], path: str) -> None:
    english = client.get(ROOT + path, headers={**BROWSER, "accept-language": "en-GB,en;q=0.9,ja;q=0.1"})
    japanese = client.get(ROOT + path, headers={**BROWSER, "accept-language": "ja"})
    assert (english.headers["content-language"], japanese.headers["content-language"]) == ("en", "ja")
    assert '<html lang="en">' in english.text
    assert '<html lang="ja">' in japanese.text
    assert "Accept-Language" in english.headers["vary"].title()
    chosen = client.get(f"{ROOT}{path}?lang=ja", headers=BROWSER)
    assert chosen.headers["content-language"] == "ja"


def test_a_slope_tells_what_is_known_of_it(client: TestClient[Litestar]) -> None:
    found = page(client, f"{ROOT}/collections/slopes/items/hachiman")
    text = " ".join(" ".join(found.texts).split())
    for words in ("Hachiman-zaka", "八幡坂", "Length (m)", "Mean grade (%)", "20.0 ± 0.1", "57", "To the lookout",
                  "Please hold on to the handrail."):  # fmt: skip
        assert words in text
    assert found.metas["og:title"] == "Hachiman-zaka (Drawn Town)"
    assert found.metas["og:url"] == "http://testserver.local/api/drawn/collections/slopes/items/hachiman"
    picture = client.get(found.metas["og:image"])
    assert picture.headers["content-type"] == "image/png"
    assert found.metas["description"] == "100 m at 20 %, 57 steps"


def test_search_engines_read_schema_org(client: TestClient[Litestar]) -> None:
    data = json.loads(page(client, f"{ROOT}/collections/slopes/items/hachiman").structured)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "TouristAttraction"
    assert data["name"] == "Hachiman-zaka"
    assert data["alternateName"] == ["八幡坂", "はちまんざか"]
    assert re.fullmatch(r"42\.\d+,141\.\d+ 42\.\d+,141\.\d+", data["geo"]["line"])  # latitude first
    landmark = json.loads(page(client, f"{ROOT}/collections/landmarks/items/n1").structured)
    assert landmark["geo"]["@type"] == "GeoCoordinates"
    tour = json.loads(page(client, f"{ROOT}/collections/tours/items/to-the-lookout").structured)
    assert tour["@type"] == "TouristTrip"


def test_what_people_wrote_is_text_and_never_markup(client: TestClient[Litestar]) -> None:
    wicked = "</script><script>alert(1)</script>\"'><img src=x>"
    reply = client.get(f"{ROOT}/collections/slopes/items", params={"q": wicked, "f": "html"})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    assert "<img src=x>" not in reply.text
    Page(reply.text)


def test_the_list_is_filtered_by_its_form(client: TestClient[Litestar]) -> None:
    found = page(client, f"{ROOT}/collections/slopes/items?q=&themes=view&max_mean_grade_percent=5&lang=en&f=html")
    assert "1 in all, 1 on this page" in "".join(found.texts)
    empty = page(client, f"{ROOT}/collections/slopes/items?themes=rare")
    assert "Nothing answers to that." in "".join(empty.texts)
    first = page(client, f"{ROOT}/collections/slopes/items?limit=2")
    following = next(link for link in first.links if "after=" in link)
    assert "lost" in "".join(page(client, following).links)
