"""All that routes need and that no walker changes, worked out from a network and its heights."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.elevation import HeightErrors
from guide.domain.network import Network, NetworkHeights
from guide.domain.prepared import Prepared
from guide.domain.walker import Season, Speed
from guide.routing.costs.speeds import hiker_seconds, unknown_length_m
from guide.routing.costs.windows import arc_windows
from guide.routing.course.json_text import PROFILE_DIGITS, number_texts, position_texts
from guide.routing.course.lines import SAME_M, doubled_edges, from_begin_m, point_distances
from guide.routing.course.turns import arc_bearings, arcs_by_node
from guide.routing.snapping.street_grid import make_grid

_GAP_M = 1.0  # keeps neighbouring edges apart on the common axis that they are interpolated on


def prepare(network: Network, heights: NetworkHeights, errors: Mapping[str, HeightErrors]) -> Prepared:
    """The arrays of ``Prepared``; ``errors`` are those of each elevation source by its id."""
    windows = arc_windows(heights, errors)
    distance_m = point_distances(network)
    grid = make_grid(network)
    marks = make_marks(network, heights, distance_m)
    node_arc_start, node_arc = arcs_by_node(network)
    is_point = marks.point >= 0
    point_elevation_m = np.full(len(network.point_lng_lat), np.nan)
    point_elevation_m[marks.point[is_point]] = marks.elevation_m[is_point]
    return Prepared(
        hiker_s=np.stack([hiker_seconds(network, heights, speed, season) for season in Season for speed in Speed]),
        window_grade=windows.grade,
        window_m=windows.window_m,
        window_sigma=windows.sigma,
        edge_unknown_m=unknown_length_m(heights),
        edge_sigma_m=_largest(heights),
        mark_start=marks.start,
        mark_from_begin_m=from_begin_m(marks.start, marks.distance_m),
        mark_doubled=doubled_edges(marks.start, marks.distance_m),
        mark_elevation_m=marks.elevation_m,
        mark_sigma_m=marks.sigma_m,
        mark_point=marks.point,
        mark_is_sample=marks.is_sample,
        point_distance_m=distance_m,
        point_text=position_texts(network.point_lng_lat, point_elevation_m),
        elevation_text=number_texts(marks.elevation_m, PROFILE_DIGITS),
        sigma_text=number_texts(marks.sigma_m, PROFILE_DIGITS),
        node_arc_start=node_arc_start,
        node_arc=node_arc,
        arc_bearing_deg=arc_bearings(network, distance_m),
        grid_frame=grid.frame,
        grid_start=grid.start,
        grid_piece=grid.piece,
    )


def _largest(heights: NetworkHeights) -> NDArray[np.float64]:
    """(E,) the largest error of a height on each edge, NaN where one is unknown."""
    if len(heights.sample_start) == 1:
        return np.zeros(0)
    return np.maximum.reduceat(heights.sigma_m, heights.sample_start[:-1])


def hiker_row(speed: Speed, season: Season) -> int:
    """Which row of ``hiker_s`` a formula and a season are."""
    return tuple(Season).index(season) * len(Speed) + tuple(Speed).index(speed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Line points and height samples of all edges in one row, see ``Prepared``."""

    start: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    point: NDArray[np.int32]
    is_sample: NDArray[np.bool_]


def make_marks(network: Network, heights: NetworkHeights, point_distance_m: NDArray[np.float64]) -> Marks:
    """The marks of a network; a point and a sample at one place are one mark."""
    edges = network.edge_count
    edge = np.concatenate(
        [np.repeat(np.arange(edges), np.diff(start)) for start in (heights.sample_start, network.point_start)]
    )
    samples, points = len(heights.distance_m), len(point_distance_m)
    at_m = np.concatenate((heights.distance_m, point_distance_m))
    order = np.lexsort((at_m, edge))  # stable: a sample comes before a point at its place
    edge, at_m, number = edge[order], at_m[order], order
    is_sample = number < samples
    # A point beside a sample is that sample; an edge's two ends are always both.
    point = np.where(is_sample, -1, number - samples)
    twin = np.zeros(len(order), dtype=np.bool_)
    beside = (edge[1:] == edge[:-1]) & (at_m[1:] - at_m[:-1] <= SAME_M) & (is_sample[1:] != is_sample[:-1])
    for here, there in ((slice(None, -1), slice(1, None)), (slice(1, None), slice(None, -1))):
        found = beside & is_sample[here] & ~twin[there] & (point[here] < 0)
        point[here][found] = point[there][found]
        twin[there][found] = True
    kept = ~twin
    sample = np.where(is_sample, number, 0)
    mark = Marks(
        start=np.concatenate(([0], np.cumsum(np.bincount(edge[kept], minlength=edges)))).astype(np.int64),
        distance_m=at_m[kept],
        elevation_m=heights.elevation_m[sample][kept] if samples else np.zeros(0),
        sigma_m=heights.sigma_m[sample][kept] if samples else np.zeros(0),
        point=point[kept].astype(np.int32),
        is_sample=is_sample[kept],
    )
    assert (mark.point >= 0).sum() == points, "each line point is one mark"  # noqa: S101
    _between_samples(mark, edge[kept], network.edge_length_m)
    return mark


def _between_samples(mark: Marks, edge: NDArray[np.int64], edge_length_m: NDArray[np.float64]) -> None:
    """Give each mark that is no sample the height and the error straight between the samples around it."""
    axis = (np.cumsum(edge_length_m + _GAP_M) - edge_length_m)[edge] + mark.distance_m
    known = mark.is_sample
    if known.all():
        return
    for values in (mark.elevation_m, mark.sigma_m):
        values[~known] = np.interp(axis[~known], axis[known], values[known])
