"""What a tour is asked for, and how that becomes a wish, or halts in their order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from guide.api.routes.request import Id, StopRequest, WalkerRequest, departure_of, stop_of, walker_of
from guide.api.tours.clock import TimeOfDay, seconds_of
from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.domain.landmark import LandmarkKind
from guide.domain.planned_tour import Halt, HaltKind
from guide.domain.route import PointStop, SlopeStop, Stop
from guide.domain.slope import Theme
from guide.domain.tour_value import EASE_RANGE, WEIGHT_RANGE, Taste
from guide.domain.tour_wish import LONGEST_BUDGET_S, SHORTEST_BUDGET_S, AtLeast, Pause, TourWish
from guide.domain.walker import Walker
from guide.http.texts import Language
from guide.routing.tours.when import When, when_of

MOST_VISITS: Final = 25
MOST_LEFT_OUT: Final = 1000
MOST_HALTS: Final = 60
MOST_ASCENT_M: Final = 5000
_GRACE_S: Final = 3600.0

_Weight = Annotated[
    float, msgspec.Meta(ge=WEIGHT_RANGE[0], le=WEIGHT_RANGE[1], description="how much it counts; 1 is usual")
]
_Ease = Annotated[
    float,
    msgspec.Meta(ge=EASE_RANGE[0], le=EASE_RANGE[1], description="how much gentle slopes count; negative: hard ones"),
]
_Minutes = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_BUDGET_S / 60)]
_Budget = Annotated[float, msgspec.Meta(ge=SHORTEST_BUDGET_S / 60, le=LONGEST_BUDGET_S / 60)]
_Ascent = Annotated[float, msgspec.Meta(ge=0, le=MOST_ASCENT_M)]


class WeightsRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much each part of a slope's value counts; 1 is usual. A negative ``ease`` seeks hard slopes."""

    themes: _Weight = 1.0
    view: _Weight = 1.0
    grade: _Weight = 1.0
    ease: _Ease = 1.0


class AtLeastRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least so many slopes of a theme."""

    theme: Theme
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_VISITS)]


class PauseRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pause of so many minutes between two times, at a landmark or at the best placed one of a kind."""

    minutes: Annotated[float, msgspec.Meta(gt=0, le=LONGEST_BUDGET_S / 60, description="how long it lasts")]
    between: tuple[TimeOfDay, TimeOfDay]
    landmark: Id | None = None
    kind: LandmarkKind = LandmarkKind.FOOD


class PlanRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tour to be planned. Minutes, metres; dates and times are those of the area's own clock.

    ``depart_at`` says ``date`` and ``depart`` in one.
    """

    start: StopRequest
    end: StopRequest | None = None
    time_budget_min: _Budget
    max_ascent_m: _Ascent | None = None
    max_effort: Annotated[int, msgspec.Meta(ge=1, le=5)] | None = None
    themes: Annotated[list[Theme], msgspec.Meta(max_length=len(Theme))] = []
    at_least: Annotated[list[AtLeastRequest], msgspec.Meta(max_length=len(Theme))] = []
    weights: WeightsRequest = WeightsRequest()
    include: Annotated[list[Id], msgspec.Meta(max_length=MOST_VISITS)] = []
    exclude: Annotated[list[Id], msgspec.Meta(max_length=MOST_LEFT_OUT)] = []
    pause: PauseRequest | None = None
    date: dt.date | None = None
    depart: TimeOfDay | None = None
    depart_at: dt.datetime | None = None
    visit_min: _Minutes = 10.0
    look_min: Annotated[float, msgspec.Meta(ge=0, le=60)] = 0.0
    walker: WalkerRequest = WalkerRequest()
    language: Language = Language.JA


class HaltRequest(StopRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stop of a tour, how many minutes one stays there, and between which times the stay begins and ends."""

    stay_min: _Minutes = 0.0
    between: tuple[TimeOfDay, TimeOfDay] | None = None


class TourRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tour through halts in the order given: a planned one that somebody changed, or one of their own."""

    halts: Annotated[list[HaltRequest], msgspec.Meta(min_length=2, max_length=MOST_HALTS)]
    time_budget_min: _Budget | None = None
    max_ascent_m: _Ascent | None = None
    date: dt.date | None = None
    depart: TimeOfDay | None = None
    depart_at: dt.datetime | None = None
    walker: WalkerRequest = WalkerRequest()
    language: Language = Language.JA


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTour:
    """A tour that somebody drew up."""

    halts: tuple[Halt, ...]
    walker: Walker
    when: When


def wish_of(request: PlanRequest, area: ServedArea, now: dt.datetime) -> TourWish:
    """The wish of a request.

    Raises:
        UsageError: a field is worded wrongly, or lies in the past.
        NotFoundError: the area has no such landmark or slope.
    """
    day, depart_s = _moment(request, area)
    _refuse_past(day, depart_s, request.pause, now)
    start = place_of(request.start, "start", area, request.language)
    end = start if request.end is None else place_of(request.end, "end", area, request.language)
    _refuse_repeated(request.include, "include")
    return TourWish(
        start=start,
        end=end,
        walker=walker_of(request.walker),
        budget_s=60 * request.time_budget_min,
        max_ascent_m=request.max_ascent_m,
        max_effort=request.max_effort,
        taste=taste_of(request.themes, request.weights),
        at_least=tuple(AtLeast(theme=each.theme, count=each.count) for each in request.at_least),
        include=tuple(request.include),
        exclude=frozenset(request.exclude),
        pause=None if request.pause is None else _pause(request.pause),
        day=day,
        depart_s=depart_s,
        visit_s=60 * request.visit_min,
        look_s=60 * request.look_min,
    )


def taste_of(themes: Sequence[Theme], weights: WeightsRequest) -> Taste:
    """What a visitor is after."""
    return Taste(
        themes=frozenset(themes),
        themes_weight=weights.themes,
        view_weight=weights.view,
        grade_weight=weights.grade,
        ease_weight=weights.ease,
    )


def drawn_tour_of(request: TourRequest, area: ServedArea) -> DrawnTour:
    """The halts of a request, in order.

    Raises:
        UsageError: a halt is worded wrongly.
        NotFoundError: the area has no such landmark or slope.
    """
    last = len(request.halts) - 1
    halts = tuple(_halt(halt, number, last, area, request.language) for number, halt in enumerate(request.halts))
    day, depart_s = _moment(request, area)
    has_windows = any(halt.window_s is not None for halt in halts)
    budget_s = 60 * request.time_budget_min if request.time_budget_min is not None else LONGEST_BUDGET_S
    when = when_of(day, depart_s, None, budget_s, has_hours=has_windows)
    return DrawnTour(halts=halts, walker=walker_of(request.walker), when=when)


def _moment(request: PlanRequest | TourRequest, area: ServedArea) -> tuple[dt.date | None, float | None]:
    """The day and the time of day of departure, as far as they are given."""
    if request.depart_at is None:
        return request.date, None if request.depart is None else seconds_of(request.depart)
    if request.date is not None or request.depart is not None:
        raise UsageError("depart_at says date and depart in one. Give it alone, or the other two.")
    departure = departure_of(request.depart_at, area).astimezone(area.zone)
    return departure.date(), 3600.0 * departure.hour + 60.0 * departure.minute


def place_of(stop: StopRequest, field: str, area: ServedArea, language: Language) -> PointStop:
    """A point, a landmark, or the foot of a slope.

    Raises:
        UsageError: it is worded wrongly, or nobody knows where it is.
        NotFoundError: the area has no such landmark or slope.
    """
    found: Stop = stop_of(stop, field, area, language)
    if isinstance(found, PointStop):
        return found
    slope = area.get_slope(found.slope_id)
    if slope.line is None:
        raise UsageError(f"It is not known where {slope.entry.name} is, so no tour can begin there. Choose a point.")
    longitude, latitude = slope.line[0].tolist()
    return PointStop(lng_lat=(longitude, latitude), name=slope.entry.name)


def _halt(request: HaltRequest, number: int, last: int, area: ServedArea, language: Language) -> Halt:
    stop = stop_of(request, f"halt {number + 1}", area, language)
    kind = HaltKind.POINT
    if isinstance(stop, SlopeStop):
        kind = HaltKind.SLOPE
    elif request.landmark is not None:
        kind = HaltKind.LANDMARK
    elif number in {0, last}:
        kind = HaltKind.START if number == 0 else HaltKind.END
    window = None
    stay_s = 60 * request.stay_min
    if request.between is not None:
        opens, closes = (seconds_of(each) for each in request.between)
        if closes - opens < stay_s:
            raise UsageError(f"The stay at halt {number + 1} does not fit between its two times. Make it shorter.")
        window = (opens, closes - stay_s)
    return Halt(kind=kind, stop=stop, stay_s=stay_s, landmark_id=request.landmark, window_s=window)


def _pause(request: PauseRequest) -> Pause:
    earliest, latest = (seconds_of(each) for each in request.between)
    return Pause(
        stay_s=60 * request.minutes,
        earliest_s=earliest,
        latest_s=latest,
        landmark_id=request.landmark,
        kind=request.kind,
    )


def _refuse_past(day: dt.date | None, depart_s: float | None, pause: PauseRequest | None, now: dt.datetime) -> None:
    """Refuse a day that is past, and times of today that are. Whoever has just set out is given an hour."""
    today = now.date()
    if day is None or day > today:
        return
    if day < today:
        raise UsageError(f"The date {day} is past (today is {today} there). Choose a day to come, or leave it out.")
    now_s = 3600.0 * now.hour + 60.0 * now.minute
    if depart_s is not None and depart_s < now_s - _GRACE_S:
        raise UsageError(f"The departure is past (it is {now:%H:%M} there now). Depart later, or choose another day.")
    if pause is not None and seconds_of(pause.between[1]) - 60 * pause.minutes < now_s:
        raise UsageError(
            f"It is too late for the pause today (it is {now:%H:%M} there now). Give later times, or another day."
        )


def _refuse_repeated(ids: Sequence[str], field: str) -> None:
    repeated = {each for each in ids if ids.count(each) > 1}
    if repeated:
        raise UsageError(f"{min(repeated)!r} stands in {field} more than once. Write it once.")
