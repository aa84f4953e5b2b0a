"""A loop: a walk round and back, of a length, a time or an ascent that somebody wishes for."""

from dataclasses import dataclass, field
from enum import StrEnum

from guide.domain.planned_tour import Reason, TimedTour
from guide.domain.route import PointStop
from guide.domain.tour_value import SlopeValue, Taste
from guide.domain.walker import Walker


class LoopMeasure(StrEnum):
    """What a loop shall have so much of."""

    DISTANCE = "distance"  # metres
    DURATION = "duration"  # seconds
    ASCENT = "ascent"  # metres


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopWish:
    """A loop from a place: so much of one measure; ``count`` to choose from at most."""

    start: PointStop
    walker: Walker
    measure: LoopMeasure
    amount: float
    taste: Taste = field(default_factory=Taste)
    count: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A loop that was found.

    ``amount`` is what it has of the measure, ``off`` by which share that differs from the wish (signed).
    ``repeated_share`` of its length runs on streets that it walks more than once. ``values`` are those of the named
    slopes that it takes as a whole.
    """

    tour: TimedTour
    amount: float
    off: float
    repeated_share: float
    values: dict[str, SlopeValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLoops:
    """Loops to choose from, the best first, and what the visitor should know."""

    loops: tuple[Loop, ...]
    notes: tuple[Reason, ...] = ()
