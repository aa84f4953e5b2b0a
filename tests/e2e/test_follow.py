"""Walking along: a device that moves along the real route, leaves it, and climbs its slopes."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guide.area.read import BuiltArea
from tests.e2e.conftest import Album, Visit, Visitor
from tests.e2e.looking import drawn_ids
from tests.e2e.service import Service, run_service

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]

GONE = re.compile("ERR_CONNECTION_REFUSED|Failed to load resource|Failed to fetch")
WALK = "/?area=sample&stop=landmark:node-4761&stop=slope:suretsu-kaidan:up&stop=slope:yogen-zaka:down"


@pytest.fixture
def service(build_root: Path, sample: BuiltArea) -> Iterator[Service]:
    assert sample.directory.is_dir()
    with run_service(build_root) as running:
        yield running


class Walker:
    """A device that is somewhere."""

    def __init__(self, trip: Visit) -> None:
        self.trip = trip
        answer = trip.context.request.post(
            f"{trip.address}/api/sample/tours",
            data={
                "halts": [
                    {"landmark": "node-4761"},
                    {"slope": "suretsu-kaidan", "direction": "up"},
                    {"slope": "yogen-zaka", "direction": "down"},
                ],
                "walker": {"preset": "tourist", "steps": "allow"},
            },
        )
        self.route: dict[str, Any] = answer.json()
        self.line = [place[:2] for place in self.route["geometry"]["coordinates"]]

    def go_to(self, place: list[float], accuracy_m: float = 6.0) -> None:
        self.trip.context.set_geolocation({"longitude": place[0], "latitude": place[1], "accuracy": accuracy_m})

    def along(self, fraction: float) -> list[float]:
        return self.line[round(fraction * (len(self.line) - 1))]


def left_metres(page: Page) -> float:
    """How much is left of the way, as the page says."""
    text = page.get_by_test_id("left-way").inner_text()
    number, unit = text.split()
    return float(number) * (1000 if unit == "km" else 1)


def test_one_is_led_along_the_way_and_back_to_it(
    visit: Begin, visitor: Visitor, album: Album, service: Service
) -> None:
    trip = visit(visitor, permissions=["geolocation"], address=service.address)
    walker = Walker(trip)
    walker.go_to(walker.line[0])
    page = trip.open(WALK)
    page.get_by_test_id("follow").click()
    guide = page.get_by_test_id("guide")
    expect(guide).to_be_focused()
    # Who has not set out is told which way; a few steps on, what comes and how far it is.
    expect(page.get_by_test_id("turn-next")).to_contain_text("東へ" if visitor.lang == "ja" else "Head east")
    whole = left_metres(page)
    assert abs(whole - walker.route["distance_m"]) < 40
    expect(page.get_by_test_id("guide-slope")).to_contain_text("数列階段" if visitor.lang == "ja" else "Sequence Steps")
    assert page.evaluate("() => document.querySelector('.side').checkVisibility()") is False
    album.take(page, "begin")
    walker.go_to(walker.along(0.1))
    expect(page.get_by_test_id("turn-far")).to_contain_text(" m")

    # On and on: what is left grows less, and the stairs are conquered at their head.
    seen = [whole]
    head = max(place for place in range(len(walker.line)) if _of_leg(walker, place, "suretsu-kaidan"))
    for place in range(0, head + 2, max(1, head // 12)):
        walker.go_to(walker.line[place])
        page.wait_for_function(
            """at => {
                const {lng, lat} = window.hyakusaka.map.getCenter();
                return Math.hypot(lng - at[0], lat - at[1]) < 1e-4;
            }""",
            arg=walker.line[place],
        )
        seen.append(left_metres(page))
    assert seen == sorted(seen, reverse=True)
    walker.go_to(walker.line[min(head + 2, len(walker.line) - 1)])
    expect(page.get_by_test_id("toast")).to_contain_text("制覇" if visitor.lang == "ja" else "Conquered")
    album.take(page, "half")

    # Off the way: noticed after some seconds, and planned anew from there.
    here = walker.line[min(head + 4, len(walker.line) - 1)]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    began = time.monotonic()
    for step in range(9):
        walker.go_to([here[0] + 0.0012 + step * 1e-5, here[1] + 0.0009])
        page.wait_for_timeout(800)
        if asked:
            break
    assert [url for url in asked if url.endswith(("/tours", "/routes"))]
    assert time.monotonic() - began > 3  # one wrong fix is no wrong turn
    expect(page.get_by_test_id("guide-off")).to_be_hidden()
    album.take(page, "anew")

    # The service goes; the way stays, and it is said where it lies.
    service.stop()
    trip.forgive(GONE)
    place = page.evaluate("() => window.hyakusaka.map.getCenter().toArray()")
    for step in range(9):
        walker.go_to([place[0] - 0.004 - step * 1e-5, place[1] + 0.002])
        page.wait_for_timeout(800)
        if page.get_by_test_id("replan").is_visible():
            break
    expect(page.get_by_test_id("replan")).to_be_visible()
    expect(page.get_by_test_id("guide-off")).to_contain_text(" m")
    album.take(page, "lost")
    page.get_by_test_id("end-walk").click()
    expect(page.get_by_test_id("walk-room")).to_be_visible()
    expect(page.get_by_test_id("tab-hundred")).to_contain_text("1")


def _of_leg(walker: Walker, place: int, slope: str) -> bool:
    """Whether a vertex of the route lies on the leg of a slope."""
    at = 0.0
    for leg in walker.route["legs"]:
        begin, at = at, at + leg["distance_m"]
        if leg["slope"] == slope:
            return begin <= _reached(walker, place) <= at + 1
    return False


def _reached(walker: Walker, place: int) -> float:
    profile = walker.route["profile"]["distances_m"]
    length = sum(_metres(a, b) for a, b in zip(walker.line, walker.line[1:], strict=False)) or 1.0
    so_far = sum(_metres(a, b) for a, b in zip(walker.line[:place], walker.line[1 : place + 1], strict=False))
    return so_far / length * float(profile[-1])


def _metres(a: list[float], b: list[float]) -> float:
    return (((a[0] - b[0]) * 84_000) ** 2 + ((a[1] - b[1]) * 111_200) ** 2) ** 0.5


def test_a_refused_place_and_a_kept_walk(visit: Begin, visitor: Visitor) -> None:
    page = visit(visitor).open(WALK)
    page.get_by_test_id("follow").click()
    expect(page.get_by_test_id("guide").get_by_test_id("here-plea")).to_contain_text(
        "許可" if visitor.lang == "ja" else "Allow"
    )
    assert drawn_ids(page, "route") is not None
    page.get_by_test_id("end-walk").click()
