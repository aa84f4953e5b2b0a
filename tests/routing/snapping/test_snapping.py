import numpy as np
import pytest

from guide.domain.errors import SnapError
from guide.domain.network import Flag, Kind
from guide.domain.route import PointStop, Snap
from guide.routing.plane import Plane
from guide.routing.search.stops import snap_together
from tests.routing.ascii_maps import DEGREES_PER_M, Town, town
from tests.routing.helpers import HIKER, NEVER, TownGuide, router_of


def snap(place: Town, lng_lat: tuple[float, float]) -> Snap:
    router = router_of(place.network, place.heights)
    return router.snapper.nearest(lng_lat, router.metric(HIKER).edge_component)


def north_of(place: tuple[float, float], metres: float) -> tuple[float, float]:
    return place[0], place[1] + metres * DEGREES_PER_M[1]


def test_a_point_beside_a_street_meets_it_at_the_foot_of_its_perpendicular() -> None:
    place = town("A----B")
    found = snap(place, north_of(place.on("AB", 0.3), 20))
    assert found.edge == place.edges["AB"]
    assert found.fraction == pytest.approx(0.3, abs=1e-3)
    assert found.distance_m == pytest.approx(20, rel=0.01)
    assert found.lng_lat == pytest.approx(place.on("AB", 0.3), abs=1e-7)


def test_a_point_beyond_the_end_meets_the_end() -> None:
    place = town("A----B")
    longitude, latitude = place.place("B")
    found = snap(place, (longitude + 30 * DEGREES_PER_M[0], latitude))
    assert found.fraction == pytest.approx(1.0)
    assert found.distance_m == pytest.approx(30, rel=0.01)


def test_a_point_in_the_sea_is_told_how_far_away_it_is_and_what_to_do() -> None:
    place = town("A----B")
    with pytest.raises(SnapError, match=r"lies 700 m from the nearest street .* Choose a place within 500 m"):
        snap(place, north_of(place.on("AB", 0.5), 700))
    with pytest.raises(SnapError, match=r"\d+\.\d km"):
        snap(place, (0.0, 0.0))


@pytest.mark.parametrize("bad", [(np.nan, 42.0), (np.inf, 42.0)])
def test_what_is_no_place_is_refused(bad: tuple[float, float]) -> None:
    with pytest.raises(SnapError, match="finite"):
        snap(town("A--B"), bad)


def test_a_street_that_nobody_may_walk_is_not_snapped_to() -> None:
    place = town("A--B\n\nC--D", flags={"AB": Flag.NO_FORWARD | Flag.NO_BACKWARD})
    assert snap(place, place.on("AB", 0.5)).edge == place.edges["CD"]


def test_who_never_takes_stairs_is_not_put_on_one() -> None:
    place = town("A--B\n|  |\nC--D", kinds={"AB": Kind.STEPS})
    router = router_of(place.network, place.heights)
    found = router.snapper.nearest(place.on("AB", 0.4), router.metric(NEVER).edge_component)
    assert found.edge != place.edges["AB"]


def test_nothing_but_stairs_around_says_so() -> None:
    place = town("A--B", kinds={"AB": Kind.STEPS})
    router = router_of(place.network, place.heights)
    with pytest.raises(SnapError, match="Allow stairs"):
        router.snapper.nearest(place.on("AB", 0.4), router.metric(NEVER).edge_component)


ISLAND = """
A----B----C
|
D   E--F
"""


def test_a_stop_beside_an_island_moves_to_the_streets_that_are_joined_to_the_other_stop() -> None:
    place = town(ISLAND)
    route = TownGuide(place).walk("C", PointStop(lng_lat=place.on("EF", 0.0)))
    assert route.snaps[1] is not None
    assert route.snaps[1].edge != place.edges["EF"]
    assert [warning.type for warning in route.warnings] == ["stop-moved"]


def test_two_stops_on_one_island_walk_on_the_island() -> None:
    place = town(ISLAND)
    route = TownGuide(place).walk("E", "F")
    assert route.distance_m == pytest.approx(150, rel=0.01)


def test_the_part_shared_by_all_is_the_one_with_the_least_distance_to_walk_to() -> None:
    place = town(ISLAND)
    router = router_of(place.network, place.heights)
    metric = router.metric(HIKER)
    points = {0: PointStop(lng_lat=place.place("B")), 1: PointStop(lng_lat=place.place("E"))}
    snaps = snap_together(router, metric, points, set())
    parts = {int(metric.edge_component[found.edge]) for found in snaps.values()}
    assert len(parts) == 1


def test_the_plane_is_true_to_scale_against_the_ellipsoid() -> None:
    from pyproj import Geod  # noqa: PLC0415 (the oracle of this test alone)

    plane = Plane.at(141.0, 42.3)
    here = np.array([141.004, 42.303])
    _, _, expected = Geod(ellps="WGS84").inv(141.0, 42.3, *here)
    assert np.hypot(*plane.project(here)) == pytest.approx(expected, rel=1e-4)
