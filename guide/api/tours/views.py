"""A tour as the wire carries it: a route, and with it halts with their times, values, and what was left out."""

from collections.abc import Mapping
from typing import Any

from guide.api.routes.handlers import view_of_route
from guide.api.tours.clock import time_text
from guide.areas.served import ServedArea
from guide.domain.planned_tour import (
    AimedTour,
    AimMissed,
    Halt,
    HaltKind,
    LeftOut,
    PlannedTour,
    Reason,
    TimedTour,
)
from guide.domain.route import SlopeStop
from guide.domain.tour_value import SlopeValue
from guide.http.texts import Language, text


def timed_view(
    area: ServedArea,
    tour: TimedTour,
    values: Mapping[str, SlopeValue],
    language: Language,
) -> dict[str, Any]:
    """A tour with its halts; ``values`` are those of its slopes, as far as they were asked for."""
    stops = tuple(halt.stop for halt in tour.halts)
    view = view_of_route(area, tour.route, stops, language)
    halts = [
        _halt_view(area, tour, number, values, language) | {"lng_lat": stop["lng_lat"]}
        for number, stop in enumerate(view["stops"])
    ]
    return {
        **view,
        "total_duration_s": round(tour.duration_s),
        "counted_ascent_m": None if tour.ascent_m is None else round(tour.ascent_m, 1),
        "date": None if tour.day is None else tour.day.isoformat(),
        "depart": _clock(tour, 0.0),
        "arrive": _clock(tour, tour.duration_s),
        "halts": halts,
        "slopes": [halt for halt in halts if halt["kind"] == HaltKind.SLOPE],
        "missed_halts": list(tour.missed),
    }


def aimed_view(area: ServedArea, aimed: AimedTour, language: Language) -> dict[str, Any]:
    """A tour with what it is for and what it is worth."""
    return {
        "aim": aimed.aim,
        "aim_text": text(f"tour-aim.{aimed.aim}", language),
        "points": aimed.points,
        **timed_view(area, aimed.tour, aimed.values, language),
    }


def planned_view(area: ServedArea, planned: PlannedTour, language: Language) -> dict[str, Any]:
    """A planned tour with everything about it."""
    return {
        **aimed_view(area, planned.best, language),
        "left_out": [_left_out_view(area, each, language) for each in planned.left_out],
        "alternatives": [aimed_view(area, each, language) for each in planned.alternatives],
        "alternatives_left_out": [_missed_view(each, language) for each in planned.missed],
        "notes": [reason_view(each, language) for each in planned.notes],
        "complete": planned.complete,
    }


def reason_view(reason: Reason, language: Language) -> dict[str, Any]:
    """A reason as its stable type and its sentence."""
    return {"type": reason.type, "message": reason.message(language.value)}


def _halt_view(
    area: ServedArea, tour: TimedTour, number: int, values: Mapping[str, SlopeValue], language: Language
) -> dict[str, Any]:
    halt, timing = tour.halts[number], tour.timings[number]
    slope_id = halt.stop.slope_id if isinstance(halt.stop, SlopeStop) else None
    leg = next((leg for leg in tour.route.legs if leg.slope_id is not None and leg.to_stop == number), None)
    view: dict[str, Any] = {
        "kind": halt.kind,
        "slope": slope_id,
        "landmark": halt.landmark_id,
        "name": _name(area, halt, language),
        "direction": leg.direction if leg is not None else None,
        "arrives_s": round(timing.arrive_s),
        "waits_s": round(timing.wait_s),
        "stays_s": round(halt.stay_s),
        "leaves_s": round(timing.leave_s),
        "arrives": _clock(tour, timing.arrive_s),
        "leaves": _clock(tour, timing.leave_s),
        "hours_known": halt.hours_known if halt.landmark_id is not None else None,
    }
    if slope_id is not None and slope_id in values:
        view["value"] = value_view(values[slope_id], language)
    return view


def value_view(value: SlopeValue, language: Language) -> dict[str, Any]:
    """What a slope is worth, and for what."""
    return {
        "points": value.points,
        "parts": [
            {
                "reason": part.reason,
                "points": part.points,
                "message": text(f"tour-value.{part.reason}", language, **_said(part.values, language)),
            }
            for part in value.parts
        ],
    }


def _said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """Values as words: a theme by its name."""
    return {key: text(f"theme.{value}", language) if key == "theme" else value for key, value in values.items()}


def _left_out_view(area: ServedArea, left_out: LeftOut, language: Language) -> dict[str, Any]:
    entry = area.slopes[left_out.slope_id].entry
    return {
        "slope": left_out.slope_id,
        "name": entry.name_en if language is Language.EN and entry.name_en else entry.name,
        "reason": left_out.reason.type,
        "message": left_out.reason.message(language.value),
        "points": left_out.points,
        "added_min": None if left_out.added_s is None else round(left_out.added_s / 60, 1),
        "added_ascent_m": None if left_out.added_m is None else round(left_out.added_m, 1),
    }


def _missed_view(missed: AimMissed, language: Language) -> dict[str, Any]:
    return {"aim": missed.aim, **reason_view(missed.reason, language)}


def _name(area: ServedArea, halt: Halt, language: Language) -> str | None:
    entry: Any = None
    if isinstance(halt.stop, SlopeStop):
        entry = area.slopes[halt.stop.slope_id].entry
    elif halt.landmark_id is not None:
        entry = area.landmarks.get(halt.landmark_id)
    if entry is not None:
        english: str | None = entry.name_en
        local: str | None = entry.name
        return english if language is Language.EN and english else local
    return halt.stop.name if not isinstance(halt.stop, SlopeStop) else None


def _clock(tour: TimedTour, seconds: float) -> str | None:
    return None if tour.depart_s is None else time_text(tour.depart_s + seconds)
