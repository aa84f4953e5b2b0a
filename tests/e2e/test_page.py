"""The visitors' page in a real browser, against the real service, with nothing else to ask."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.area.read import BuiltArea
from tests.conftest import GOLDEN
from tests.e2e.conftest import PHONE, Visit

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]


def test_the_sample_shows_its_streets_slopes_and_its_name(visit: Begin) -> None:
    page = visit().open("/?area=sample")
    assert "sample" in page.get_by_test_id("area-select").inner_text().lower()
    expect(page.get_by_test_id("slope-row")).to_have_count(23)
    expect(page.get_by_test_id("legend")).to_be_visible()
    expect(page.get_by_test_id("credits")).to_contain_text("made up")
    assert drawn(page, "streets") > 100
    assert drawn(page, "slopes") > 10


def drawn(page: Page, source_layer: str) -> int:
    """How many different features of a tile layer stand on the map now."""
    count: int = page.evaluate(
        """layer => new Set(window.hyakusaka.map.queryRenderedFeatures()
            .filter(feature => feature.sourceLayer === layer).map(feature => feature.id)).size""",
        source_layer,
    )
    return count


def test_a_click_on_a_slope_shows_its_profile_and_numbers_with_their_error(visit: Begin) -> None:
    page = visit().open("/?area=sample")
    page.locator('[data-testid=slope-row][data-slope-id="kyokugen-zaka"]').click()
    sheet = page.get_by_test_id("slope-sheet")
    expect(sheet).to_contain_text("±")
    expect(sheet).to_contain_text("%")
    expect(sheet).to_contain_text("23")  # the posted sign beside the measured grade
    expect(page.get_by_test_id("profile").locator("svg").first).to_be_visible()


def test_a_walk_over_two_slopes_shows_time_and_ascent(visit: Begin) -> None:
    page = visit().open("/?area=sample")
    for row, way in ((0, "add-up"), (3, "add-any")):
        page.get_by_test_id("tab-slopes").click()
        page.get_by_test_id("slope-row").nth(row).click()
        page.get_by_test_id(way).click()
    page.get_by_test_id("tab-walk").click()
    expect(page.get_by_test_id("plan-result")).to_be_visible()
    expect(page.get_by_test_id("route-duration")).to_contain_text("min")
    expect(page.get_by_test_id("route-ascent")).to_contain_text("m")
    assert page.url.count("stop=") == 2


def test_a_link_to_a_walk_opens_the_same_walk(visit: Begin) -> None:
    first = visit().open("/?area=sample")
    first.get_by_test_id("slope-row").first.click()
    first.get_by_test_id("add-up").click()
    duration = first.get_by_test_id("route-duration").inner_text()
    second = visit().open(first.url.removeprefix(first.url.split("/?")[0]))
    expect(second.get_by_test_id("route-duration")).to_have_text(duration)


def test_the_page_speaks_japanese_and_english(visit: Begin) -> None:
    page = visit(locale="ja-JP").open("/?area=sample")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_test_id("legend")).to_contain_text("勾配")
    page.get_by_test_id("language-toggle").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("legend")).to_contain_text("Steepness")


def test_typing_finds_a_slope_by_its_reading(visit: Begin) -> None:
    page = visit(locale="ja-JP").open("/?area=sample")
    page.get_by_test_id("search").fill("きょくげん")
    expect(page.get_by_test_id("slope-row")).to_have_count(1)
    expect(page.get_by_test_id("slope-row")).to_contain_text("極限坂")


def test_the_map_is_still_there_beside_the_sheet_on_a_phone(visit: Begin) -> None:
    page = visit(PHONE).open("/?area=sample")
    sheet = page.get_by_test_id("slope-list").bounding_box()
    assert sheet is not None
    assert sheet["y"] > PHONE["height"] * 0.3
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.area
def test_golden_picture_of_portland_for_the_readme(
    visit: Begin, portland: BuiltArea, request: pytest.FixtureRequest
) -> None:
    assert portland.streets is not None
    page = visit().open("/?area=portland")
    page.locator('[data-testid=slope-row][data-slope-id="southwest-college-street"]').click()
    expect(page.get_by_test_id("slope-sheet")).to_contain_text("±")
    page.evaluate("() => window.hyakusaka.map.jumpTo({center: [-122.6895, 45.5112], zoom: 14.6})")
    page.wait_for_function("() => window.hyakusaka.map.loaded() && window.hyakusaka.map.areTilesLoaded()")
    page.wait_for_timeout(500)  # labels fade in
    assert drawn(page, "streets") > 300
    shot = Path(request.config.rootpath) / "tests" / "e2e" / "shots" / "portland.png"
    page.screenshot(path=shot)
    if request.config.getoption("--golden"):
        (GOLDEN / "readme-portland.png").write_bytes(shot.read_bytes())
    assert shot.stat().st_size > 50_000
