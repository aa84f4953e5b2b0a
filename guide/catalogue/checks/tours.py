"""Tours against the slopes and landmarks they visit."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from guide.catalogue.sheet import Reading
from guide.domain.findings import Finding, Severity, cell_finding
from guide.domain.landmark import Landmark
from guide.domain.route import Direction
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour

_MAP_ID: Final = re.compile(r"(?:node|way)-\d+")
"""Landmarks of OpenStreetMap: only a built area knows them."""


def check_stops(
    reading: Reading[CatalogueTour], slope_ids: Collection[str], landmark_ids: Collection[str], *, built: bool
) -> Iterator[Finding]:
    """Stops that do not exist, and landmarks to be walked up. ``built``: those of the map are among them."""
    for index, tour in enumerate(reading.entries):
        place = reading.cell(index, "stops")
        for stop in tour.stops:
            if stop.id in slope_ids or (not built and _MAP_ID.fullmatch(stop.id)):
                continue
            if stop.id not in landmark_ids:
                yield cell_finding("catalogue.unknown-stop", place, Severity.BLOCKING, stop=stop.id)
            elif stop.direction is not Direction.ANY:
                yield cell_finding("catalogue.landmark-direction", place, stop=stop.id)


def check_ids_apart(slopes: Reading[CatalogueSlope], landmarks: Reading[Landmark]) -> Iterator[Finding]:
    """Ids that a slope and a landmark both claim: a tour could not say which it means."""
    rows = {entry.id: row for entry, row in zip(slopes.entries, slopes.rows, strict=True)}
    for index, landmark in enumerate(landmarks.entries):
        if landmark.id in rows:
            yield cell_finding(
                "catalogue.id-in-both",
                landmarks.cell(index, "id"),
                Severity.BLOCKING,
                id=landmark.id,
                file=slopes.file,
                row=rows[landmark.id],
            )
