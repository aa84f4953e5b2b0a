"""Slopes sought or avoided: a promised detour, and alternatives that differ for a reason."""

from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.route import PointStop
from guide.domain.slope import Slope
from guide.domain.walker import SlopesChoice, StepsChoice, Walker
from guide.routing.costs.arc_costs import DETOUR_AT_MOST
from guide.routing.routes.alternatives import Reason, alternatives
from guide.routing.search.chain import Search
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import HIKER, TownGuide, geometry_of, router_of

SEEKING, AVOIDING = Walker(slopes=SlopesChoice.SEEK), Walker(slopes=SlopesChoice.AVOID)
LADDER = """
A---B---C---D
|   |   |   |
E---F---G---H
"""
EDGES = ("AB", "BC", "CD", "EF", "FG", "GH", "AE", "BF", "CG", "DH")


def test_who_seeks_slopes_walks_over_one_that_is_near_the_way() -> None:
    guide = TownGuide(town("A-----B\n|     |\nC-----D"))
    slope = guide.slope("s", "CD")
    assert guide.edges(guide.walk("A", "B", slopes=[slope])) == ["AB"]
    # 300 m straight on against 500 m over the slope is too far. On the way from A to D it costs nothing.
    assert guide.edges(guide.walk("A", "B", walker=SEEKING, slopes=[slope])) == ["AB"]
    assert guide.edges(guide.walk("A", "D", walker=SEEKING, slopes=[slope])) == ["AC", "CD"]


def test_who_avoids_slopes_takes_the_gentle_way_round() -> None:
    heights = {"A": 0, "B": 12, "C": 0, "D": 1, "E": 1}
    guide = TownGuide(town("A--B--C\n|     |\nD-----E", elevation_m=heights))
    assert guide.edges(guide.walk("A", "C", walker=AVOIDING)) in (["AD", "DE", "EC"], ["AB", "BC"])
    assert guide.walk("A", "C", walker=AVOIDING).duration_s <= DETOUR_AT_MOST * guide.walk("A", "C").duration_s


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.floats(0, 40), min_size=8, max_size=8),
    st.sets(st.sampled_from(EDGES), min_size=1),
    st.sampled_from([SlopesChoice.SEEK, SlopesChoice.AVOID]),
    st.sampled_from(list(StepsChoice)[:2]),
    st.permutations("ABCDEFGH"),
)
def test_no_wish_takes_longer_than_the_promised_detour(
    heights: list[float], named: set[str], choice: SlopesChoice, steps: StepsChoice, order: list[str]
) -> None:
    guide = TownGuide(town(LADDER, elevation_m=dict(zip("ABCDEFGH", heights, strict=True))))
    slopes = [guide.slope(edge, edge) for edge in sorted(named)]
    stops = order[:3]
    fastest = guide.walk(*stops, slopes=slopes, walker=Walker(steps=steps))
    wished = guide.walk(*stops, slopes=slopes, walker=Walker(steps=steps, slopes=choice))
    assert wished.duration_s <= DETOUR_AT_MOST * fastest.duration_s + 0.01
    if choice is SlopesChoice.SEEK:
        assert wished.slopes_m >= 0


def all_ways(place: Town, ends: str, slopes: list[Slope]) -> tuple[dict[Reason, list[str]], dict[Reason, str]]:
    router = router_of(place.network, place.heights, slopes)
    geometry = geometry_of(place.network, place.heights, slopes=slopes)
    stops = tuple(PointStop(lng_lat=place.place(end)) for end in ends)
    taken, left_out = alternatives(
        Search(router=router, stops=stops, slopes={slope.entry.id: slope for slope in slopes}), geometry, HIKER
    )
    guide = TownGuide(place)
    return {each.reason: guide.edges(each.route) for each in taken}, {each.reason: each.why for each in left_out}


def test_three_ways_for_three_reasons() -> None:
    drawing = """
    D-------E
    |       |
    A---B---C
    |       |
    F-------G
    """
    place = town(drawing, elevation_m={"A": 0, "B": 16, "C": 0, "D": 0, "E": 0, "F": 15, "G": 15})
    taken, left_out = all_ways(place, "AC", [TownGuide(place).slope("s", "FG")])
    assert taken == {
        Reason.FASTEST: ["AB", "BC"],
        Reason.GENTLEST: ["AD", "DE", "EC"],
        Reason.MOST_SLOPES: ["AF", "FG", "GC"],
    }
    assert left_out == {}


def test_what_does_not_differ_is_left_out_with_its_reason() -> None:
    place = town("A--B--C", elevation_m={"A": 0, "B": 5, "C": 0})
    taken, left_out = all_ways(place, "AC", [])
    assert list(taken) == [Reason.FASTEST]
    assert left_out == {
        Reason.GENTLEST: "alternative-not-gentler",
        Reason.MOST_SLOPES: "alternative-no-slopes",
    }
