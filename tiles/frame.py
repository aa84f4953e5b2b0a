"""How far an area's map reaches."""

from typing import Final

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

MARGIN: Final = 0.3
"""How far the ground goes on around an area, as a share of its size: a map that ends at the last street looks torn."""


def ground_frame(box: Box) -> Box:
    """A box with its margin, within the world."""
    west, south, east, north = box
    wide, high = MARGIN * (east - west), MARGIN * (north - south)
    return max(west - wide, -180.0), max(south - high, -90.0), min(east + wide, 180.0), min(north + high, 90.0)


def map_frame(bbox: Box, extent: Box | None) -> Box:
    """The box of an area's map: its own box with a margin, and all its streets."""
    west, south, east, north = ground_frame(bbox)
    if extent is None:
        return west, south, east, north
    return min(west, extent[0]), min(south, extent[1]), max(east, extent[2]), max(north, extent[3])
