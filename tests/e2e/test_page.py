"""The visitors' page in a real browser, against the real service, with nothing else to ask."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guide.area.read import BuiltArea
from tests.conftest import GOLDEN
from tests.e2e.conftest import Visit
from tests.e2e.looking import count_drawn

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]


def test_a_walk_over_two_slopes_shows_time_and_ascent(visit: Begin) -> None:
    page = visit().open("/?area=sample")
    for row, way in ((0, "add-up"), (3, "add-any")):
        page.get_by_test_id("tab-slopes").click()
        page.get_by_test_id("slope-row").nth(row).click()
        page.get_by_test_id("add").click()
        page.get_by_test_id(way).click()
    page.get_by_test_id("tab-walk").click()
    expect(page.get_by_test_id("plan-result")).to_be_visible()
    expect(page.get_by_test_id("route-duration")).to_contain_text("min")
    expect(page.get_by_test_id("route-ascent")).to_contain_text("m")
    assert page.url.count("stop=") == 2


def test_a_link_to_a_walk_opens_the_same_walk(visit: Begin) -> None:
    first = visit().open("/?area=sample")
    first.get_by_test_id("slope-row").first.click()
    first.get_by_test_id("add").click()
    first.get_by_test_id("add-up").click()
    first.get_by_test_id("tab-walk").click()
    duration = first.get_by_test_id("route-duration").inner_text()
    second = visit().open(first.url.removeprefix(first.url.split("/?")[0]))
    expect(second.get_by_test_id("route-duration")).to_have_text(duration)


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
    assert count_drawn(page, "streets") > 300
    shot = Path(request.config.rootpath) / "tests" / "e2e" / "shots" / "portland.png"
    page.screenshot(path=shot)
    if request.config.getoption("--golden"):
        (GOLDEN / "readme-portland.png").write_bytes(shot.read_bytes())
    assert shot.stat().st_size > 50_000
