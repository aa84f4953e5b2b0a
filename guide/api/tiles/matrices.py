"""The grid of the world's web maps, WebMercatorQuad (OGC 17-083r4, annex D.1)."""

import math
from typing import Final

from guide.api.schemas.tiles import MatrixLimits, TileMatrix, TileMatrixSet

NAME: Final = "WebMercatorQuad"
URI: Final = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{NAME}"
CRS: Final = "http://www.opengis.net/def/crs/EPSG/0/3857"

_HALF_M: Final = math.pi * 6378137.0
_TILE: Final = 256
_PIXEL_M: Final = 0.00028
"""The standard's pixel, by which it turns sizes into scales."""

_ZOOMS: Final = range(25)
_NORTHERNMOST: Final = 85.0511287798


def web_mercator_quad() -> TileMatrixSet:
    """The grid as the standard writes it."""
    return TileMatrixSet(
        id=NAME,
        title="Google Maps Compatible for the World",
        uri=URI,
        crs=CRS,
        ordered_axes=["E", "N"],
        well_known_scale_set="http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        matrices=[_matrix(zoom) for zoom in _ZOOMS],
    )


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def limits(bounds: Box, zooms: tuple[int, int]) -> list[MatrixLimits]:
    """The rows and columns at each zoom that a box touches."""
    west, south, east, north = bounds
    found = []
    for zoom in range(zooms[0], zooms[1] + 1):
        first_column, first_row = _tile_at(west, north, zoom)
        last_column, last_row = _tile_at(east, south, zoom)
        found.append(
            MatrixLimits(
                tile_matrix=str(zoom),
                min_tile_row=first_row,
                max_tile_row=last_row,
                min_tile_col=first_column,
                max_tile_col=last_column,
            )
        )
    return found


def covers(bounds: Box, zooms: tuple[int, int], zoom: int, row: int, column: int) -> bool:
    """Whether a tile lies within those limits."""
    if not zooms[0] <= zoom <= zooms[1]:
        return False
    west, south, east, north = bounds
    first_column, first_row = _tile_at(west, north, zoom)
    last_column, last_row = _tile_at(east, south, zoom)
    return first_column <= column <= last_column and first_row <= row <= last_row


def _matrix(zoom: int) -> TileMatrix:
    count = 1 << zoom
    cell_size = 2 * _HALF_M / (_TILE * count)
    return TileMatrix(
        id=str(zoom),
        scale_denominator=cell_size / _PIXEL_M,
        cell_size=cell_size,
        corner_of_origin="topLeft",
        point_of_origin=[-_HALF_M, _HALF_M],
        tile_width=_TILE,
        tile_height=_TILE,
        matrix_width=count,
        matrix_height=count,
    )


def _tile_at(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place."""
    count = 1 << zoom
    phi = math.radians(min(max(latitude, -_NORTHERNMOST), _NORTHERNMOST))
    column = int((longitude + 180) / 360 * count)
    row = int((1 - math.asinh(math.tan(phi)) / math.pi) / 2 * count)
    return min(max(column, 0), count - 1), min(max(row, 0), count - 1)
