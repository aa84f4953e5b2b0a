"""A tour: slopes and landmarks in the order in which somebody recommends them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.route import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """A slope or a landmark by its id, and for a slope which way it is walked."""

    id: str
    direction: Direction = Direction.ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueTour:
    """One row of ``tours.csv``: a walk that staff recommend. ``note`` is for staff and never published."""

    id: str
    name: str
    reading: str | None = None
    name_en: str | None = None
    description_ja: str | None = None
    description_en: str | None = None
    stops: tuple[TourStop, ...] = ()
    licence: str | None = None
    credit: str | None = None
    sources: tuple[str, ...] = ()
    status: str = "published"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TourWalk:
    """A recommended tour as the streets lead it, for a tourist's legs.

    ``line`` (k, 2) degrees; ascent and descent are None where a height is not known, ``steps`` where a stair has no
    count, ``max_grade_20m`` (a signed ratio) where the elevation model cannot carry it.
    """

    line: NDArray[np.float64]
    distance_m: float
    duration_s: float
    ascent_m: float | None
    descent_m: float | None
    max_grade_20m: float | None
    steps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """A recommended tour; ``walk`` is None where it cannot be walked as it is written, which the build reports."""

    entry: CatalogueTour
    walk: TourWalk | None = None
