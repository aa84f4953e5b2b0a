"""The profile of the walk as a strip, coloured by the bands of grade, with the numbers of its places."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from guide.domain.bands import BANDS, UNKNOWN_COLOUR, band_of
from guide.domain.grades import segment_grades
from guide.domain.profile import Profile
from guide.leaflet.strokes import INK
from guide.leaflet.words import Station

LEFT_MM: Final = 9.0
TOP_MM: Final = 6.0
BOTTOM_MM: Final = 5.0
RIGHT_MM: Final = 3.0
LEAST_RANGE_M: Final = 20.0
_METRES_PER_KM: Final = 1000.0


def draw_profile(profile: Profile, stations: Sequence[Station], width_mm: float, height_mm: float) -> str:
    """The strip as a standalone SVG in millimetres; where heights are not known it is grey and flat."""
    known = ~np.isnan(profile.elevation_m)
    heights = np.where(known, profile.elevation_m, np.nanmin(profile.elevation_m) if known.any() else 0.0)
    low, high = float(heights.min()), float(heights.max())
    room = max(high - low, LEAST_RANGE_M)
    low -= (room - (high - low)) / 2
    wide, tall = width_mm - LEFT_MM - RIGHT_MM, height_mm - TOP_MM - BOTTOM_MM
    x = LEFT_MM + profile.distance_m / max(profile.length_m, 1.0) * wide
    y = TOP_MM + (1 - (heights - low) / room) * tall
    base = TOP_MM + tall
    body = [*_bands(profile, x, y, base)]
    points = " ".join(f"{a:.2f},{b:.2f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
    body.append(f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="0.3" stroke-linejoin="round"/>')
    if known.any():
        for height in _round_steps(low, low + room):
            at = TOP_MM + (1 - (height - low) / room) * tall
            body.append(
                f'<path d="M{LEFT_MM} {at:.2f}H{LEFT_MM + wide:.2f}" stroke="{INK}" stroke-width="0.08" '
                f'stroke-opacity="0.5"/>{_text(LEFT_MM - 1, at + 0.8, f"{height:.0f} m", "end")}'
            )
    for metres in _round_steps(0.0, profile.length_m):
        at = LEFT_MM + metres / max(profile.length_m, 1.0) * wide
        word = f"{metres:.0f} m" if profile.length_m < 2 * _METRES_PER_KM else f"{metres / 1000:g} km"
        body.append(_text(at, base + 3.4, word, "middle"))
    body.extend(_marks(stations, profile, wide, x, y))
    size = f'width="{width_mm}mm" height="{height_mm}mm" viewBox="0 0 {width_mm} {height_mm}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(body)}</svg>'


def _bands(profile: Profile, x: np.ndarray, y: np.ndarray, base: float) -> list[str]:
    """The ground under the walk, a path a run of one band."""
    bands = band_of(segment_grades(profile))
    cuts = np.concatenate(([0], np.flatnonzero(bands[1:] != bands[:-1]) + 1, [len(bands)]))
    drawn = []
    for begin, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        if begin == end:
            continue
        band = int(bands[begin])
        colour = BANDS[band].colour if band >= 0 else UNKNOWN_COLOUR
        top = "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x[begin : end + 1], y[begin : end + 1], strict=True))
        drawn.append(f'<path d="M{x[begin]:.2f} {base:.2f}L{top}L{x[end]:.2f} {base:.2f}Z" fill="{colour}"/>')
    return drawn


def _marks(stations: Sequence[Station], profile: Profile, wide: float, x: np.ndarray, y: np.ndarray) -> list[str]:
    """The numbers above the line, the later ones a little higher where two would meet."""
    drawn, last, raised = [], -10.0, 0
    for station in stations:
        at = LEFT_MM + station.along_m / max(profile.length_m, 1.0) * wide
        raised = raised + 1 if at - last < 4.2 else 0  # noqa: PLR2004 (the width of a mark)
        last = at
        ground = float(np.interp(at, x, y))
        top = max(2.0, ground - 3.2) - (raised % 2) * 0.0
        drawn.append(
            f'<path d="M{at:.2f} {top + 1.7:.2f}V{ground:.2f}" stroke="{INK}" stroke-width="0.2"/>'
            f'<circle cx="{at:.2f}" cy="{top:.2f}" r="1.8" fill="{INK}" stroke="#ffffff" stroke-width="0.3"/>'
            f'<text x="{at:.2f}" y="{top + 0.8:.2f}" font-size="2.2" font-weight="700" fill="#ffffff" '
            f'text-anchor="middle" font-family="sans-serif">{station.number}</text>'
        )
    return drawn


def _round_steps(low: float, high: float) -> list[float]:
    """Some three to six round numbers between two."""
    span = max(high - low, 1e-9)
    step = next(
        unit * 10**power
        for power in range(-1, 6)
        for unit in (1.0, 2.0, 5.0)
        if span / (unit * 10**power) <= 5  # noqa: PLR2004
    )
    first = np.ceil(low / step) * step
    return [float(value) for value in np.arange(first, high + step * 1e-6, step)]


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="2.2" fill="{INK}" text-anchor="{anchor}" '
        f'font-family="sans-serif">{words}</text>'
    )
