"""Closures of the day that a tour is for."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from guide.api.routes.request import StopRequest
from guide.api.tours.replies import plan_reply, tour_reply
from guide.api.tours.request import HaltRequest, PlanRequest, TourRequest
from guide.area.read import BuiltArea
from guide.areas.served import ServedArea
from guide.domain.closure import CatalogueClosure, Closure, ClosureKind
from guide.domain.errors import NoWayError
from guide.http.texts import Language

DAY = date(2031, 5, 3)
SLOPE = "mihon-zaka"


@pytest.fixture
def closed(sample: BuiltArea) -> ServedArea:
    """The sample town with a slope closed on one morning to come."""
    area = ServedArea(sample.directory)
    begins = datetime(2031, 5, 3, 8, tzinfo=area.zone)
    closure = Closure(
        entry=CatalogueClosure(id="c", kind=ClosureKind.CLOSED, slope_id=SLOPE),
        starts=begins,
        ends=begins + timedelta(hours=4),
        edges=tuple(sorted({stretch.arc >> 1 for stretch in area.slopes[SLOPE].stretches})),
    )
    area.built = replace(area.built, closures=(closure,))
    return area


def wish(station: list[float], **more: object) -> PlanRequest:
    place = StopRequest(lng_lat=(station[0], station[1]))
    return PlanRequest(start=place, time_budget_min=60, language=Language.EN, **more)  # type: ignore[arg-type]


def test_a_closed_slope_is_in_no_tour_of_that_morning_and_its_streets_in_none(
    closed: ServedArea, station: list[float]
) -> None:
    open_ = plan_reply(closed, wish(station, date=DAY + timedelta(days=1), depart="09:00"))
    assert SLOPE in [halt["slope"] for halt in open_["slopes"]]
    shut = plan_reply(closed, wish(station, date=DAY, depart="09:00"))
    assert SLOPE not in [halt["slope"] for halt in shut["slopes"]]
    (reason,) = (each for each in shut["left_out"] if each["slope"] == SLOPE)
    assert (reason["reason"], reason["message"]) == ("closed", "It is closed at that time.")
    afternoon = plan_reply(closed, wish(station, date=DAY, depart="13:00"))
    assert SLOPE in [halt["slope"] for halt in afternoon["slopes"]]
    # Who does not say when might be there in the morning.
    assert SLOPE not in [halt["slope"] for halt in plan_reply(closed, wish(station, date=DAY))["slopes"]]


def test_a_tour_over_a_closed_slope_names_it(closed: ServedArea, station: list[float]) -> None:
    ends = HaltRequest(lng_lat=(station[0], station[1]))
    tour = TourRequest(halts=[ends, HaltRequest(slope=SLOPE), ends], date=DAY, depart="09:00", language=Language.EN)
    with pytest.raises(NoWayError, match="Closed at that time"):
        tour_reply(closed, tour)
