"""A line in one cell: "lng lat, lng lat, …", as GIS programs write it (WKT) or without its word."""

import re
import unicodedata
from typing import Final

_WKT: Final = re.compile(r"^\s*(?:SRID=\d+;)?\s*LINESTRING(?:\s+Z)?\s*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_MOST_POINTS: Final = 10_000

Line = tuple[tuple[float, float], ...]


def read_line(text: str) -> Line:
    """The points of a line in degrees, repeated ones once; heights, if it has some, are left out.

    Raises:
        ValueError: it is no line, or leaves the earth.
    """
    text = unicodedata.normalize("NFKC", text)
    wkt = _WKT.match(text)
    parts = (wkt[1] if wkt else text).strip().strip(",").split(",")
    if len(parts) > _MOST_POINTS:
        raise ValueError(text[:80])
    points: list[tuple[float, float]] = []
    for part in parts:
        lng, lat, *height = (float(number) for number in part.split())
        if len(height) > 1 or not (-180 <= lng <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 (degrees)
            raise ValueError(part)
        if not points or points[-1] != (lng, lat):
            points.append((lng, lat))
    if len(points) < 2:  # noqa: PLR2004 (a line has two ends)
        raise ValueError(text[:80])
    return tuple(points)


def middle_of(line: Line) -> tuple[float, float]:
    """A point on the line, near enough to its middle to stand for it."""
    if len(line) > 2:  # noqa: PLR2004
        return line[len(line) // 2]
    (lng, lat), (other_lng, other_lat) = line
    return (lng + other_lng) / 2, (lat + other_lat) / 2
