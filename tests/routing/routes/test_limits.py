"""Hard limits, closures and wheels: what is kept, what is told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.errors import NoWayError, RouteError
from guide.domain.network import Kind
from guide.domain.route import Route
from guide.domain.walker import Preset, StepsChoice, Walker
from guide.routing.costs.arc_costs import IMPASSABLE
from guide.routing.costs.surfaces import Ground, ground_of
from guide.routing.costs.windows import steepest_on_walk
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import TownGuide, climb, router_of

GENTLE = Walker(max_grade_up=0.08)
BOTH = Walker(max_grade_up=0.08, max_grade_down=0.08)
GRID = """
A--B--C
|  |  |
D--E--F
"""


def kinds_of(route: Route) -> list[str]:
    return [warning.type for warning in route.warnings]


def surfaced(place: Town, **surfaces: str) -> Town:
    from dataclasses import replace  # noqa: PLC0415

    words = tuple(surfaces.values())
    network = replace(place.network, surfaces=words)
    for edge, surface in surfaces.items():
        network.edge_surface[place.edges[edge]] = words.index(surface)
    return replace(place, network=network)


def test_a_way_too_steep_up_is_gone_round_and_taken_down() -> None:
    # B-C climbs 20 m over 150 m; the way over A, D, E, F climbs gently.
    heights = {"A": 0, "B": 0, "C": 18, "D": 4, "E": 10, "F": 14}
    place = town(GRID, elevation_m=heights)
    up, down = TownGuide(place).walk("B", "C", walker=GENTLE), TownGuide(place).walk("C", "B", walker=GENTLE)
    assert TownGuide(place).edges(up) != ["BC"]
    assert TownGuide(place).edges(down) == ["CB"]
    assert up.keeps_limits
    assert down.keeps_limits
    assert kinds_of(up) == []


def test_if_no_way_keeps_the_limit_the_least_bad_is_given_and_the_blocking_street_named() -> None:
    place = town(
        "A--B--C\n|     |\nD-----E",
        elevation_m={"A": 0, "B": 15, "C": 30, "D": 15, "E": 30}, names={"AB": "急坂", "BC": "急坂", "AD": "激坂"},
    )  # fmt: skip
    route = TownGuide(place).walk("A", "C", walker=GENTLE)
    assert not route.keeps_limits
    assert TownGuide(place).edges(route) == ["AB", "BC"]
    assert kinds_of(route) == ["no-way-within-limits", "over-limit-up"]
    warning = route.warnings[1]
    assert warning.message("en") == "急坂 climbs 10.0 % on 300 m of the way; your limit is 8 %."
    assert (warning.from_m, warning.to_m) == pytest.approx((0, 300), abs=0.1)
    assert "急坂" in warning.message("ja")


def test_less_steep_is_less_bad() -> None:
    drawing = "A--B\n|  |\nC--D"
    place = town(drawing, elevation_m={"A": 0, "B": 40, "C": 15, "D": 30})
    route = TownGuide(place).walk("A", "D", walker=GENTLE)
    assert TownGuide(place).edges(route) == ["AC", "CD"]
    assert not route.keeps_limits


def test_a_stair_counts_as_steep_for_who_has_a_limit() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 60}, kinds={"AB": Kind.STEPS}, step_counts={"AB": 300})
    assert not TownGuide(place).walk("A", "B", walker=GENTLE).keeps_limits


def test_who_never_takes_stairs_gets_none_even_as_the_least_bad() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 60}, kinds={"AB": Kind.STEPS})
    guide = TownGuide(place)
    never = Walker(max_grade_up=0.08, steps=StepsChoice.NEVER)
    with pytest.raises(RouteError, match=r"[Aa]llow stairs"):
        guide.walk(climb("s", "up"), walker=never, slopes=[guide.slope("s", "AB")])


def test_unknown_heights_are_not_blocked_but_warned_of() -> None:
    place = town("A--B--C", elevation_m={"A": 0, "B": 5})
    route = TownGuide(place).walk("A", "C", walker=GENTLE)
    assert route.keeps_limits
    assert kinds_of(route) == ["limits-unchecked", "heights-unknown"]


def test_a_coarse_model_says_that_the_limit_is_uncertain() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 5})
    place.heights.sigma_m[:] = 1.2
    assert kinds_of(TownGuide(place).walk("A", "B", walker=GENTLE)) == ["limits-uncertain"]


def test_closed_edges_are_gone_round_in_both_directions() -> None:
    guide = TownGuide(town(GRID))
    assert guide.edges(guide.walk("B", "C", closed=["BC"])) == ["BE", "EF", "FC"]
    assert guide.edges(guide.walk("C", "B", closed=["BC"])) == ["CF", "FE", "EB"]
    with pytest.raises(NoWayError):
        TownGuide(town("A--B--C--D")).walk("A", "D", closed=["BC"])


def test_a_wheelchair_goes_round_loose_ground() -> None:
    place = surfaced(town(GRID), BC="gravel", BE="asphalt", EF="asphalt", CF="asphalt")
    guide = TownGuide(place)
    route = guide.walk("B", "C", walker=Walker.of(Preset.WHEELCHAIR))
    assert guide.edges(route) == ["BE", "EF", "FC"]
    assert kinds_of(route) == []
    assert guide.edges(guide.walk("B", "C")) == ["BC"]


def test_ground_that_cannot_be_gone_round_is_named() -> None:
    place = surfaced(town("A--B--C--D", names={"BC": "砂利道"}), AB="asphalt", BC="gravel", CD="asphalt")
    route = TownGuide(place).walk("A", "D", walker=Walker.of(Preset.WHEELCHAIR))
    assert not route.keeps_limits
    assert kinds_of(route)[:2] == ["no-way-within-limits", "bad-ground"]
    assert "砂利道" in route.warnings[1].message("en")


@pytest.mark.parametrize(
    ("surface", "ground"),
    [("asphalt", Ground.SMOOTH), ("Cement", Ground.SMOOTH), ("sett", Ground.ROUGH), ("asphalt; sand", Ground.LOOSE),
     ("moon", Ground.UNKNOWN)],
)  # fmt: skip
def test_surfaces_as_tagged(surface: str, ground: Ground) -> None:
    assert ground_of(surface) is ground


def over(route: Route, limit: float) -> float:
    """By how much the steepest 20 m of a walk, up or down, are over a limit."""
    places = steepest_on_walk(route.profile, 20.0)
    return -1.0 if places is None else max(places[0].grade, -places[1].grade) - limit


@settings(deadline=None, max_examples=150)
@given(st.lists(st.floats(0, 14), min_size=6, max_size=6), st.integers(0, 10_000), st.sampled_from(["AC", "AF", "DC"]))
def test_no_window_is_over_the_limit_and_its_sigma_without_a_warning(
    heights: list[float], seed: int, ends: str
) -> None:
    place = town(GRID, elevation_m=dict(zip("ABCDEF", heights, strict=True)))
    # Bumps between junctions, so that windows across junctions matter too.
    bumps = np.random.default_rng(seed).normal(0, 0.6, len(place.heights.elevation_m))
    place.heights.elevation_m[:] += np.where(place.heights.distance_m % 150 > 0, bumps, 0)
    route = TownGuide(place).walk(*ends, walker=BOTH)
    sigma = 2**0.5 * 0.1 / 20
    if over(route, 0.08) > sigma + 1e-9:
        assert not route.keeps_limits
        assert {"over-limit-up", "over-limit-down"} & set(kinds_of(route))
    if not route.keeps_limits:
        assert "no-way-within-limits" in kinds_of(route)


def test_cost_up_is_not_cost_down() -> None:
    place = town("A--B", elevation_m={"A": 0, "B": 15})
    up, down = router_of(place.network, place.heights).metric(GENTLE).costs.cost_ms.tolist()
    assert up == IMPASSABLE
    assert down < IMPASSABLE
