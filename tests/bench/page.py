"""The visitors' page in Debian's Chromium: what it loads, when it can be used. Run: python tests/bench/page.py.

Nothing fails here on a slow machine; the limits are printed beside the figures. The service runs in a process of its
own over the sample, and over Portland where its sources are at hand.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, Route, sync_playwright  # noqa: E402 (after the path)

from tests.e2e.conftest import ARGUMENTS, CHROMIUM, DESK, PHONE  # noqa: E402
from tests.e2e.service import serve  # noqa: E402

TIMES = 3
MANY = 1000
DIST = ROOT / "guide" / "web" / "dist"

# The list counts as usable when its first row is drawn; the marks are taken in the page itself.
WATCH = """
new MutationObserver((_, watcher) => {
    if (!document.querySelector('[data-testid=slope-row]')) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark('list')));
}).observe(document, {childList: true, subtree: true});
new MutationObserver((_, watcher) => {
    if (document.documentElement.dataset.ready !== 'true') return;
    watcher.disconnect();
    performance.mark('ready');
}).observe(document, {attributes: true, subtree: true, attributeFilter: ['data-ready']});
"""

FILTER = """async () => {
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const times = [];
    document.querySelector('[data-testid=open-filters]').click();
    await frame();
    for (const effort of ['1', '2', '3', '4', '1', '2', '3', '4']) {
        await frame();
        const begin = performance.now();
        document.querySelector(`input[name=effort][value="${effort}"]`).click();
        document.body.getBoundingClientRect();
        times.push(performance.now() - begin);
    }
    return times;
}"""


def main() -> None:
    """Weight first, then time."""
    if CHROMIUM is None:
        print("Chromium is not installed; run: make browser")
        return
    with tempfile.TemporaryDirectory() as folder:
        areas = [area for area in ("sample", "portland") if build(area, Path(folder) / "build")]
        with serve(Path(folder) / "build") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            weight(browser, address)
            for area in areas:
                for name, size in (("desk", DESK), ("phone", PHONE)):
                    times(browser, f"{address}/?area={area}", f"{area}, {name}", size)
            many_slopes(browser, address)
            browser.close()


def build(area: str, out: Path) -> bool:
    """Build as a user would; False where the sources are not at hand."""
    sources = os.environ.get("HYAKUSAKA_SOURCES", str(ROOT.parent / "shared" / "areas"))
    if area != "sample" and not (Path(sources) / area).is_dir():
        return False
    command = [sys.executable, "-m", "tiles", "build", area, "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "HYAKUSAKA_SOURCES": sources}, capture_output=True, check=True)
    return True


def weight(browser: Browser, address: str) -> None:
    """Every script that the first visit fetches, its worker's too, as gzip has it."""
    context = browser.new_context(viewport=DESK, service_workers="block")
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url.split("?")[0]))
    open_page(context.new_page(), f"{address}/?area=sample")
    scripts = sorted(url.rsplit("/", 1)[-1] for url in asked if url.endswith(".js"))
    sizes = {name: len(gzip.compress((DIST / "assets" / name).read_bytes(), 9)) for name in scripts}
    print(f"JavaScript on first load: {sum(sizes.values()) / 1000:.1f} kB gzipped (at most 380)")
    for name, size in sorted(sizes.items(), key=lambda each: -each[1]):
        print(f"  {size / 1000:6.1f}  {name}")
    context.close()


def open_page(page: Page, url: str) -> None:
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_selector("html[data-ready=true]", timeout=120_000)


def times(browser: Browser, url: str, name: str, size: dict[str, int]) -> None:
    """A first visit with nothing in the browser's cache, several times."""
    seen: list[tuple[float, float]] = []
    for _ in range(TIMES):
        context = browser.new_context(viewport=size, service_workers="block", reduced_motion="reduce")
        page = context.new_page()
        open_page(page, url)
        marks = {
            each["name"]: each["startTime"]
            for each in page.evaluate("() => performance.getEntriesByType('mark').map(each => each.toJSON())")
        }
        seen.append((marks["list"] / 1000, marks["ready"] / 1000))
        context.close()
    print(
        f"{name:16} list usable {spread([each[0] for each in seen])} (at most 1.0), "
        f"map idle {spread([each[1] for each in seen])} (at most 5)"
    )


def spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f} s [{min(seconds):.2f} to {max(seconds):.2f}]"


def many_slopes(browser: Browser, address: str) -> None:
    """The filter on a town of a thousand slopes: one touch, until the list is laid out anew."""
    context = browser.new_context(viewport=PHONE, service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    page.route("**/collections/slopes/items*", multiplied)
    open_page(page, f"{address}/?area=sample")
    taken = page.evaluate(FILTER)
    print(f"A filter among {MANY} slopes: {statistics.median(taken):.1f} ms, at worst {max(taken):.1f} (at most 50)")
    context.close()


def multiplied(route: Route) -> None:
    """The sample's slopes again and again, each with an id of its own."""
    some: list[dict[str, Any]] = route.fetch().json()["features"]
    many = []
    for number in range(MANY):
        each = json.loads(json.dumps(some[number % len(some)]))
        each["id"] = each["properties"]["id"] = f"{each['properties']['id']}-{number}"
        each["properties"]["effort"] = number % 5 + 1
        many.append(each)
    route.fulfill(json={"type": "FeatureCollection", "features": many, "numberMatched": MANY, "numberReturned": MANY})


if __name__ == "__main__":
    main()
