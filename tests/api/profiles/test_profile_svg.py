"""The picture of a profile: what it shows, that it fits, and that its numbers are those of the measures."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from guide.api.profiles.svg import DEFAULT_WIDTH, ProfilePicture, profile_svg
from guide.api.profiles.words import text_width
from guide.domain.bands import BANDS
from guide.domain.profile import Profile
from guide.http.texts import Language
from guide.terrain.measures import measure_profile

SVG = "{http://www.w3.org/2000/svg}"


def profile(*elevation_m: float, spacing_m: float = 10.0, sigma_m: float = 1.0) -> Profile:
    heights = np.array(elevation_m)
    return Profile(
        distance_m=np.linspace(0.0, spacing_m * (len(heights) - 1), len(heights)),
        elevation_m=heights,
        sigma_m=np.where(np.isfinite(heights), sigma_m, np.nan),
    )


def measured(of: Profile, name: str = "坂", resolution_m: float = 5.0) -> ProfilePicture:
    measures = measure_profile(of, resolution_m=resolution_m, steps=None, has_steps=False, elevation_source="dem")
    return ProfilePicture(profile=of, name=name, measures=measures, credits=("© the drawer",))


def draw(of: Profile, name: str = "坂", language: Language = Language.EN, width: int = DEFAULT_WIDTH) -> ET.Element:
    return parse(measured(of, name), language, width)


def parse(picture: ProfilePicture, language: Language, width: int) -> ET.Element:
    return ET.fromstring(profile_svg(picture, language, width))  # noqa: S314 (our own picture)


def words(drawn: ET.Element) -> list[str]:
    return [text.text or "" for text in drawn.iter(f"{SVG}text")]


HILL = profile(0, 0.1, 1.2, 4.5, 9.1, 13.0, 14.2, 14.6)


def test_each_band_has_its_own_shape() -> None:
    drawn = draw(profile(0, 0, 1, 4))  # flat, 10 %, 30 %
    colours = [shape.get("fill") for shape in drawn.findall(f"{SVG}polygon")][:3]
    assert colours == [BANDS[0].colour, BANDS[3].colour, BANDS[6].colour]


def test_unknown_heights_are_a_gap_and_not_a_line_at_zero() -> None:
    of = profile(10, 11, np.nan, np.nan, 12, 13)
    drawn = draw(of)
    assert len(drawn.findall(f"{SVG}polyline")) == 2
    assert any(rect.get("fill") == "#a3a3a3" for rect in drawn.findall(f"{SVG}rect"))
    assert words(drawn).count("Height not known") == 1
    assert "nan" not in profile_svg(measured(profile(10, np.nan, 12)), Language.JA)


@pytest.mark.parametrize("of", [profile(np.nan, np.nan), profile(3.0, 3.0, spacing_m=0)])
def test_nothing_known_says_so(of: Profile) -> None:
    assert "Heights are not known" in words(draw(of))


def test_a_flat_street_does_not_look_like_a_mountain() -> None:
    line = draw(profile(10.0, 10.1, 10.0, sigma_m=0.0)).find(f"{SVG}polyline")
    assert line is not None
    ys = [float(point.split(",")[1]) for point in (line.get("points") or "").split()]
    assert max(ys) - min(ys) < 10


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'A & "B"', "坂" * 100, "Long " * 50, ""])
def test_a_name_is_text_and_never_markup(name: str) -> None:
    title = draw(HILL, name).find(f"{SVG}title")
    assert title is not None
    assert title.text == f"Profile of {name}"


def test_the_steepest_stretch_is_the_measured_one_with_its_error() -> None:
    picture = measured(HILL)
    assert picture.measures is not None
    assert picture.measures.max_grade_20m == pytest.approx(0.425)
    sigma = picture.measures.max_grade_20m_sigma
    assert sigma is not None
    assert f"Steepest 20 m: 42.5 ± {100 * sigma:.1f} %" in words(draw(HILL))
    mark = next(line for line in draw(HILL).findall(f"{SVG}polyline") if line.get("stroke-width") == "6")
    ground = next(line for line in draw(HILL).findall(f"{SVG}polyline") if line.get("stroke-width") == "2")
    points = (ground.get("points") or "").split()
    assert (mark.get("points") or "").split() == points[3:6]  # from 30 m to 50 m


def test_a_maximum_that_the_model_cannot_carry_is_not_shown() -> None:
    coarse = measured(HILL, resolution_m=90.0)
    svg = profile_svg(coarse, Language.EN)
    assert "Steepest" not in svg
    assert 'stroke-width="6"' not in svg
    fifty = measured(HILL, resolution_m=30.0)
    assert "Steepest 50 m: 28.2" in profile_svg(fifty, Language.EN)


def test_errors_are_shaded_around_the_line() -> None:
    wide, narrow = (replace(HILL, sigma_m=np.full(len(HILL.distance_m), sigma)) for sigma in (3.0, 0.5))

    def shade(of: Profile) -> float:
        """How much of a metre's height the shade is wide at the foot."""
        drawn = draw(of)
        shape = next(each for each in drawn.findall(f"{SVG}polygon") if each.get("fill-opacity") == "0.25")
        ys = [float(point.split(",")[1]) for point in (shape.get("points") or "").split()]
        line = drawn.find(f"{SVG}polyline")
        assert line is not None
        along = [float(point.split(",")[1]) for point in (line.get("points") or "").split()]
        return (ys[-1] - ys[0]) / (along[0] - along[-1]) * 14.6

    assert shade(wide) == pytest.approx(6.0, rel=0.05)
    assert shade(narrow) == pytest.approx(1.0, rel=0.1)


