"""A tour: a walk with its halts, their times, what its slopes are worth, and what was left out."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from msgspec import Meta

from guide.api.schemas.areas import CreditFields
from guide.api.schemas.features import Position
from guide.api.schemas.routes import WayFields
from guide.api.tours.request import TourRequest
from guide.domain.planned_tour import HaltKind
from guide.domain.route import Direction

Clock = Annotated[
    str | None, Meta(description="HH:MM on the area's clock; null where no time was given", examples=["10:34"])
]


@dataclass(frozen=True, kw_only=True)
class ValuePartFields:
    """Points for one reason."""

    reason: Annotated[str, Meta(examples=["grade"])]
    points: Annotated[float, Meta(description="points, negative where it speaks against the slope")]
    message: str


@dataclass(frozen=True, kw_only=True)
class ValueFields:
    """What a slope is worth, and for what."""

    points: Annotated[float, Meta(description="points: the sum of all parts, 1 at least")]
    parts: list[ValuePartFields]


@dataclass(frozen=True, kw_only=True)
class HaltFields:
    """A halt and when one is there; seconds are counted from departure."""

    kind: HaltKind
    slope: Annotated[str | None, Meta(description="the id of the slope")]
    landmark: Annotated[str | None, Meta(description="the id of the landmark")]
    name: str | None
    direction: Annotated[Direction | None, Meta(description="how the slope is taken")]
    lng_lat: Position
    arrives_s: float
    waits_s: Annotated[float, Meta(description="seconds until it opens, or the pause may begin")]
    stays_s: Annotated[float, Meta(description="seconds one stays, after the climb if it is a slope")]
    leaves_s: float
    arrives: Clock
    leaves: Clock
    hours_known: Annotated[bool | None, Meta(description="whether a landmark's opening hours were looked at")]
    value: Annotated[ValueFields | None, Meta(description="of a slope of a planned tour")] = None


@dataclass(frozen=True, kw_only=True)
class NoteFields:
    """Something to know."""

    type: str
    message: str


@dataclass(frozen=True, kw_only=True)
class TimedFields(WayFields):
    """A tour. ``duration_s`` is walking alone, ``total_duration_s`` all of it."""

    aim: Annotated[str, Meta(description="what it is for", examples=["best", "gentler", "own"])]
    total_duration_s: Annotated[float, Meta(description="seconds from departure to arrival, stays and waiting too")]
    counted_ascent_m: Annotated[
        float | None, Meta(description="what counts against max_ascent_m; null where a height is not known")
    ]
    date: Annotated[str | None, Meta(description="the day it is for")]
    depart: Clock
    arrive: Clock
    halts: list[HaltFields]
    slopes: Annotated[list[HaltFields], Meta(description="the slopes among the halts, in order")]
    missed_halts: Annotated[list[int], Meta(description="numbers of the halts that one reaches too late, from 0")]
    request: Annotated[TourRequest, Meta(description="what to change and send to POST …/tours")]
    link: Annotated[str, Meta(description="the text that keeps the tour")]
    link_path: Annotated[str, Meta(description="the short address that opens it")]
    qr_path: Annotated[str, Meta(description="the address of its QR code")]


@dataclass(frozen=True, kw_only=True)
class AimedFields(TimedFields):
    """A tour that was planned, and what it is worth."""

    aim_text: str
    points: Annotated[float, Meta(description="points: the values of its slopes, added up")]


@dataclass(frozen=True, kw_only=True)
class LeftOutSlope:
    """A slope that is not in the tour, and why."""

    slope: str
    name: str
    reason: Annotated[str, Meta(examples=["adds-time"])]
    message: str
    points: Annotated[float | None, Meta(description="what it would be worth, in points")]
    added_min: Annotated[float | None, Meta(description="minutes it would add, or would take alone if it is too far")]
    added_ascent_m: float | None


@dataclass(frozen=True, kw_only=True)
class MissedAim:
    """Another tour that there is not, and why."""

    aim: str
    type: str
    message: str


@dataclass(frozen=True, kw_only=True)
class PlannedFields(AimedFields):
    """The best tour, what it leaves out, and two others that differ."""

    left_out: list[LeftOutSlope]
    alternatives: list[AimedFields]
    alternatives_left_out: list[MissedAim]
    notes: list[NoteFields]
    complete: Annotated[bool, Meta(description="false where the search was cut short")]


@dataclass(frozen=True, kw_only=True)
class OverFields:
    """By how much a tour goes over its budgets: 0 where it keeps them, null where none is set."""

    time_min: float | None
    ascent_m: float | None


@dataclass(frozen=True, kw_only=True)
class DrawnFields(TimedFields):
    """A tour in the order that somebody gave."""

    over: OverFields
    vanished: Annotated[list[int], Meta(description="halts of its link that are no longer there, counted from 1")]
    notes: list[NoteFields]


@dataclass(frozen=True, kw_only=True)
class RecommendedFields(DrawnFields):
    """A tour that staff recommend."""

    id: str
    name: str
    reading: str | None
    description: str | None
    licence: str | None
    credit: str | None
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class CodeFields:
    """What a QR code says."""

    address: Annotated[str, Meta(description="the whole address that it opens")]
    link: str


@dataclass(frozen=True, kw_only=True)
class LoopFields(TimedFields):
    """A round walk."""

    amount: Annotated[float, Meta(description="what it has of the measure that was asked for: metres or seconds")]
    off_percent: Annotated[float, Meta(description="by how much that differs from the wish")]
    repeated_percent: Annotated[float, Meta(description="how much of it runs where it has been before")]


@dataclass(frozen=True, kw_only=True)
class LoopsFields(LoopFields):
    """The best round walk, and others to choose from."""

    alternatives: list[LoopFields]
    notes: list[NoteFields]


@dataclass(frozen=True, kw_only=True)
class IsochroneProperties:
    """How far that is."""

    minutes: Annotated[float, Meta(description="minutes on foot")]
    direction: Literal["from", "to"]
    area_m2: Annotated[float, Meta(description="square metres, the houses along the streets in it")]
    streets_m: Annotated[float, Meta(description="metres of streets within it")]


@dataclass(frozen=True, kw_only=True)
class IsochroneFeature:
    """An area along the streets, as a GeoJSON feature."""

    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: IsochroneProperties


@dataclass(frozen=True, kw_only=True)
class IsochroneCollection:
    """Areas that one reaches within some minutes, the largest first."""

    type: Literal["FeatureCollection"]
    features: list[IsochroneFeature]
    credits: list[CreditFields]
