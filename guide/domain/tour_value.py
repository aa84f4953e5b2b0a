"""What a slope is worth to a visitor: an open formula, in points.

    10      for being a named slope
  +  2      for each of its themes, and 12 x (weight of themes) more for each that the visitor wishes for
  +  3      if there is a story to read
  +  6 x (weight of views)     if it is known for its view, or a viewpoint stands beside it
  +  0.5 x (weight of grades)  for each per cent of its mean grade, up or down, at most 10
  +  1.5 x (weight of ease) x (3 - effort)    gentle slopes are worth more than hard ones; less with a negative weight

A slope is worth 1 point at least. All weights are 1 unless the visitor says otherwise. What is not known (a grade, an
effort) gives no points. The numbers are our choice, made so that a wished theme outweighs any steepness.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from guide.domain.slope import Slope, Theme

_NAMED: Final = 10.0
_THEME: Final = 2.0
_WISHED: Final = 12.0
_STORY: Final = 3.0
_VIEW: Final = 6.0
_PER_PERCENT: Final = 0.5
_GRADE_AT_MOST: Final = 10.0
_PER_EFFORT: Final = 1.5
_MIDDLE_EFFORT: Final = 3
_LEAST: Final = 1.0

WEIGHT_RANGE: Final = (0.0, 5.0)
EASE_RANGE: Final = (-5.0, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What a visitor is after: themes wished for, and how much each part of the formula counts."""

    themes: frozenset[Theme] = frozenset()
    themes_weight: float = 1.0
    view_weight: float = 1.0
    grade_weight: float = 1.0
    ease_weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePart:
    """Points for one reason; ``reason`` is the key of a sentence that takes ``values``."""

    reason: str
    points: float
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeValue:
    """What a slope is worth, part by part."""

    parts: tuple[ValuePart, ...]

    @property
    def points(self) -> float:
        """The sum of all parts, to the tenth, at least 1."""
        return max(_LEAST, round(sum(part.points for part in self.parts), 1))


def slope_value(slope: Slope, taste: Taste, *, has_viewpoint: bool) -> SlopeValue:
    """The value of a slope; ``has_viewpoint`` says that a viewpoint stands beside it."""
    entry, measures = slope.entry, slope.measures
    parts = [ValuePart(reason="named", points=_NAMED)]
    for theme in entry.themes:
        points = _THEME + (_WISHED * taste.themes_weight if theme in taste.themes else 0.0)
        parts.append(ValuePart(reason="theme", points=points, values={"theme": theme}))
    if entry.description_ja or entry.description_en:
        parts.append(ValuePart(reason="story", points=_STORY))
    if Theme.VIEW in entry.themes or has_viewpoint:
        parts.append(ValuePart(reason="view", points=_VIEW * taste.view_weight))
    if measures is not None and measures.mean_abs_grade is not None:
        percent = 100 * measures.mean_abs_grade
        points = min(_PER_PERCENT * percent, _GRADE_AT_MOST) * taste.grade_weight
        parts.append(ValuePart(reason="grade", points=points, values={"percent": f"{percent:.0f}"}))
    if measures is not None and measures.effort is not None:
        points = _PER_EFFORT * (_MIDDLE_EFFORT - measures.effort) * taste.ease_weight
        parts.append(ValuePart(reason="effort", points=points, values={"effort": measures.effort}))
    kept = (part for part in parts if round(part.points, 1) != 0)
    return SlopeValue(
        parts=tuple(ValuePart(reason=part.reason, points=round(part.points, 1), values=part.values) for part in kept)
    )
