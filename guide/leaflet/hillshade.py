"""Hills behind the map: the relief archive's heights, lit from the north-west as Swiss maps have it."""

import base64
import io
import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from guide.leaflet.frame import WORLD_M, Frame, PlacedTile
from guide.leaflet.words import FindTile, Tiles

SUN_DEG: Final = (315.0, 45.0)
"""Azimuth and height of the sun."""

EXAGGERATED: Final = 1.6
DARKEST: Final = 0.5
SHADOW: Final = (52, 58, 78)


def draw_hills(frame: Frame, relief: Tiles) -> str:
    """The shadows of the frame's hills as one SVG image; nothing where the archive has no tiles."""
    placed = frame.tiles(frame.zoom(relief.most_zoom))
    decoded = {(tile.x, tile.y): heights for tile in placed if (heights := _heights(relief.find, tile)) is not None}
    if not decoded:
        return ""
    first, pixels = placed[0], len(next(iter(decoded.values())))
    columns, rows = placed[-1].x - first.x + 1, placed[-1].y - first.y + 1
    whole = np.full((rows * pixels, columns * pixels), np.nan)
    for (x, y), heights in decoded.items():
        top, left = (y - first.y) * pixels, (x - first.x) * pixels
        whole[top : top + pixels, left : left + pixels] = heights
    pixel_mm = first.size_mm / pixels
    left, top = max(0, int(-first.left_mm / pixel_mm) - 1), max(0, int(-first.top_mm / pixel_mm) - 1)
    seen = whole[
        top : top + int(frame.height_mm / pixel_mm) + 4,
        left : left + int(frame.width_mm / pixel_mm) + 4,
    ]
    cell_m = WORLD_M / 2**first.z / pixels * frame.ground
    alpha = (_darkness(seen, cell_m) * 255).astype(np.uint8)
    return _image(alpha, first.left_mm + left * pixel_mm, first.top_mm + top * pixel_mm, pixel_mm)


def _heights(find: FindTile, tile: PlacedTile) -> NDArray[np.float64] | None:
    """The heights of a tile in metres, by Mapbox's terrain-RGB: -10000 + (65536 R + 256 G + B) / 10."""
    content = find(tile.z, tile.x, tile.y)
    if content is None:
        return None
    with Image.open(io.BytesIO(content)) as picture:
        red, green, blue = np.moveaxis(np.asarray(picture.convert("RGB"), dtype=np.float64), -1, 0)
    heights: NDArray[np.float64] = (65536 * red + 256 * green + blue) / 10 - 10_000
    return heights


def _darkness(heights_m: NDArray[np.float64], cell_m: float) -> NDArray[np.float64]:
    """How dark each pixel is, 0 to ``DARKEST``; flat ground casts no shadow, and what is not known none either."""
    south, east = np.gradient(heights_m * EXAGGERATED, cell_m)
    azimuth, height = (math.radians(angle) for angle in SUN_DEG)
    # Rows run south. The sun stands north-west: ground that falls that way is lit.
    to_sun = -east * math.sin(azimuth) * math.cos(height) + south * math.cos(azimuth) * math.cos(height)
    lit = (to_sun + math.sin(height)) / np.sqrt(1 + east**2 + south**2)
    dark: NDArray[np.float64] = np.clip((math.sin(height) - lit) / math.sin(height), 0, 1) * DARKEST
    return np.nan_to_num(dark)


def _image(alpha: NDArray[np.uint8], left_mm: float, top_mm: float, pixel_mm: float) -> str:
    picture = Image.new("RGBA", alpha.shape[::-1], (*SHADOW, 0))
    picture.putalpha(Image.fromarray(alpha))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<image x="{left_mm:.3f}" y="{top_mm:.3f}" width="{alpha.shape[1] * pixel_mm:.3f}" '
        f'height="{alpha.shape[0] * pixel_mm:.3f}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'
    )
