"""Styles of maps: MapLibre's style specification, version 8."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from guide.api.schemas.links import Link


class StyleItem(msgspec.Struct, frozen=True, kw_only=True):
    """A style in a list."""

    id: str
    title_ja: str
    title_en: str
    links: list[Link]


class StyleList(msgspec.Struct, frozen=True, kw_only=True):
    """All styles of an area, the one to begin with in front."""

    default: str
    styles: list[StyleItem]
    links: list[Link]


class MapStyle(msgspec.Struct, frozen=True, kw_only=True):
    """A whole style (https://maplibre.org/maplibre-style-spec/)."""

    version: Literal[8]
    name: str
    metadata: dict[str, Any]
    sprite: Annotated[str, Meta(description="address of the pictures, without .json, .png or @2x")]
    sources: dict[str, Any]
    layers: list[dict[str, Any]]
    sky: dict[str, Any]
    transition: dict[str, Any]


class SpritePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a picture lies on its sheet, in pixels."""

    x: int
    y: int
    width: int
    height: int
    ratio: int = msgspec.field(name="pixelRatio")
