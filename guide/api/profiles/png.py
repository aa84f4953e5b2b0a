"""A profile as PNG: the very SVG, drawn here with a font that has every character."""

import re
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import unescape

import resvg_py

from guide.api.profiles.fonts import find_fonts

NARROWEST, WIDEST = 280, 1200
"""Units of width that a picture may have: below, its axes have no room; above, nothing is gained."""

LARGEST_SCALE: Final = 4
DEFAULT_SCALE: Final = 2
"""Pixels to a unit: what phones have."""

_WORDS: Final = re.compile(r"<text[^>]*>([^<]*)</text>")


@lru_cache(maxsize=64)
def svg_to_png(svg: str, scale: int) -> bytes:
    """The picture in pixels; the last ones are kept, because opening a Japanese font takes a tenth of a second.

    Raises:
        NotInstalledError: no font of this machine has all of its characters.
    """
    family, files = find_fonts(unescape("".join(_WORDS.findall(svg))))
    return bytes(
        resvg_py.svg_to_bytes(
            # The family comes first by its own name: the fonts of the machine are not searched.
            svg_string=re.sub(r'font-family="[^"]*"', f'font-family="{family}"', svg, count=1),
            zoom=scale,
            skip_system_fonts=True,
            font_files=[str(path) for path in files],
            sans_serif_family=family,
        )
    )
