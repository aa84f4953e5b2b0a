"""Positions and lines against the streets of a built area, which come in as plain numbers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from guide.catalogue.sheet import Reading
from guide.domain.closure import CatalogueClosure
from guide.domain.findings import Finding, Severity, cell_finding
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope

FAR_M: Final = 500
"""A place farther from any street is more often a slip than a place."""

BESIDE_M: Final = 30
"""A line drawn along a street by hand stays within this distance of it."""

OFF_STREET_SHARE: Final = 0.3
LEAST_FALL_M: Final = 1.0
LEAST_RISE_M: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """What the streets say of a drawn line: the share of it that is not on any, and the heights at its ends."""

    off_street_share: float
    start_m: float | None
    end_m: float | None


def check_near_streets(
    reading: Reading[CatalogueSlope | Landmark | CatalogueClosure], distance_m: Mapping[str, float]
) -> Iterator[Finding]:
    """Places in the sea or in the wild: ``distance_m`` is that to the nearest street, by id."""
    for index, entry in enumerate(reading.entries):
        if distance_m.get(entry.id, 0.0) > FAR_M:
            place = reading.cell(index, "lng, lat")
            yield cell_finding("catalogue.far-from-any-street", place, Severity.BLOCKING, metres=FAR_M)


def check_drawn_lines(reading: Reading[CatalogueSlope], drawn: Mapping[str, DrawnLine]) -> Iterator[Finding]:
    """Lines that leave the streets, and lines that fall."""
    for index, entry in enumerate(reading.entries):
        line = drawn.get(entry.id)
        if line is None:
            continue
        place = reading.cell(index, "line")
        if line.off_street_share > OFF_STREET_SHARE:
            share = f"{line.off_street_share:.0%}"
            yield cell_finding("catalogue.off-street", place, share=share, metres=BESIDE_M)
        if line.start_m is not None and line.end_m is not None and line.end_m < line.start_m - LEAST_FALL_M:
            start, end = f"{line.start_m:.1f}", f"{line.end_m:.1f}"
            yield cell_finding("catalogue.falls", place, Severity.BLOCKING, start=start, end=end)


def check_built(
    reading: Reading[CatalogueSlope], rise_m: Mapping[str, float | None], lineless: Collection[str]
) -> Iterator[Finding]:
    """What the last build made of each slope: ``rise_m`` by id (None: heights unknown), and which had no line.

    Slopes that nobody has placed yet are not expected to have a line, nor are those drawn since.
    """
    for index, entry in enumerate(reading.entries):
        if entry.id in lineless and entry.lng_lat is not None and entry.line is None:
            yield cell_finding("catalogue.no-line", reading.cell(index, "line"))
        rise = rise_m.get(entry.id)
        if rise is not None and rise < LEAST_RISE_M:
            yield cell_finding("catalogue.hardly-climbs", reading.cell(index, "lng, lat"), rise=f"{rise:.1f}")
