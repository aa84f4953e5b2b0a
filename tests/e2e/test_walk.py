"""A walk: planned in three taps, put together by hand, changed, taken away; kept for when the service is gone."""

import re
from collections.abc import Callable
from pathlib import Path

import gpxpy
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Album, Visit, Visitor
from tests.e2e.looking import point_of, wait_for_map, wait_until_drawn

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

STATION = "node-4761"


def stops(page: Page) -> list[str]:
    """The stops as the address names them."""
    return re.findall(r"stop=([^&]+)", page.url)


def minutes(page: Page) -> int:
    """How long the walk takes."""
    text = page.get_by_test_id("route-duration").inner_text()
    hours = re.search(r"(\d+)\s*(?:時間|h)", text)
    rest = re.search(r"(\d+)\s*(?:分|min)", text)
    return 60 * int(hours.group(1) if hours else 0) + int(rest.group(1) if rest else 0)


def test_a_tour_is_planned_in_three_taps_and_taken_away(
    visit: Begin, visitor: Visitor, album: Album, tmp_path: Path
) -> None:
    trip = visit(visitor, permissions=["clipboard-read", "clipboard-write"])
    page = trip.open("/?area=sample")
    page.get_by_test_id("tab-walk").click()  # one
    page.locator("input[name=wish-minutes][value='60']").check()  # two
    album.take(page, "wishes")
    page.get_by_test_id("plan-go").click()  # three
    expect(page.get_by_test_id("offer")).to_have_count(3)
    expect(page.get_by_test_id("route-ascent")).to_contain_text("m")
    assert 20 < minutes(page) <= 60
    assert stops(page)[0] == stops(page)[-1] == f"landmark:{STATION}"
    wait_for_map(page)
    album.take(page, "offers")

    # Another of the offers is another walk at once, and what was left out has its reasons.
    first = page.url
    page.get_by_test_id("offer").nth(1).click()
    expect(page).not_to_have_url(first)
    expect(page.get_by_test_id("left-out")).to_contain_text(re.compile("坂|slopes"))
    album.take(page, "another")

    page.get_by_test_id("share-walk").click()
    expect(page.get_by_test_id("toast")).to_be_visible()
    address = page.evaluate("() => navigator.clipboard.readText()")
    assert "/t/sample/" in address
    page.get_by_test_id("open-qr").click()
    code = page.get_by_test_id("qr")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_test_id("open-print").click()
    page.get_by_test_id("leaflet-title").fill("雨の日の坂")
    assert "/leaflet?paper=a3" in (page.get_by_test_id("leaflet-a3").get_attribute("href") or "")
    album.take(page, "print")
    with page.expect_download() as saved:
        page.get_by_test_id("gpx").click()
    saved.value.save_as(tmp_path / "walk.gpx")
    track = gpxpy.parse((tmp_path / "walk.gpx").read_text()).tracks[0]
    assert track.length_3d() > 500

    # The short link opens the same walk.
    duration = minutes(page)
    page.goto(address)
    expect(page.get_by_test_id("route-duration")).to_be_visible()
    assert minutes(page) == duration


def test_a_walk_is_put_together_changed_and_undone(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor)
    page = trip.open("/?area=sample")
    for slope in ("kyokugen-zaka", "mihon-zaka"):
        page.locator(f"[data-testid=slope-row][data-slope-id={slope}]").click()
        page.get_by_test_id("add").click()
        page.get_by_test_id("add-up").click()
        page.get_by_test_id("back").first.click()
    page.get_by_test_id("tab-walk").click()
    expect(page.get_by_test_id("stop")).to_have_count(2)
    expect(page.get_by_test_id("route-duration")).to_be_visible()

    page.get_by_test_id("pick").click()
    line = trip.get("/api/sample/collections/slopes/items/seigen-zaka")["geometry"]["coordinates"]
    page.evaluate("place => window.hyakusaka.map.jumpTo({center: place, zoom: 15})", line[0])
    page.mouse.click(*point_of(page, line[0]))
    expect(page.get_by_test_id("stop")).to_have_count(3)
    wait_until_drawn(page, "route", "")
    before = stops(page)

    rows = page.get_by_test_id("stop")
    rows.nth(2).locator("[data-act=earlier]").click()
    assert stops(page) == [before[0], before[2], before[1]]
    expect(rows.nth(1).locator("[data-act=earlier]")).to_be_focused()
    rows.nth(0).locator("[data-act=turn]").click()
    assert stops(page)[0].endswith(":down")
    page.get_by_test_id("reverse").click()
    assert stops(page)[-1].endswith(":up")
    rows.nth(0).locator("[data-act=remove]").click()
    expect(rows).to_have_count(2)
    album.take(page, "changed")
    for _ in range(4):
        page.get_by_test_id("walk-undo").click()
    assert stops(page) == before

    # Wheels take no stairs, and hard limits are told.
    page.get_by_test_id("walk-options").locator("summary").click()
    page.locator("input[name=preset][value=wheelchair]").check()
    expect(page.locator("input[name=steps][value=never]")).to_be_checked()
    expect(page.get_by_test_id("warnings").or_(page.get_by_role("alert")).first).to_be_visible()
    page.get_by_test_id("walk-new").click()
    expect(page.get_by_test_id("wish-form")).to_be_visible()
    page.get_by_test_id("toast").get_by_role("button").click()
    expect(page.get_by_test_id("stop")).to_have_count(3)


def test_round_walks_recommended_walks_and_wishes_that_cannot_be(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor)
    trip.forgive(re.compile("422"))
    page = trip.open_list("/?area=sample&tab=walk")
    page.get_by_test_id("tour-card").first.click()
    expect(page.get_by_test_id("stop")).to_have_count(5)
    expect(page.get_by_test_id("route-duration")).to_be_visible()
    page.get_by_test_id("walk-new").click()

    page.locator("input[name=wish-kind][value=loop]").check()
    page.get_by_test_id("plan-go").click()
    expect(page.get_by_test_id("offer").nth(1)).to_be_visible()
    assert 36 <= minutes(page) <= 44
    page.get_by_test_id("walk-new").click()

    page.locator("input[name=wish-kind][value=tour]").check()
    page.get_by_test_id("wish-form").locator("summary").click()
    page.locator("input[name=wish-rest][value=viewpoint]").check()
    page.locator("input[name=wish-minutes][value='60']").check()
    page.get_by_test_id("plan-go").click()
    expect(
        page.get_by_test_id("offer").first.or_(page.get_by_test_id("plan-said").get_by_role("alert"))
    ).to_be_visible()
    album.take(page, "answer")


def test_a_slow_line_and_a_service_that_fails_are_told(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor)
    trip.forgive(re.compile("503|Failed to load resource"))
    page = trip.open_list("/?area=sample&tab=walk")
    page.route("**/tours/plan", lambda route: route.fulfill(status=503, json={"type": "/problems/busy", "title": "x"}))
    page.get_by_test_id("plan-go").click()
    said = page.get_by_test_id("plan-said")
    expect(said).to_contain_text("混み合って" if visitor.lang == "ja" else "Wait a moment")
    album.take(page, "busy")
    page.unroute("**/tours/plan")
    page.route("**/api/sample/tours", lambda route: route.abort())
    page.get_by_test_id("tour-card").first.click()
    expect(page.get_by_test_id("plan-result")).to_contain_text(
        "つながりません" if visitor.lang == "ja" else "no connection"
    )
    page.unroute("**/api/sample/tours")
    page.get_by_test_id("plan-result").get_by_role("button").click()
    expect(page.get_by_test_id("route-duration")).to_be_visible()
