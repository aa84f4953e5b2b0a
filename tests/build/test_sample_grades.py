"""The sample's named slopes, built like any other area, against their formulas."""

from collections import defaultdict

import numpy as np
import pytest

from guide.area.read import BuiltArea
from guide.domain.slope import Slope
from tiles.sample import plane
from tiles.sample.slopes import ExpectedSlope, expected_slopes

EXPECTED = expected_slopes()


def find(sample: BuiltArea, expected: ExpectedSlope) -> Slope:
    """The built slope of the same name whose foot is nearest."""
    by_name: dict[str, list[Slope]] = defaultdict(list)
    for slope in sample.slopes:
        by_name[slope.entry.name].append(slope)

    def metres(slope: Slope) -> float:
        assert slope.line is not None
        return float(np.hypot(*(plane.to_plane(slope.line[:1])[0] - expected.line[0])))

    return min(by_name[expected.name], key=metres)


def test_there_are_some_twenty() -> None:
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda slope: f"{slope.name}-{slope.length_m:.0f}m")
def test_a_slope_measures_what_its_formula_says(sample: BuiltArea, expected: ExpectedSlope) -> None:
    slope = find(sample, expected)
    measures = slope.measures
    assert measures is not None
    assert measures.mean_grade is not None
    assert measures.mean_grade_sigma is not None
    assert measures.length_m == pytest.approx(expected.length_m, rel=1e-4)
    assert measures.rise_m == pytest.approx(expected.rise_m, abs=0.25)
    assert 100 * measures.mean_grade == pytest.approx(100 * expected.mean_grade, abs=0.2)
    assert abs(measures.mean_grade - expected.mean_grade) <= 2 * measures.mean_grade_sigma
    assert measures.steps == expected.steps
    if expected.id is not None:
        assert slope.entry.id == expected.id


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda slope: f"{slope.name}-{slope.length_m:.0f}m")
def test_a_slope_runs_from_foot_to_head_along_its_own_line(sample: BuiltArea, expected: ExpectedSlope) -> None:
    line = find(sample, expected).line
    assert line is not None
    on_plane = plane.to_plane(line)
    assert on_plane[0] == pytest.approx(expected.line[0], abs=0.05)
    assert on_plane[-1] == pytest.approx(expected.line[-1], abs=0.05)


def test_the_sample_calls_itself_one(sample: BuiltArea) -> None:
    info = sample.manifest.area
    assert info.sample
    assert "見本" in info.name_ja
    assert "sample" in info.name_en.lower()


def test_the_bridge_and_the_tunnel_are_even(sample: BuiltArea) -> None:
    from guide.domain.network import STRUCTURE  # noqa: PLC0415

    assert sample.streets is not None
    network, heights = sample.streets.network, sample.streets.heights
    for edge in np.flatnonzero(network.has_flag(STRUCTURE)):
        span = slice(heights.sample_start[edge], heights.sample_start[edge + 1])
        grades = np.diff(heights.elevation_m[span]) / np.diff(heights.distance_m[span])
        assert np.abs(grades).max() < 0.08
        assert np.ptp(grades) < 1e-6
