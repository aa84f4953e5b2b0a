"""A walker: whose legs a route is for."""

from dataclasses import dataclass
from enum import StrEnum


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
    """``pace`` multiplies the walking speed; ``avoid_steps_factor`` makes stairs count longer than they take."""

    pace: float = 1.0
    steps: StepsChoice = StepsChoice.ALLOW


PACE = {Preset.TOURIST: 0.85, Preset.FIT: 1.1, Preset.FAMILY: 0.7}
"""Speeds against Tobler's hiker, who does not stop to look."""
