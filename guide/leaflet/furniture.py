"""What a map needs besides its land: numbers, a scale, and where north is."""

from typing import Final
from xml.sax.saxutils import escape

from guide.leaflet.frame import Frame
from guide.leaflet.strokes import INK, PAPER

LONGEST_SCALE_MM: Final = 36.0


def draw_number(number: int, x: float, y: float) -> str:
    """A numbered place."""
    digits = escape(str(number))
    return (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.3" fill="{INK}" stroke="#ffffff" stroke-width="0.45"/>'
        f'<text x="{x:.2f}" y="{y + 1.02:.2f}" font-size="2.9" font-weight="700" fill="#ffffff" '
        f'text-anchor="middle" font-family="sans-serif">{digits}</text>'
    )


def draw_scale(frame: Frame) -> str:
    """A bar of a round number of metres."""
    mm_per_ground_m = frame.mm_per_m / frame.ground
    length_m = next(step for step in (1000, 500, 200, 100, 50, 20, 10, 5) if step * mm_per_ground_m <= LONGEST_SCALE_MM)
    wide, y = length_m * mm_per_ground_m, frame.height_mm - 3.2
    x = frame.width_mm - 4 - wide
    return (
        f'<rect x="{x - 1.5:.2f}" y="{y - 4.2:.2f}" width="{wide + 3:.2f}" height="6" rx="0.8" fill="{PAPER}" '
        f'fill-opacity="0.85"/><path d="M{x:.2f} {y - 0.8:.2f}V{y:.2f}H{x + wide:.2f}V{y - 0.8:.2f}" fill="none" '
        f'stroke="{INK}" stroke-width="0.25"/><text x="{x + wide / 2:.2f}" y="{y - 1.2:.2f}" font-size="2.3" '
        f'fill="{INK}" text-anchor="middle" font-family="sans-serif">{length_m} m</text>'
    )


def draw_north(frame: Frame) -> str:
    """An arrow: the map's upper edge is its north."""
    x = frame.width_mm - 6
    return (
        f'<path d="M{x} 3L{x + 1.7} 8L{x} 6.9L{x - 1.7} 8Z" fill="{INK}"/>'
        f'<text x="{x}" y="10.8" font-size="2.4" fill="{INK}" text-anchor="middle" font-family="sans-serif">N</text>'
    )
