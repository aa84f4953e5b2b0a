"""A route: a walk through stops, with its legs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, StreetName
from guide.domain.profile import Profile
from guide.domain.texts import say
from guide.domain.walk import Stretch, Walk


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A part of a route: the way from one stop to the next, or a slope climbed (``slope_id``).

    The leg along a slope begins and ends at its own stop (``from_stop == to_stop``). ``arc_s`` (n,) is how long each
    arc of its walk takes, whole. Ascent and descent are None where a height is unknown.
    """

    from_stop: int
    to_stop: int
    slope_id: str | None
    direction: Direction | None
    walk: Walk
    arc_s: NDArray[np.float64]
    distance_m: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every stretch, in order."""
        return self.walk.stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class Snap:
    """Where a stop meets the streets: ``fraction`` of an edge from its tail, ``distance_m`` away from the stop."""

    edge: int
    fraction: float
    lng_lat: tuple[float, float]
    distance_m: float


@runtime_checkable
class Named(Protocol):
    """Whatever has a name in each language."""

    def called(self, language: str) -> str:
        """The words for it in "ja" or "en"."""
        ...


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
            key: value.called(language) if isinstance(value, Named) else value for key, value in self.values.items()
        }
        return say(language, f"route.{self.type}", **values)


class Course(Protocol):
    """A walk over the ground: worked out when first asked for, because few who ask for a route want all of it.

    ``line`` (k, 2) degrees with ``line_elevation_m`` (k,), NaN where unknown. ``steps`` is None where a stair on the
    way has no count, ``max_grade_20m`` (signed ratio) where it is not known. ``slopes_m`` is how much of it runs on
    named slopes.
    """

    @property
    def line(self) -> NDArray[np.float64]: ...  # noqa: D102 (said above)
    @property
    def line_elevation_m(self) -> NDArray[np.float64]: ...  # noqa: D102
    @property
    def profile(self) -> Profile: ...  # noqa: D102
    @property
    def max_grade_20m(self) -> float | None: ...  # noqa: D102
    @property
    def steps(self) -> int | None: ...  # noqa: D102
    @property
    def slopes_m(self) -> float: ...  # noqa: D102

    def line_json(self) -> bytes:
        """The line's positions with their heights, a JSON array."""

    def profile_json(self) -> tuple[bytes, bytes, bytes]:
        """Distances, heights and errors along the walk, a JSON array each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route: ``walk`` is all its legs as one, ``course`` that walk over the ground.

    ``snaps`` has one entry a stop, None for a slope. ``keeps_limits`` is False where no way keeps the walker's hard
    limits, and this is the least bad.
    """

    legs: tuple[Leg, ...]
    snaps: tuple[Snap | None, ...]
    walk: Walk
    course: Course
    distance_m: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None
    keeps_limits: bool
    warnings: tuple[RouteWarning, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every stretch of every leg, in order."""
        return self.walk.stretches

    @property
    def line(self) -> NDArray[np.float64]:
        """(k, 2) degrees."""
        return self.course.line

    @property
    def line_elevation_m(self) -> NDArray[np.float64]:
        """(k,) heights of the line's points, NaN where unknown."""
        return self.course.line_elevation_m

    @property
    def profile(self) -> Profile:
        """The heights along the route."""
        return self.course.profile

    @property
    def max_grade_20m(self) -> float | None:
        """The steepest 20 m (signed ratio), None where it is not known."""
        return self.course.max_grade_20m

    @property
    def steps(self) -> int | None:
        """Steps climbed or descended, None where a stair on the way has no count."""
        return self.course.steps

    @property
    def slopes_m(self) -> float:
        """How much of it runs on named slopes."""
        return self.course.slopes_m
