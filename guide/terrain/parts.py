"""A line of several parts: what was measured of each made into the measures of the whole.

The parts are walked one after the other, each in its own direction; the gaps between them are not walked. So lengths,
rises, ascents, descents, energies and course constants are sums, mean grades follow from the sums, maxima and ranks
are those of the worst part, and what one part does not know the whole does not know.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import numpy as np

from guide.domain.profile import Profile
from guide.domain.slope import Confidence, Measures
from guide.terrain.effort import EFFORT_LIMITS_KCAL, climbing_energy_kcal

_Number = TypeVar("_Number", int, float)

_RANKS: Final = "SABCZX"
_CONFIDENCES: Final = (Confidence.HIGH, Confidence.FAIR, Confidence.LOW, None)
"""Both from the best to what is not known."""


def sum_parts(profiles: Sequence[Profile], measures: Sequence[Measures]) -> Measures:
    """The measures of a line of one or more parts, given in order.

    The parts' errors are taken as independent of each other, as those of a line's two ends are.
    """
    if len(measures) == 1:
        return measures[0]
    length_m = sum(part.length_m for part in measures)
    rise_m = _sum(part.rise_m for part in measures)
    absolute_m = _sum(_times(part.mean_abs_grade, part.length_m) for part in measures)
    errors_m = [_times(part.mean_grade_sigma, part.length_m) for part in measures]
    steepest_20m, sigma_20m = _steepest((part.max_grade_20m, part.max_grade_20m_sigma) for part in measures)
    steepest_50m, sigma_50m = _steepest((part.max_grade_50m, part.max_grade_50m_sigma) for part in measures)
    return Measures(
        length_m=length_m,
        rise_m=rise_m,
        ascent_m=_sum(part.ascent_m for part in measures),
        descent_m=_sum(part.descent_m for part in measures),
        mean_grade=_times(rise_m, 1 / length_m),
        mean_abs_grade=_times(absolute_m, 1 / length_m),
        mean_grade_sigma=None if None in errors_m else math.hypot(*(each or 0.0 for each in errors_m)) / length_m,
        max_grade_20m=steepest_20m,
        max_grade_20m_sigma=sigma_20m,
        max_grade_50m=steepest_50m,
        max_grade_50m_sigma=sigma_50m,
        steps=_sum(part.steps for part in measures),
        effort=_effort(profiles) if rise_m is not None else None,
        course_constant_up=_sum(part.course_constant_up for part in measures),
        course_constant_down=_sum(part.course_constant_down for part in measures),
        rank=max((part.rank or "X" for part in measures), key=_RANKS.index),
        elevation_source=", ".join(_names(measures)) or None,
        confidence=max((part.confidence for part in measures), key=_CONFIDENCES.index),
    )


def _sum(values: Iterable[_Number | None]) -> _Number | None:
    """The sum, of the same kind of number; None if one is not known."""
    total: _Number | None = None
    for value in values:
        if value is None:
            return None
        total = value if total is None else total + value
    return total


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _steepest(grades: Iterable[tuple[float | None, float | None]]) -> tuple[float | None, float | None]:
    """The steepest of the parts long enough to have one, with its error."""
    return max(grades, key=lambda each: -1.0 if each[0] is None else abs(each[0]))


def _effort(profiles: Sequence[Profile]) -> int:
    energy_kcal = sum(climbing_energy_kcal(profile) for profile in profiles)
    return 1 + int(np.searchsorted(EFFORT_LIMITS_KCAL, energy_kcal, side="right"))


def _names(measures: Sequence[Measures]) -> list[str]:
    """Every model that is named, each once, in order."""
    return list(dict.fromkeys(name for part in measures for name in (part.elevation_source or "").split(", ") if name))
