import numpy as np
import pytest

from guide.domain.errors import UsageError
from guide.domain.network import Kind
from guide.domain.walker import Preset, Season, Speed, StepsChoice, Walker
from guide.routing.costs.speeds import din33466_s_per_m, hiker_seconds, langmuir_s_per_m
from tests.routing.ascii_maps import town


@pytest.mark.parametrize(
    ("grade", "seconds_per_km"),
    # DIN 33466 by hand: along 900 s; up 120 s a 10 m, down 72 s; the longer plus half the shorter.
    [(0.0, 900), (0.10, 1200 + 450), (0.05, 900 + 300), (-0.10, 900 + 360), (-0.30, 2160 + 450)],
)
def test_din33466_at_known_grades(grade: float, seconds_per_km: float) -> None:
    assert 1000 * din33466_s_per_m(np.array([grade]))[0] == pytest.approx(seconds_per_km)


@pytest.mark.parametrize(
    ("grade", "seconds_per_km"),
    # Naismith: 720 s, 60 s a 10 m up. Langmuir, 20 s a 10 m down: none to 5 degrees, less to 12 degrees, more beyond.
    [(0.0, 720), (0.10, 720 + 600), (-0.05, 720), (-0.10, 720 - 200), (-0.30, 720 + 600)],
)
def test_langmuir_at_known_grades(grade: float, seconds_per_km: float) -> None:
    assert 1000 * langmuir_s_per_m(np.array([grade]))[0] == pytest.approx(seconds_per_km)


@pytest.mark.parametrize("speed", Speed)
def test_every_formula_tells_up_from_down(speed: Speed) -> None:
    hill = town("A--B", elevation_m={"A": 0, "B": 15})
    up, down = hiker_seconds(hill.network, hill.heights, speed)
    assert up > down


def test_ice_makes_steep_ways_slow_and_stairs_slower_and_leaves_the_flat_alone() -> None:
    place = town("A--B--C--D", elevation_m={"A": 0, "B": 0, "C": 18, "D": 18}, kinds={"CD": Kind.STEPS})
    summer, winter = (hiker_seconds(place.network, place.heights, Speed.TOBLER, season) for season in Season)
    factor = winter / summer
    assert factor[:2] == pytest.approx(1)
    assert factor[2:4] == pytest.approx(1 + 5 * 0.07)
    assert factor[4:] == pytest.approx(1.5)


def test_a_walker_out_of_range_is_refused() -> None:
    for wrong in ({"pace": 0.0}, {"pace": float("nan")}, {"max_grade_up": 0.0}, {"max_grade_down": 3.0}):
        with pytest.raises(UsageError, match="must be a number from"):
            Walker(**wrong)


def test_presets_say_what_they_need() -> None:
    assert Walker.of(Preset.WHEELCHAIR).steps is StepsChoice.NEVER
    assert Walker.of(Preset.WHEELCHAIR).max_grade_up == 0.08
    assert Walker.of(Preset.STROLLER).steps is StepsChoice.AVOID
    assert not Walker.of(Preset.FIT).has_limits
    assert Walker.of(Preset.FIT, StepsChoice.NEVER).steps is StepsChoice.NEVER
