"""Names on the map: placed one after the other, each only where it covers no other."""

import math
import unicodedata
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

STREET_MM: Final = 2.1
PLACE_MM: Final = 3.0
_ROOM_MM: Final = 0.6


class Labels:
    """Places texts on a map of so many millimetres."""

    def __init__(self, width_mm: float, height_mm: float, font: str) -> None:
        self._size = (width_mm, height_mm)
        self._font = quoteattr(font)
        self._taken: list[tuple[float, float, float]] = []  # discs: x, y, radius
        self._texts: list[tuple[str, float, float, float, float, str]] = []

    def keep_free(self, x: float, y: float, radius: float) -> None:
        """Let no name cover this disc."""
        self._taken.append((x, y, radius))

    def along(self, text: str, begin: NDArray[np.float64], end: NDArray[np.float64]) -> None:
        """A street's name along a piece of it, if it fits there, reading from left to right."""
        if begin[0] > end[0]:
            begin, end = end, begin
        way = end - begin
        if float(np.hypot(*way)) < width_mm(text, STREET_MM) + 1:
            return
        x, y = ((begin + end) / 2).tolist()
        self._try(text, x, y, math.atan2(float(way[1]), float(way[0])), STREET_MM, "400")

    def at(self, text: str, place: NDArray[np.float64]) -> None:
        """A quarter's name at its place."""
        self._try(text, float(place[0]), float(place[1]), 0.0, PLACE_MM, "700")

    def svg(self, ink: str, halo: str) -> str:
        """All that found room."""
        drawn = []
        for text, x, y, turn, size, weight in self._texts:
            place = f'x="{x:.2f}" y="{y:.2f}" dy="{size * 0.36:.2f}"'
            turned = f'transform="rotate({math.degrees(turn):.1f} {x:.2f} {y:.2f})"'
            kind = f'font-family={self._font} font-size="{size}" font-weight="{weight}" text-anchor="middle"'
            for paint in (0.7, 0.0):  # the halo first: not every reader knows paint-order
                edge = f'stroke="{halo}" stroke-width="{paint}" stroke-linejoin="round"'
                drawn.append(f'<text {place} {turned} {kind} fill="{ink}" {edge}>{escape(text)}</text>')
        return "".join(drawn)

    def _try(self, text: str, x: float, y: float, turn: float, size: float, weight: str) -> None:
        wide = width_mm(text, size)
        steps = max(2, math.ceil(wide / size))
        discs = [
            (x + math.cos(turn) * offset, y + math.sin(turn) * offset, size / 2 + _ROOM_MM)
            for offset in np.linspace(-wide / 2, wide / 2, steps).tolist()
        ]
        if any(not (r < dx < self._size[0] - r and r < dy < self._size[1] - r) for dx, dy, r in discs):
            return
        if any(math.hypot(dx - ox, dy - oy) < r + other for dx, dy, r in discs for ox, oy, other in self._taken):
            return
        self._taken.extend(discs)
        self._texts.append((text, x, y, turn, size, weight))


def width_mm(text: str, size_mm: float) -> float:
    """About how wide a text is: a Japanese character is as wide as high, a Latin one about half as wide."""
    ems = sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55 for character in text)
    return ems * size_mm
