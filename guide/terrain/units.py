"""Vertical units: what one unit of a raster's values is in metres."""

import pyproj

_METRES = {
    "m": 1.0,
    "metre": 1.0,
    "metres": 1.0,
    "meter": 1.0,
    "meters": 1.0,
    "cm": 0.01,
    "centimetre": 0.01,
    "centimeter": 0.01,
    "dm": 0.1,
    "decimetre": 0.1,
    "decimeter": 0.1,
    "ft": 0.3048,
    "foot": 0.3048,
    "feet": 0.3048,
    "international foot": 0.3048,
    "us-ft": 1200 / 3937,
    "ftus": 1200 / 3937,
    "us survey foot": 1200 / 3937,
    "us survey feet": 1200 / 3937,
    "foot_us": 1200 / 3937,
}
"""Names that GDAL, PROJ and ArcGIS write; a US survey foot is 1200/3937 m by definition."""


def metres_of_unit(name: str) -> float | None:
    """Metres in a unit of that name, None if the name is not known."""
    return _METRES.get(name.strip().lower())


def metres_of_vertical_axis(crs: pyproj.CRS) -> float | None:
    """Metres in the unit of a coordinate system's heights, None if it has no heights."""
    for part in (*crs.sub_crs_list, crs):
        for axis in part.axis_info:
            if axis.direction == "up":
                return float(axis.unit_conversion_factor)
    return None


def horizontal(crs: pyproj.CRS) -> pyproj.CRS:
    """The part of a coordinate system that places a point on the map, without its heights."""
    flat = crs.sub_crs_list[0] if crs.is_compound else crs
    return flat.to_2d()
