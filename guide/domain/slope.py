"""A slope: a thing with a name, a line from foot to head, a story and measures."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from guide.domain.profile import Profile
from guide.domain.walk import Stretch


class Confidence(StrEnum):
    """How far a measure can be trusted."""

    HIGH = "high"
    FAIR = "fair"
    LOW = "low"


class Theme(StrEnum):
    """What a slope is known for."""

    VIEW = "view"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"
    HISTORY = "history"
    LANDFORM = "landform"
    RARE = "rare"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSlope:
    """What people say of a slope: one row of ``slopes.csv``.

    ``lng_lat`` is a point on the slope, None where nobody knows it. ``line`` is what staff drew, from foot to head; it
    overrules the line that the streets of the slope's name would give. ``other_readings`` go with ``other_names``, in
    their order. ``licence``, ``credit`` and ``sources`` are those of the row's texts, ``photo_…`` those of its photo.
    ``note`` is for staff and never published.
    """

    id: str
    name: str
    reading: str | None = None
    name_en: str | None = None
    other_names: tuple[str, ...] = ()
    other_readings: tuple[str, ...] = ()
    lng_lat: tuple[float, float] | None = None
    line: tuple[tuple[float, float], ...] | None = None
    themes: tuple[Theme, ...] = ()
    description_ja: str | None = None
    description_en: str | None = None
    posted_grade_percent: float | None = None
    reported_effort: int | None = None
    reported_steps: int | None = None
    photo: str | None = None
    photo_credit: str | None = None
    photo_licence: str | None = None
    photo_source: str | None = None
    licence: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    status: str = "published"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was measured of a line. Grades are ratios along the line, uphill positive; None is "not known".

    ``max_grade_20m`` and ``max_grade_50m`` are the steepest mean grade of any stretch of that length, None where the
    elevation model cannot carry it. Each ``…_sigma`` is one standard error of the grade it follows. ``stairs_m`` is
    how much of it is stairs, ``handrail`` whether these are known to have one all along; both None where no map of
    streets tells.
    """

    length_m: float
    rise_m: float | None
    ascent_m: float | None
    descent_m: float | None
    mean_grade: float | None
    mean_abs_grade: float | None
    mean_grade_sigma: float | None
    max_grade_20m: float | None
    max_grade_20m_sigma: float | None
    max_grade_50m: float | None
    max_grade_50m_sigma: float | None
    steps: int | None
    effort: int | None
    course_constant_up: float | None
    course_constant_down: float | None
    rank: str | None
    elevation_source: str | None
    confidence: Confidence | None
    stairs_m: float | None = None
    handrail: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """A named slope of an area.

    ``line`` (k, 2) degrees runs from foot to head and is None where nobody knows it; ``stretches`` are the pieces of
    the network's arcs along it, none where it leaves the streets. Only the first and the last may be less than a whole
    arc. ``profile`` and ``measures`` stand only with a line. ``landmark_ids`` are the landmarks beside it, the nearest
    first.
    """

    entry: CatalogueSlope
    line: NDArray[np.float64] | None = None
    stretches: tuple[Stretch, ...] = ()
    profile: Profile | None = None
    measures: Measures | None = None
    landmark_ids: tuple[str, ...] = ()

    @property
    def arcs(self) -> tuple[int, ...]:
        """The arcs that it runs along, in whole or in part."""
        return tuple(stretch.arc for stretch in self.stretches)
