"""When a landmark is open on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

from guide.domain.landmark import Landmark

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Open from each first to each second time of ``hours_s`` (seconds from midnight); never, if there is none."""

    hours_s: tuple[tuple[float, float], ...]


def opening_on(landmark: Landmark, day: date | None, zone: ZoneInfo) -> Opening | None:
    """The hours of a day by OpenStreetMap's notation; None where they are not known.

    They are not known if the landmark has none, if they are a town's own words, if they hinge on something that nobody
    can look up ("by appointment"), or if the day is not given.
    """
    if day is None or landmark.opening_hours is None or not validate(landmark.opening_hours):
        return None
    lng, lat = landmark.lng_lat
    hours = OpeningHours(landmark.opening_hours, timezone=zone, coords=(lat, lng))
    midnight = datetime.combine(day, time(), tzinfo=zone)
    found = []
    for begin, end, state, comment in hours.intervals(midnight, midnight + _DAY):
        if state == State.UNKNOWN or (state == State.OPEN and comment):
            return None
        if state == State.OPEN:
            found.append((_seconds(begin, day), _seconds(end, day)))
    return Opening(hours_s=tuple(found))


def _seconds(moment: datetime | None, day: date) -> float:
    """A time on the area's own clock, as seconds from the midnight of a day."""
    if moment is None:
        return _DAY.total_seconds()
    return (moment.replace(tzinfo=None) - datetime.combine(day, time())).total_seconds()
