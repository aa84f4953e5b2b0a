from xml.etree import ElementTree as ET

import numpy as np
import pytest

from guide.api.profile_svg import profile_svg
from guide.api.texts import Language
from guide.domain.profile import Profile

SVG = "{http://www.w3.org/2000/svg}"


def profile(*elevation_m: float, spacing_m: float = 10.0, sigma_m: float = 1.0) -> Profile:
    heights = np.array(elevation_m)
    return Profile(
        distance_m=np.linspace(0.0, spacing_m * (len(heights) - 1), len(heights)),
        elevation_m=heights,
        sigma_m=np.where(np.isfinite(heights), sigma_m, np.nan),
    )


def picture(of: Profile, name: str = "坂") -> ET.Element:
    return ET.fromstring(profile_svg(of, name, Language.EN))  # noqa: S314 (our own picture)


def test_each_band_has_its_own_shape() -> None:
    drawn = picture(profile(0, 0, 1, 4))  # flat, 10 %, 30 %
    assert [shape.get("fill") for shape in drawn.findall(f"{SVG}polygon")][:3] == ["#8fb8a8", "#f09a35", "#861a5b"]


def test_unknown_heights_are_a_gap_and_not_a_line_at_zero() -> None:
    drawn = picture(profile(10, 11, np.nan, np.nan, 12, 13))
    assert len(drawn.findall(f"{SVG}polyline")) == 2
    assert any(rect.get("fill") == "#a3a3a3" for rect in drawn.findall(f"{SVG}rect"))
    assert "nan" not in profile_svg(profile(10, np.nan, 12), "x", Language.JA)


def test_nothing_known_says_so() -> None:
    assert "Heights are not known" in "".join(picture(profile(np.nan, np.nan)).itertext())


def test_a_flat_street_does_not_look_like_a_mountain() -> None:
    line = picture(profile(10.0, 10.1, 10.0, sigma_m=0.0)).find(f"{SVG}polyline")
    assert line is not None
    ys = [float(point.split(",")[1]) for point in (line.get("points") or "").split()]
    assert max(ys) - min(ys) < 10


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'A & "B"', "坂" * 100])
def test_a_name_is_text_and_never_markup(name: str) -> None:
    title = picture(profile(0, 1), name).find(f"{SVG}title")
    assert title is not None
    assert title.text == f"Profile of {name}"


@pytest.mark.parametrize("length_m", [0.5, 20.0, 333.0, 12_345.0])
@pytest.mark.parametrize("rise_m", [0.0, 0.3, 99.0, 2000.0])
def test_axes_have_some_round_ticks_at_any_size(length_m: float, rise_m: float) -> None:
    drawn = picture(profile(0, rise_m, spacing_m=length_m))
    assert 5 <= len(drawn.findall(f"{SVG}text")) <= 22
