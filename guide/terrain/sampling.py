"""Points at real distances along lines: where a profile asks for heights."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

_WGS84 = Geod(ellps="WGS84")
FINEST_M: Final = 5.0
USUAL_M: Final = 10.0
COARSEST_M: Final = 15.0

_GAP_M = 1.0  # keeps neighbouring lines apart on the common axis that samples are looked up on


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSamples:
    """Samples along E lines: line e has ``start[e]:start[e + 1]``.

    ``distance_m`` (S,) runs from 0 to the line's geodesic length; ``lng_lat`` (S, 2) degrees.
    """

    start: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    lng_lat: NDArray[np.float64]


def spacing_m(resolution_m: float) -> float:
    """Distance between samples that a model with cells of ``resolution_m`` deserves.

    One sample a cell up to 10 m (what OpenTripPlanner and R5 use), two a cell in coarser models, so that bends are met,
    but never more than 15 m apart; below 5 m a walker's step and a way's own width are seen rather than its grade.
    """
    if resolution_m <= USUAL_M:
        return max(resolution_m, FINEST_M)
    return min(max(resolution_m / 2, USUAL_M), COARSEST_M)


def sample_lines(point_start: NDArray[np.int64], point_lng_lat: NDArray[np.float64], spacing_m: float) -> LineSamples:
    """Samples at even distances of at most ``spacing_m``, both ends included, along many lines at once.

    Line e is ``point_lng_lat[point_start[e]:point_start[e + 1]]``, at least two points. A line of no length gets two
    samples at the same place. The samples of a line are the same to the last bit whichever lines are sampled with it.
    """
    along_m = _metres_along(point_start, point_lng_lat)
    last = point_start[1:] - 1
    length_m = along_m[last]
    intervals = np.maximum(np.ceil(length_m / spacing_m), 1).astype(np.int64)
    start = np.concatenate(([0], np.cumsum(intervals + 1)))
    line = np.repeat(np.arange(len(length_m)), intervals + 1)
    share = (np.arange(start[-1]) - start[line]) / intervals[line]
    distance_m = share * length_m[line]
    point = _points_before(point_start, along_m, line, distance_m)
    run = along_m[point + 1] - along_m[point]
    part = np.divide(distance_m - along_m[point], run, out=np.zeros_like(run), where=run > 0)[:, None]
    here, there = point_lng_lat[point], point_lng_lat[point + 1]
    lng_lat = np.clip(here + part * (there - here), np.minimum(here, there), np.maximum(here, there))
    lng_lat[start[:-1]] = point_lng_lat[point_start[:-1]]
    lng_lat[start[1:] - 1] = point_lng_lat[last]
    return LineSamples(start=start, distance_m=distance_m, lng_lat=lng_lat)


def _metres_along(point_start: NDArray[np.int64], point_lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """(P,) how far each point lies from its line's begin; summed up line by line, so that no line feels another."""
    here, there = point_lng_lat[:-1], point_lng_lat[1:]
    along_m = np.zeros(len(point_lng_lat))
    along_m[1:] = _WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])[2]
    along_m[point_start[:-1]] = 0.0  # the way from one line's end to the next line's start is not walked
    count = np.diff(point_start)
    by_count = np.argsort(-count, kind="stable")
    begin, count = point_start[:-1][by_count], count[by_count]
    for number in range(2, int(count[0]) if len(count) else 0):
        point = begin[: np.searchsorted(-count, -number)] + number  # of lines that have more than ``number`` points
        along_m[point] += along_m[point - 1]
    return along_m


def _points_before(
    point_start: NDArray[np.int64],
    along_m: NDArray[np.float64],
    line: NDArray[np.int64],
    distance_m: NDArray[np.float64],
) -> NDArray[np.int64]:
    """(S,) the last point of each sample's line that is not beyond it, but for the line's very last point."""
    # One axis for all lines, each beginning a gap after the one before, makes a single search do.
    length_m = along_m[point_start[1:] - 1]
    offset = np.cumsum(length_m + _GAP_M) - length_m
    axis = along_m + np.repeat(offset, np.diff(point_start))
    first, last = point_start[line], point_start[line + 1] - 2
    point = np.clip(np.searchsorted(axis, distance_m + offset[line], side="right") - 1, first, last)
    while True:  # the common axis is rounded; where that matters the line's own has the last word
        back = (point > first) & (along_m[point] > distance_m)
        on = (point < last) & (along_m[point + 1] <= distance_m)
        if not (back | on).any():
            return point
        point = point - back + (on & ~back)
