"""Exploring: the list and the map are the same thing, and a slope's sheet says all of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Album, Visit, Visitor
from tests.e2e.looking import count_drawn, drawn_ids, point_of, wait_for_map

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

SLOPE = "kyokugen-zaka"


def rows(page: Page) -> list[str]:
    """Ids of the listed slopes, in order."""
    ids = page.get_by_test_id("slope-row").evaluate_all("all => all.map(each => each.dataset.slopeId)")
    return [str(each) for each in ids]


def test_filters_search_and_sort_act_on_list_and_map(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor)
    page = trip.open("/?area=sample")
    slopes = {each["id"]: each["properties"] for each in trip.get("/api/sample/collections/slopes/items")["features"]}
    assert set(rows(page)) == set(slopes)
    expect(page.get_by_test_id("area-select")).to_contain_text("sample")
    expect(page.get_by_test_id("credits")).to_contain_text("made up")
    assert count_drawn(page, "streets") > 100
    album.take(page, "list")

    page.get_by_test_id("open-filters").click()
    page.locator("input[name=theme][value=view]").check()
    page.locator("input[name=effort][value='4']").check()
    album.take(page, "filters")
    page.get_by_test_id("close-filters").click()
    wanted = {key for key, each in slopes.items() if "view" in each["themes"] and each["effort"] == 4}
    assert set(rows(page)) == wanted
    expect(page.get_by_test_id("count")).to_contain_text(str(len(wanted)))
    wait_for_map(page)
    assert drawn_ids(page, "slope-names") | wanted == wanted
    assert re.search(r"theme=view&effort=4", page.url)

    page.get_by_test_id("open-filters").click()
    page.locator("input[name=done][value=done]").check()
    page.get_by_test_id("close-filters").click()
    expect(page.get_by_test_id("slope-row")).to_have_count(0)
    album.take(page, "nothing-found")
    page.get_by_role("button", name=re.compile("すべての坂|Show all")).click()
    assert set(rows(page)) == set(slopes)

    page.get_by_test_id("sort").select_option("longest")
    by_length = sorted(slopes, key=lambda key: -(slopes[key]["length_m"] or 0))
    assert rows(page)[:3] == by_length[:3]
    page.get_by_test_id("search").fill("きょくげん")
    expect(page.get_by_test_id("slope-row")).to_have_count(1)
    assert rows(page) == [SLOPE]
    # A name slightly mistyped, and what is no slope at all.
    page.get_by_test_id("search").fill("viewpoimt" if visitor.lang == "en" else "展望台")
    expect(page.get_by_test_id("place-row").first).to_be_visible()
    album.take(page, "places")
    page.get_by_test_id("search").fill("きょくげん")
    expect(page.get_by_test_id("slope-row")).to_have_count(1)
    # A link to what one looks for shows the same.
    again = trip.open_list(page.url.removeprefix(trip.address))
    assert rows(again) == [SLOPE]


def test_a_slope_is_chosen_in_the_list_or_on_the_map(visit: Begin, visitor: Visitor, album: Album) -> None:
    trip = visit(visitor, permissions=["clipboard-read", "clipboard-write"])
    page = trip.open("/?area=sample")
    feature = trip.get(f"/api/sample/collections/slopes/items/{SLOPE}")
    properties, line = feature["properties"], feature["geometry"]["coordinates"]

    page.locator(f"[data-testid=slope-row][data-slope-id={SLOPE}]").click()
    sheet = page.get_by_test_id("slope-sheet")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(
        properties["name" if visitor.lang == "ja" else "name_en"]
    )
    expect(page.get_by_test_id("sentence")).to_have_text(properties[f"sentence_{visitor.lang}"])
    expect(sheet).to_contain_text("23.4 ± 0.3 %")
    expect(sheet).to_contain_text("23.0 %")  # the posted sign beside the measured grade
    expect(page.get_by_test_id("profile").locator("svg").first).to_be_visible()
    wait_for_map(page)
    album.take(page, "sheet")

    # A finger on the profile moves the map's cursor, a finger on the map the profile's.
    frame = page.get_by_role("slider")
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    expect(page.locator(".cursor-label")).to_be_visible()
    middle = frame.get_attribute("aria-valuenow")
    page.mouse.click(*point_of(page, line[len(line) // 5]))
    expect(frame).not_to_have_attribute("aria-valuenow", middle or "")
    frame.focus()
    page.keyboard.press("End")
    expect(frame).to_have_attribute("aria-valuenow", str(round(properties["length_m"])))

    words = page.get_by_test_id("profile-words")
    words.locator("summary").click()
    expect(words).to_contain_text("23.4 %")

    # What lies near is a way on, and Back leads back.
    near = page.get_by_test_id("near").get_by_test_id("near-row").first
    near.click()
    landmark = page.get_by_test_id("landmark-sheet")
    expect(landmark).to_be_visible()
    album.take(page, "landmark")
    page.go_back()
    expect(sheet).to_be_visible()
    expect(page.get_by_test_id("getting-there").get_by_test_id("near-row").first).to_contain_text(" m")

    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("toast")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    assert f"slope={SLOPE}" in page.url

    # The map's own way: a touch on a line opens its sheet.
    page.get_by_test_id("back").first.click()
    expect(page.get_by_test_id("slope-list")).to_be_visible()
    page.mouse.click(*point_of(page, line[len(line) // 2]))
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")


def test_the_language_changes_in_place(visit: Begin) -> None:
    page = visit(Visitor(lang="ja", device="desk")).open(f"/?area=sample&slope={SLOPE}")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_test_id("legend")).to_contain_text("勾配")
    page.get_by_test_id("language-toggle").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("legend")).to_contain_text("Steepness")
    expect(page.get_by_test_id("slope-sheet")).to_contain_text("Limit Slope")


def test_everything_can_be_done_with_the_keyboard(visit: Begin) -> None:
    page = visit().open_list("/?area=sample")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    expect(page.get_by_test_id("slope-list")).to_be_focused()
    page.get_by_test_id("search").focus()
    page.keyboard.type("limit")
    page.get_by_test_id("slope-row").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("slope-sheet").get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("slope-row").first).to_be_focused()
    page.get_by_test_id("tab-slopes").focus()
    for tab in ("walk", "hundred", "town", "slopes"):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_test_id(f"tab-{tab}")).to_be_focused()
        expect(page.locator(f"#tabpanel-{tab}")).to_be_visible()


def test_a_phone_shows_map_and_sheet_and_nothing_is_cut_off(visit: Begin) -> None:
    for width, height in ((390, 844), (320, 568)):
        page = visit(Visitor(lang="en", device="phone"), viewport={"width": width, "height": height}).open_list(
            "/?area=sample"
        )
        sheet = page.get_by_test_id("slope-list").bounding_box()
        assert sheet is not None
        assert sheet["y"] > height * 0.3
        assert page.evaluate("document.documentElement.scrollWidth") <= width
