"""Words in a picture: how they are drawn, how wide they are, and numbers as people read them."""

import unicodedata
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

INK: Final = "#222222"
FAINT: Final = "#5c5c5c"
TEXT, SMALL = 13.0, 12.0
"""Sizes of text, in the picture's units."""

LINE: Final = 1.4
"""From one line of text to the next, in its size."""

EDGE: Final = 12.0
"""Room around everything."""

_WIDE_EM: Final = 1.0
_NARROW_EM: Final = 0.58
_LEAST_TENTH: Final = 0.05


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in the units of ``size``: Japanese characters are square, others are not."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return size * (_WIDE_EM * wide + _NARROW_EM * (len(text) - wide))


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(items: Iterable[str], gap: str, size: float, room: float) -> list[str]:
    """Items laid into lines that fit; one that is too long for any line goes on in the next, between its words."""
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]}{gap}{item}" if lines else item
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += _broken(item, size, room)
    return lines


def _broken(item: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in item.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shortened(line, size, room) for line in lines]


def draw_text(  # noqa: PLR0913 (all named)
    x: float, y: float, words: str, *, size: float = TEXT, fill: str = INK, bold: bool = False, anchor: str = "start"
) -> str:
    """Words with their left end, middle or right end at a place."""
    style = f' font-size="{size:g}"' if size != TEXT else ""
    style += f' fill="{fill}"' if fill != INK else ""
    style += ' font-weight="bold"' if bold else ""
    style += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{style}>{escape(words)}</text>'


def percent(grade: float) -> str:
    """A signed grade (ratio) as percent, with a real minus."""
    return f"{100 * grade:.1f}".replace("-", "−")


def percent_sigma(sigma: float) -> str:
    """The error of a grade as percent; it never reads as none."""
    digits = 1 if 100 * sigma >= _LEAST_TENTH else 2
    return f"{100 * sigma:.{digits}f}"


def signed(metres: float) -> str:
    """A difference in metres with its sign."""
    return f"{metres:+.1f}".replace("-", "−")
