"""A slope in one plain sentence: how long, how steep, where it is steepest, how many steps."""

from typing import Final

from guide.domain.grades import steepest_window
from guide.domain.slope import Measures, Slope
from guide.domain.texts import say

NOTABLY_STEEPER: Final = 0.01
"""The steepest stretch is told of only where it is steeper than the whole by a percentage point."""

_WORTH_TELLING: Final = 0.005
"""An error that would round to no whole percentage point is left out of a sentence; the measures have it."""

_A_KILOMETRE_M: Final = 1000.0


def slope_sentence(slope: Slope, language: str) -> str | None:
    """What was measured of a slope, in "ja" or "en"; None where it has no line.

    "88 m at 14 %, steepest 20 m 19 ± 3 % in the upper half, 57 steps, handrail". Grades stand with their error (1
    sigma) where that is worth a percentage point; a maximum names its window.
    """
    measures = slope.measures
    if measures is None:
        return None
    parts = [_length_and_grade(measures, language)]
    if (steepest := _steepest(slope, measures, language)) is not None:
        parts.append(steepest)
    if measures.steps:
        parts.append(say(language, "sentence.steps", steps=measures.steps))
    elif measures.stairs_m:
        parts.append(say(language, "sentence.stairs", metres=f"{measures.stairs_m:.0f}"))
    if measures.handrail:
        parts.append(say(language, "sentence.handrail"))
    return say(language, "sentence.join").join(parts)


def _length_and_grade(measures: Measures, language: str) -> str:
    metres = round(measures.length_m)
    length = f"{metres} m" if metres < _A_KILOMETRE_M else f"{measures.length_m / 1000:.1f} km"
    if measures.mean_grade is None:
        return say(language, "sentence.length-alone", length=length)
    grade = _percent(measures.mean_grade, measures.mean_grade_sigma)
    return say(language, "sentence.length-at", length=length, grade=grade)


def _steepest(slope: Slope, measures: Measures, language: str) -> str | None:
    """The steepest stretch, by the shortest window that the elevation model carries, and in which half it lies."""
    windows = (
        (20, measures.max_grade_20m, measures.max_grade_20m_sigma),
        (50, measures.max_grade_50m, measures.max_grade_50m_sigma),
    )
    found = next(((window_m, grade, sigma) for window_m, grade, sigma in windows if grade is not None), None)
    if found is None or measures.mean_grade is None:
        return None
    window_m, grade, sigma = found
    if abs(grade) < abs(measures.mean_grade) + NOTABLY_STEEPER:
        return None
    values = {"window": window_m, "grade": _percent(abs(grade), sigma)}
    place = None if slope.profile is None else steepest_window(slope.profile, float(window_m))
    if place is None or slope.profile is None or (place.from_m < slope.profile.length_m / 2 < place.to_m):
        return say(language, "sentence.steepest", **values)
    half = "upper" if place.from_m >= slope.profile.length_m / 2 else "lower"
    return say(language, f"sentence.steepest-{half}", **values)


def _percent(grade: float, sigma: float | None) -> str:
    if sigma is None or sigma < _WORTH_TELLING:
        return f"{100 * grade:.0f} %"
    return f"{100 * grade:.0f} ± {100 * sigma:.0f} %"
