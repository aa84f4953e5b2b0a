"""From a tour that is asked for to the answer: what planner processes and the service itself both do."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final

import msgspec

from guide.api.routes.request import StopRequest, WalkerRequest
from guide.api.tours.clock import time_text
from guide.api.tours.link import Fingerprints, Ids, to_link
from guide.api.tours.request import HaltRequest, PlanRequest, TourRequest, drawn_tour_of, wish_of
from guide.api.tours.views import planned_view, reason_view, timed_view
from guide.areas.served import ServedArea
from guide.domain.planned_tour import AimedTour, Halt, HaltKind, PlannedTour, Reason, TimedTour
from guide.domain.route import SlopeStop
from guide.http.texts import Language
from guide.routing.routes.closures import Conditions
from guide.routing.tours.plan import plan_tour
from guide.routing.tours.solve import Deadline
from guide.routing.tours.timing import time_tour, walk_halts
from guide.routing.tours.when import MORNING_S, When

SEARCH_S: Final = 8.0
"""No search takes longer, however slow the machine is; an ordinary one ends in a tenth of it."""


def plan_reply(area: ServedArea, wanted: PlanRequest) -> dict[str, Any]:
    """The best tour for a wish, with alternatives and reasons."""
    now = datetime.now(area.zone)
    wish = wish_of(wanted, area, now)
    conditions = area.conditions(wish.day, wish.depart_s, wish.budget_s)
    planned = _told(area, plan_tour(area.surroundings, wish, conditions.terms, Deadline(SEARCH_S)), conditions)
    view = planned_view(area, planned, wanted.language)
    for each, tour in zip((view, *view["alternatives"]), (planned.best, *planned.alternatives), strict=True):
        each.update(kept_view(area, _planned_request(tour.tour, wanted)))
    return view


def tour_reply(area: ServedArea, wanted: TourRequest, vanished: tuple[int, ...] = ()) -> dict[str, Any]:
    """A tour in the order that somebody gave; ``vanished`` are the halts of its link that are no longer there."""
    tour = timed_tour(area, wanted)
    notes = [Reason(type="vanished", values={"number": number}) for number in vanished]
    return {
        "aim": "own",
        **timed_view(area, tour, {}, wanted.language),
        "over": _over(tour, wanted),
        "vanished": list(vanished),
        "notes": [reason_view(note, wanted.language) for note in notes],
        **kept_view(area, msgspec.structs.replace(wanted, date=tour.day, depart=_departed(tour), depart_at=None)),
    }


def timed_tour(area: ServedArea, wanted: TourRequest) -> TimedTour:
    """A tour walked in the order that somebody gave, on the terms of its day."""
    drawn = drawn_tour_of(wanted, area)
    route, _ = area.calendar.plan(
        lambda terms: walk_halts(area.surroundings, drawn.halts, drawn.walker, terms), _departure(area, drawn.when)
    )
    return time_tour(drawn.halts, route, drawn.when)


def _told(area: ServedArea, planned: PlannedTour, conditions: Conditions) -> PlannedTour:
    """A planned tour with what ice, works and notices are on its ways."""

    def told(aimed: AimedTour) -> AimedTour:
        return replace(aimed, tour=told_route(area, aimed.tour, conditions))

    return replace(planned, best=told(planned.best), alternatives=tuple(map(told, planned.alternatives)))


def told_route(area: ServedArea, tour: TimedTour, conditions: Conditions) -> TimedTour:
    """A tour with what ice, works and notices are on its way."""
    return replace(tour, route=area.calendar.told(tour.route, conditions))


def _departure(area: ServedArea, when: When) -> datetime:
    """When a tour begins: at the time that was given, else now, or in the morning of another day."""
    now = datetime.now(area.zone)
    day = when.day or now.date()
    if not when.has_clock and day == now.date():
        return now
    seconds = when.depart_s[0] if when.has_clock else MORNING_S
    return datetime.combine(day, time(), tzinfo=area.zone) + timedelta(seconds=seconds)


def ids_of(area: ServedArea) -> Ids:
    """The ids that a link into an area can name."""
    return area.once(
        "ids of links", lambda: Ids(slopes=Fingerprints(area.slopes), landmarks=Fingerprints(area.landmarks))
    )


def kept_view(area: ServedArea, request: TourRequest) -> dict[str, Any]:
    """The tour as a request that may be changed and sent again, and as a link, its code and both their addresses."""
    link = to_link(request, ids_of(area))
    return {
        "request": request,
        "link": link,
        "link_path": f"/t/{area.id}/{link}",
        "qr_path": f"/api/{area.id}/tours/link/{link}/qr",
    }


def _over(tour: TimedTour, wanted: TourRequest) -> dict[str, float | None]:
    """By how much a tour goes over its budgets; 0 where it keeps them, null where none is set or nothing is known."""
    minutes = ascent = None
    if wanted.time_budget_min is not None:
        minutes = round(max(tour.duration_s / 60 - wanted.time_budget_min, 0.0), 1)
    if wanted.max_ascent_m is not None and tour.ascent_m is not None:
        ascent = round(max(tour.ascent_m - wanted.max_ascent_m, 0.0), 1)
    return {"time_min": minutes, "ascent_m": ascent}


def request_of_tour(
    tour: TimedTour, start: StopRequest, walker: WalkerRequest, language: Language, end: StopRequest | None = None
) -> TourRequest:
    """A tour as what one would send to have it once more, its ends as they were asked for."""
    last = len(tour.halts) - 1
    places = {0: start, last: end or start}
    return TourRequest(
        halts=[_halt_request(halt, places.get(number)) for number, halt in enumerate(tour.halts)],
        date=tour.day,
        depart=_departed(tour),
        walker=walker,
        language=language,
    )


def _planned_request(tour: TimedTour, wanted: PlanRequest) -> TourRequest:
    """The same for a planned tour, with its budgets and its pause's times."""
    request = request_of_tour(tour, wanted.start, wanted.walker, wanted.language, wanted.end)
    halts = [
        msgspec.structs.replace(asked, between=wanted.pause.between)
        if halt.kind is HaltKind.PAUSE and wanted.pause is not None
        else asked
        for halt, asked in zip(tour.halts, request.halts, strict=True)
    ]
    return msgspec.structs.replace(
        request, halts=halts, time_budget_min=wanted.time_budget_min, max_ascent_m=wanted.max_ascent_m
    )


def _departed(tour: TimedTour) -> str | None:
    """The time of day at which a tour begins, whoever chose it."""
    return None if tour.depart_s is None else time_text(tour.depart_s)


def _halt_request(halt: Halt, place: StopRequest | None) -> HaltRequest:
    """A halt as one asks for it; ``place`` is how an end was asked for."""
    if place is not None and place.slope is None:
        return HaltRequest(lng_lat=place.lng_lat, landmark=place.landmark)
    if isinstance(halt.stop, SlopeStop):
        return HaltRequest(slope=halt.stop.slope_id, direction=halt.stop.direction, stay_min=halt.stay_s / 60)
    if halt.landmark_id is not None:
        return HaltRequest(landmark=halt.landmark_id, stay_min=halt.stay_s / 60)
    return HaltRequest(lng_lat=halt.stop.lng_lat, stay_min=halt.stay_s / 60)
