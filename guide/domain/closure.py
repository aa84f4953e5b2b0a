"""A closure: where and when a street or a slope is closed, icy, under works, or wants a word of warning."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class ClosureKind(StrEnum):
    """What is the matter; ``closes`` and ``is_icy`` say what it means to a route."""

    CLOSED = "closed"
    BEARS = "bears"
    ICE = "ice"
    WORKS = "works"  # one gets by; what one does not get by is closed
    NOTICE = "notice"

    @property
    def closes(self) -> bool:
        """Whether nobody should walk there."""
        return self in {ClosureKind.CLOSED, ClosureKind.BEARS}

    @property
    def is_icy(self) -> bool:
        """Whether the streets there are as in winter."""
        return self is ClosureKind.ICE


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueClosure:
    """What staff wrote: one row of ``closures.csv``.

    It is where its slope is, or along its ``line``, or on the street at ``lng_lat``. ``starts`` and ``ends`` are times
    on the area's own clock (no time zone), None for open ends; at ``ends`` it is over. ``note`` is never published.
    """

    id: str
    kind: ClosureKind
    slope_id: str | None = None
    lng_lat: tuple[float, float] | None = None
    line: tuple[tuple[float, float], ...] | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    description_ja: str | None = None
    description_en: str | None = None
    status: str = "published"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A closure with the streets it lies on.

    ``starts`` and ``ends`` know their time zone. ``lines`` are (k, 2) in degrees, none where it is but a point;
    ``edges`` are the network's edges that it concerns.
    """

    entry: CatalogueClosure
    starts: datetime | None = None
    ends: datetime | None = None
    lines: tuple[NDArray[np.float64], ...] = ()
    edges: tuple[int, ...] = ()

    def is_active(self, moment: datetime) -> bool:
        """Whether it holds at a moment (with a time zone)."""
        return (self.starts is None or self.starts <= moment) and (self.ends is None or moment < self.ends)
