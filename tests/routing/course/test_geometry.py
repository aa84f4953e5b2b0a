import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.network import Kind
from guide.domain.walk import Stretch, Walk
from guide.routing.course.geometry import Geometry
from guide.routing.course.lines import point_distances
from tests.routing import helpers
from tests.routing.ascii_maps import Town, town

TOWN = "A--B--C"
HEIGHTS = {"A": 0.0, "B": 15.0, "C": 0.0}


def geometry_of(place: Town, resolution_m: float = 1.0) -> Geometry:
    return helpers.geometry_of(place.network, place.heights, resolution_m)


def whole(place: Town, *arcs: str) -> Walk:
    return Walk([place.arc(arc) for arc in arcs])


def test_a_junction_counts_once() -> None:
    place = town(TOWN, elevation_m=HEIGHTS)
    profile = geometry_of(place).profile(whole(place, "AB", "BC"))
    assert np.all(np.diff(profile.distance_m) > 0)
    assert profile.length_m == pytest.approx(300)
    assert profile.elevation_m.max() == 15
    assert len(profile.distance_m) == 31


def test_backwards_the_profile_is_turned() -> None:
    place = town(TOWN, elevation_m={"A": 0, "B": 15, "C": 40})
    geometry = geometry_of(place)
    there = geometry.profile(whole(place, "AB", "BC"))
    back = geometry.profile(whole(place, "CB", "BA"))
    assert back.elevation_m == pytest.approx(there.reversed().elevation_m)
    assert back.distance_m == pytest.approx(there.reversed().distance_m)


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["AB", "BA"]))
def test_a_cut_ends_at_the_interpolated_height(one: float, other: float, arc: str) -> None:
    place = town(TOWN, elevation_m=HEIGHTS)
    start, end = sorted((one, other))
    walk = Walk.of([Stretch(arc=place.arc(arc), start=start, end=end)])
    geometry = geometry_of(place)
    profile = geometry.profile(walk)
    assert profile.length_m == pytest.approx(150 * (end - start), abs=1e-5)
    heights = (15 * start, 15 * end) if arc == "AB" else (15 * (1 - start), 15 * (1 - end))
    assert (profile.elevation_m[0], profile.elevation_m[-1]) == pytest.approx(heights, abs=1e-5)
    line = geometry.course(walk).line
    expected = [place.on("AB", start if arc == "AB" else 1 - start), place.on("AB", end if arc == "AB" else 1 - end)]
    assert line[[0, -1]] == pytest.approx(np.array(expected), abs=1e-8)


def test_unknown_heights_stay_unknown_where_they_are() -> None:
    place = town("A--B--C--D", elevation_m={"A": 0, "B": 5})
    geometry = geometry_of(place)
    stretches = whole(place, "AB", "BC", "CD")
    profile = geometry.profile(stretches)
    known = np.isfinite(profile.elevation_m)
    assert known[profile.distance_m <= 150].all()
    assert not known[profile.distance_m > 160].any()
    assert geometry.unknown_m(stretches) == pytest.approx(300)


def test_steps_are_counted_in_proportion_and_not_guessed() -> None:
    place = town(TOWN, kinds={"AB": Kind.STEPS, "BC": Kind.STEPS}, step_counts={"AB": 60})
    geometry = geometry_of(place)
    assert geometry.course(whole(place, "AB")).steps == 60
    assert geometry.course(Walk.of([Stretch(arc=place.arc("AB"), start=0.5)])).steps == 30
    assert geometry.course(whole(place, "AB", "BC")).steps is None


def test_a_model_too_coarse_for_twenty_metres_gives_no_maximum() -> None:
    place = town(TOWN, elevation_m=HEIGHTS)
    stretches = whole(place, "AB")
    assert geometry_of(place, 1.0).course(stretches).max_grade_20m == pytest.approx(0.1)
    assert geometry_of(place, 30.0).course(stretches).max_grade_20m is None
    place.heights.sigma_m[:] = 2.0
    assert geometry_of(place, 1.0).course(stretches).max_grade_20m is None


def test_line_points_lie_at_their_share_of_the_geodesic_length() -> None:
    place = town(TOWN)
    assert point_distances(place.network).tolist() == pytest.approx([0, 150, 0, 150])


def test_the_points_of_a_line_are_those_around_it_where_it_is_cut() -> None:
    place = town("A-B-C")
    geometry = geometry_of(place)
    ids = place.network.point_osm_id
    osm = {label: int(place.network.node_osm_id[node]) for label, node in place.nodes.items()}
    there = [Stretch(arc=place.arc("AB"), start=0.4), Stretch(arc=place.arc("BC"), end=0.7)]
    back = [Stretch(arc=place.arc("CB"), start=0.3), Stretch(arc=place.arc("BA"), end=0.6)]
    for walk, wanted in ((there, "ABC"), (back, "CBA"), (there[:1], "AB"), (back[1:], "BA")):
        points = geometry.course(Walk.of(walk)).line_points
        assert ids[points].tolist() == [osm[label] for label in wanted]
    within = geometry.course(Walk.of([Stretch(arc=place.arc("BA"), start=0.2, end=0.8)])).line_points
    assert ids[within].tolist() == [osm["B"], osm["A"]]
