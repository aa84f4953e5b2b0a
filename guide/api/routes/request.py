"""What a route is asked for, in a body or in a link, and how it becomes stops and a walker."""

import math
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec

from guide.areas.served import ServedArea
from guide.domain.errors import UsageError
from guide.domain.landmark import Landmark
from guide.domain.route import Direction, PointStop, SlopeStop, Stop
from guide.domain.walker import LIMIT_RANGE, PACE_RANGE, Preset, Season, SlopesChoice, Speed, StepsChoice, Walker
from guide.http.texts import Language

MOST_STOPS: Final = 25
_LONGEST_ID: Final = 200
_YEARS: Final = range(2000, 2201)

_LimitPercent = Annotated[float, msgspec.Meta(ge=100 * LIMIT_RANGE[0], le=100 * LIMIT_RANGE[1])]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST_ID)]


class StopRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stop: exactly one of ``lng_lat`` (degrees), ``landmark`` or ``slope`` (ids)."""

    lng_lat: tuple[float, float] | None = None
    landmark: Id | None = None
    slope: Id | None = None
    direction: Direction = Direction.ANY


class WalkerRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who walks: a preset, and whatever is to be otherwise than the preset has it.

    ``pace`` multiplies the speed of the formula's hiker. The limits are on the steepest 20 m in the direction walked.
    """

    preset: Preset = Preset.TOURIST
    speed: Speed | None = None
    pace: Annotated[
        Annotated[float, msgspec.Meta(ge=PACE_RANGE[0], le=PACE_RANGE[1])] | None,
        msgspec.Meta(description="times the speed of the formula"),
    ] = None
    max_grade_up_percent: _LimitPercent | None = None
    max_grade_down_percent: _LimitPercent | None = None
    steps: StepsChoice | None = None
    slopes: SlopesChoice | None = None
    season: Season | None = None


class RouteRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A route through stops in order. What the service does not know yet is refused, never silently left out.

    ``depart_at`` decides which closures hold: a time of the area's own clock, or one with its zone; now if not given.
    """

    stops: Annotated[list[StopRequest], msgspec.Meta(min_length=1, max_length=MOST_STOPS)]
    walker: WalkerRequest = WalkerRequest()
    depart_at: datetime | None = None
    alternatives: bool = False
    language: Language = Language.JA


def departure_of(depart_at: datetime | None, area: ServedArea) -> datetime:
    """When somebody sets out, with a time zone.

    Raises:
        UsageError: the year is not of our time.
    """
    if depart_at is None:
        return datetime.now(area.zone)
    if depart_at.year not in _YEARS:
        raise UsageError(f"depart_at must lie between {_YEARS[0]} and {_YEARS[-1]}, not {depart_at:%Y-%m-%d}.")
    return depart_at if depart_at.tzinfo is not None else depart_at.replace(tzinfo=area.zone)


def walker_of(request: WalkerRequest) -> Walker:
    """The walker that a request names."""
    limits = {
        "max_grade_up": request.max_grade_up_percent,
        "max_grade_down": request.max_grade_down_percent,
    }
    own: dict[str, Any] = {name: limit / 100 for name, limit in limits.items() if limit is not None}
    for name in ("speed", "pace", "steps", "slopes", "season"):
        if (value := getattr(request, name)) is not None:
            own[name] = value
    return replace(Walker.of(request.preset), **own) if own else Walker.of(request.preset)


def stops_of(request: RouteRequest, area: ServedArea) -> tuple[Stop, ...]:
    """The stops of a request, landmarks looked up.

    Raises:
        UsageError: a stop is worded wrongly.
        NotFoundError: the area has no such landmark or slope.
    """
    return tuple(
        stop_of(stop, f"stop {number}", area, request.language) for number, stop in enumerate(request.stops, start=1)
    )


def parse_stop(text: str) -> StopRequest:
    """A stop as a link says it: ``lon,lat``, ``slope:ID``, ``slope:ID:up|down|any`` or ``landmark:ID``.

    Raises:
        UsageError: it is none of these.
    """
    kind, _, rest = text.partition(":")
    if kind == "landmark" and 0 < len(rest) <= _LONGEST_ID:
        return StopRequest(landmark=rest)
    if kind == "slope" and 0 < len(rest) <= _LONGEST_ID:
        slope, _, direction = rest.rpartition(":")
        if slope and direction in set(Direction):
            return StopRequest(slope=slope, direction=Direction(direction))
        return StopRequest(slope=rest)
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(
            f"The stop {text[:60]!r} is not understood. Write lon,lat or slope:ID:up (down, any) or landmark:ID."
        ) from None
    return StopRequest(lng_lat=(longitude, latitude))


def stop_of(stop: StopRequest, called: str, area: ServedArea, language: Language) -> Stop:
    """One stop; ``called`` is what a message calls it.

    Raises:
        UsageError: it is worded wrongly.
        NotFoundError: the area has no such landmark or slope.
    """
    if sum(value is not None for value in (stop.lng_lat, stop.landmark, stop.slope)) != 1:
        raise UsageError(f"{called.capitalize()} must have exactly one of lng_lat, landmark and slope.")
    if stop.slope is not None:
        return SlopeStop(slope_id=area.get_slope(stop.slope).entry.id, direction=stop.direction)
    if stop.landmark is not None:
        landmark = area.get_landmark(stop.landmark)
        return PointStop(lng_lat=landmark.lng_lat, name=_landmark_name(landmark, language))
    longitude, latitude = stop.lng_lat or (math.nan, math.nan)
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 (degrees of the globe; also not a number)
        raise UsageError(
            f"{called.capitalize()} is not on the globe: {longitude}, {latitude}. "
            "Give longitude, then latitude, in degrees."
        )
    return PointStop(lng_lat=(longitude, latitude))


def _landmark_name(landmark: Landmark, language: Language) -> str | None:
    return landmark.name_en if language is Language.EN and landmark.name_en else landmark.name
