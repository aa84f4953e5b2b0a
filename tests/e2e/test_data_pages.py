"""The data's own pages, the page of the API, and cards in another site's frame, in a real browser."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.e2e.conftest import AXE

pytestmark = pytest.mark.browser

READY = "[data-ready]"
FIRST_ERROR = 400
Open = Callable[[str, str, int], Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens addresses; nothing may fail on the way, and nobody but the given server may be asked."""
    failed: list[str] = []
    contexts = []

    def visit(address: str, locale: str, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
        context.on("response", lambda reply: failed.append(reply.url) if _is_wrong(reply) else None)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert failed == []


def _is_wrong(reply: Any) -> bool:  # noqa: ANN401 (playwright's own)
    elsewhere = not reply.url.startswith(("http://127.0.0.1:", "blob:", "data:"))
    return elsewhere or (reply.status >= FIRST_ERROR and not reply.url.endswith("/favicon.ico"))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/sample", "Sample town"),
        ("/api/sample/collections/slopes/items", "in all"),
        ("/api/sample/collections/slopes/items/kyokugen-zaka", "Limit Slope"),
        ("/api/sample/collections/tours/items/mihon-tour-summit", "Sample Hill"),
        ("/api/sample/collections/closures/items/mihon-ice", "icy"),
    ],
)
def test_a_page_of_the_data_draws_its_map_and_can_be_used_by_all(
    address: str, opened: Open, path: str, says: str
) -> None:
    page = opened(address + path, "en-GB", 390)
    page.wait_for_selector(READY, timeout=60_000)
    expect(page.locator("main")).to_contain_text(says)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390  # nothing sticks out on a phone
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']})")
    assert [each["id"] for each in found["violations"]] == []


def test_a_slope_on_the_map_leads_to_its_page(address: str, opened: Open) -> None:
    page = opened(f"{address}/api/sample/collections/slopes/items?q=kyokugen", "en-GB", 1100)
    page.wait_for_selector(READY, timeout=60_000)
    page.get_by_role("link", name="Limit Slope").click()
    page.wait_for_url("**/kyokugen-zaka*")
    page.wait_for_selector(READY, timeout=60_000)


def test_the_api_can_be_tried_on_its_page(address: str, opened: Open) -> None:
    page = opened(f"{address}/api/docs", "en-GB", 1100)
    page.wait_for_selector(READY, timeout=60_000)
    page.locator("#operations-Areas-listAreas .opblock-summary-control").click()
    page.locator("#operations-Areas-listAreas .execute").click()
    expect(page.locator("#operations-Areas-listAreas .live-responses-table")).to_contain_text('"sample"')


@pytest.fixture
def other_site(address: str, tmp_path: Path) -> Iterator[str]:
    """A town's own page on another server, with a card and a tour in frames."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>town</title><link rel=icon href=data:,>"
        f'<iframe src="{address}/api/sample/embed/slopes/kyokugen-zaka?lang=ja" width=420 height=640></iframe>'
        f'<iframe src="{address}/api/sample/embed/tours/mihon-tour-summit?lang=ja" width=420 height=640></iframe>'
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_cards_show_in_the_frame_of_another_site(opened: Open, other_site: str) -> None:
    page = opened(other_site, "ja-JP", 900)
    frames: list[Frame] = page.frames[1:]
    assert len(frames) == 2
    for frame, says in zip(frames, ("極限坂", "見本山の日"), strict=True):
        frame.wait_for_selector(READY, timeout=60_000)
        expect(frame.locator("main")).to_contain_text(says)
