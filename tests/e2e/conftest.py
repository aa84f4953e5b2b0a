"""Debian's Chromium in front of the real service."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from guide.area.read import BuiltArea
from tests.conftest import ROOT
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
SHOTS = ROOT / "tests" / "e2e" / "shots"
# A shared machine may be slow; what is right comes long before.
expect.set_options(timeout=20_000)
_NOISE = re.compile(r"GL Driver Message|Service Worker registration blocked by Playwright")
AXE = ROOT / "guide" / "web" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who visits: in which language, on what."""

    lang: str
    device: str

    def __str__(self) -> str:
        return f"{self.lang}-{self.device}"

    @property
    def context(self) -> dict[str, Any]:
        """How such a visitor's browser is set up."""
        phone = self.device == "phone"
        return {
            "viewport": PHONE if phone else DESK,
            "locale": "ja-JP" if self.lang == "ja" else "en-GB",
            "has_touch": phone,
            "is_mobile": phone,
        }


VISITORS = (Visitor(lang="ja", device="phone"), Visitor(lang="en", device="desk"))


@pytest.fixture(params=VISITORS, ids=str)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    """Each journey is walked in Japanese on a phone and in English on a desk."""
    assert isinstance(request.param, Visitor)
    return request.param


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
def browser_without_webgl(browser: Browser) -> Iterator[Browser]:
    """One that can draw no map: an old phone, or a careful office."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--no-first-run"]
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
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
        self.context = context
        self.complaints: list[str] = []
        self._forgiven: re.Pattern[str] | None = None
        self.strangers: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        # Of the whole context: a worker's requests count as well.
        context.on("request", lambda request: self._request(request.url))

    def open(self, path: str) -> Page:
        """The page at an address of ours, its map drawn."""
        self.page.goto(f"{self.address}{path}")
        self.page.wait_for_selector("html[data-ready=true]", timeout=60_000)
        return self.page

    def open_list(self, path: str) -> Page:
        """The page at an address of ours as soon as its list can be used, for who needs no map."""
        self.page.goto(f"{self.address}{path}")
        self.page.wait_for_selector("[data-testid=slope-list]:not([data-loading])", state="attached")
        return self.page

    def get(self, path: str) -> Any:  # noqa: ANN401 (whatever JSON the service gives)
        """What the service itself says, to compare the page with."""
        return self.context.request.get(f"{self.address}{path}").json()

    def forgive(self, complaint: re.Pattern[str]) -> None:
        """Expect complaints of a kind, such as those of a browser whose service is gone."""
        self._forgiven = complaint

    def _console(self, message: ConsoleMessage) -> None:
        # Software WebGL tells of its slowness, playwright of what it was told to block: neither is the page's doing.
        if message.type not in {"error", "warning"} or _NOISE.search(message.text):
            return
        if self._forgiven is None or not self._forgiven.search(message.text):
            self.complaints.append(message.text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "blob:", "data:")):
            self.strangers.append(url)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Opens visits; at the end no page may have complained or asked anybody but our own server."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def begin(
        visitor: Visitor | None = None,
        *,
        address: str = address,
        browser: Browser = browser,
        **settings: Any,  # noqa: ANN401 (whatever a browser's context takes)
    ) -> Visit:
        usual = {"service_workers": "block", "device_scale_factor": 1, "reduced_motion": "reduce"}
        given = {**(visitor or Visitor(lang="en", device="desk")).context, **usual, **settings}
        context = browser.new_context(**given)
        contexts.append(context)
        visits.append(Visit(context, address))
        return visits[-1]

    yield begin
    for context in contexts:
        context.close()
    assert [complaint for each in visits for complaint in each.complaints] == []
    assert [stranger for each in visits for stranger in each.strangers] == []


class Album:
    """Keeps a picture of each view that a journey comes by, and has axe-core look at it."""

    folder = SHOTS

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder.mkdir(exist_ok=True)

    def take(self, page: Page, view: str) -> None:
        """A screenshot, and not one violation of WCAG 2.2 AA by axe-core."""
        page.screenshot(path=self.folder / f"{self.name}-{view}.png")
        assert violations(page) == [], view


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Album:
    """Named after the test and its visitor."""
    return Album(request.node.name.removeprefix("test_").replace("[", "-").rstrip("]"))


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on a page, one line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            resultTypes: ['violations'],
        })).violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.target} ${node.failureSummary}`))"""
    )
    assert isinstance(found, list)
    return found
