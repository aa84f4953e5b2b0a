"""Wheels: kerbs, widths, obstacles and the word of those who looked."""

from dataclasses import replace

import numpy as np
import pytest

from guide.domain.network import Access, Flag, Kind, Smoothness
from guide.domain.route import Route
from guide.domain.walker import Preset, StepsChoice, Walker, Wheels
from guide.routing.costs.ranks import Rank, step_rank, width_rank
from guide.routing.costs.surfaces import Ground, edge_ground
from tests.routing.ascii_maps import Town, town
from tests.routing.helpers import TownGuide

WHEELCHAIR, STROLLER = Walker.of(Preset.WHEELCHAIR), Walker.of(Preset.STROLLER)
GRID = """
A--B--C
|  |  |
D--E--F
"""
ROUND = ["BE", "EF", "FC"]


def grid(**more: float) -> Town:
    """A grid whose edge BC has a width, a kerb, an access, a smoothness or a flag."""
    place = town(GRID, flags={"BC": Flag(int(more.pop("flag", 0)))}, names={"BC": "小路"})
    for name, value in more.items():
        getattr(place.network, f"edge_{name}")[place.edges["BC"]] = value
    return place


def way(place: Town, walker: Walker) -> list[str]:
    guide = TownGuide(place)
    return guide.edges(guide.walk("B", "C", walker=walker))


@pytest.mark.parametrize(
    ("more", "wheelchair", "stroller"),
    [
        ({}, ["BC"], ["BC"]),
        ({"width_m": 1.0}, ["BC"], ["BC"]),
        ({"width_m": 0.9}, ROUND, ["BC"]),
        ({"width_m": 0.5}, ROUND, ROUND),
        ({"kerb_m": 0.03}, ["BC"], ["BC"]),
        ({"kerb_m": 0.12}, ROUND, ["BC"]),
        ({"flag": Flag.OBSTACLE}, ROUND, ROUND),
        ({"access": Access.NO}, ROUND, ["BC"]),
        ({"access": Access.LIMITED}, ["BC"], ["BC"]),
        ({"smoothness": Smoothness.HORRIBLE}, ROUND, ["BC"]),
        ({"smoothness": Smoothness.GOOD}, ["BC"], ["BC"]),
        # Who looked and found that it goes is believed.
        ({"width_m": 0.9, "access": Access.YES}, ["BC"], ["BC"]),
        ({"kerb_m": 0.12, "access": Access.LIMITED}, ["BC"], ["BC"]),
    ],
)
def test_what_stops_wheels_is_gone_round(more: dict[str, float], wheelchair: list[str], stroller: list[str]) -> None:
    assert way(grid(**more), WHEELCHAIR) == wheelchair
    assert way(grid(**more), STROLLER) == stroller
    assert way(grid(**more), Walker()) == ["BC"]


def only_way(**more: float) -> Route:
    place = town("A--B", flags={"AB": Flag(int(more.pop("flag", 0)))}, names={"AB": "小路"})
    for name, value in more.items():
        getattr(place.network, f"edge_{name}")[place.edges["AB"]] = value
    return TownGuide(place).walk("A", "B", walker=WHEELCHAIR)


@pytest.mark.parametrize(
    ("more", "kind", "told"),
    [
        ({"width_m": 0.8}, "too-narrow", "0.8 m wide"),
        ({"kerb_m": 0.12}, "high-kerb", "a kerb of 12 cm"),
        ({"flag": Flag.OBSTACLE}, "obstacle", "stile"),
        ({"access": Access.NO}, "no-wheelchairs", "150 m"),
    ],
)
def test_what_cannot_be_gone_round_is_named(more: dict[str, float], kind: str, told: str) -> None:
    route = only_way(**more)
    assert not route.keeps_limits
    assert [warning.type for warning in route.warnings][:2] == ["no-way-within-limits", kind]
    assert told in route.warnings[1].message("en")
    assert "小路" in route.warnings[1].message("ja")


def test_a_kerb_takes_a_wheelchair_some_seconds() -> None:
    flush, lowered = only_way(kerb_m=0.0), only_way(kerb_m=0.03)
    assert lowered.duration_s - flush.duration_s == pytest.approx(10)


def test_wheels_are_told_what_the_map_does_not_know() -> None:
    place = town("A--B--C", kinds={"AB": Kind.FOOTWAY, "BC": Kind.FOOTWAY}, flags={"BC": Flag.CROSSING})
    (surface, kerbs) = TownGuide(place).walk("A", "C", walker=WHEELCHAIR).warnings
    assert (surface.type, kerbs.type) == ("surface-unknown", "kerbs-unknown")
    assert dict(kerbs.values) == {"crossings": 1, "metres": 300}
    place.network.edge_width_m[:] = 2.0
    place.network.edge_kerb_m[place.edges["BC"]] = 0.0
    assert [warning.type for warning in TownGuide(place).walk("A", "C", walker=WHEELCHAIR).warnings] == [
        "surface-unknown"
    ]
    assert TownGuide(place).walk("A", "C").warnings == ()


def test_a_walker_on_wheels_who_takes_stairs_is_still_on_wheels() -> None:
    walker = replace(STROLLER, steps=StepsChoice.ALLOW)
    assert walker.wheels is Wheels.STROLLER
    assert way(grid(width_m=0.5), walker) == ROUND


def test_ranks_have_the_standards_limits() -> None:
    widths = np.array([0.99, 1.0, 1.99, 2.0, 3.0, np.nan], dtype=np.float32)
    assert width_rank(widths).tolist() == [Rank.Z, Rank.B, Rank.B, Rank.A, Rank.S, Rank.X]
    steps = np.array([0.0, 0.02, 0.03, 0.05, 0.10, 0.11, np.nan], dtype=np.float32)
    assert step_rank(steps).tolist() == [Rank.S, Rank.A, Rank.B, Rank.B, Rank.C, Rank.Z, Rank.X]


def test_smoothness_counts_before_surface() -> None:
    place = grid(smoothness=Smoothness.BAD)
    network = replace(place.network, surfaces=("asphalt",))
    network.edge_surface[:] = 0
    ground = edge_ground(network)
    assert ground[place.edges["BC"]] == Ground.ROUGH
    assert ground[place.edges["AB"]] == Ground.SMOOTH
