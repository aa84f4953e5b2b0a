"""OGC API - Features: landing page, conformance, collections, features (OGC 17-069r4)."""

from typing import Annotated, Final, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

from guide.api.schemas.areas import AreaFields
from guide.api.schemas.links import Link
from guide.api.schemas.slopes import LandmarkProperties, SlopeProperties, Texts
from guide.api.schemas.tours import ClosureProperties, TourProperties

P = TypeVar("P")

Position = Annotated[
    list[float], Meta(min_length=2, max_length=3, description="longitude, latitude in degrees (CRS84)")
]


class Landing(AreaFields, frozen=True, kw_only=True):
    """An area, and the landing page of its OGC API."""

    title: str
    description: str
    attribution: Annotated[str, Meta(description="the credits that must be shown with the data")]
    links: list[Link]


class Conformance(msgspec.Struct, frozen=True, kw_only=True):
    """The conformance classes that are kept."""

    conforms_to: Annotated[list[str], Meta(description="addresses of conformance classes")] = msgspec.field(
        name="conformsTo"
    )


class Spatial(msgspec.Struct, frozen=True, kw_only=True):
    """Where a collection's features lie."""

    bbox: Annotated[list[list[float]], Meta(description="west, south, east, north in degrees")]
    crs: str


class Temporal(msgspec.Struct, frozen=True, kw_only=True):
    """When a collection's features hold."""

    interval: Annotated[list[list[str | None]], Meta(description="RFC 3339; null for an open end")]
    trs: str


class Extent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where and when."""

    spatial: Spatial
    temporal: Temporal | None = None


class CollectionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One collection."""

    id: str
    title: str
    description: str
    attribution: str
    licence: Annotated[str, Meta(description="the licences of the data")]
    extent: Extent
    item_type: Literal["feature"] = msgspec.field(name="itemType")
    crs: list[str]
    links: list[Link]


class CollectionList(msgspec.Struct, frozen=True, kw_only=True):
    """All collections of an area."""

    collections: list[CollectionInfo]
    links: list[Link]


class Point(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Point"):
    """A GeoJSON Point."""

    coordinates: Position


class LineString(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="LineString"):
    """A GeoJSON LineString."""

    coordinates: list[Position]


class MultiLineString(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="MultiLineString"):
    """A GeoJSON MultiLineString."""

    coordinates: list[list[Position]]


class FeatureFields(
    msgspec.Struct, Generic[P], frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag="Feature"
):
    """A GeoJSON feature; no geometry where nobody knows the place."""

    id: str
    geometry: Point | LineString | MultiLineString | None
    properties: P
    links: list[Link] = []


class FeaturePage(msgspec.Struct, Generic[P], frozen=True, kw_only=True, tag_field="type", tag="FeatureCollection"):
    """A page of features, in the order of their ids; the link ``next`` leads to the next page."""

    features: list[FeatureFields[P]]
    number_matched: Annotated[int, Meta(description="features that match, on all pages")] = msgspec.field(
        name="numberMatched"
    )
    number_returned: Annotated[int, Meta(description="features on this page")] = msgspec.field(name="numberReturned")
    links: list[Link]
    attribution: Annotated[str, Meta(description="the credits that must be shown with the data")]


PROPERTIES: Final[dict[str, type[Texts | ClosureProperties]]] = {
    "slopes": SlopeProperties,
    "landmarks": LandmarkProperties,
    "tours": TourProperties,
    "closures": ClosureProperties,
}
"""The properties of each collection's features."""
