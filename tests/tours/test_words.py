"""What a slope is worth, when a landmark is open, and when one may leave."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.slope import CatalogueSlope, Measures, Slope, Theme
from guide.domain.tour_value import Taste, slope_value
from guide.domain.tour_wish import Pause
from guide.routing.tours.opening import opening_on
from guide.routing.tours.problem import Option, schedule
from guide.routing.tours.when import when_of

TOKYO = ZoneInfo("Asia/Tokyo")
TUESDAY = date(2026, 11, 24)
HOUR_S = 3600.0


def slope(grade: float | None = 0.12, effort: int | None = 2, **entry: object) -> Slope:
    measures = Measures(
        length_m=100, rise_m=12, ascent_m=12, descent_m=0, mean_grade=grade, mean_abs_grade=grade,
        mean_grade_sigma=None, max_grade_20m=None, max_grade_20m_sigma=None, max_grade_50m=None,
        max_grade_50m_sigma=None, steps=None, effort=effort, course_constant_up=None, course_constant_down=None,
        rank=None, elevation_source=None, confidence=None,
    )  # fmt: skip
    return Slope(entry=CatalogueSlope(id="s", name="坂", **entry), measures=measures)  # type: ignore[arg-type]


def points(slope: Slope, taste: Taste | None = None, *, has_viewpoint: bool = False) -> float:
    return slope_value(slope, taste or Taste(), has_viewpoint=has_viewpoint).points


def test_the_formula_stands_as_it_is_written() -> None:
    # 10 named, 0.5 x 12 per cent, 1.5 x (3 - 2)
    assert points(slope()) == pytest.approx(10 + 6 + 1.5)
    known = slope(themes=(Theme.HISTORY, Theme.VIEW), description_ja="昔の道。")
    assert points(known) == pytest.approx(10 + 2 + 2 + 3 + 6 + 6 + 1.5)
    wished = Taste(themes=frozenset({Theme.HISTORY}), themes_weight=2.0)
    assert points(known, wished) == pytest.approx(points(known) + 24)
    assert points(slope(), has_viewpoint=True) == pytest.approx(points(slope()) + 6)
    assert points(slope(grade=0.5)) == pytest.approx(10 + 10 + 1.5)


def test_weights_turn_taste_round() -> None:
    hard, gentle = slope(effort=5), slope(effort=1)
    assert points(gentle) > points(hard)
    assert points(gentle, Taste(ease_weight=-2)) < points(hard, Taste(ease_weight=-2))
    assert points(slope(), Taste(grade_weight=0)) == pytest.approx(11.5)


def test_what_is_not_known_gives_no_points_and_no_slope_is_worth_nothing() -> None:
    assert points(slope(grade=None, effort=None)) == 10
    assert points(Slope(entry=CatalogueSlope(id="s", name="坂"))) == 10
    assert points(slope(effort=5), Taste(ease_weight=5, grade_weight=0)) == 1


def open_(hours: str | None, day: date | None = TUESDAY) -> list[tuple[float, float]] | None:
    landmark = Landmark(id="m", kind=LandmarkKind.MUSEUM, lng_lat=(140.97, 42.32), opening_hours=hours)
    found = opening_on(landmark, day, TOKYO)
    return None if found is None else [(begin / HOUR_S, end / HOUR_S) for begin, end in found.hours_s]


def test_hours_of_a_day() -> None:
    assert open_("Tu-Su 09:00-12:00,13:00-17:00") == [(9, 12), (13, 17)]
    assert open_("Mo 09:00-17:00") == []
    assert open_("24/7") == [(0, 24)]
    assert open_("Mo-Su 22:00-02:00") == [(0, 2), (22, 24)]
    assert open_("Mo-Fr 10:00-16:00; Nov 24 off") == []
    sun = open_("sunrise-sunset")
    assert sun is not None
    assert sun[0] == pytest.approx((6.6, 16.1), abs=0.2)


@pytest.mark.parametrize(
    "hours", [None, "9時〜17時（月曜休館）", "nonsense", '"by appointment"', "Mo-Su 09:00-17:00 unknown"]
)
def test_hours_that_nobody_can_read_are_not_known(hours: str | None) -> None:
    assert open_(hours) is None


def test_hours_without_a_day_are_not_known() -> None:
    assert open_("Tu-Su 09:00-12:00", None) is None


def test_leaving_as_late_as_one_can_without_coming_home_later() -> None:
    lunch = Option(group=0, stay_s=1800, window_s=(12 * HOUR_S, 12.5 * HOUR_S))
    assert schedule([600, 600], [lunch], (8 * HOUR_S, 20 * HOUR_S)) == (12 * HOUR_S - 600, 12.5 * HOUR_S + 600)
    assert schedule([600, 600], [lunch], (11 * HOUR_S, 11 * HOUR_S)) == (11 * HOUR_S, 12.5 * HOUR_S + 600)
    assert schedule([600, 600], [lunch], (13 * HOUR_S, 13 * HOUR_S)) is None
    # Waiting for the second must not make one miss the first.
    early = Option(group=1, stay_s=0, window_s=(9 * HOUR_S, 9 * HOUR_S))
    assert schedule([0, 600, 0], [early, lunch], (8 * HOUR_S, 20 * HOUR_S)) == (9 * HOUR_S, 12.5 * HOUR_S)


def test_no_clock_where_none_is_needed() -> None:
    assert not when_of(None, None, None, HOUR_S).has_clock
    assert when_of(None, 9 * HOUR_S, None, HOUR_S).depart_s == (9 * HOUR_S, 9 * HOUR_S)
    breakfast = Pause(stay_s=1200, earliest_s=6 * HOUR_S, latest_s=7 * HOUR_S)
    assert when_of(None, None, breakfast, HOUR_S).depart_s[0] == 5 * HOUR_S
