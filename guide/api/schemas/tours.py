"""What a recommended tour and a closure carry as properties."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from guide.api.schemas.slopes import Texts
from guide.domain.closure import ClosureKind
from guide.domain.route import Direction


@dataclass(frozen=True, kw_only=True)
class TourStopFields:
    """A slope or a landmark of a tour."""

    id: str
    direction: Annotated[Direction, Meta(description="how a slope is taken")]


@dataclass(frozen=True, kw_only=True)
class TourProperties(Texts):
    """A walk that somebody recommends; its numbers are null where it cannot be walked as it is written."""

    name: str
    stops: Annotated[list[TourStopFields], Meta(description="in their order")]
    walkable: bool
    distance_m: Annotated[float | None, Meta(description="metres")]
    duration_s: Annotated[float | None, Meta(description="seconds on foot, for a tourist's legs")]
    ascent_m: Annotated[float | None, Meta(description="metres climbed in all")]
    descent_m: Annotated[float | None, Meta(description="metres lost in all")]
    max_grade_20m_percent: Annotated[float | None, Meta(description="the steepest 20 m as walked, in percent")]
    steps: Annotated[int | None, Meta(description="steps of all stairs; null where a stair has no count")]


@dataclass(frozen=True, kw_only=True)
class ClosureProperties:
    """Where and when a street or a slope is closed, icy, under works, or wants a word of warning."""

    id: str
    kind: ClosureKind
    closes: Annotated[bool, Meta(description="whether nobody should walk there")]
    slope: Annotated[str | None, Meta(description="the id of the slope it is on")]
    starts: Annotated[str | None, Meta(description="RFC 3339; null for an open start")]
    ends: Annotated[str | None, Meta(description="RFC 3339, when it is over; null for an open end")]
    description_ja: str | None
    description_en: str | None
    status: str
