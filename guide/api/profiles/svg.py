"""A profile as a picture: SVG by hand, coloured by bands of grade, the heights' error shaded.

It is made for a phone (text keeps its size, the plot gives way), for paper (white, no colour alone says anything:
steepness darkens and is written into the stretches that have room) and for readers who do not see it (title and
description). Its numbers are those of the measures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from guide.api.profiles.frame import Frame, fit_frame, ticks
from guide.api.profiles.legend import STRIP, draw_legend, draw_notes
from guide.api.profiles.words import (
    EDGE,
    FAINT,
    INK,
    LINE,
    SMALL,
    TEXT,
    draw_text,
    percent,
    percent_sigma,
    shortened,
    signed,
    text_width,
    wrapped,
)
from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.domain.grades import Window, band_pieces, steepest_window
from guide.domain.profile import Profile
from guide.domain.slope import Measures
from guide.http.texts import Language, text

DEFAULT_WIDTH: Final = 480
"""Text of 13 in 480 is 10 in the 360 of a narrow phone, and 9 points in a picture 13 cm wide."""

FONTS: Final = "'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif"

_GRID: Final = "#d4d4d4"
_TITLE, _TINY = 17.0, 10.0
_TALLEST, _SHARE = 260.0, 0.45  # of a plot, in units and of the picture's width
_GAP: Final = "  ·  "
_WINDOWS: Final = ((20, "max_grade_20m"), (50, "max_grade_50m"))
_NARROWEST: Final = 5.0  # of a coloured piece
_DARK_BAND: Final = 4  # from here on white reads better than ink


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePicture:
    """What is drawn: a profile from foot to head, its name, its measures, and whose data it is."""

    profile: Profile
    name: str
    measures: Measures | None = None
    credits: tuple[str, ...] = ()


def profile_svg(picture: ProfilePicture, language: Language, width: int = DEFAULT_WIDTH) -> str:
    """The picture, ``width`` units wide and as tall as it needs; it says so where heights are not known."""
    room = width - 2 * EDGE
    parts = [draw_text(EDGE, EDGE + _TITLE * 0.8, shortened(picture.name, _TITLE, room), size=_TITLE, bold=True)]
    y = EDGE + _TITLE
    facts = _facts(picture, language)
    for line in wrapped(facts, _GAP, TEXT, room):
        y += TEXT * LINE
        parts.append(draw_text(EDGE, y - TEXT * 0.3, line))
    known = np.isfinite(picture.profile.elevation_m)
    if known.any() and picture.profile.length_m > 0:
        drawn, y = _plot(picture, language, width, y)
        parts += drawn
    else:
        y += 80
        parts.append(draw_text(width / 2, y - 40, text("picture.unknown", language), anchor="middle"))
    for line in wrapped(picture.credits, _GAP, _TINY, room):
        y += _TINY * LINE
        parts.append(draw_text(EDGE, y, line, size=_TINY, fill=FAINT))
    height = round(y + EDGE)
    title = escape(text("picture.title", language, name=picture.name))
    description = escape(". ".join((*facts, text("picture.darker", language))))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" lang="{language}" aria-labelledby="title desc" '
        f'font-family="{FONTS}" font-size="{TEXT:g}" fill="{INK}">'
        f'<title id="title">{title}</title><desc id="desc">{description}</desc>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    )
    return "".join((head, *parts, "</svg>"))


def _facts(picture: ProfilePicture, language: Language) -> list[str]:
    """Length, rise and mean grade in words, as far as they are known."""
    profile, measures = picture.profile, picture.measures
    facts = [text("picture.length", language, length=f"{profile.length_m:,.0f}")]
    if not profile.known:
        return [*facts, text("picture.part-unknown", language)]
    rise_m = float(profile.elevation_m[-1] - profile.elevation_m[0])
    facts.append(text("picture.rise", language, rise=signed(rise_m)))
    if measures is not None and measures.mean_grade is not None and measures.mean_grade_sigma is not None:
        grade, sigma = percent(measures.mean_grade), percent_sigma(measures.mean_grade_sigma)
        facts.append(text("picture.mean-sigma", language, grade=grade, sigma=sigma))
    elif profile.length_m > 0:
        facts.append(text("picture.mean", language, grade=percent(rise_m / profile.length_m)))
    return facts


def _plot(picture: ProfilePicture, language: Language, width: float, y: float) -> tuple[list[str], float]:
    """Axes, ground, error, line, steepest stretch and legend; and where they end."""
    profile = picture.profile
    steepest = _steepest(picture, language)
    top = y + 2.2 * SMALL + (1.5 * TEXT if steepest else 0.0)
    left = EDGE + max(text_width(f"{value:g}", SMALL) for value in _reach(profile)) + 6
    tallest = min(_TALLEST, _SHARE * width)
    frame = fit_frame(profile, left=left, right=width - EDGE - 6, top=top, tallest=tallest)
    parts = [
        draw_text(EDGE, y + 1.5 * SMALL, text("picture.elevation", language), size=SMALL, fill=FAINT),
        *_height_axis(frame),
        *_ground(profile, frame),
        *_error(profile, frame),
        *_surface(profile, frame),
        *(_steepest_mark(profile, frame, *steepest) if steepest else ()),
        *_distance_axis(profile, frame, language),
    ]
    y = frame.bottom + 2 * LINE * SMALL + 10
    parts += draw_legend(frame, language, y)
    y += STRIP + SMALL * LINE
    notes, y = draw_notes(profile, frame, language, y)
    parts += notes
    return parts, y + 4


def _reach(profile: Profile) -> tuple[float, float]:
    """Whole metres as long as any mark of the height axis can be."""
    return float(np.floor(np.nanmin(profile.elevation_m)) - 1), float(np.ceil(np.nanmax(profile.elevation_m)) + 1)


def _height_axis(frame: Frame) -> Iterator[str]:
    for value in ticks(frame.low_m, frame.high_m, (frame.bottom - frame.top) / 32):
        y = frame.y(value)
        yield f'<path d="M{frame.left:.1f} {y:.1f}H{frame.right:.1f}" stroke="{_GRID}"/>'
        yield draw_text(frame.left - 5, y + 4, f"{value:g}", size=SMALL, anchor="end")


def _distance_axis(profile: Profile, frame: Frame, language: Language) -> Iterator[str]:
    """The axis below the ground, and under its ends how high foot and head lie."""
    bottom = frame.bottom
    yield f'<path d="M{frame.left:.1f} {bottom:.1f}H{frame.right:.1f}" stroke="{INK}"/>'
    for value in ticks(0.0, frame.length_m, (frame.right - frame.left) / 62):
        x = frame.x(value)
        yield f'<path d="M{x:.1f} {bottom:.1f}v4" stroke="{INK}"/>'
        words = f"{value:,g}"
        middle = min(x, frame.right + EDGE - text_width(words, SMALL) / 2)
        yield draw_text(middle, bottom + 5 + SMALL, words, size=SMALL, anchor="middle")
    y = bottom + 7 + SMALL + SMALL * LINE
    ends = [
        "" if np.isnan(height) else text(f"picture.{end}", language, elevation=f"{height:.0f}")
        for end, height in (("foot", profile.elevation_m[0]), ("head", profile.elevation_m[-1]))
    ]
    yield draw_text(EDGE, y, ends[0], size=SMALL, bold=True)
    yield draw_text(frame.right + 6, y, ends[1], size=SMALL, bold=True, anchor="end")
    title = text("picture.distance", language)
    taken = max(text_width(end, SMALL) for end in ends)
    if 2 * taken + text_width(title, SMALL) + 24 < frame.right - EDGE:
        yield draw_text((EDGE + frame.right + 6) / 2, y, title, size=SMALL, fill=FAINT, anchor="middle")


def _ground(profile: Profile, frame: Frame) -> Iterator[str]:
    """What lies below the line, each stretch in the colour of its grade, and the grade where it has room."""
    coarse = _as_drawn(profile, frame)
    for piece in band_pieces(coarse):
        begin, end = frame.x(piece.from_m), frame.x(piece.to_m)
        if piece.band < 0:
            yield (
                f'<rect x="{begin:.1f}" y="{frame.top:.1f}" width="{end - begin:.1f}" '
                f'height="{frame.bottom - frame.top:.1f}" fill="{UNKNOWN_COLOUR}" fill-opacity="0.3"/>'
            )
            continue
        edge = 0.6 if end - begin > 2 * _NARROWEST else 0
        inside = (profile.distance_m >= piece.from_m) & (profile.distance_m <= piece.to_m)
        heights = profile.elevation_m[inside]
        yield (
            f'<polygon points="{begin:.1f},{frame.bottom:.1f} '
            f'{_points(frame, profile.distance_m[inside], heights)} {end:.1f},{frame.bottom:.1f}" '
            f'fill="{BANDS[piece.band].colour}" stroke="#ffffff" stroke-width="{edge}">'
            f"<title>{percent(piece.grade)} %</title></polygon>"
        )
        words = f"{abs(100 * piece.grade):.0f}%"
        fits = end - begin >= text_width(words, SMALL) + 4
        if fits and frame.bottom - frame.y(float(heights.min())) >= 2 * SMALL:
            fill = "#ffffff" if piece.band >= _DARK_BAND else INK
            yield draw_text((begin + end) / 2, frame.bottom - 6, words, size=SMALL, fill=fill, anchor="middle")


def _as_drawn(profile: Profile, frame: Frame) -> Profile:
    """The profile with no piece narrower than an eye can tell: of a long line every so manieth sample."""
    spacing = (frame.right - frame.left) / (len(profile.distance_m) - 1)
    every = max(1, round(_NARROWEST / spacing))
    kept = np.arange(0, len(profile.distance_m) - 1, every)
    if len(kept) > 1 and len(profile.distance_m) - 1 - kept[-1] < every:
        kept = kept[:-1]  # the last piece is rather longer than shorter
    kept = np.append(kept, len(profile.distance_m) - 1)
    return Profile(
        distance_m=profile.distance_m[kept], elevation_m=profile.elevation_m[kept], sigma_m=profile.sigma_m[kept]
    )


def _error(profile: Profile, frame: Frame) -> Iterator[str]:
    for run in _known_runs(profile):
        along = profile.distance_m[run]
        above = _points(frame, along, (profile.elevation_m + profile.sigma_m)[run])
        below = _points(frame, along[::-1], (profile.elevation_m - profile.sigma_m)[run][::-1])
        yield (
            f'<polygon points="{above} {below}" fill="{INK}" fill-opacity="0.25" '
            f'stroke="{INK}" stroke-opacity="0.45" stroke-width="0.5"/>'
        )


def _surface(profile: Profile, frame: Frame) -> Iterator[str]:
    for run in _known_runs(profile):
        yield (
            f'<polyline points="{_points(frame, profile.distance_m[run], profile.elevation_m[run])}" '
            f'fill="none" stroke="{INK}" stroke-width="2" stroke-linejoin="round"/>'
        )


def _steepest(picture: ProfilePicture, language: Language) -> tuple[Window, str] | None:
    """The steepest stretch that the elevation model can carry, and what is said of it."""
    for window_m, name in _WINDOWS:
        grade: float | None = getattr(picture.measures, name, None)
        sigma: float | None = getattr(picture.measures, f"{name}_sigma", None)
        if grade is None or sigma is None:
            continue
        window = steepest_window(picture.profile, float(window_m))
        if window is not None:
            words = {"window": window_m, "grade": percent(grade), "sigma": percent_sigma(sigma)}
            return window, text("picture.steepest", language, **words)
    return None


def _steepest_mark(profile: Profile, frame: Frame, window: Window, words: str) -> Iterator[str]:
    """The stretch as a heavy line, and its value above the plot, joined by a thin one."""
    inside = profile.distance_m[(profile.distance_m > window.from_m) & (profile.distance_m < window.to_m)]
    along = np.array([window.from_m, *inside, window.to_m])
    heights = np.interp(along, profile.distance_m, profile.elevation_m)
    middle = (window.from_m + window.to_m) / 2
    x, y = frame.x(middle), frame.y(float(np.interp(middle, along, heights)))
    half = text_width(words, TEXT) / 2
    centre = min(max(x, frame.left + half), frame.right - half)
    yield f'<path d="M{x:.1f} {frame.top - 5:.1f}V{y - 5:.1f}" stroke="{INK}" stroke-width="1"/>'
    line = _points(frame, along, heights)
    for colour, thickness in (("#ffffff", 9), (INK, 6)):
        yield (
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{thickness}" '
            f'stroke-linecap="round" stroke-linejoin="round"/>'
        )
    yield draw_text(centre, frame.top - 9, words, bold=True, anchor="middle")


def _known_runs(profile: Profile) -> list[slice]:
    """The stretches of samples whose heights are all known."""
    known = np.concatenate(([False], np.isfinite(profile.elevation_m), [False]))
    edges = np.flatnonzero(np.diff(known.astype(np.int8)))
    return [slice(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _points(frame: Frame, distance_m: NDArray[np.float64], elevation_m: NDArray[np.float64]) -> str:
    return " ".join(
        f"{frame.x(distance):.1f},{frame.y(height):.1f}"
        for distance, height in zip(distance_m.tolist(), elevation_m.tolist(), strict=True)
    )
