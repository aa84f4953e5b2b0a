"""The table service: durations and distances from many places to many, with OSRM's fall-back for who has no way."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from guide.api.osrm.request import TableOptions
from guide.routing.course.geometry import Geometry
from guide.routing.plane import Plane
from guide.routing.search.table import Cell, Table

LngLat = tuple[float, float]


def table_cells(table: Table, geometry: Geometry, options: TableOptions, places: Sequence[LngLat]) -> dict[str, Any]:
    """The cells that were asked for; ``places`` are what the fall-back reckons between."""
    sources, targets = options.sources, options.destinations
    durations = table.durations_s(sources, targets)
    distances = table.distances_m(geometry, sources, targets) if "distance" in options.annotations else None
    fallen = list(_no_way(durations)) if options.fallback_m_s is not None else []
    for row, column in fallen:
        metres = _straight_m(places[sources[row]], places[targets[column]])
        durations[row][column] = metres / (options.fallback_m_s or 1.0)
        if distances is not None:
            distances[row][column] = metres
    view: dict[str, Any] = {}
    if "duration" in options.annotations:
        view["durations"] = _rounded(durations, options.scale_factor)
    if distances is not None:
        view["distances"] = _rounded(distances)
    if fallen:
        view["fallback_speed_cells"] = fallen
    return view


def _no_way(cells: list[list[Cell]]) -> Iterator[tuple[int, int]]:
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if value is None:
                yield row, column


def _straight_m(one: LngLat, other: LngLat) -> float:
    return math.hypot(*Plane.at(*one).project_one(other))


def _rounded(table: list[list[Cell]], factor: float = 1.0) -> list[list[Cell]]:
    return [[None if value is None else round(factor * value, 1) for value in row] for row in table]
