"""What deserves a name: views, names, scores, and a hundred chosen out of many."""

from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from guide.climbs.climbs import see_terrain
from guide.domain.elevation import ElevationSamples, ElevationSource
from guide.domain.network import Kind, Network, StreetName
from guide.routing.plane import Plane
from tests.routing.ascii_maps import DEGREES_PER_M, ORIGIN, town
from tiles.discover.candidates import Candidates, list_candidates
from tiles.discover.choose import choose
from tiles.discover.discover import discover
from tiles.discover.naming import Namer
from tiles.discover.rows import why
from tiles.discover.score import scores
from tiles.discover.view import sight_m

PLANE = Plane.at(*ORIGIN)


class Ground:
    """Elevation from a formula of metres east and north of the origin."""

    def __init__(self, resolution_m: float = 10.0) -> None:
        self.sources = (ElevationSource(id="formula", resolution_m=resolution_m, sigma_m=0.1),)

    def height_m(self, east_m: NDArray[np.float64], north_m: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.zeros_like(east_m + north_m)

    def sample(self, lng_lat: NDArray[np.float64]) -> ElevationSamples:
        east_m, north_m = PLANE.project(lng_lat).T
        height_m = self.height_m(east_m, north_m)
        return ElevationSamples(
            elevation_m=height_m, sigma_m=np.full(len(height_m), 0.1), source=np.zeros(len(height_m), dtype=np.int16)
        )


class Hill(Ground):
    """A cone of 100 m, 500 m round, on a plain."""

    def height_m(self, east_m: NDArray[np.float64], north_m: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum(100.0 - np.hypot(east_m, north_m) / 5.0, 0.0)


class WalledHill(Hill):
    """The same with a ring wall of 300 m, 1 km off."""

    def height_m(self, east_m: NDArray[np.float64], north_m: NDArray[np.float64]) -> NDArray[np.float64]:
        far = np.hypot(east_m, north_m)
        return np.where((far > 900) & (far < 1300), 300.0, super().height_m(east_m, north_m))


def candidates(count: int, **given: object) -> Candidates:
    """Some climbs of 100 m and 10 m, with what is said of them."""
    usual = {
        "length_m": 100.0, "rise_m": 10.0, "sure_rise_m": 9.0, "measured": True, "stairs_m": 0.0, "straightness": 1.0,
        "quiet": 0.7, "in_town": 1.0, "name": 0, "kind": int(Kind.RESIDENTIAL), "climb": 0,
        "middle_lng_lat": ORIGIN, "head_lng_lat": ORIGIN,
    }  # fmt: skip
    arrays = {}
    for field in fields(Candidates):
        value = np.array(given.get(field.name, usual[field.name]))
        shape = (count, 2) if field.name.endswith("lng_lat") else (count,)
        arrays[field.name] = np.broadcast_to(value, shape).copy()
    return Candidates(**arrays)


def test_from_a_hill_one_sees_as_far_as_the_curve_of_the_earth_allows_from_a_plain_nowhere() -> None:
    here = np.array([ORIGIN])
    assert sight_m(Hill(), here)[0] == pytest.approx(10_000.0)
    assert sight_m(Ground(), here)[0] == 0.0
    assert sight_m(Hill(), np.array([[ORIGIN[0] + 2000 * DEGREES_PER_M[0], ORIGIN[1]]]))[0] == 0.0
    assert len(sight_m(Hill(), np.empty((0, 2)))) == 0


def test_a_wall_ends_the_view() -> None:
    assert 500 < sight_m(WalledHill(), np.array([ORIGIN]))[0] < 1000


def test_the_same_rise_of_which_less_is_sure_counts_less() -> None:
    less_sure = candidates(2, sure_rise_m=[9.0, 2.0])
    first, second = scores(less_sure, np.zeros(2))
    assert first > 2 * second


def test_stairs_view_quiet_and_a_name_speak_for_a_climb() -> None:
    plain = scores(candidates(1, name=-1), np.zeros(1))[0]
    for better in ({"stairs_m": 60.0}, {"name": 0}, {"quiet": 1.0, "name": -1}):
        assert scores(candidates(1, **{"name": -1, **better}), np.zeros(1))[0] > plain
    assert scores(candidates(1, name=-1), np.array([3000.0]))[0] > plain


def test_a_short_climb_on_a_coarse_model_is_no_candidate_but_its_stairs_are() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 20})
    terrain = see_terrain(place.network, place.heights)
    assert list_candidates(terrain, place.heights, Ground(10).sources)[1].count == 1
    assert list_candidates(terrain, place.heights, Ground(90).sources)[1].count == 0
    stairs = town("A-B", elevation_m={"A": 0, "B": 20}, kinds={"AB": Kind.STEPS}, step_counts={"AB": 100})
    found = list_candidates(see_terrain(stairs.network, stairs.heights), stairs.heights, Ground(90).sources)[1]
    assert found.sure_rise_m.tolist() == [16.0]
    assert not found.measured[0]


