"""When a tour may begin, on the area's own clock."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from guide.domain.tour_wish import DAY_S, Pause

MORNING_S: Final = 8 * 3600.0
EVENING_S: Final = 20 * 3600.0
"""Between these a tour begins if nobody says when, and only a pause or opening hours make the time of day matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The day, and the earliest and latest departure in seconds from midnight; both 0 where there is no clock."""

    day: date | None
    depart_s: tuple[float, float]
    has_clock: bool


def when_of(
    day: date | None, depart_s: float | None, pause: Pause | None, budget_s: float, *, has_hours: bool = False
) -> When:
    """What is said of the time, or what follows from it: ``has_hours`` says that opening hours matter too."""
    if depart_s is not None:
        return When(day=day, depart_s=(depart_s, depart_s), has_clock=True)
    if pause is not None:
        earliest = min(MORNING_S, max(pause.earliest_s - budget_s, 0.0))
        return When(day=day, depart_s=(earliest, max(pause.latest_s - pause.stay_s, earliest)), has_clock=True)
    if has_hours:
        return When(day=day, depart_s=(MORNING_S, min(EVENING_S, DAY_S - budget_s)), has_clock=True)
    return When(day=day, depart_s=(0.0, 0.0), has_clock=False)
