"""The colours of steepness, as every eye and every printer sees them."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from coloraide import Color

from guide.domain.bands import BANDS

# One in twelve men sees as the second and third; the fourth is rare; the last is a grey print.
EYES: dict[str, Callable[[Color], Color]] = {
    "all colours": lambda colour: colour,
    "no red cones": lambda colour: colour.filter("protan"),
    "no green cones": lambda colour: colour.filter("deutan"),
    "no blue cones": lambda colour: colour.filter("tritan"),
    "grey": lambda colour: colour.filter("grayscale"),
}
PALETTES = {"day": [band.colour for band in BANDS], "evening": [band.evening_colour for band in BANDS]}
SEEN_APART = 7.0
"""CIEDE2000; 2.3 is just noticeable on two patches side by side, lines on a map need some times that."""


def lightness(colour: Color) -> float:
    return float(colour.convert("lab-d65")["l"])


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("palette", PALETTES)
def test_neighbouring_bands_are_seen_apart(palette: str, eye: str) -> None:
    seen = [EYES[eye](Color(colour)) for colour in PALETTES[palette]]
    apart = [one.delta_e(other, method="2000") for one, other in pairwise(seen)]
    assert min(apart) >= (SEEN_APART if eye != "grey" else 4.5), apart


@pytest.mark.parametrize("eye", EYES)
def test_steeper_is_darker_by_day_and_brighter_in_the_evening(eye: str) -> None:
    day, evening = ([lightness(EYES[eye](Color(colour))) for colour in palette] for palette in PALETTES.values())
    assert all(one - other >= 5 for one, other in pairwise(day)), day
    assert all(other - one >= 5 for one, other in pairwise(evening)), evening
