"""How long the desk takes to measure what is drawn: at most 300 ms a change, the wait before asking included.

Run it with ``python tests/bench/drawing.py [AREA]``; it builds the area (Portland by default, the sample without
sources), serves it, and draws real slopes point by point as staff would, over HTTP and in Debian's Chromium. It prints,
and fails on nothing. The peer of the same run is the profile of a slope that is built already, whose line nobody has
to find.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # so that the project is found when this file is run by itself

from guide.area.read import open_area  # noqa: E402 (after the path)
from guide.catalogue.accounts.secrets import derived  # noqa: E402
from guide.catalogue.office import open_office  # noqa: E402
from guide.catalogue.workflow.people import COMMAND_LINE, Role  # noqa: E402
from guide.desk.access import MARK_FIELD  # noqa: E402
from tests.e2e.conftest import ARGUMENTS, CHROMIUM  # noqa: E402
from tests.e2e.service import serve  # noqa: E402
from tiles.build import build_area  # noqa: E402
from tiles.download import Network  # noqa: E402
from tiles.jobs import prepare  # noqa: E402

MOST_MS = 300.0
WAIT_MS = 60.0
"""How long the page waits for the next change before it asks (MEASURE_AFTER_MS)."""

SLOPES, BROWSER_CHANGES = 40, 20
PASSWORD = "みなとの見える坂を三つ数える"
Line = Sequence[Sequence[float]]

_WATCH = """() => new Promise((done) => {
  const found = document.querySelector('.draw-found');
  const began = performance.now();
  const shown = () => requestAnimationFrame(() => done(performance.now() - began));
  const watcher = new MutationObserver(() => { watcher.disconnect(); shown(); });
  watcher.observe(found, { childList: true, subtree: true });
  document.querySelector('[data-tool=undo]').click();
  setTimeout(() => done(null), 5000);
})"""


def main(area: str) -> None:
    """Over HTTP, then in the browser."""
    with tempfile.TemporaryDirectory() as name:
        build_root = Path(name) / "build"
        built = open_area(build_area(prepare(area, out=build_root, network=Network(allowed=False))))
        lines = [slope.line for slope in built.slopes if slope.line is not None and len(slope.line) > 3]
        lines = lines[:: max(1, len(lines) // SLOPES)][:SLOPES]
        ids = [slope.entry.id for slope in built.slopes if slope.profile is not None][:SLOPES]
        data = build_root.parent / f"{build_root.name}-data"
        with serve(build_root) as address:
            office = open_office(None, data)
            _, link = office.accounts.add(COMMAND_LINE, "bench", Role.EDITOR)
            office.accounts.choose_password(link, PASSWORD)
            secret = office.sessions.sign_in("bench", PASSWORD, "127.0.0.1", "bench")
            office.close()
            over_http(address, area, secret, [line.tolist() for line in lines], ids)
            in_browser(address, area, secret)


def over_http(address: str, area: str, secret: str, lines: Sequence[Line], ids: Sequence[str]) -> None:
    """Every line grows point by point, each time a little beside the street."""
    headers = {"x-desk-mark": derived(secret, MARK_FIELD), "origin": address}
    with httpx.Client(base_url=address, headers=headers, cookies={"desk": secret}, timeout=60) as client:

        def measure(line: Line) -> None:
            text = ", ".join(f"{lng + 3e-5} {lat - 2e-5}" for lng, lat in line)
            reply = client.post(f"/desk/{area}/measure/slope", json={"cells": {"name": "坂", "line": text}})
            reply.raise_for_status()

        first = timed(lambda: measure(lines[0]))
        changes = [line[: end + 1] for line in lines for end in range(1, len(line))]
        changes = changes[:: max(1, len(changes) // 400)]
        took = [timed(lambda change=change: measure(change)) for change in changes]
        peers = [
            timed(lambda key=key: client.get(f"/api/{area}/slopes/{key}/profile?f=json&_={key}").raise_for_status())
            for key in ids
        ]
    print(f"{area}: the first change after the start {first:.0f} ms")
    tell(f"{area}: {len(took)} changes of {len(lines)} lines over HTTP", took)
    print(f"  with the wait of {WAIT_MS:.0f} ms: 95 % {np.percentile(took, 95) + WAIT_MS:.0f} ms of {MOST_MS:.0f} ms")
    print(f"  {np.median(took) / np.median(peers):.1f} x the profile of a built slope ({np.median(peers):.1f} ms)")


def in_browser(address: str, area: str, secret: str) -> None:
    """From a press of "undo" until the page shows the new profile; the browser draws by software here."""
    if CHROMIUM is None:
        print("No Chromium here; run: make browser")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
        context.add_cookies([{"name": "desk", "value": secret, "url": f"{address}/desk"}])
        page = context.new_page()
        page.goto(f"{address}/desk/{area}/new/slopes")
        page.wait_for_selector("[data-draw] canvas")
        page.click("[data-tool=line]")
        middle = page.locator(".draw-map").bounding_box()
        assert middle is not None
        for number in range(BROWSER_CHANGES + 2):
            page.mouse.click(middle["x"] + 60 + 18 * number, middle["y"] + 100 + 9 * number)
            page.wait_for_timeout(80)
        page.wait_for_timeout(1_000)
        took = [page.evaluate(_WATCH) for _ in range(BROWSER_CHANGES)]
        browser.close()
    tell(f"{area}: changes in Chromium, from the press to the new profile", [each for each in took if each is not None])


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def tell(what: str, took: Sequence[float]) -> None:
    if not took:
        print(f"{what}: nothing was measured")
        return
    median, late, worst = np.median(took), np.percentile(took, 95), max(took)
    print(f"{what}: median {median:.1f} ms, 95 % {late:.1f} ms, worst {worst:.1f} ms (at most {MOST_MS:.0f} ms)")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "portland")
