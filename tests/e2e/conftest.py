"""Debian's Chromium in front of the real service."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from guide.area.read import BuiltArea
from tests.e2e.service import serve

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is required here; run: make browser")
        pytest.skip("Chromium is not installed; run: make browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(build_root: Path, sample: BuiltArea) -> Iterator[str]:
    """The service with whatever areas the tests have built; the sample is always among them."""
    assert sample.directory.is_dir()
    with serve(build_root) as listening:
        yield listening


class Visit:
    """A page being visited, and everything it did that it should not."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        self.page.wait_for_selector("html[data-ready=true]", timeout=60_000)
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        # Software WebGL tells of its slowness when a picture is taken; that is the test's machine, not the page.
        if message.type in {"error", "warning"} and "GL Driver Message" not in message.text:
            self.complaints.append(message.text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.strangers.append(url)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens visits; at the end no page may have complained or asked anybody but our own server."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def begin(viewport: dict[str, int] | None = None, locale: str = "en-GB") -> Visit:
        context = browser.new_context(
            viewport=viewport or DESK, locale=locale, device_scale_factor=1, reduced_motion="reduce"
        )
        contexts.append(context)
        visits.append(Visit(context, address))
        return visits[-1]

    yield begin
    for context in contexts:
        context.close()
    assert [complaint for each in visits for complaint in each.complaints] == []
    assert [stranger for each in visits for stranger in each.strangers] == []
