"""Recommended tours and closures in a built area, and lines that staff drew."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from guide.area.closure_features import closure_from_feature, closure_to_feature
from guide.area.read import BuiltArea
from guide.area.tour_features import tour_from_feature, tour_to_feature
from guide.domain.closure import CatalogueClosure, Closure, ClosureKind
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.network import Flag
from guide.domain.route import Direction
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour, Tour, TourStop
from guide.domain.walk import Stretch
from guide.placing.closures import place_closures
from guide.placing.slopes import find_slopes
from guide.placing.tours import TourGround, walk_tours
from guide.routing.search.order import compute_node_order
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import TownGuide, prepared_of

JAPAN = ZoneInfo("Asia/Tokyo")
HILL = town(
    "A----B----C\n     |    |\n     D----E", elevation_m={"A": 0, "B": 20, "C": 40, "D": 20, "E": 40},
    flags={"AB": Flag.NO_BACKWARD},
)  # fmt: skip


def ground(place: Town) -> TourGround:
    order = compute_node_order(place.network)
    return TourGround(
        network=place.network,
        heights=place.heights,
        node_order=order,
        prepared=prepared_of(place.network, place.heights),
    )


def walk(*stops: str) -> tuple[Tour, list[str]]:
    guide = TownGuide(HILL)
    slopes = [guide.slope("ab", "AB"), guide.slope("bc", "BC")]
    view = Landmark(id="view", kind=LandmarkKind.VIEWPOINT, lng_lat=HILL.place("E"), name="眺め")
    parts = [stop.partition(":") for stop in stops]
    entry = CatalogueTour(
        id="t",
        name="坂めぐり",
        stops=tuple(TourStop(id=name, direction=Direction(way or "any")) for name, _, way in parts),
    )
    (tour,), findings = walk_tours([entry], slopes, [view], ground(HILL))
    return tour, [finding.code for finding in findings]


def test_a_tour_is_walked_and_measured() -> None:
    tour, findings = walk("ab:up", "bc:up", "view")
    assert findings == []
    assert tour.walk is not None
    assert tour.walk.distance_m == pytest.approx(600, rel=1e-2)
    assert tour.walk.ascent_m == pytest.approx(40, rel=1e-2)
    assert tour.walk.duration_s > 600
    again = tour_from_feature(tour_to_feature(tour))
    assert again.entry == tour.entry
    assert again.walk is not None
    assert np.allclose(again.walk.line, tour.walk.line)


def test_a_tour_that_cannot_be_walked_says_at_which_stop() -> None:
    assert walk("view", "gone", "gone") == (Tour(entry=walk("view", "gone", "gone")[0].entry), ["tour.unknown-stop"])
    assert walk("view", "ab:down")[1] == ["tour.slope-not-walkable"]
    assert walk("view", "ab:up")[1] == ["tour.no-way"]  # the foot of that slope is on a one-way street


def test_a_closure_lies_on_its_slope_its_line_or_the_street_at_its_point() -> None:
    slope = TownGuide(HILL).slope("bc", "BC")
    day = datetime(2026, 12, 1)
    entries = [
        CatalogueClosure(id="a", kind=ClosureKind.CLOSED, slope_id="bc", starts=day, ends=day + timedelta(days=1)),
        CatalogueClosure(id="b", kind=ClosureKind.ICE, line=(HILL.on("AB", 0.5), HILL.place("B"), HILL.on("BD", 0.8))),
        CatalogueClosure(id="c", kind=ClosureKind.WORKS, lng_lat=HILL.on("DE", 0.3)),
        CatalogueClosure(id="d", kind=ClosureKind.NOTICE, slope_id="gone"),
        CatalogueClosure(id="e", kind=ClosureKind.CLOSED, lng_lat=(141.1, 42.31)),
    ]
    closures, findings = place_closures(entries, [slope], JAPAN, HILL.network)
    assert [set(closure.edges) for closure in closures] == [
        {HILL.edges["BC"]}, {HILL.edges["AB"], HILL.edges["BD"]}, {HILL.edges["DE"]}, set(), set()
    ]  # fmt: skip
    assert closures[0].starts == datetime(2026, 12, 1, tzinfo=JAPAN)
    assert [(finding.code, str(finding.severity)) for finding in findings] == [
        ("closure.unknown-slope", "warning"),
        ("closure.no-street", "blocking"),
    ]
    for closure in closures:
        again = closure_from_feature(closure_to_feature(closure))
        assert (again.edges, again.starts, again.ends) == (closure.edges, closure.starts, closure.ends)
        assert again.entry.kind is closure.entry.kind


def test_a_closure_without_a_network_keeps_its_place() -> None:
    entry = CatalogueClosure(id="a", kind=ClosureKind.BEARS, lng_lat=(141.0, 42.3))
    assert place_closures([entry], [], JAPAN, None) == ([Closure(entry=entry)], [])


def test_a_drawn_line_overrules_the_street_of_the_name() -> None:
    place = town("A----B----C\n     |\n     D", names={"AB": "八幡坂", "BC": "八幡坂"})
    entry = CatalogueSlope(id="hachiman", name="八幡坂", line=(place.on("AB", 0.5), place.place("B"), place.place("D")))
    (slope,), findings = find_slopes(place.network, [entry], [], "test")
    assert findings == []
    assert slope.arcs == (place.arc("AB"), place.arc("BD"))
    assert slope.stretches[0] == Stretch(place.arc("AB"), pytest.approx(0.5, abs=0.01), 1.0)


def test_a_drawn_line_on_no_street_stands_and_is_told() -> None:
    place = town("A----B", names={"AB": "八幡坂"})
    far = tuple((lng, lat + 0.002) for lng, lat in (place.place("A"), place.place("B")))
    (slope,), (finding,) = find_slopes(place.network, [CatalogueSlope(id="h", name="八幡坂", line=far)], [], "test")
    assert slope.arcs == ()
    assert finding.code == "slope.drawn-off-street"


def test_another_name_of_a_slope_finds_its_street() -> None:
    place = town("A----B", names={"AB": "Hachiman Slope"})
    entry = CatalogueSlope(id="hachiman", name="八幡坂", other_names=("hachiman slope",))
    assert find_slopes(place.network, [entry], [], "test")[0][0].arcs == (place.arc("AB"),)


def test_the_samples_tours_and_closures_are_in_its_build(sample: BuiltArea) -> None:
    assert [tour.entry.id for tour in sample.tours if tour.walk is None] == []
    assert len(sample.tours) == 2
    assert {closure.entry.kind for closure in sample.closures} == {ClosureKind.ICE, ClosureKind.WORKS}
    assert all(closure.edges and closure.lines for closure in sample.closures)
    assert sample.manifest.counts.tours == sample.manifest.counts.closures == 2
