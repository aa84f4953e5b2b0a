"""A route: a walk through stops, with its legs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, StreetName
from guide.domain.profile import Profile
from guide.domain.texts import say


class Direction(StrEnum):
    """How a slope is taken."""

    UP = "up"
    DOWN = "down"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStop:
    """A place to pass: degrees, and a name where it has one."""

    lng_lat: tuple[float, float]
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeStop:
    """A slope to climb along its own line."""

    slope_id: str
    direction: Direction = Direction.ANY


Stop = PointStop | SlopeStop


class Stretch(NamedTuple):
    """A piece of a walk along one arc, from ``start`` to ``end`` as fractions of the arc's length.

    A tuple, because a walk through a town makes hundreds of them.
    """

    arc: int
    start: float = 0.0
    end: float = 1.0

    def turned(self) -> "Stretch":
        """The same piece walked the other way."""
        return Stretch(arc=self.arc ^ 1, start=1.0 - self.end, end=1.0 - self.start)


def whole_arcs(arcs: Iterable[int]) -> tuple[Stretch, ...]:
    """Arcs from end to end."""
    return tuple(Stretch(arc=arc) for arc in arcs)


def turned(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The same walk the other way."""
    return tuple(stretch.turned() for stretch in reversed(stretches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A part of a route: the way from one stop to the next, or a slope climbed (``slope_id``).

    The leg along a slope begins and ends at its own stop (``from_stop == to_stop``). Ascent and descent are None
    where a height is unknown.
    """

    from_stop: int
    to_stop: int
    slope_id: str | None
    direction: Direction | None
    stretches: tuple[Stretch, ...]
    distance_m: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snap:
    """Where a stop meets the streets: ``fraction`` of an edge from its tail, ``distance_m`` away from the stop."""

    edge: int
    fraction: float
    lng_lat: tuple[float, float]
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetLabel:
    """What a street is called: its name, or its kind if it has none."""

    name: StreetName | None
    kind: Kind

    def called(self, language: str) -> str:
        """The words for it in "ja" or "en"."""
        if self.name is None:
            return say(language, f"kind.{self.kind.name.lower()}")
        return (self.name.ja if language == "ja" else self.name.en) or self.name.local


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWarning:
    """Something the walker should know: a stable type, which is also the key of its sentence, and its values.

    ``from_m`` and ``to_m`` say where on the walk, None where it is about the whole of it.
    """

    type: str
    values: Mapping[str, object] = field(default_factory=dict)
    from_m: float | None = None
    to_m: float | None = None

    def message(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        values = {
            key: value.called(language) if isinstance(value, StreetLabel) else value
            for key, value in self.values.items()
        }
        return say(language, f"route.{self.type}", **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A walk. ``line`` (k, 2) degrees with ``line_elevation_m`` (k,), NaN where unknown.

    ``snaps`` has one entry a stop, None for a slope. ``steps`` is None where a stair on the way has no count,
    ``max_grade_20m`` (signed ratio) where it is not known. ``slopes_m`` is how much of it runs on named slopes.
    ``keeps_limits`` is False where no way keeps the walker's hard limits, and this is the least bad.
    """

    legs: tuple[Leg, ...]
    snaps: tuple[Snap | None, ...]
    line: NDArray[np.float64]
    line_elevation_m: NDArray[np.float64]
    profile: Profile
    distance_m: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None
    max_grade_20m: float | None
    steps: int | None
    slopes_m: float
    keeps_limits: bool
    warnings: tuple[RouteWarning, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every stretch of every leg, in order."""
        return tuple(stretch for leg in self.legs for stretch in leg.stretches)
