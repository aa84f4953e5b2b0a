import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.domain.elevation import ElevationSource, HeightErrors, independent_errors
from guide.domain.grades import max_window_grade
from guide.domain.profile import Profile
from guide.domain.walk import Walk
from guide.routing.costs.windows import arc_windows, steepest_on_walk
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import geometry_of


def errors_of(resolution_m: float) -> dict[str, HeightErrors]:
    return {"drawn": independent_errors(ElevationSource(id="drawn", resolution_m=resolution_m, sigma_m=0.1))}


FINE = errors_of(1.0)


def rough(place: Town, elevations: list[float]) -> Town:
    place.heights.elevation_m[:] = elevations
    return place


def test_the_steepest_window_is_found_in_each_direction() -> None:
    # Ten metres a sample: 4 m up over 20 m, then 1 m down over 20 m.
    place = rough(town("A-B"), [0, 0, 0, 2, 4, 4, 4, 4, 3.5, 3, 3])
    found = arc_windows(place.heights, FINE)
    assert found.grade == pytest.approx([0.2, 0.05])
    assert found.down == pytest.approx([0.05, 0.2])


def test_an_edge_shorter_than_the_window_is_judged_over_the_whole_window() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 1})
    place.network.edge_length_m[:] = 5
    place.heights.distance_m[:] /= 20
    assert arc_windows(place.heights, FINE).grade == pytest.approx([0.05, 0])


def test_unknown_heights_are_no_grade_and_spoil_no_neighbour() -> None:
    place = town("A--B--C", elevation_m={"A": 0, "B": 15})
    found = arc_windows(place.heights, FINE)
    assert found.grade[:2] == pytest.approx([0.1, 0])
    assert np.isnan(found.grade[2:]).all()


def test_a_coarse_model_is_judged_over_a_longer_window() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 15})
    found = arc_windows(place.heights, errors_of(30.0))
    assert found.window_m.tolist() == [45.0]
    assert found.sigma == pytest.approx([2**0.5 * 0.1 / 45])


def test_heights_that_err_alike_make_a_grade_surer() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 15})
    alike = HeightErrors(sigma_m=0.1, resolution_m=5.0, lags_m=(0.0, 20.0), correlation=(1.0, 0.5))
    assert arc_windows(place.heights, {"drawn": alike}).sigma == pytest.approx([0.1 / 20])
    # Of a source that nobody knows the errors are taken to be independent.
    assert arc_windows(place.heights, {}).sigma == pytest.approx([2**0.5 * 0.1 / 20])


@given(st.lists(st.floats(0, 30), min_size=11, max_size=11))
def test_an_edge_alone_agrees_with_the_profile_of_a_walk(heights: list[float]) -> None:
    place = rough(town("A-B"), heights)
    place.network.edge_length_m[:] = 100
    place.heights.distance_m[:] = np.arange(0, 101, 10)
    found = arc_windows(place.heights, FINE)
    profile = geometry_of(place.network, place.heights).profile(Walk([0]))
    up, down = steepest_on_walk(profile, 20.0) or (None, None)
    assert up is not None
    assert down is not None
    assert found.grade == pytest.approx([max(up.grade, 0), max(-down.grade, 0)], abs=1e-9)
    steepest = max_window_grade(profile, 20.0)
    assert abs(steepest or 0.0) == pytest.approx(max(abs(up.grade), abs(down.grade)))


def test_a_walk_shorter_than_the_window_or_unknown_has_no_steepest_place() -> None:
    short = Profile(distance_m=np.array([0.0, 10.0]), elevation_m=np.zeros(2), sigma_m=np.zeros(2))
    assert steepest_on_walk(short, 20.0) is None
    unknown = Profile(distance_m=np.array([0.0, 50.0]), elevation_m=np.full(2, np.nan), sigma_m=np.full(2, np.nan))
    assert steepest_on_walk(unknown, 20.0) is None