def test_a_wall_in_the_model_is_no_street() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 60})
    assert list_candidates(see_terrain(place.network, place.heights), place.heights, Ground().sources)[1].count == 0


def test_the_better_of_two_side_by_side_is_taken_and_spread_beats_a_little_score() -> None:
    score = np.array([1.0, 0.99, 0.9, 0.8])
    places = np.array([[0.0, 0.0], [10.0, 0.0], [60.0, 0.0], [5000.0, 0.0]])
    points = [place + np.array([[0.0, y] for y in range(0, 100, 10)]) for place in places]
    assert choose(score, places, points, ["a", "b", "c", "d"], 4) == [0, 3, 2]
    assert choose(score, places, points, ["a", "b", "c", "d"], 1) == [0]
    assert choose(score, places, points, ["a", "b", "a", "a"], 4) == [0, 3]
    assert choose(np.empty(0), np.empty((0, 2)), [], [], 5) == []


def named(network: Network, texts: dict[str, str]) -> Network:
    return replace(network, names=tuple(StreetName(local=n.local, en=texts.get(n.local)) for n in network.names))


def test_a_nameless_climb_is_called_by_the_streets_it_joins() -> None:
    drawing = """
        A-B-C
          |
        D-E-F
        """
    heights = {"A": 20, "B": 20, "C": 20, "D": 0, "E": 0, "F": 0}
    streets = {"AB": "High Street", "BC": "High Street", "DE": "Low Road; A1", "EF": "Low Road; A1"}
    place = town(drawing, elevation_m=heights, names=streets, kinds={"BE": Kind.STEPS})
    namer = Namer(see_terrain(place.network, place.heights))
    up = (place.arc("EB"),)
    made = namer.name(up, Kind.STEPS)
    assert made is not None
    assert made.local == made.en == "Steps between Low Road and High Street"
    assert namer.name((place.arc("AB"),), Kind.RESIDENTIAL) == StreetName(local="High Street")

    japanese = town(
        drawing, elevation_m=heights, names={"AB": "山手通り", "BC": "山手通り", "DE": "浜通り", "EF": "浜通り"}
    )
    made = Namer(see_terrain(japanese.network, japanese.heights)).name(up, Kind.PATH)
    assert made == StreetName(local="浜通りと山手通りを結ぶ小道", en=None)


def test_where_nothing_has_a_name_nothing_can_be_called() -> None:
    place = town("A-B", elevation_m={"A": 0, "B": 20})
    assert Namer(see_terrain(place.network, place.heights)).name((place.arc("AB"),), Kind.STEPS) is None
    assert discover(place.network, place.heights, Ground(), 10).names == ()


def test_a_list_says_what_was_chosen_and_why() -> None:
    place = town("""
        A-B-C
          |
        D-E-F
        """, elevation_m={"A": 20, "B": 20, "C": 20, "D": 0, "E": 0, "F": 0},
        names={"AB": "High Street", "BC": "High Street", "BE": "Steep Street"})  # fmt: skip
    found = discover(place.network, place.heights, Ground(), 10)
    assert [name.local for name in found.names] == ["Steep Street"]
    assert found.arcs == ((place.arc("EB"),),)
    text = found.csv("© somebody")
    assert "steep-street,Steep Street,,Steep Street," in text
    assert "It climbs 20 m in 100 m: 20 %, and 19 % at least; it is straight." in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_only_the_stairs_prove_is_not_said_to_be_measured(language: str) -> None:
    told = why(candidates(1, measured=False, stairs_m=100.0, sure_rise_m=16.3), np.zeros(1), 0, language)
    assert "16 m" in told
    assert " %" not in told
