"""What a visitor wishes of a tour."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from guide.domain.landmark import LandmarkKind
from guide.domain.route import PointStop
from guide.domain.slope import Theme
from guide.domain.tour_value import Taste
from guide.domain.walker import Walker

LONGEST_BUDGET_S: Final = 12 * 3600
SHORTEST_BUDGET_S: Final = 5 * 60
DAY_S: Final = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """At least so many slopes of a theme."""

    theme: Theme
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A pause of ``stay_s`` that begins and ends between two times of the day (seconds from midnight).

    At a landmark, or at the best placed one of a kind; at a place of food if nothing is said.
    """

    stay_s: float
    earliest_s: float
    latest_s: float
    landmark_id: str | None = None
    kind: LandmarkKind = LandmarkKind.FOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class TourWish:
    """A tour to be planned.

    ``depart_s`` is the time of day (seconds from midnight on the area's own clock) at which it begins; None leaves it
    to the planner where a time of day matters at all. ``day`` is when it is to be walked, None if that is not said:
    opening hours are then not known. ``budget_s`` holds walking, pauses, visits and waiting. ``include`` are ids of
    slopes and landmarks that must be seen, ``exclude`` of those that must not; a landmark takes ``visit_s``, a slope
    ``look_s`` beside its climb.
    """

    start: PointStop
    end: PointStop
    walker: Walker
    budget_s: float
    max_ascent_m: float | None = None
    max_effort: int | None = None
    taste: Taste = field(default_factory=Taste)
    at_least: tuple[AtLeast, ...] = ()
    include: tuple[str, ...] = ()
    exclude: frozenset[str] = frozenset()
    pause: Pause | None = None
    day: date | None = None
    depart_s: float | None = None
    visit_s: float = 600.0
    look_s: float = 0.0
