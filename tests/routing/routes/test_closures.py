"""Closures on a route: gone round and named, told of where one passes, and only while they hold."""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

import pytest

from guide.domain.closure import CatalogueClosure, Closure, ClosureKind
from guide.domain.errors import NoWayError
from guide.domain.route import PointStop, Route, Stop
from guide.domain.slope import Slope
from guide.domain.walker import Season, Walker
from guide.routing.routes.closures import Calendar
from guide.routing.routes.plan import plan
from guide.routing.search.chain import Search
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import HIKER, TownGuide, climb, geometry_of, router_of

JST = timezone(timedelta(hours=9))
NOON = datetime(2026, 2, 3, 12, 0, tzinfo=JST)
DAY = timedelta(days=1)
GRID = """
A--B--C
|  |  |
D--E--F
"""


def closure(place: Town, edge: str, kind: ClosureKind = ClosureKind.CLOSED, **more: object) -> Closure:
    times = {name: more.pop(name) for name in ("starts", "ends") if name in more}
    name = str(more.pop("name", f"{kind}-{edge}"))
    entry = CatalogueClosure(id=name, kind=kind, **more)  # type: ignore[arg-type]
    return Closure(entry=entry, edges=(place.edges[edge],), **times)  # type: ignore[arg-type]


def go(
    place: Town,
    stops: str | tuple[Stop, ...],
    closures: Iterable[Closure],
    *,
    walker: Walker = HIKER,
    slopes: Iterable[Slope] = (),
    when: datetime = NOON,
) -> Route:
    router, geometry = router_of(place.network, place.heights), geometry_of(place.network, place.heights)
    by_id = {slope.entry.id: slope for slope in slopes}
    points = tuple(PointStop(lng_lat=place.place(stop)) if isinstance(stop, str) else stop for stop in stops)
    search = Search(router=router, stops=points, slopes=by_id)
    route, _ = Calendar(closures, by_id, place.network).plan(lambda terms: plan(search, geometry, walker, terms), when)
    return route


def way(place: Town, route: Route) -> list[str]:
    return TownGuide(place).edges(route)


def test_what_is_closed_is_gone_round_and_named_with_its_reason() -> None:
    place = town(GRID, names={"BC": "熊坂"})
    shut = closure(place, "BC", ends=NOON + DAY, description_ja="落石のため。", description_en="Rockfall.")
    route = go(place, "BC", [shut])
    assert way(place, route) == ["BE", "EF", "FC"]
    (warning,) = route.warnings
    assert warning.type == "closed-gone-round"
    assert warning.message("en") == "熊坂 is closed until 2026-02-04 12:00, so this way goes round it. Rockfall."
    assert warning.message("ja") == "熊坂は 2026-02-04 12:00 まで通行止めのため、この道は迂回します。落石のため。"
    assert warning.values["closure"] == "closed-BC"


def test_a_closure_beside_the_way_is_not_told_of() -> None:
    place = town(GRID)
    route = go(place, "AB", [closure(place, "BC"), closure(place, "EF", ClosureKind.NOTICE)])
    assert way(place, route) == ["AB"]
    assert route.warnings == ()


@pytest.mark.parametrize(
    ("times", "holds"),
    [
        ({}, True),
        ({"starts": NOON - DAY, "ends": NOON + DAY}, True),
        ({"ends": NOON}, False),
        ({"starts": NOON + timedelta(minutes=1)}, True),  # before one has walked through
        ({"starts": NOON + timedelta(hours=1)}, False),
    ],
)
def test_a_closure_holds_while_one_is_on_the_way(times: dict[str, datetime], holds: bool) -> None:  # noqa: FBT001
    place = town(GRID)
    route = go(place, "BC", [closure(place, "BC", **times)])
    assert way(place, route) == (["BE", "EF", "FC"] if holds else ["BC"])


def test_times_of_other_zones_are_the_same_moments() -> None:
    place = town(GRID)
    ended = closure(place, "BC", ends=datetime(2026, 2, 3, 3, 0, tzinfo=timezone.utc))  # noqa: UP017 (a zone among zones)
    assert way(place, go(place, "BC", [ended])) == ["BC"]


def test_where_closures_leave_no_way_they_are_named() -> None:
    place = town("A--B--C", names={"BC": "熊坂"})
    with pytest.raises(NoWayError, match="Closed at that time: 熊坂"):
        go(place, "AC", [closure(place, "BC", ClosureKind.BEARS)])


def test_a_closed_slope_cannot_be_climbed_and_is_named() -> None:
    place = town(GRID)
    slope = TownGuide(place).slope("hachiman", "BE")
    shut = closure(place, "BE", slope_id="hachiman")
    with pytest.raises(NoWayError, match="Closed at that time: hachiman"):
        go(place, (climb("hachiman"),), [shut], slopes=[slope])


def test_ice_slows_down_and_is_gone_round_if_that_is_quicker() -> None:
    heights = {"A": 0.0, "B": 20.0, "C": 20.0, "D": 0.0}
    place = town("A--B\n|  |\nD--C", elevation_m=heights, names={"AB": "凍坂"})
    ice = closure(place, "AB", ClosureKind.ICE)
    clear, icy = go(place, "AB", []), go(place, "AB", [ice])
    assert way(place, clear) == way(place, icy) == ["AB"]
    winter = go(place, "AB", [], walker=Walker(season=Season.WINTER))
    assert icy.duration_s == pytest.approx(winter.duration_s)
    assert icy.duration_s > clear.duration_s
    assert [warning.type for warning in icy.warnings] == ["ice-passed"]
    # Both ways from A to C are as steep and as long; the one that is icy is left.
    other = [closure(place, "DC", ClosureKind.ICE)]
    assert way(place, go(place, "AC", other)) == ["AB", "BC"]
    assert way(place, go(place, "AC", [ice])) == ["AD", "DC"]


def test_works_and_notices_are_told_of_and_passed() -> None:
    place = town(GRID, names={"BC": "浜町通り"})
    closures = [
        closure(place, "BC", ClosureKind.WORKS),
        closure(place, "BC", ClosureKind.NOTICE, description_ja="花見で混みます。"),
    ]
    route = go(place, "BC", closures)
    assert way(place, route) == ["BC"]
    works, notice = (warning.message("ja") for warning in route.warnings)
    assert works == "浜町通りは工事中です（通れます）。"
    assert notice == "浜町通りについてのお知らせ。花見で混みます。"


def test_a_calendar_forgets_the_sets_of_yesterday() -> None:
    place = town(GRID)
    closures = [
        closure(place, edge, name=f"day {number}", starts=NOON + number * DAY, ends=NOON + (number + 1) * DAY)
        for number, edge in enumerate(["BC", "AB"] * 20)
    ]
    calendar = Calendar(closures, {}, place.network)
    first = calendar.between(NOON, NOON)
    assert calendar.between(NOON, NOON) is first
    for number, edge in enumerate(["BC", "AB"] * 20):
        when = NOON + number * DAY
        assert calendar.between(when, when).terms.closed == {place.arc(edge), place.arc(edge[::-1])}
    assert calendar.between(NOON, NOON) is not first
