"""What the service says of its areas."""

from typing import Annotated

import msgspec
from msgspec import Meta

Bounds = Annotated[
    list[float], Meta(min_length=4, max_length=4, description="west, south, east, north in degrees (CRS84)")
]


class CreditFields(msgspec.Struct, frozen=True, kw_only=True):
    """Whose data it is: words that must be shown."""

    text: str
    url: str | None
    licence: str


class MissingFields(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be had, in one sentence for each reader."""

    source: str
    message_ja: str
    message_en: str


class CountFields(msgspec.Struct, frozen=True, kw_only=True):
    """What is in an area."""

    slopes: int
    landmarks: int
    tours: int
    closures: int
    streets_km: Annotated[float, Meta(description="kilometres of streets that one can walk")]


class ArchiveFields(msgspec.Struct, frozen=True, kw_only=True):
    """A tileset as one file, to be had at ``/api/{area}/archives/{file}``."""

    tileset: str
    file: Annotated[str, Meta(description="its name carries the hash of what is in it")]
    bytes: int


class AreaFields(msgspec.Struct, frozen=True, kw_only=True):
    """An area: its names, frame, counts, credits and tilesets."""

    id: str
    name_ja: str
    name_en: str
    bbox: Bounds
    time_zone: Annotated[str, Meta(description="name in the IANA database", examples=["Asia/Tokyo"])]
    sample: Annotated[bool, Meta(description="true for the made-up town")]
    complete: Annotated[bool, Meta(description="false where only the catalogue could be built")]
    missing: list[MissingFields]
    counts: CountFields
    credits: list[CreditFields]
    tilesets: list[str]
    build: Annotated[str, Meta(description="another one after every change of the area's data")]
    archives: list[ArchiveFields]


class AreaList(msgspec.Struct, frozen=True, kw_only=True):
    """All areas, the one to show first in front."""

    areas: list[AreaFields]
    default: Annotated[str | None, Meta(description="the id of the one to show first")]


class BandFields(msgspec.Struct, frozen=True, kw_only=True):
    """A band of grade and its colour."""

    band: int
    from_percent: float
    to_percent: Annotated[float | None, Meta(description="null for the last band")]
    colour: Annotated[str, Meta(examples=["#1a9850"])]


class Legend(msgspec.Struct, frozen=True, kw_only=True):
    """The same bands on map, profile and legend."""

    bands: list[BandFields]
    unknown_colour: str
