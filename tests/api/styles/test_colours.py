"""Both styles as every eye sees them: names can be read, water is not land, and closed is not icy."""

from collections.abc import Callable

import pytest
from coloraide import Color

from guide.api.styles.theme import THEMES, Theme

EYES: dict[str, Callable[[Color], Color]] = {
    "all colours": lambda colour: colour,
    "no red cones": lambda colour: colour.filter("protan"),
    "no green cones": lambda colour: colour.filter("deutan"),
    "no blue cones": lambda colour: colour.filter("tritan"),
    "grey": lambda colour: colour.filter("grayscale"),
}
EVERY_EYE = pytest.mark.parametrize("eye", EYES)
EVERY_STYLE = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


@EVERY_EYE
@EVERY_STYLE
@pytest.mark.parametrize("ink", ["ink", "soft_ink", "water_ink", "green_ink", "tour"])
def test_every_ink_can_be_read_on_its_halo(theme: Theme, eye: str, ink: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1."""
    see = EYES[eye]
    assert see(Color(getattr(theme, ink))).contrast(see(Color(theme.halo)), method="wcag21") >= 4.5


@EVERY_EYE
@EVERY_STYLE
def test_water_is_not_land(theme: Theme, eye: str) -> None:
    see = EYES[eye]
    for land in (theme.paper, theme.built):
        assert see(Color(theme.water)).delta_e(see(Color(land)), method="2000") >= 4


@EVERY_EYE
@EVERY_STYLE
def test_a_named_slope_stands_off_from_whatever_is_under_it(theme: Theme, eye: str) -> None:
    """Its edge and its halo differ as black from white, so that one of them shows on any ground."""
    see = EYES[eye]
    edges = [see(Color(colour)) for colour in {theme.slope_edge, theme.halo, theme.bands[-1], theme.bands[0]}]
    for ground in (theme.paper, theme.green, theme.wood, theme.water, theme.building):
        assert max(edge.contrast(see(Color(ground)), method="wcag21") for edge in edges) >= 3
