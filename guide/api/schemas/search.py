"""What a search finds."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from guide.api.schemas.areas import Bounds
from guide.api.schemas.features import Point
from guide.api.search.entries import EntryKind


@dataclass(frozen=True, kw_only=True)
class FoundProperties:
    """A slope, a landmark or a street that a word may mean."""

    kind: EntryKind
    id: Annotated[str | None, Meta(description="the id of the slope or landmark; null for a street")]
    name: Annotated[str | None, Meta(description="in the reader's language as far as it is known")]
    name_ja: Annotated[str | None, Meta(description="the local name")]
    name_en: str | None
    reading: str | None
    landmark_kind: Annotated[str | None, Meta(description="what sort of landmark", examples=["viewpoint"])]
    matched: Annotated[str, Meta(description="the name that fits what was asked for")]
    score: Annotated[float, Meta(description="how well it fits, from 0 to about 1.2; slopes rank above the rest")]
    distance_m: Annotated[float | None, Meta(description="metres from near; null if that was not given")]
    href: Annotated[str | None, Meta(description="the address of the slope or landmark")]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One find as a GeoJSON feature: the middle of it."""

    type: Literal["Feature"]
    geometry: Point | None
    properties: FoundProperties
    bbox: Bounds | None = None


@dataclass(frozen=True, kw_only=True)
class FoundList:
    """What was found, best first."""

    type: Literal["FeatureCollection"]
    features: list[Found]
    attribution: Annotated[str, Meta(description="the credits that must be shown with the data")]
