"""The two styles over three real towns, from far and near, as they were when somebody last looked at them."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from guide.api.styles.theme import THEMES
from guide.area.read import BuiltArea
from tests.conftest import GOLDEN
from tests.e2e.style_page import View, look_at, offer_page, show

pytestmark = pytest.mark.browser

PICTURES = GOLDEN / "map"
SIDE = 512
TOWNS = {"portland": (-122.6895, 45.5105), "monaco": (7.4205, 43.7375), "porto": (-8.6145, 41.1425)}
ZOOMS = (12, 14, 16)
BLOCK = 16
MOST_OFF = 0.05
"""Share of the blocks that may look otherwise: letters move a little from one machine's fonts to another's."""
OTHERWISE = 16.0
"""Mean difference of a block's colours (of 255) from which it counts as looking otherwise."""

Pixels = NDArray[np.float64]


def pixels(picture: Image.Image) -> Pixels:
    return np.asarray(picture.convert("RGB"), dtype=np.float64)


def share_off(one: Pixels, other: Pixels) -> float:
    """The share of blocks whose mean colours are not those of the other picture."""
    blocks = SIDE // BLOCK
    seen = [each.reshape(blocks, BLOCK, blocks, BLOCK, 3).mean(axis=(1, 3)) for each in (one, other)]
    return float((np.abs(seen[0] - seen[1]).max(axis=2) > OTHERWISE).mean())


@pytest.fixture
def stored(request: pytest.FixtureRequest) -> Callable[[str], Pixels]:
    """The pictures as they are; while they are written anew there is nothing to say of them."""
    if request.config.getoption("--golden"):
        pytest.skip("the pictures are being written anew")
    return golden


def golden(name: str) -> Pixels:
    path = PICTURES / f"{name}.webp"
    assert path.is_file(), f"there is no golden picture {path.name}; write it with: make golden"
    return pixels(Image.open(path))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """One bare page for all."""
    context = browser.new_context(viewport={"width": SIDE, "height": SIDE}, service_workers="block")
    page = context.new_page()
    offer_page(page)
    return page


@pytest.mark.area
@pytest.mark.parametrize("style", THEMES)
@pytest.mark.parametrize("town", TOWNS)
def test_a_town_looks_as_it_did(
    town: str,
    style: str,
    page: Page,
    address: str,
    built: Callable[[str], BuiltArea],
    request: pytest.FixtureRequest,
) -> None:
    built(town)
    off = {}
    for zoom in ZOOMS:
        view = View(area=town, style=style, center=TOWNS[town], zoom=zoom)
        if zoom == ZOOMS[0]:
            show(page, address, view)
        else:
            look_at(page, view)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        name = f"{town}-{style}-{zoom}"
        if request.config.getoption("--golden"):
            PICTURES.mkdir(exist_ok=True)
            picture.save(PICTURES / f"{name}.webp", quality=60, method=6)
        (shots := Path(__file__).parent / "shots").mkdir(exist_ok=True)
        picture.save(shots / f"map-{name}.png")
        off[zoom] = share_off(pixels(picture), golden(name))
    assert max(off.values()) <= MOST_OFF, f"{off}; look at tests/e2e/shots; if it is meant, run: make golden"


@pytest.mark.parametrize(("one", "other"), [
    ("portland-day-14", "portland-evening-14"),
    ("portland-day-14", "portland-day-16"),
    ("monaco-evening-14", "porto-evening-14"),
])  # fmt: skip
def test_the_comparison_sees_what_it_should(one: str, other: str, stored: Callable[[str], Pixels]) -> None:
    assert share_off(stored(one), stored(one)) == 0
    assert share_off(stored(one), stored(other)) > 4 * MOST_OFF


def test_a_map_without_its_slopes_would_be_noticed(stored: Callable[[str], Pixels]) -> None:
    """Paper laid over the brightest colours, as if no slope had been drawn."""
    picture = stored("portland-day-14")
    saturated = picture.max(axis=2) - picture.min(axis=2) > 70
    bare = np.where(saturated[..., np.newaxis], [245.0, 241.0, 232.0], picture)
    assert share_off(picture, bare) > MOST_OFF


EVERY_SOURCE = """async () => {
    const found = {};
    for (const name of ["guide", "streets"]) {
        const { vector_layers } = await (await fetch(`/api/sample/tiles/${name}.json`)).json();
        for (const { id } of vector_layers) {
            found[id] = map.querySourceFeatures(name, { sourceLayer: id }).length;
        }
    }
    found.contours = map.querySourceFeatures("contours", { sourceLayer: "contours" }).length;
    found.relief = map.queryTerrainElevation(map.getCenter()) === null ? 0 : 1;
    return found;
}"""


def test_maplibre_reads_every_layer(browser: Browser, address: str, sample: BuiltArea) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 600}, service_workers="block")
    page = context.new_page()
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # heard below, with its address
            complaints.append(message.text)

    def see(reply: Response) -> None:
        # The library of contours asks for the neighbours of the relief's last tiles; our own page knows better.
        if reply.status >= 400 and "/tiles/relief/" not in reply.url:
            complaints.append(f"{reply.status} {reply.url}")

    page.on("console", hear)
    page.on("response", see)
    offer_page(page)
    west, south, east, north = sample.manifest.area.bbox
    center = ((west + east) / 2, (south + north) / 2)
    show(page, address, View(area="sample", style="day", center=center, zoom=14, pitch=1))
    found = page.evaluate(EVERY_SOURCE)
    context.close()
    assert len(found) > 10
    assert [layer for layer, count in found.items() if count == 0] == []
    assert complaints == []
