"""A tour as it was planned or as somebody drew it up: its halts, its walk, and when one is where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from guide.domain.route import Route, Stop
from guide.domain.slope import Theme
from guide.domain.texts import say
from guide.domain.tour_value import SlopeValue


class HaltKind(StrEnum):
    """Why one comes to a place."""

    START = "start"
    END = "end"
    SLOPE = "slope"
    LANDMARK = "landmark"
    POINT = "point"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """A stop of a tour; ``stay_s`` is how long one stays there, after the climb if it is a slope.

    ``window_s`` are the earliest and the latest time of day (seconds from midnight) at which the stay may begin.
    ``landmark_id`` stands where it is one. ``hours_known`` says whether a landmark's opening hours were looked at.
    """

    kind: HaltKind
    stop: Stop
    stay_s: float = 0.0
    landmark_id: str | None = None
    window_s: tuple[float, float] | None = None
    hours_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When one is at a halt, in seconds from departure: comes, waits until it may begin, and goes on."""

    arrive_s: float
    wait_s: float
    leave_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedTour:
    """Halts with their walk and their times.

    ``depart_s`` is the time of day of departure (seconds from midnight), None where no time of day was asked for.
    ``duration_s`` holds walking, stays and waiting; ``ascent_m`` is the greater of the whole walk's ascent and the sum
    of its legs', None where a height is unknown. ``missed`` are the halts (by number) that one reaches too late.
    """

    halts: tuple[Halt, ...]
    timings: tuple[Timing, ...]
    route: Route
    depart_s: float | None
    day: date | None
    duration_s: float
    ascent_m: float | None
    missed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is as it is: the key of a sentence, with its values."""

    type: str
    values: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        values = {
            key: say(language, f"theme.{value}") if isinstance(value, Theme) else value
            for key, value in self.values.items()
        }
        return say(language, f"tour-reply.{self.type}", **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A slope that is not in a tour, and why; ``added_s`` and ``added_m`` are what it would add, where it could."""

    slope_id: str
    reason: Reason
    points: float | None = None
    added_s: float | None = None
    added_m: float | None = None


class TourAim(StrEnum):
    """What an alternative is for."""

    BEST = "best"
    GENTLER = "gentler"
    OTHER_QUARTER = "other-quarter"


@dataclass(frozen=True, slots=True, kw_only=True)
class AimedTour:
    """A tour, what it is for, and what its slopes are worth (``values`` by slope id) and in sum (``points``)."""

    aim: TourAim
    tour: TimedTour
    values: Mapping[str, SlopeValue]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AimMissed:
    """An alternative that there is not, and why."""

    aim: TourAim
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTour:
    """The best tour, what it leaves out, other tours that differ, and what the visitor should know.

    ``complete`` is False where the search was cut short by its deadline: asked again, it may find a better one.
    """

    best: AimedTour
    left_out: tuple[LeftOut, ...]
    alternatives: tuple[AimedTour, ...]
    missed: tuple[AimMissed, ...]
    notes: tuple[Reason, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that would make a tour possible: which field of the wish, to what, and a sentence about it."""

    field: str
    value: float | str | None
    reason: Reason
