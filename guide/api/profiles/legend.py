"""The legend below a profile: the bands of grade, and what else the picture uses."""

from collections.abc import Iterator
from typing import Final

from guide.api.profiles.frame import Frame
from guide.api.profiles.words import EDGE, FAINT, INK, LINE, SMALL, draw_text, text_width
from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.domain.profile import Profile
from guide.http.texts import Language, text

STRIP: Final = 12.0
"""The height of the strip of bands."""

_SAMPLE, _SAMPLE_GAP = 20.0, 6.0


def draw_legend(frame: Frame, language: Language, y: float) -> Iterator[str]:
    """All bands side by side from ``y`` down, their limits below."""
    title = text("picture.grade", language)
    yield draw_text(EDGE, y + STRIP - 2, title, size=SMALL, fill=FAINT)
    left = EDGE + text_width(title, SMALL) + 10
    step = (frame.right - left) / len(BANDS)
    for number, band in enumerate(BANDS):
        x = left + number * step
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{step:.1f}" height="{STRIP:g}" fill="{band.colour}"/>'
        limit = f"{100 * band.low:g}" + ("+" if band is BANDS[-1] else "")
        yield draw_text(x, y + STRIP + SMALL, limit, size=SMALL, anchor="middle")


def draw_notes(profile: Profile, frame: Frame, language: Language, y: float) -> tuple[list[str], float]:
    """A line for the error, for unknown heights if there are any, and for the scale; and where they end."""
    box = f'h{_SAMPLE:g}v10h-{_SAMPLE:g}z"'
    parts: list[str] = []
    y += SMALL * LINE
    shade = f'fill="{INK}" fill-opacity="0.25" stroke="{INK}" stroke-opacity="0.45" stroke-width="0.5"'
    parts += [
        f'<path d="M{EDGE:g} {y - 9:.1f}{box} {shade}/>',
        f'<path d="M{EDGE:g} {y - 4:.1f}h{_SAMPLE:g}" stroke="{INK}" stroke-width="2"/>',
        draw_text(EDGE + _SAMPLE + _SAMPLE_GAP, y, text("picture.sigma", language), size=SMALL),
    ]
    if not profile.known:
        y += SMALL * LINE
        parts += [
            f'<path d="M{EDGE:g} {y - 9:.1f}{box} fill="{UNKNOWN_COLOUR}" fill-opacity="0.3"/>',
            draw_text(EDGE + _SAMPLE + _SAMPLE_GAP, y, text("picture.part-unknown", language), size=SMALL),
        ]
    y += SMALL * LINE
    key = "picture.to-scale" if frame.exaggeration == 1 else "picture.exaggerated"
    parts.append(draw_text(EDGE, y, text(key, language, times=f"{frame.exaggeration:g}"), size=SMALL))
    return parts, y
