"""Paper and ink of the two styles. The colours of steepness are not here: they are the same scale everywhere."""

from dataclasses import dataclass
from typing import Final

from guide.domain.bands import BANDS, UNKNOWN_COLOUR, UNKNOWN_EVENING_COLOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour of a style that does not stand for a grade.

    ``bands`` are the colours of the bands of grade, gentlest first. ``halo`` is what surrounds text and slopes;
    ``shadow`` and ``light`` are the two sides of a hill, with how strongly they show.
    """

    name: str
    title_ja: str
    title_en: str
    bands: tuple[str, ...]
    unknown_band: str
    paper: str
    ink: str
    soft_ink: str
    halo: str
    shadow: str
    light: str
    relief: float
    contour: str
    water: str
    water_edge: str
    water_ink: str
    green: str
    wood: str
    green_ink: str
    sand: str
    rock: str
    built: str
    pier: str
    building: str
    building_edge: str
    railway: str
    street_edge: str
    street_far: str
    slope_edge: str
    accent: str
    tour: str
    closed: str
    icy: str
    works: str


DAY: Final = Theme(
    name="day",
    title_ja="昼",
    title_en="Day",
    bands=tuple(band.colour for band in BANDS),
    unknown_band=UNKNOWN_COLOUR,
    paper="#f5f1e8",
    ink="#26221d",
    soft_ink="#564e44",
    halo="#fffdf7",
    shadow="rgba(74, 66, 92, 0.62)",
    light="rgba(255, 253, 244, 0.7)",
    relief=0.5,
    contour="#b19a78",
    water="#bcd7e2",
    water_edge="#8fb8c9",
    water_ink="#2f6179",
    green="#dde7c9",
    wood="#cbdcb6",
    green_ink="#476036",
    sand="#f2e7c6",
    rock="#e2dbcf",
    built="#ece6dc",
    pier="#efeadf",
    building="#e2d8c9",
    building_edge="#cfc2af",
    railway="#8f877b",
    street_edge="#b3a795",
    street_far="#cdc3b2",
    slope_edge="#26221d",
    accent="#a4371f",
    tour="#24487a",
    closed="#b3161f",
    icy="#2c6fb0",
    works="#b35c00",
)

EVENING: Final = Theme(
    name="evening",
    title_ja="夕べ",
    title_en="Evening",
    bands=tuple(band.evening_colour for band in BANDS),
    unknown_band=UNKNOWN_EVENING_COLOUR,
    paper="#1e2530",
    ink="#f4f0e6",
    soft_ink="#bcc3cf",
    halo="#12171f",
    shadow="rgba(4, 6, 12, 0.75)",
    light="rgba(150, 166, 196, 0.34)",
    relief=0.55,
    contour="#5d6674",
    water="#1a4058",
    water_edge="#2b5470",
    water_ink="#9cc8e2",
    green="#22302e",
    wood="#1f352c",
    green_ink="#9fc09a",
    sand="#3a382f",
    rock="#2b303a",
    built="#232b37",
    pier="#2a313d",
    building="#2c3544",
    building_edge="#3a4556",
    railway="#6b7484",
    street_edge="#0d1219",
    street_far="#3b4553",
    slope_edge="#0a0d13",
    accent="#ffb457",
    tour="#8fb4f0",
    closed="#ff6b6b",
    icy="#7cc4ff",
    works="#ffb86b",
)

THEMES: Final = {theme.name: theme for theme in (DAY, EVENING)}
