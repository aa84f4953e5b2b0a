"""A walker: whose legs a route is for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guide.domain.errors import UsageError

PACE_RANGE: Final = (0.2, 3.0)
LIMIT_RANGE: Final = (0.01, 1.0)
"""A limit below one per cent would close every street to the error of the heights; none is steeper than 100 %."""


class Preset(StrEnum):
    """Walkers one can name."""

    TOURIST = "tourist"
    FIT = "fit"
    FAMILY = "family"
    STROLLER = "stroller"
    WHEELCHAIR = "wheelchair"


class Speed(StrEnum):
    """Formulas for the time a hiker takes (see ``guide.routing.costs.speeds``)."""

    TOBLER = "tobler"
    DIN33466 = "din33466"
    LANGMUIR = "langmuir"


class StepsChoice(StrEnum):
    """What stairs are to a walker."""

    ALLOW = "allow"
    AVOID = "avoid"
    NEVER = "never"


class SlopesChoice(StrEnum):
    """What slopes are to a walker: named ones are sought, steep ways of any kind avoided."""

    SEEK = "seek"
    NEUTRAL = "neutral"
    AVOID = "avoid"


class Wheels(StrEnum):
    """What a walker pushes or sits in, which says what the ground must be like."""

    NONE = "none"
    STROLLER = "stroller"
    WHEELCHAIR = "wheelchair"


class Season(StrEnum):
    """Winter is a town with ice on its streets."""

    SUMMER = "summer"
    WINTER = "winter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """What the router knows of a person.

    ``pace`` multiplies the speed that the formula gives. ``max_grade_up`` and ``max_grade_down`` (ratios, both
    positive) are hard limits on the steepest 20 m of a way in the direction walked, stairs included; None is no limit.

    Raises:
        UsageError: a number is out of range.
    """

    speed: Speed = Speed.TOBLER
    pace: float = 1.0
    max_grade_up: float | None = None
    max_grade_down: float | None = None
    steps: StepsChoice = StepsChoice.ALLOW
    slopes: SlopesChoice = SlopesChoice.NEUTRAL
    wheels: Wheels = Wheels.NONE
    season: Season = Season.SUMMER

    def __post_init__(self) -> None:
        _within(self.pace, PACE_RANGE, "The walker's pace", 1)
        for limit, name in (
            (self.max_grade_up, "max_grade_up_percent"),
            (self.max_grade_down, "max_grade_down_percent"),
        ):
            if limit is not None:
                _within(limit, LIMIT_RANGE, f"The walker's {name}", 100)

    @property
    def has_limits(self) -> bool:
        """Whether any way may be too steep."""
        return self.max_grade_up is not None or self.max_grade_down is not None

    @classmethod
    def of(cls, preset: Preset, steps: StepsChoice | None = None) -> "Walker":
        """The walker that a preset names; ``steps`` overrides what stairs are to them."""
        walker = _PRESETS[preset]
        return walker if steps is None else replace(walker, steps=steps)


def _within(value: float, allowed: tuple[float, float], name: str, scale: float) -> None:
    if not (math.isfinite(value) and allowed[0] <= value <= allowed[1]):
        low, high = (f"{limit * scale:g}" for limit in allowed)
        raise UsageError(f"{name} must be a number from {low} to {high}.")


PACE: Final[Mapping[Preset, float]] = MappingProxyType(
    {Preset.TOURIST: 0.85, Preset.FIT: 1.1, Preset.FAMILY: 0.7, Preset.STROLLER: 0.75, Preset.WHEELCHAIR: 0.7}
)
"""Speeds against the formula's hiker, who does not stop to look. Our choice, not a measurement."""

_PRESETS: Final[Mapping[Preset, Walker]] = MappingProxyType(
    {
        Preset.TOURIST: Walker(pace=PACE[Preset.TOURIST]),
        Preset.FIT: Walker(pace=PACE[Preset.FIT]),
        Preset.FAMILY: Walker(pace=PACE[Preset.FAMILY]),
        # 12 % is hard with a pram, 8 % the limit of a ramp (Japan's pavement rule: 5 %, 8 % where it cannot be helped).
        Preset.STROLLER: Walker(
            pace=PACE[Preset.STROLLER],
            max_grade_up=0.12,
            max_grade_down=0.12,
            steps=StepsChoice.AVOID,
            wheels=Wheels.STROLLER,
        ),
        Preset.WHEELCHAIR: Walker(
            pace=PACE[Preset.WHEELCHAIR],
            max_grade_up=0.08,
            max_grade_down=0.08,
            steps=StepsChoice.NEVER,
            wheels=Wheels.WHEELCHAIR,
        ),
    }
)
