"""Without a connection: the page opens, and a town that was taken along is all there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.area.read import BuiltArea
from tests.e2e.conftest import Album, Visit, Visitor
from tests.e2e.looking import count_drawn, wait_for_map
from tests.e2e.service import Service, run_service

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

SLOPE = "kyokugen-zaka"
# What the browser itself says of a service that is not there.
_GONE = re.compile(r"ERR_CONNECTION_REFUSED|Failed to fetch|Failed to load resource")


@pytest.fixture
def service(build_root: Path, sample: BuiltArea) -> Iterator[Service]:
    """A service of the test's own, which it may stop."""
    assert sample.directory.is_dir()
    with run_service(build_root) as running:
        yield running


def test_a_town_taken_along_works_with_the_service_stopped(
    visit: Begin, visitor: Visitor, album: Album, service: Service
) -> None:
    trip = visit(visitor, service_workers="allow", address=service.address)
    page = trip.open("/?area=sample&tab=town")
    page.wait_for_selector("html[data-offline=ready]")
    album.take(page, "offer")
    page.get_by_test_id("take").click()
    expect(page.get_by_test_id("taken")).to_be_visible(timeout=60_000)
    album.take(page, "taken")
    page.get_by_test_id("tab-walk").click()
    page.get_by_test_id("tour-card").first.click()
    duration = page.get_by_test_id("route-duration").inner_text()

    service.stop()
    trip.forgive(_GONE)
    trip.open("/?area=sample")
    expect(page.get_by_test_id("notice")).to_contain_text("つながって" if visitor.lang == "ja" else "No connection")
    expect(page.get_by_test_id("slope-row")).to_have_count(23)
    wait_for_map(page)
    assert count_drawn(page, "streets") > 100

    # A slope that was never opened before, and the streets around it, which never were on the screen.
    page.locator(f"[data-testid=slope-row][data-slope-id={SLOPE}]").click()
    expect(page.get_by_test_id("profile").locator("svg").first).to_be_visible()
    expect(page.get_by_test_id("near").get_by_test_id("near-row").first).to_be_visible()
    wait_for_map(page)
    assert count_drawn(page, "streets") > 5
    album.take(page, "away")

    # The walk that was planned before is in its list, and can be walked; a new one is refused with its reason.
    page.get_by_test_id("tab-walk").click()
    expect(page.get_by_test_id("tour-card")).to_have_count(2)
    page.get_by_test_id("plan-go").click()
    expect(page.get_by_test_id("plan-said")).to_contain_text("つながり" if visitor.lang == "ja" else "no connection")
    album.take(page, "planned-before")
    page.get_by_test_id("planned-walk").click()
    expect(page.get_by_test_id("route-duration")).to_have_text(duration)
    page.get_by_test_id("follow").click()
    expect(page.get_by_test_id("guide")).to_be_focused()
    album.take(page, "walking")
    page.get_by_test_id("end-walk").click()

    page.get_by_test_id("tab-town").click()
    page.get_by_test_id("forget").click()
    expect(page.get_by_test_id("take")).to_be_visible()


def test_newer_data_are_told_and_taken(visit: Begin, service: Service) -> None:
    trip = visit(service_workers="allow", address=service.address)
    page = trip.open_list("/?area=sample&tab=town")
    page.wait_for_selector("html[data-offline=ready]")
    page.get_by_test_id("take").click()
    expect(page.get_by_test_id("taken")).to_contain_text("up to date")
    _age(page)
    page.reload()
    expect(page.get_by_test_id("taken")).to_contain_text("newer data")
    page.get_by_test_id("take").click()
    expect(page.get_by_test_id("taken")).to_contain_text("up to date")
    names = page.evaluate("async () => (await caches.keys()).filter(name => name.startsWith('hyakusaka-town-'))")
    assert len(names) == 1


def _age(page: Page) -> None:
    """Make what was taken that of an older build."""
    page.evaluate(
        """async () => {
            const name = (await caches.keys()).find(each => each.startsWith('hyakusaka-town-'));
            const [from, to] = [await caches.open(name), await caches.open('hyakusaka-town-sample-0123456789abcdef')];
            for (const key of await from.keys()) await to.put(key, await from.match(key));
            const note = await (await from.match('/offline/note.json')).json();
            await to.put('/offline/note.json', Response.json({...note, build: '0123456789abcdef'}));
            await caches.delete(name);
        }"""
    )
