"""A profile as a picture: accessible SVG by hand, coloured by bands of grade, with the heights' error shaded."""

import math
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from guide.api.texts import Language, text
from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.domain.grades import band_pieces
from guide.domain.profile import Profile

_WIDTH: Final = 720.0
_HEIGHT: Final = 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 16.0, 18.0, 46.0
_INK: Final = "#2b2b2b"
_GRID: Final = "#d9d9d9"
_SHADE: Final = "#2b2b2b"
_LEAST_SPAN_M: Final = 5.0  # a flat street must not look like a mountain


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """From metres to the picture."""

    length_m: float
    low_m: float
    high_m: float

    def x(self, distance_m: float) -> float:
        """The place of a distance from left to right."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * distance_m / self.length_m

    def y(self, elevation_m: float) -> float:
        """The place of a height from top to bottom."""
        share = (elevation_m - self.low_m) / (self.high_m - self.low_m)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share


def profile_svg(profile: Profile, name: str, language: Language) -> str:
    """The picture of a profile; it says so where heights are not known."""
    known = np.isfinite(profile.elevation_m)
    rise = text("picture.rise-unknown", language)
    if known.all():
        rise = text("picture.rise", language, rise=f"{profile.elevation_m[-1] - profile.elevation_m[0]:+.1f}")
    title = escape(text("picture.title", language, name=name))
    description = escape(
        " ".join(
            (
                text("picture.description", language, length=f"{profile.length_m:.0f}", rise=rise),
                text("picture.sigma", language) if known.any() else text("picture.unknown", language),
            )
        )
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" ',
        f'lang="{language}" aria-labelledby="title desc" font-family="sans-serif" font-size="12" fill="{_INK}">',
        f'<title id="title">{title}</title><desc id="desc">{description}</desc>',
        f'<rect width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" fill="#ffffff"/>',
    ]
    if known.any() and profile.length_m > 0:
        frame = _frame(profile)
        parts += [*_axes(frame, language), *_bands(profile, frame), *_sigma(profile, frame), *_surface(profile, frame)]
    else:
        unknown = escape(text("picture.unknown", language))
        parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT / 2}" text-anchor="middle">{unknown}</text>')
    return "".join((*parts, "</svg>"))


def _frame(profile: Profile) -> _Frame:
    sigma = np.nan_to_num(profile.sigma_m)
    low = float(np.nanmin(profile.elevation_m - sigma))
    high = float(np.nanmax(profile.elevation_m + sigma))
    room = max(_LEAST_SPAN_M - (high - low), 0.05 * (high - low)) / 2
    return _Frame(length_m=profile.length_m, low_m=low - room, high_m=high + room)


def _axes(frame: _Frame, language: Language) -> list[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    parts = []
    for value in _ticks(frame.low_m, frame.high_m, 5):
        y = frame.y(value)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    for value in _ticks(0.0, frame.length_m, 8):
        x = frame.x(value)
        parts.append(f'<path d="M{x:.1f} {bottom}v4" stroke="{_INK}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">{value:g}</text>')
    parts.append(f'<path d="M{_LEFT} {bottom}H{right}" stroke="{_INK}"/>')
    middle = (_LEFT + right) / 2
    parts.append(
        f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(text("picture.distance", language))}</text>'
    )
    parts.append(f'<text x="4" y="12">{escape(text("picture.elevation", language))}</text>')
    return parts


def _bands(profile: Profile, frame: _Frame) -> list[str]:
    """The ground below the line, each stretch in the colour of its grade."""
    base = _HEIGHT - _BOTTOM
    parts = []
    for piece in band_pieces(profile):
        if piece.band < 0:
            x, width = frame.x(piece.from_m), frame.x(piece.to_m) - frame.x(piece.from_m)
            parts.append(
                f'<rect x="{x:.1f}" y="{_TOP}" width="{width:.1f}" height="{base - _TOP}" '
                f'fill="{UNKNOWN_COLOUR}" fill-opacity="0.3"/>'
            )
            continue
        inside = (profile.distance_m >= piece.from_m) & (profile.distance_m <= piece.to_m)
        top = _points(frame, profile.distance_m[inside], profile.elevation_m[inside])
        parts.append(
            f'<polygon points="{frame.x(piece.from_m):.1f},{base} {top} {frame.x(piece.to_m):.1f},{base}" '
            f'fill="{BANDS[piece.band].colour}"><title>{100 * piece.grade:+.1f} %</title></polygon>'
        )
    return parts


def _sigma(profile: Profile, frame: _Frame) -> list[str]:
    return [
        f'<polygon points="'
        f"{_points(frame, profile.distance_m[run], (profile.elevation_m + profile.sigma_m)[run])} "
        f'{_points(frame, profile.distance_m[run][::-1], (profile.elevation_m - profile.sigma_m)[run][::-1])}" '
        f'fill="{_SHADE}" fill-opacity="0.18"/>'
        for run in _known_runs(profile)
    ]


def _surface(profile: Profile, frame: _Frame) -> list[str]:
    return [
        f'<polyline points="{_points(frame, profile.distance_m[run], profile.elevation_m[run])}" '
        f'fill="none" stroke="{_INK}" stroke-width="2" stroke-linejoin="round"/>'
        for run in _known_runs(profile)
    ]


def _known_runs(profile: Profile) -> list[slice]:
    """The stretches of samples whose heights are all known."""
    known = np.concatenate(([False], np.isfinite(profile.elevation_m), [False]))
    edges = np.flatnonzero(np.diff(known.astype(np.int8)))
    return [slice(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _points(frame: _Frame, distance_m: NDArray[np.float64], elevation_m: NDArray[np.float64]) -> str:
    return " ".join(
        f"{frame.x(distance):.1f},{frame.y(height):.1f}"
        for distance, height in zip(distance_m.tolist(), elevation_m.tolist(), strict=True)
    )


def _ticks(low: float, high: float, count: int) -> list[float]:
    """Round values between two limits, about ``count`` of them."""
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    first = math.ceil(low / step)
    return [round(step * number, 10) for number in range(first, math.floor(high / step) + 1)]