@pytest.mark.parametrize("spacing_m", [1.0, 10.0, 100.0])
def test_the_exaggeration_that_is_told_is_the_one_drawn(spacing_m: float) -> None:
    of = profile(0, 4, 3, 9, 10, 12, spacing_m=spacing_m)
    drawn = draw(of)
    line = drawn.find(f"{SVG}polyline")
    assert line is not None
    points = [tuple(map(float, point.split(","))) for point in (line.get("points") or "").split()]
    across = (points[-1][0] - points[0][0]) / of.length_m
    up = (points[0][1] - points[-1][1]) / 12
    told = next((word for word in words(drawn) if word.startswith("Vertical")), "1×")
    times = re.search(r"([\d.]+)×", told)
    assert times is not None
    assert up / across == pytest.approx(float(times[1]), rel=0.02)


@pytest.mark.parametrize("length_m", [0.5, 20.0, 333.0, 12_345.0, 200_000.0])
@pytest.mark.parametrize("rise_m", [0.0, 0.3, 99.0, 2000.0, -40.0])
@pytest.mark.parametrize("width", [280, 480, 1200])
def test_nothing_leaves_the_picture_at_any_size(length_m: float, rise_m: float, width: int) -> None:
    of, name = profile(0, rise_m / 3, rise_m, spacing_m=length_m / 2), "Long Name of a Slope " * 4
    walkable = abs(rise_m) < 2 * length_m
    picture = measured(of, name) if walkable else ProfilePicture(profile=of, name=name, credits=("© the drawer",))
    drawn = parse(picture, Language.EN, width)
    height = float(drawn.get("height") or 0)
    assert drawn.get("viewBox") == f"0 0 {width} {height:.0f}"
    assert height < width * 0.45 + 300
    texts = list(drawn.iter(f"{SVG}text"))
    assert len(texts) >= 14
    for text in texts:
        size = float(text.get("font-size") or 13)
        half = text_width(text.text or "", size)
        left = float(text.get("x") or 0) - {"middle": half / 2, "end": half}.get(text.get("text-anchor") or "", 0.0)
        assert left >= -2, text.text
        assert left + half <= width + 2, text.text
        assert 0 < float(text.get("y") or 0) < height
    for line in drawn.findall(f"{SVG}polyline"):
        for point in (line.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_a_long_street_is_not_drawn_as_a_bar_code() -> None:
    random = np.random.default_rng(2)
    drawn = draw(profile(*np.cumsum(random.normal(0.5, 1.0, 2000)).tolist()))
    assert len(drawn.findall(f"{SVG}polygon")) < DEFAULT_WIDTH / 4


@pytest.mark.parametrize("language", Language)
def test_it_tells_what_everything_is(language: Language) -> None:
    said = " ".join(words(draw(HILL, language=language)))
    expected = {
        Language.JA: [
            "距離 (m)",
            "標高 (m)",
            "勾配 (%)",
            "坂下 0 m",
            "坂上 15 m",
            "±1σ",
            "最も急な 20 m",
            "倍",
            "平均",
        ],
        Language.EN: [
            "Distance (m)",
            "Elevation (m)",
            "Grade (%)",
            "Foot 0 m",
            "Top 15 m",
            "±1σ",
            "exaggeration",
            "mean",
        ],
    }
    assert [word for word in expected[language] if word not in said] == []
    assert "© the drawer" in said
    assert [f"{100 * band.low:g}" for band in BANDS[:-1]] == [word for word in words(draw(HILL)) if word.isdigit()][-7:]


def test_the_picture_of_a_drawn_slope(client: TestClient[Litestar], golden: Callable[[str, bytes], None]) -> None:
    golden("drawn-hachiman-profile.svg", client.get("/api/drawn/slopes/hachiman/profile?f=svg&lang=ja").content + b"\n")
