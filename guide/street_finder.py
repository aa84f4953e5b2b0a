"""Where catalogue places and lines lie among the streets of a built area."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from guide.area.arrays import Streets
from guide.catalogue.checks.streets import BESIDE_M, DrawnLine
from guide.domain.closure import CatalogueClosure
from guide.domain.errors import SnapError
from guide.domain.landmark import Landmark
from guide.domain.route import Snap
from guide.domain.slope import CatalogueSlope
from guide.routing.plane import Plane
from guide.routing.snapping.snapper import Snapper

STEP_M: Final = 20.0
MOST_STEPS: Final = 200


class StreetFinder:
    """Answers for places in degrees; streets count whether or not a walker may use them."""

    def __init__(self, streets: Streets) -> None:
        self._streets = streets
        count = streets.network.edge_count
        self._snapper = Snapper(streets.network)
        self._one_part = np.zeros(count, dtype=np.int32)

    def distances_m(self, entries: Sequence[CatalogueSlope | Landmark | CatalogueClosure]) -> dict[str, float]:
        """The distance to the nearest street by id, infinite beyond the snapper's reach."""
        return {
            entry.id: snap.distance_m if (snap := self._find(entry.lng_lat)) else math.inf
            for entry in entries
            if entry.lng_lat is not None
        }

    def drawn_lines(self, entries: Sequence[CatalogueSlope]) -> dict[str, DrawnLine]:
        """What the streets say of each drawn line, by id."""
        return {entry.id: self._drawn_line(entry.line) for entry in entries if entry.line is not None}

    def _drawn_line(self, line: tuple[tuple[float, float], ...]) -> DrawnLine:
        snaps = [self._find(place) for place in _along(line)]
        beside = [snap if snap and snap.distance_m <= BESIDE_M else None for snap in snaps]
        return DrawnLine(
            off_street_share=sum(snap is None for snap in beside) / len(beside),
            start_m=self._height_m(beside[0]),
            end_m=self._height_m(beside[-1]),
        )

    def _find(self, lng_lat: tuple[float, float]) -> Snap | None:
        try:
            return self._snapper.nearest(lng_lat, self._one_part)
        except SnapError:  # farther than a stop may be
            return None

    def _height_m(self, snap: Snap | None) -> float | None:
        if snap is None:
            return None
        heights = self._streets.heights
        samples = slice(int(heights.sample_start[snap.edge]), int(heights.sample_start[snap.edge + 1]))
        along_m = snap.fraction * float(heights.distance_m[samples][-1])
        height_m = float(np.interp(along_m, heights.distance_m[samples], heights.elevation_m[samples]))
        return None if math.isnan(height_m) else height_m


def _along(line: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Places every ``STEP_M`` along a line, both ends among them."""
    places = np.array(line)
    xy = Plane.at(*line[0]).project(places)
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    steps = int(min(max(along_m[-1] // STEP_M, 1), MOST_STEPS))
    wanted_m = np.linspace(0.0, along_m[-1], steps + 1)
    lng, lat = np.interp(wanted_m, along_m, places[:, 0]), np.interp(wanted_m, along_m, places[:, 1])
    return list(zip(lng.tolist(), lat.tolist(), strict=True))
