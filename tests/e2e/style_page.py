"""A bare page with nothing but MapLibre and one of our styles: what somebody else would make of them."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, Route

from tests.conftest import ROOT

PACKAGES = ROOT / "guide" / "web" / "node_modules"
_FOLDER = "/_style/"
_FILES = {
    "maplibre-contour.mjs": PACKAGES / "maplibre-contour" / "dist" / "index.mjs",
    "pmtiles.js": PACKAGES / "pmtiles" / "dist" / "pmtiles.js",
}
_HTML = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="maplibre-gl.css">
<style>html, body, #map { margin: 0; height: 100% }</style><div id="map"></div>
<script type="module">
import * as maplibre from "./maplibre-gl.mjs";
import contour from "./maplibre-contour.mjs";
maplibre.setWorkerUrl("./maplibre-gl-worker.mjs");
const asked = JSON.parse(new URLSearchParams(location.search).get("asked"));
const style = await (await fetch(asked.style)).json();
const contours = style.metadata["hyakusaka:contours"];
if (contours && asked.contours) {
  const { tiles, maxzoom, bounds } = style.sources[contours.dem];
  const dem = new contour.DemSource({ url: tiles[0], encoding: "mapbox", maxzoom, worker: false });
  // Beyond the last tile of the relief there is none: its neighbours draw on without it.
  const fetchDem = dem.manager.fetchDem.bind(dem.manager);
  dem.manager.fetchDem = (...place) => fetchDem(...place).catch(() => undefined);
  dem.setupMaplibre(maplibre);
  const { thresholds } = contours;
  const address = dem.contourProtocolUrl({ thresholds, elevationKey: "ele", levelKey: "level", overzoom: 1 });
  style.sources.contours = { type: "vector", tiles: [address], maxzoom: 15, bounds };
  for (const { layer, below } of contours.layers) {
    const at = style.layers.findIndex((each) => each.id === below);
    style.layers.splice(at < 0 ? style.layers.length : at, 0, layer);
  }
}
const map = new maplibre.MapLibreMap({
  container: "map", style, attributionControl: false, fadeDuration: 0, maxPitch: 75, ...asked.view,
});
window.map = map;
map.on("error", (event) => console.error(event.error?.message ?? event));
if (asked.terrain) map.on("style.load", () => map.setTerrain({ source: "terrain" }));
map.once("idle", () => { document.documentElement.dataset.ready = "true"; });
</script>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to look at: an area in a style, from where."""

    area: str
    style: str
    center: tuple[float, float]
    zoom: float
    language: str = "en"
    pitch: float = 0
    bearing: float = 0
    contours: bool = True

    def address(self, base: str) -> str:
        """The bare page that shows it."""
        asked: dict[str, Any] = {
            "style": f"{base}/api/{self.area}/styles/{self.style}.json?lang={self.language}",
            "contours": self.contours,
            "terrain": self.pitch > 0,
            "view": {"center": self.center, "zoom": self.zoom, "pitch": self.pitch, "bearing": self.bearing},
        }
        return f"{base}{_FOLDER}index.html?asked={quote(json.dumps(asked))}"


def offer_page(page: Page) -> None:
    """Let a browser's page have the bare page and what it loads, from the packages of our own."""
    page.route(f"**{_FOLDER}**", _answer)


def show(page: Page, base: str, view: View) -> None:
    """Open a view and wait until it is drawn."""
    page.goto(view.address(base))
    page.wait_for_selector("html[data-ready=true]", timeout=300_000)


def look_at(page: Page, view: View) -> None:
    """Move the map of a view that is open to another place of it, and wait until that is drawn."""
    page.evaluate(
        """async ({ center, zoom }) => {
            const drawn = new Promise((done) => map.once("idle", done));
            map.jumpTo({ center, zoom });
            map.triggerRepaint();
            await drawn;
        }""",
        {"center": view.center, "zoom": view.zoom},
    )


def _answer(route: Route) -> None:
    name = route.request.url.split(_FOLDER)[1].split("?")[0]
    if name == "index.html":
        route.fulfill(body=_HTML, content_type="text/html")
        return
    path = _FILES.get(name, PACKAGES / "maplibre-gl" / "dist" / name)
    route.fulfill(path=path, content_type="text/css" if name.endswith(".css") else "text/javascript")
