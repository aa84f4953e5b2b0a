"""Windows: the steepest grade over a fixed length, of every edge at once and along one walk."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import HeightErrors
from guide.domain.grades import CELLS_PER_WINDOW
from guide.domain.network import NetworkHeights
from guide.domain.profile import Profile
from guide.routing.costs.arcs import interleave

WINDOW_M: Final = 20.0
"""Shorter than this, the error of the heights says more than the street."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcWindows:
    """The steepest window of each arc as a climb in its direction: ``grade`` (2E,), 0 where it never climbs.

    NaN where no window lies on known heights. The steepest descent of an arc is its twin's climb. ``window_m`` and
    ``sigma`` (E,) are the length that was judged and the error (1 sigma, a ratio) of a grade over it.
    """

    grade: NDArray[np.float64]
    window_m: NDArray[np.float64]
    sigma: NDArray[np.float64]

    @property
    def down(self) -> NDArray[np.float64]:
        """(2E,) the steepest descent in each arc's direction, positive."""
        return self.grade.reshape(-1, 2)[:, ::-1].ravel()


def arc_windows(heights: NetworkHeights, errors: Mapping[str, HeightErrors]) -> ArcWindows:
    """The steepest window of every arc; ``errors`` are those of each elevation source by its id.

    A window is 20 m long, or as long as the elevation model can carry where its cells are wider (``CELLS_PER_WINDOW``).
    An edge shorter than its window is judged by its whole rise over the window's length, as if the way went on flat:
    a kerb's worth of error over three metres is no steep street. What its neighbours add shows on the walk as a
    whole, which is judged again (``steepest_on_walk``). The error of a grade is that of the difference of two heights,
    which err alike the more the nearer they are.
    """
    edges = len(heights.sample_start) - 1
    if edges == 0:
        return ArcWindows(grade=np.zeros(0), window_m=np.zeros(0), sigma=np.zeros(0))
    starts = heights.sample_start[:-1]
    known = [errors.get(source) for source in heights.sources]
    cells = np.array([each.resolution_m if each else 0.0 for each in known] + [0.0])
    coarsest_m = np.maximum.reduceat(cells[heights.source], starts)
    window_m = np.maximum(WINDOW_M, CELLS_PER_WINDOW * coarsest_m)
    sigma_m = np.fmax.reduceat(heights.sigma_m, starts)
    up, down = np.zeros(edges), np.zeros(edges)
    for length_m in np.unique(window_m).tolist():
        chosen = window_m == length_m
        up[chosen], down[chosen] = _steepest(*_samples_of(heights, chosen), length_m)
    return ArcWindows(
        grade=interleave(up, down), window_m=window_m, sigma=sigma_m * _apart(heights, known, window_m) / window_m
    )


def _apart(
    heights: NetworkHeights, errors: list[HeightErrors | None], window_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(E,) by how much the difference of two heights a window apart errs, for heights that err by 1 m each.

    On an edge of several sources the worst counts; heights of an unknown source are taken to err independently.
    """
    worst = np.zeros(len(window_m))
    edge = np.repeat(np.arange(len(window_m)), np.diff(heights.sample_start))
    for number, each in enumerate(errors):
        on = np.zeros(len(window_m), dtype=np.bool_)
        on[edge[heights.source == number]] = True
        for length_m in np.unique(window_m[on]).tolist():
            apart = math.sqrt(2.0) if each is None else each.difference_sigma_m(length_m, 1.0, 1.0)
            here = on & (window_m == length_m)
            worst[here] = np.maximum(worst[here], apart)
    return worst


def _samples_of(
    heights: NetworkHeights, chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Where the samples of some edges begin (and the last ends), their distances and their heights."""
    count = np.diff(heights.sample_start)
    kept = np.repeat(chosen, count)
    start = np.concatenate(([0], np.cumsum(count[chosen])))
    return start, heights.distance_m[kept], heights.elevation_m[kept]


def _steepest(
    start: NDArray[np.int64], distance_m: NDArray[np.float64], elevation_m: NDArray[np.float64], window_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The steepest climb and descent (positive) over ``window_m`` of each edge.

    Exact for heights that run straight between samples: the steepest window begins or ends at a sample, or is cut by
    an end of the edge. All edges lie on one axis, with gaps wider than a window between them.
    """
    length = distance_m[start[1:] - 1]
    offset = np.concatenate(([0.0], np.cumsum(length + 2 * window_m)))[:-1]
    edge = np.repeat(np.arange(len(length)), np.diff(start))
    low, high = offset[edge], (offset + length)[edge]
    axis = distance_m + low
    begin = np.concatenate((np.minimum(axis, np.maximum(high - window_m, low)), np.maximum(axis - window_m, low)))
    end = np.minimum(begin + window_m, np.concatenate((high, high)))
    # Edges end in samples of their own, so interpolation never reaches into a gap.
    rise = np.interp(end, axis, elevation_m) - np.interp(begin, axis, elevation_m)
    grade = np.fmax(*(rise / window_m).reshape(2, -1)), np.fmin(*(rise / window_m).reshape(2, -1))
    up, down = np.fmax.reduceat(grade[0], start[:-1]), -np.fmin.reduceat(grade[1], start[:-1])
    return np.maximum(up, 0.0), np.maximum(down, 0.0)  # both keep NaN


@dataclass(frozen=True, slots=True, kw_only=True)
class SteepPlace:
    """A window of a walk: where it begins and ends (metres from the start) and its signed grade."""

    from_m: float
    to_m: float
    grade: float


def steepest_on_walk(profile: Profile, window_m: float) -> tuple[SteepPlace, SteepPlace] | None:
    """The steepest climb and the steepest descent over ``window_m`` of a walk, windows of unknown height left out.

    None if the walk is shorter than the window, or no window is known.
    """
    length_m = profile.length_m
    if length_m < window_m:
        return None
    begins = np.concatenate((profile.distance_m, profile.distance_m - window_m, [0.0, length_m - window_m]))
    begins = begins[(begins >= 0) & (begins + window_m <= length_m)]
    rise = np.interp(begins + window_m, profile.distance_m, profile.elevation_m)
    rise -= np.interp(begins, profile.distance_m, profile.elevation_m)
    if np.isnan(rise).all():
        return None
    places = [int(np.nanargmax(rise)), int(np.nanargmin(rise))]
    up, down = (
        SteepPlace(from_m=float(begins[at]), to_m=float(begins[at]) + window_m, grade=float(rise[at]) / window_m)
        for at in places
    )
    return up, down
