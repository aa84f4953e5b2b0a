"""A walk through stops."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta

from guide.api.schemas.areas import CreditFields
from guide.api.schemas.features import LineString, Position
from guide.api.schemas.profiles import ProfileFields, WarningFields
from guide.domain.route import Direction
from guide.routing.course.turns import Turn

Metres = Annotated[float | None, Meta(description="metres; null where a height is not known")]


@dataclass(frozen=True, kw_only=True)
class LegFields:
    """A part of the walk: between two stops, or along a slope."""

    from_stop: Annotated[int, Meta(description="number of the stop where it begins, from 0")]
    to_stop: Annotated[int, Meta(description="number of the stop where it ends; the same for a slope's own leg")]
    slope: Annotated[str | None, Meta(description="the id of the slope that it climbs or descends")]
    direction: Annotated[Direction | None, Meta(description="how that slope is walked")]
    distance_m: Annotated[float, Meta(description="metres")]
    duration_s: Annotated[float, Meta(description="seconds on foot")]
    ascent_m: Metres
    descent_m: Metres


@dataclass(frozen=True, kw_only=True)
class BandShare:
    """How much of the walk lies in a band of grade."""

    band: Annotated[int, Meta(ge=-1, description="the band in /api/legend; -1 where heights are not known")]
    distance_m: Annotated[float, Meta(description="metres")]


@dataclass(frozen=True, kw_only=True)
class InstructionFields:
    """One sentence of the way."""

    text: str
    turn: Annotated[Turn | None, Meta(description="how one turns there; null at the start and at a stop")]
    distance_m: Annotated[float, Meta(description="metres for which it holds")]
    duration_s: Annotated[float, Meta(description="seconds for which it holds")]
    begin_m: Annotated[float, Meta(description="metres from the start at which it begins")]


@dataclass(frozen=True, kw_only=True)
class RouteStopFields:
    """Where the walk meets a stop."""

    lng_lat: Position
    name: str | None
    snapped_distance_m: Annotated[float, Meta(description="metres from the place that was asked for")]


@dataclass(frozen=True, kw_only=True)
class WayFields:
    """A walk with all its numbers."""

    distance_m: Annotated[float, Meta(description="metres")]
    duration_s: Annotated[float, Meta(description="seconds on foot")]
    ascent_m: Annotated[float | None, Meta(description="metres climbed in all; null where a height is not known")]
    descent_m: Annotated[float | None, Meta(description="metres lost in all; null where a height is not known")]
    max_grade_20m_percent: Annotated[float | None, Meta(description="the steepest 20 m as walked, in percent")]
    steps: Annotated[int | None, Meta(description="steps of all stairs; null where a stair has no count")]
    keeps_limits: Annotated[bool, Meta(description="whether the walker's limits are kept all along")]
    slopes_m: Annotated[float, Meta(description="metres along named slopes")]
    effort: Annotated[int | None, Meta(description="1 (easy) to 5, from the energy of the walk")]
    energy_kcal: Annotated[float | None, Meta(description="kilocalories that the way takes")]
    course_constant: Annotated[float | None, Meta(description="コース定数")]
    legs: list[LegFields]
    geometry: Annotated[LineString, Meta(description="longitude, latitude and, where known, height in metres")]
    profile: ProfileFields
    grade_bands: list[BandShare]
    instructions: list[InstructionFields]
    warnings: list[WarningFields]
    stops: list[RouteStopFields]
    credits: list[CreditFields]


@dataclass(frozen=True, kw_only=True)
class AlternativeFields(WayFields):
    """Another way, and what it is good for."""

    reason: Annotated[str, Meta(examples=["gentlest"])]


@dataclass(frozen=True, kw_only=True)
class LeftOutFields:
    """Why there is no other way for a reason."""

    reason: str
    type: str
    message: str


@dataclass(frozen=True, kw_only=True)
class RouteFields(WayFields):
    """The walk that was asked for, and others if they were asked for."""

    alternatives: list[AlternativeFields] = ()  # type: ignore[assignment]
    alternatives_left_out: list[LeftOutFields] = ()  # type: ignore[assignment]


@dataclass(frozen=True, kw_only=True)
class RouteFeature:
    """The walk, another way, or a stop, as a GeoJSON feature."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RouteCollection:
    """A walk as GeoJSON: its line, other ways, then its stops."""

    type: Literal["FeatureCollection"]
    features: list[RouteFeature]
