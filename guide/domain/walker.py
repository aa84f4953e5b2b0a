"""A walker: whose legs a route is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Preset(StrEnum):
    """Walkers one can name."""

    TOURIST = "tourist"
    FIT = "fit"
    FAMILY = "family"


class StepsChoice(StrEnum):
    """What stairs are to a walker."""

    ALLOW = "allow"
    AVOID = "avoid"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """``pace`` multiplies the walking speed of Tobler's hiker; ``steps`` says what stairs are to this walker."""

    pace: float = 1.0
    steps: StepsChoice = StepsChoice.ALLOW

    @classmethod
    def of(cls, preset: Preset, steps: StepsChoice = StepsChoice.ALLOW) -> "Walker":
        """The walker that a preset names."""
        return cls(pace=PACE[preset], steps=steps)


PACE: Final[Mapping[Preset, float]] = MappingProxyType({Preset.TOURIST: 0.85, Preset.FIT: 1.1, Preset.FAMILY: 0.7})
"""Speeds against Tobler's hiker, who does not stop to look."""
