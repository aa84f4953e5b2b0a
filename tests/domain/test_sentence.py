"""A slope in one plain sentence."""

from dataclasses import replace

import numpy as np
import pytest

from guide.domain.profile import Profile
from guide.domain.sentence import slope_sentence
from guide.domain.slope import CatalogueSlope, Slope
from tests.api.built_area import drawn_town, slope_along

ENTRY = CatalogueSlope(id="a", name="坂")


def slope(heights_m: list[float], **values: object) -> Slope:
    """A slope of 88 m whose heights are known every 22 m."""
    distance_m = np.linspace(0.0, 88.0, len(heights_m))
    sigma_m = np.full(len(heights_m), 0.3)
    profile = Profile(distance_m=distance_m, elevation_m=np.array(heights_m), sigma_m=sigma_m)
    plain = slope_along(drawn_town(), "a", "坂", "BE").measures
    assert plain is not None
    measures = replace(
        plain,
        length_m=88.0, mean_grade=0.141, mean_grade_sigma=0.004, max_grade_20m=0.19, max_grade_20m_sigma=0.03,
        max_grade_50m=0.15, max_grade_50m_sigma=0.01, steps=57, stairs_m=20.0, handrail=True,
    )  # fmt: skip
    return Slope(entry=ENTRY, profile=profile, measures=replace(measures, **values))


WITHOUT_STAIRS = {"steps": 0, "stairs_m": 0.0, "handrail": None}
STEEP_ABOVE, STEEP_BELOW = [0.0, 3.0, 6.0, 8.0, 12.4], [0.0, 4.4, 7.0, 10.0, 12.4]


@pytest.mark.parametrize(
    ("one", "ja", "en"),
    [
        (
            slope(STEEP_ABOVE),
            "長さ 88 m、平均 14 %、最も急な 20 m は上半分にあって 19 ± 3 %、階段 57 段、手すりあり",
            "88 m at 14 %, steepest 20 m 19 ± 3 % in the upper half, 57 steps, handrail",
        ),
        (
            slope(STEEP_BELOW, steps=None, handrail=False, mean_grade_sigma=0.02),
            "長さ 88 m、平均 14 ± 2 %、最も急な 20 m は下半分にあって 19 ± 3 %、階段 20 m（段数は不明）",
            "88 m at 14 ± 2 %, steepest 20 m 19 ± 3 % in the lower half, 20 m of stairs (not counted)",
        ),
        (
            slope(STEEP_ABOVE, max_grade_20m=None, max_grade_50m=0.17, length_m=1234.0, **WITHOUT_STAIRS),
            "長さ 1.2 km、平均 14 %、最も急な 50 m は 17 ± 1 %",
            "1.2 km at 14 %, steepest 50 m 17 ± 1 %",
        ),
        (
            slope(STEEP_ABOVE, max_grade_20m=None, max_grade_50m=None, mean_grade=None, steps=None),
            "長さ 88 m、勾配は不明、階段 20 m（段数は不明）、手すりあり",
            "88 m, its grade is not known, 20 m of stairs (not counted), handrail",
        ),
        (
            slope(STEEP_ABOVE, max_grade_20m=0.145, handrail=None),
            "長さ 88 m、平均 14 %、階段 57 段",
            "88 m at 14 %, 57 steps",
        ),
    ],
)  # fmt: skip
def test_what_was_measured_reads_like_a_sentence(one: Slope, ja: str, en: str) -> None:
    assert slope_sentence(one, "ja") == ja
    assert slope_sentence(one, "en") == en


def test_a_slope_without_a_line_has_none() -> None:
    assert slope_sentence(Slope(entry=ENTRY), "ja") is None
