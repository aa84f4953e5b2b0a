"""My hundred: conquered by GPS or by hand, kept on the device, shared as a card, carried as a file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Album, Visit, Visitor
from tests.e2e.looking import wait_until_drawn

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

NEAR, FAR = "kyokugen-zaka", "mihon-zaka"


def test_slopes_are_conquered_and_kept(visit: Begin, visitor: Visitor, album: Album, tmp_path: Path) -> None:
    trip = visit(visitor, permissions=["geolocation"])
    line = trip.get(f"/api/sample/collections/slopes/items/{NEAR}")["geometry"]["coordinates"]
    longitude, latitude = line[len(line) // 2]
    trip.context.set_geolocation({"longitude": longitude, "latitude": latitude, "accuracy": 9})

    page = trip.open(f"/?area=sample&slope={NEAR}")
    page.get_by_test_id("conquer").click()
    album.take(page, "drawer")
    page.get_by_test_id("conquer-gps").click()
    expect(page.get_by_test_id("toast")).to_contain_text("制覇" if visitor.lang == "ja" else "Conquered")
    wait_until_drawn(page, "conquered", NEAR)

    # Elsewhere the device says how far it is; the visitor's own word counts as well, and can be taken back.
    page.get_by_test_id("back").first.click()
    page.locator(f"[data-testid=slope-row][data-slope-id={FAR}]").click()
    page.get_by_test_id("conquer").click()
    page.get_by_test_id("conquer-gps").click()
    expect(page.get_by_test_id("conquer-drawer")).to_contain_text("±")
    page.get_by_test_id("conquer-hand").click()
    page.get_by_test_id("toast").get_by_role("button").click()
    page.get_by_test_id("conquer").click()
    page.get_by_test_id("conquer-hand").click()

    page.get_by_test_id("tab-hundred").click()
    expect(page.get_by_test_id("hundred-count")).to_contain_text("2")
    album.take(page, "book")
    with page.expect_download() as card:
        page.get_by_test_id("share-card").click()
    picture = tmp_path / "card.png"
    card.value.save_as(picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    card.value.save_as(album.folder / f"{album.name}-card.png")
    with page.expect_download() as saved:
        page.get_by_test_id("export-book").click()
    book = tmp_path / "book.json"
    saved.value.save_as(book)
    assert {each["slope"]: each["by"] for each in json.loads(book.read_text())["conquests"]} == {
        NEAR: "gps",
        FAR: "hand",
    }

    # The device remembers; another device takes the file.
    page.reload()
    expect(page.get_by_test_id("hundred-count")).to_contain_text("2")
    other = visit(visitor).open_list("/?area=sample&tab=hundred")
    expect(other.get_by_test_id("hundred-count")).to_contain_text("0")
    other.get_by_test_id("import-file").set_input_files(book)
    expect(other.get_by_test_id("hundred-count")).to_contain_text("2")
    other.get_by_test_id("import-file").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{"})
    expect(other.get_by_test_id("toast")).to_contain_text("壊れて" if visitor.lang == "ja" else "broken")
    expect(other.get_by_test_id("hundred-count")).to_contain_text("2")


def test_a_refused_place_is_said_with_what_to_do(visit: Begin, visitor: Visitor) -> None:
    page = visit(visitor).open_list(f"/?area=sample&slope={NEAR}")
    page.get_by_test_id("conquer").click()
    page.get_by_test_id("conquer-gps").click()
    expect(page.get_by_test_id("conquer-drawer")).to_contain_text("許可" if visitor.lang == "ja" else "Allow it")
    page.get_by_test_id("conquer-hand").click()
    expect(page.get_by_test_id("conquer")).to_contain_text("制覇済み" if visitor.lang == "ja" else "Conquered")
    page.get_by_test_id("back").first.click()
    page.get_by_test_id("sort").select_option("nearest")
    expect(page.get_by_test_id("here-plea").first).to_be_visible()
