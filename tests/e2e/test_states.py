"""What may be different about a device, its line or its reader: nothing of the page may be lost by it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Album, Visit, Visitor, violations
from tests.e2e.looking import wait_for_map

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

SLOPE = "kyokugen-zaka"
WALK = "/?area=sample&stop=landmark:node-4761&stop=slope:suretsu-kaidan:up"


def targets(page: Page) -> list[str]:
    """Whatever can be pressed and is smaller than 24 pixels either way (WCAG 2.2, 2.5.8), links in text aside."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, input, [role=tab], [role=slider]')]
            .filter(each => each.checkVisibility() && !each.closest('.unseen, .pick, .link'))
            .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
            .filter(([html]) => !html.includes('type="radio"') && !html.includes('type="checkbox"'))
            .map(([html]) => html)"""
    )
    return found


def test_the_hills_stand_up_where_the_device_can(visit: Begin) -> None:
    # As small as a phone can be: hills are drawn by the processor here.
    small = {"width": 320, "height": 520}
    visitor = Visitor(lang="ja", device="phone")
    page = visit(visitor, viewport=small, color_scheme="dark").open(f"/?area=sample&slope={SLOPE}")
    expect(page.locator("html")).to_have_attribute("data-look", "evening")
    control = page.get_by_test_id("hills")
    control.press("Enter")
    expect(control).to_have_attribute("aria-pressed", "true")
    # Asked by the clock and not at each frame: the frames of hills are slow here.
    page.wait_for_function(
        "() => window.hyakusaka.map.getPitch() > 50 && window.hyakusaka.map.getTerrain() !== null", polling=250
    )
    # The ground of the map stands as high as the town's own profile says, times what makes hills look like hills.
    profile = page.context.request.get(f"{page.url.split('/?')[0]}/api/sample/slopes/{SLOPE}/profile?f=json").json()
    page.wait_for_function(
        """([place, height]) => {
            const {map} = window.hyakusaka;
            const found = map.queryTerrainElevation(place);
            return found !== null && Math.abs(found / map.getTerrain().exaggeration - height) < 3;
        }""",
        arg=[head_of(page), profile["elevations_m"][-1]],
        polling=250,
    )
    assert violations(page) == []
    control.press("Enter")
    page.wait_for_function(
        "() => window.hyakusaka.map.getPitch() === 0 && window.hyakusaka.map.getTerrain() === null", polling=250
    )

    # The evening is the device's wish; the visitor's own comes first, and is remembered.
    page.goto(page.url.split("/?")[0] + "/?area=sample&tab=town")
    page.locator("input[name=look][value=day]").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-look", "day")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-look", "day")


def head_of(page: Page) -> list[float]:
    """Where the slope ends at its top."""
    address = page.url.split("/?")[0]
    line = page.context.request.get(f"{address}/api/sample/collections/slopes/items/{SLOPE}").json()["geometry"]
    return [float(each) for each in line["coordinates"][-1][:2]]


def test_without_webgl_list_picture_and_walk_work(
    visit: Begin, visitor: Visitor, album: Album, browser_without_webgl: Browser
) -> None:
    trip = visit(visitor, browser=browser_without_webgl)
    trip.forgive(re.compile("WebGL|webgl"))
    page = trip.open("/?area=sample")
    picture = page.get_by_test_id("still").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    album.take(page, "still")
    page.locator(f"[data-testid=slope-row][data-slope-id={SLOPE}]").click()
    expect(page.get_by_test_id("profile").locator("svg").first).to_be_visible()
    page.get_by_test_id("tab-walk").click()
    page.get_by_test_id("tour-card").first.click()
    expect(page.get_by_test_id("route-duration")).to_be_visible()
    page.get_by_test_id("follow").click()
    expect(page.get_by_test_id("turn-next")).not_to_be_empty()


def test_on_a_slow_line_the_list_comes_first_and_says_that_it_loads(
    visit: Begin, album: Album, browser_without_webgl: Browser
) -> None:
    trip = visit(Visitor(lang="ja", device="phone"), browser=browser_without_webgl)
    trip.forgive(re.compile("WebGL|webgl"))
    line = trip.context.new_cdp_session(trip.page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 30_000}
    line.send("Network.emulateNetworkConditions", slow)
    trip.page.goto(f"{trip.address}/?area=sample", wait_until="commit")
    expect(trip.page.get_by_text("読み込んでいます").first).to_be_visible(timeout=30_000)
    expect(trip.page.get_by_test_id("slope-row").first).to_be_visible(timeout=30_000)
    # The map's code, ten times as large as the rest, is not there yet, and nobody waits for it.
    assert not trip.page.evaluate("() => 'hyakusaka' in window")
    album.take(trip.page, "list")


@pytest.mark.parametrize("wish", ["contrast", "forced", "large"])
def test_eyes_that_need_more(visit: Begin, album: Album, browser_without_webgl: Browser, wish: str) -> None:
    visitor = Visitor(lang="ja", device="phone") if wish == "large" else Visitor(lang="en", device="desk")
    settings = {"contrast": {"contrast": "more"}, "forced": {"forced_colors": "active"}, "large": {}}[wish]
    trip = visit(visitor, browser=browser_without_webgl, **settings)
    trip.forgive(re.compile("WebGL|webgl"))
    page = trip.open(WALK)
    if wish == "large":
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(page.get_by_test_id("route-duration")).to_be_visible()
    album.take(page, "walk")
    for tab in ("slopes", "hundred", "town"):
        page.get_by_test_id(f"tab-{tab}").click()
        album.take(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), tab
        assert targets(page) == []


def test_a_walk_is_planned_and_followed_with_the_keyboard(visit: Begin, browser_without_webgl: Browser) -> None:
    trip = visit(browser=browser_without_webgl)
    trip.forgive(re.compile("WebGL|webgl"))
    page = trip.open("/?area=sample&tab=walk")
    page.locator("input[name=wish-minutes]:checked").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("input[name=wish-minutes][value='60']")).to_be_checked()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.testid") == "plan-go":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("offer").first).to_be_visible()
    page.get_by_test_id("follow").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("guide")).to_be_focused()
    page.get_by_test_id("end-walk").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("follow")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("wish-form")).to_be_visible()


def test_a_town_that_cannot_be_loaded_says_so_and_tries_again(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor)
    trip.forgive(re.compile("Failed to load resource|500"))
    page = trip.page
    page.route("**/collections/slopes/items*", lambda route: route.fulfill(status=500, json={"title": "x"}))
    page.goto(f"{trip.address}/?area=sample")
    notice = page.get_by_test_id("notice")
    expect(notice.get_by_role("button").first).to_be_visible()
    album.take(page, "failed")
    page.unroute("**/collections/slopes/items*")
    notice.get_by_role("button").first.click()
    expect(page.get_by_test_id("slope-row").first).to_be_visible()


def test_the_page_promises_nothing_inline_and_nobody_else(visit: Begin) -> None:
    trip = visit()
    reply = trip.context.request.get(f"{trip.address}/")
    policy = reply.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    page = trip.open("/?area=sample")
    wait_for_map(page)
    assert page.evaluate("() => document.querySelectorAll('script:not([src]), style, [style*=\"url(\"]').length") == 0
