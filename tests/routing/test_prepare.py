"""What the builder works out before: marks, and streets by cells."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.errors import SnapError
from guide.routing.course.lines import point_distances
from guide.routing.plane import Plane
from guide.routing.prepare import make_marks
from guide.routing.snapping.snapper import REACH_M, Snapper
from guide.routing.snapping.street_grid import make_grid
from tests.routing.ascii_maps import network_of, town

PLACE = (141.0, 42.3)


def test_points_and_samples_are_marks_once_each() -> None:
    place = town("A--B--C", elevation_m={"A": 0, "B": 15, "C": 0})
    marks = make_marks(place.network, place.heights, point_distances(place.network))
    assert np.diff(marks.start).tolist() == [16, 16]  # every 10 m, and both ends are points too
    assert marks.point.max() == 3
    assert sorted(marks.point[marks.point >= 0]) == [0, 1, 2, 3]
    assert marks.is_sample.all()


def test_a_point_between_samples_has_their_height_in_proportion() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 15})
    network = place.network
    ends = network.point_lng_lat
    bent = replace(
        network,
        point_lng_lat=np.array([ends[0], ends[0] + (ends[1] - ends[0]) * 0.3, ends[1]]),
        point_start=np.array([0, 3]),
    )
    marks = make_marks(bent, place.heights, np.array([0.0, 44.0, 150.0]))
    (between,) = np.flatnonzero(~marks.is_sample)
    assert marks.point[between] == 1
    assert marks.elevation_m[between] == pytest.approx(4.4)
    beside = make_marks(bent, place.heights, np.array([0.0, 50.0 - 1e-9, 150.0]))
    assert beside.is_sample.all()
    assert beside.point[5] == 1


def brute(network: object, lng_lat: tuple[float, float]) -> float:
    """The distance to the nearest street, every segment looked at."""
    points = network.point_lng_lat  # type: ignore[attr-defined]
    xy = Plane.at(*lng_lat).project(points)
    best = np.inf
    for start, stop in zip(network.point_start, network.point_start[1:], strict=False):  # type: ignore[attr-defined]
        for a, b in zip(xy[start : stop - 1], xy[start + 1 : stop], strict=True):
            step = b - a
            share = np.clip(-(a @ step) / max(step @ step, 1e-12), 0, 1)
            best = min(best, float(np.hypot(*(a + share * step))))
    return best


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(*(st.floats(-900, 900),) * 4), min_size=1, max_size=12),
    st.floats(-1200, 1200),
    st.floats(-1200, 1200),
)
def test_the_street_snapped_to_is_the_nearest_of_all(
    streets: list[tuple[float, float, float, float]], east: float, north: float
) -> None:
    per_m = 1 / np.array(Plane.at(*PLACE).metres_per_degree)
    places = np.array(PLACE) + np.array(streets).reshape(-1, 2) * per_m
    lengths = [max(float(np.hypot(x2 - x1, y2 - y1)), 0.01) for x1, y1, x2, y2 in streets]
    network = network_of(places, [(2 * i, 2 * i + 1, length) for i, length in enumerate(lengths)])
    point = (PLACE[0] + east * per_m[0], PLACE[1] + north * per_m[1])
    expected = brute(network, point)
    snapper = Snapper(network, make_grid(network))
    component = np.zeros(network.edge_count, dtype=np.int32)
    if expected > REACH_M * 1.001:
        with pytest.raises(SnapError):
            snapper.nearest(point, component)
        return
    if expected < REACH_M * 0.999:
        found = snapper.nearest(point, component)
        assert found.distance_m == pytest.approx(expected, rel=2e-3, abs=0.01)
        nearest, *others = snapper.nearest_many(point, component, 5)
        assert nearest.distance_m == pytest.approx(found.distance_m)
        assert sorted(other.distance_m for other in others) == [other.distance_m for other in others]


def test_a_street_closed_to_all_is_in_no_cell() -> None:
    place = town("A--B\n\nC--D")
    walkable = np.array([False, True])
    grid = make_grid(place.network, walkable)
    assert set(grid.piece.tolist()) == {int(place.network.point_start[place.edges["CD"]])}
