"""OGC API - Tiles (OGC 20-057) and TileJSON 3.0."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from guide.api.schemas.areas import Bounds
from guide.api.schemas.links import Link


class MatrixLimits(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a tileset has tiles at one zoom."""

    tile_matrix: Annotated[str, Meta(description="the zoom")]
    min_tile_row: int
    max_tile_row: int
    min_tile_col: int
    max_tile_col: int


class TileBounds(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a tileset lies."""

    lower_left: Annotated[list[float], Meta(description="west, south in degrees (CRS84)")]
    upper_right: Annotated[list[float], Meta(description="east, north in degrees (CRS84)")]
    crs: str


class TileLayer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One layer of a tileset of vectors."""

    id: str
    data_type: Literal["vector", "map", "coverage"]


class TileSetItem(msgspec.Struct, frozen=True, kw_only=True):
    """A tileset in a list."""

    title: str
    data_type: Literal["vector", "map", "coverage"] = msgspec.field(name="dataType")
    crs: str
    matrix_set: str = msgspec.field(name="tileMatrixSetURI")
    links: list[Link]


class TileSetList(msgspec.Struct, frozen=True, kw_only=True):
    """All tilesets of an area."""

    tilesets: list[TileSetItem]
    links: list[Link]


class TileSet(msgspec.Struct, frozen=True, kw_only=True):
    """A tileset (OGC 17-083r4, tileset metadata)."""

    title: str
    data_type: Literal["vector", "map", "coverage"] = msgspec.field(name="dataType")
    crs: str
    matrix_set: str = msgspec.field(name="tileMatrixSetURI")
    limits: list[MatrixLimits] = msgspec.field(name="tileMatrixSetLimits")
    bounding_box: TileBounds = msgspec.field(name="boundingBox")
    layers: list[TileLayer]
    attribution: str
    licence: str = msgspec.field(name="license")
    links: list[Link]


class TileMatrix(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One zoom of the grid."""

    id: str
    scale_denominator: Annotated[float, Meta(description="scale at a pixel of 0.28 mm")]
    cell_size: Annotated[float, Meta(description="metres of the projection a pixel, at the equator")]
    corner_of_origin: Literal["topLeft"]
    point_of_origin: Annotated[list[float], Meta(description="the corner's place in the projection, in metres")]
    tile_width: int
    tile_height: int
    matrix_width: int
    matrix_height: int


class TileMatrixSet(msgspec.Struct, frozen=True, kw_only=True):
    """The grid that all tiles lie in (OGC 17-083r4)."""

    id: str
    title: str
    uri: str
    crs: str
    ordered_axes: list[str] = msgspec.field(name="orderedAxes")
    well_known_scale_set: str = msgspec.field(name="wellKnownScaleSet")
    matrices: list[TileMatrix] = msgspec.field(name="tileMatrices")


class TileMatrixSetItem(msgspec.Struct, frozen=True, kw_only=True):
    """A grid in a list."""

    id: str
    title: str
    uri: str
    links: list[Link]


class TileMatrixSetList(msgspec.Struct, frozen=True, kw_only=True):
    """All grids: there is one."""

    matrix_sets: list[TileMatrixSetItem] = msgspec.field(name="tileMatrixSets")


class VectorLayer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A layer's fields, as TileJSON has them."""

    id: str
    fields: dict[str, str]
    description: str | None = None
    minzoom: int | None = None
    maxzoom: int | None = None


class TileJson(msgspec.Struct, frozen=True, kw_only=True):
    """TileJSON 3.0."""

    tilejson: Literal["3.0.0"]
    name: str
    tiles: Annotated[list[str], Meta(description="templates with {z}, {x} and {y}")]
    minzoom: int
    maxzoom: int
    bounds: Bounds
    attribution: str
    vector_layers: list[VectorLayer]
