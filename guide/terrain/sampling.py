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

_GAP_M = 1.0  # keeps neighbouring lines apart on the common axis that they are interpolated on


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
    samples at the same place.
    """
    step_m = np.zeros(len(point_lng_lat))
    here, there = point_lng_lat[:-1], point_lng_lat[1:]
    step_m[1:] = _WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])[2]
    step_m[point_start[:-1]] = 0.0  # the way from one line's end to the next line's start is not walked

    travelled_m = np.cumsum(step_m)
    length_m = travelled_m[point_start[1:] - 1] - travelled_m[point_start[:-1]]
    intervals = np.maximum(np.ceil(length_m / spacing_m), 1).astype(np.int64)
    start = np.concatenate(([0], np.cumsum(intervals + 1)))
    line = np.repeat(np.arange(len(length_m)), intervals + 1)
    share = (np.arange(start[-1]) - start[line]) / intervals[line]
    distance_m = share * length_m[line]

    # One axis for all lines, each beginning a gap after the one before, makes a single interpolation do.
    point_line = np.repeat(np.arange(len(length_m)), np.diff(point_start))
    point_axis = travelled_m + _GAP_M * point_line
    axis = point_axis[point_start[line]] + distance_m
    lng_lat = np.stack([np.interp(axis, point_axis, point_lng_lat[:, column]) for column in (0, 1)], axis=1)
    lng_lat[start[:-1]] = point_lng_lat[point_start[:-1]]
    lng_lat[start[1:] - 1] = point_lng_lat[point_start[1:] - 1]
    return LineSamples(start=start, distance_m=distance_m, lng_lat=lng_lat)
