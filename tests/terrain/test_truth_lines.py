"""Grades of lines on ground made from formulas: what is measured, and how often the stated error holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.terrain.lines import LineMeasure, measure_lines
from tiles.report.errors import NOISES, draw, random_lines
from tiles.report.made_terrain import (
    Floats,
    Ground,
    MadeTerrain,
    cells,
    cone,
    lng_lat,
    noise,
    plane,
    ridge,
    sine,
    stair,
)

CELLS = (5.0, 10.0, 30.0)

# Bilinear interpolation cuts a formula's corners: a ridge or a cone is met at cells' centres, a sine is long.
GROUNDS = {
    "plane": plane(0.12, -0.07),
    "ridge": ridge(0.15),
    "sine": sine(15.0, 900.0),
    "cone": cone(0.2),
    "stair": stair(0.4, 120.0),
}


def measure(xy: Floats, terrain: MadeTerrain) -> list[LineMeasure]:
    """The measures of straight lines (n, 2, 2) in metres."""
    return measure_lines(np.arange(len(xy) + 1) * 2, lng_lat(xy.reshape(-1, 2)), terrain)


def true_grades(xy: Floats, ground: Ground) -> Floats:
    height = ground(xy[..., 0], xy[..., 1])
    return np.asarray((height[:, 1] - height[:, 0]) / np.hypot(*(xy[:, 1] - xy[:, 0]).T))


@pytest.mark.parametrize("cell_m", CELLS)
@pytest.mark.parametrize("name", GROUNDS)
def test_mean_grades_are_the_formulas(name: str, cell_m: float) -> None:
    ground = GROUNDS[name]
    half_m = 60 * cell_m
    terrain = MadeTerrain(ground, cell_m, half_m, sigma_m=0.3)
    rng = np.random.default_rng(5)
    for length_m in (3 * cell_m, 12 * cell_m):
        xy = random_lines(rng, 300, length_m, half_m)
        if name == "cone":  # its tip is a point that no raster shows
            xy = xy[(np.hypot(xy[..., 0], xy[..., 1]) > 6 * cell_m).all(axis=1)]
        if name == "stair":  # and its foot and head are corners
            corner = np.minimum(np.abs(xy[..., 0]), np.abs(xy[..., 0] - 120))
            xy = xy[(corner > cell_m).all(axis=1)]
        found = np.array([each.measures.mean_grade for each in measure(xy, terrain) if each.measures])
        assert len(found) == len(xy) > 50
        assert np.abs(found - true_grades(xy, ground)).max() < 0.002


@pytest.mark.parametrize("cell_m", CELLS)
@pytest.mark.parametrize("kind", NOISES)
def test_the_stated_error_holds_as_often_as_it_should(kind: str, cell_m: float) -> None:
    for length_cells in (3, 8):
        held = draw(kind, cell_m, length_cells)
        assert len(held.off) == 2000
        assert 0.60 <= held.within_one <= 0.76
        assert held.within_two >= 0.93


@pytest.mark.parametrize("cell_m", CELLS)
def test_a_line_between_cells_centres_errs_by_the_cells_whole_error(cell_m: float) -> None:
    half_m = 130 * cell_m
    rng = np.random.default_rng(12)
    errors = noise(rng, cells(cell_m, half_m), 1.0, white=1.0, reach=1.0)
    terrain = MadeTerrain(plane(0.1, 0.0), cell_m, half_m, errors=errors, sigma_m=1.0)
    foot = np.round(rng.uniform(-half_m / 2, half_m / 2, (2000, 2)) / cell_m) * cell_m
    xy = np.stack((foot, foot + np.array([5 * cell_m, 0])), axis=1)
    measures = [each.measures for each in measure(xy, terrain)]
    off = np.array([abs(each.mean_grade - 0.1) / each.mean_grade_sigma for each in measures if each])  # type: ignore[operator]
    assert 0.60 <= (off < 1).mean() <= 0.76
    assert (off < 2).mean() >= 0.93


def test_a_model_without_a_stated_error_gets_one_from_its_own_roughness() -> None:
    rng = np.random.default_rng(13)
    errors = noise(rng, cells(10.0, 1000.0), 2.0, white=1.0, reach=1.0)
    terrain = MadeTerrain(plane(0.1, 0.0), 10.0, 1000.0, errors=errors, sigma_m=0.0)
    found = [each.profile for each in measure(random_lines(rng, 100, 200.0, 900.0), terrain)]
    assert np.array([each.sigma_m.max() for each in found if each]) == pytest.approx(2.0, rel=0.15)


@pytest.mark.parametrize("cell_m", [30.0, 90.0])
def test_a_maximum_that_the_model_cannot_carry_is_not_known(cell_m: float) -> None:
    terrain = MadeTerrain(plane(0.1, 0.0), cell_m, 20 * cell_m, sigma_m=5.0)
    for each in measure(random_lines(np.random.default_rng(1), 20, 5 * cell_m, 20 * cell_m), terrain):
        assert each.measures is not None
        assert each.measures.max_grade_20m is None
        assert cell_m < 50 or each.measures.max_grade_50m is None


def test_a_spike_of_one_sample_goes_and_a_ridge_stays() -> None:
    spiked = MadeTerrain(plane(0.05, 0.0), 10.0, 400.0, sigma_m=0.5)
    middle = spiked.shape[0] // 2
    spiked.heights[middle, middle] += 12.0
    line = np.array([[[-100.0, 0.0], [100.0, 0.0]]])
    profile = measure(line, spiked)[0].profile
    assert profile is not None
    assert np.abs(np.diff(profile.elevation_m) / np.diff(profile.distance_m)).max() < 0.08
    between = measure(line + 5.0 * np.array([1, 0]), spiked)[0].profile
    assert between is not None
    assert np.abs(np.diff(between.elevation_m) / np.diff(between.distance_m)).max() < 0.12
    top = measure(line, MadeTerrain(ridge(0.3), 10.0, 400.0, sigma_m=0.5))[0].profile
    assert top is not None
    assert top.elevation_m.max() > 196.5


COORDINATE = st.floats(-300, 300)


def bumpy(east: Floats, north: Floats) -> Floats:
    return 60 + 12 * np.sin(east / 45) * np.cos(north / 60) + 0.05 * east


BUMPY = MadeTerrain(bumpy, 10.0, 400.0, sigma_m=1.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=6, unique=True))
def test_a_line_walked_back_has_its_grades_negated(points: list[tuple[float, float]]) -> None:
    there = lng_lat(np.array(points))
    ends = np.array([0, len(there)])
    one, back = (measure_lines(ends, line, BUMPY)[0] for line in (there, there[::-1].copy()))
    if one.profile is None or one.measures is None or back.profile is None or back.measures is None:
        assert one.profile is back.profile is None
        return
    assert back.profile.reversed().elevation_m == pytest.approx(one.profile.elevation_m, abs=1e-4)
    for name in ("mean_grade", "max_grade_20m", "max_grade_50m"):
        value, negated = getattr(one.measures, name), getattr(back.measures, name)
        assert (value is None) == (negated is None)
        if value is not None and name == "mean_grade":
            assert negated == pytest.approx(-value, abs=1e-5)
        elif value is not None:  # a tie between up and down may be told either way
            assert abs(negated) == pytest.approx(abs(value), abs=1e-4)
    assert back.measures.mean_grade_sigma == pytest.approx(one.measures.mean_grade_sigma, rel=1e-3)
    assert one.measures.ascent_m is not None
    assert one.measures.descent_m is not None
    assert one.measures.ascent_m - one.measures.descent_m == pytest.approx(one.measures.rise_m, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.02, 0.98), min_size=1, max_size=5, unique=True))
def test_points_added_on_a_line_change_nothing(shares: list[float]) -> None:
    ends = np.array([[-200.0, -80.0], [150.0, 120.0]])
    split = np.array([ends[0] + share * (ends[1] - ends[0]) for share in [0.0, *sorted(shares), 1.0]])
    points = np.concatenate((lng_lat(ends), lng_lat(split)))
    whole, pieces = measure_lines(np.array([0, 2, len(points)]), points, BUMPY)
    assert whole.profile is not None
    assert pieces.profile is not None
    assert pieces.profile.elevation_m == pytest.approx(whole.profile.elevation_m, abs=0.02)
    assert pieces.measures is not None
    assert whole.measures is not None
    assert pieces.measures.mean_grade == pytest.approx(whole.measures.mean_grade, abs=1e-5)


def test_lines_that_are_none_say_so_and_lose_nothing_else() -> None:
    good = lng_lat(np.array([[-100.0, 0.0], [100.0, 0.0]]))
    nowhere = lng_lat(np.array([[5000.0, 0.0], [5200.0, 0.0]]))
    broken = np.array([good[0], [np.nan, 36.0], good[1]])
    parts = [good, good[:1], np.repeat(good[:1], 3, axis=0), broken, np.empty((0, 2)), nowhere, good]
    start = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
    found = measure_lines(start, np.concatenate(parts), BUMPY)
    codes = [[finding.code for finding in each.findings] for each in found]
    expected = [[], ["line.no-length"], ["line.no-length"], ["line.bad-points"], ["line.no-length"]]
    assert codes == [*expected, ["line.height-unknown"], []]
    assert all(finding.message(language) for each in found for finding in each.findings for language in ("ja", "en"))
    for same in (found[3], found[6]):
        assert same.measures is not None
        assert found[0].measures is not None
        assert same.measures.mean_grade == found[0].measures.mean_grade
    assert found[5].measures is not None
    assert found[5].measures.mean_grade is None


def test_no_lines_at_all() -> None:
    assert measure_lines(np.array([0]), np.empty((0, 2)), BUMPY) == []
