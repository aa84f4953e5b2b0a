"""Positions, as far as they can be judged without a map of the streets."""

from collections.abc import Iterator
from typing import Final

from guide.catalogue.sheet import Reading
from guide.domain.closure import CatalogueClosure
from guide.domain.findings import Finding, Severity, cell_finding
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_SAME_SPOT_DIGITS: Final = 5  # about a metre


def check_inside(reading: Reading[CatalogueSlope | Landmark | CatalogueClosure], bbox: BBox) -> Iterator[Finding]:
    """Positions outside the area; those that lie in it once latitude and longitude are exchanged are told so."""
    for index, entry in enumerate(reading.entries):
        if entry.lng_lat is None or _inside(entry.lng_lat, bbox):
            continue
        lng, lat = entry.lng_lat
        if _inside((lat, lng), bbox):
            yield cell_finding("catalogue.swapped-in-area", reading.cell(index, "lng, lat"), Severity.BLOCKING)
        else:
            place = reading.cell(index, "lng, lat")
            yield cell_finding("catalogue.outside-area", place, Severity.BLOCKING, lng=lng, lat=lat)


def check_lines_inside(reading: Reading[CatalogueSlope], bbox: BBox) -> Iterator[Finding]:
    """Drawn lines that leave the area: the first point that does."""
    for index, entry in enumerate(reading.entries):
        beyond = next((point for point in entry.line or () if not _inside(point, bbox)), None)
        if beyond is not None:
            place = reading.cell(index, "line")
            yield cell_finding("catalogue.outside-area", place, Severity.BLOCKING, lng=beyond[0], lat=beyond[1])


def check_placed(reading: Reading[CatalogueSlope]) -> Iterator[Finding]:
    """Slopes of which nobody has said where they are; they stay, for somebody may know."""
    for index, entry in enumerate(reading.entries):
        if entry.lng_lat is None:
            yield cell_finding("catalogue.unplaced", reading.cell(index, "lng, lat"), Severity.INFO)


def check_same_spot(reading: Reading[CatalogueSlope | Landmark]) -> Iterator[Finding]:
    """Rows within about a metre of an earlier one."""
    seen: dict[tuple[float, float], int] = {}
    for index, entry in enumerate(reading.entries):
        if entry.lng_lat is None:
            continue
        spot = (round(entry.lng_lat[0], _SAME_SPOT_DIGITS), round(entry.lng_lat[1], _SAME_SPOT_DIGITS))
        first = seen.setdefault(spot, index)
        if first != index:
            other = reading.entries[first]
            yield cell_finding(
                "catalogue.same-spot", reading.cell(index, "lng, lat"), row=reading.rows[first], name=other.name
            )


def _inside(place: tuple[float, float], bbox: BBox) -> bool:
    west, south, east, north = bbox
    return west <= place[0] <= east and south <= place[1] <= north
