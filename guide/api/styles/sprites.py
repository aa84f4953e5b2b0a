"""The map's pictures on one sheet, as MapLibre asks for them: drawn from our own paths, no file from elsewhere."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import resvg_py

from guide.api.styles.theme import Theme

_ICONS: Final = Path(__file__).with_name("icons.json")
_COLUMNS: Final = 6
_CELL: Final = 28
RATIOS: Final = (1, 2)

_SEEN: Final = frozenset({"viewpoint", "shrine", "place_of_worship", "sight", "museum"})
_NEEDED: Final = frozenset({"toilets", "drinking_water", "evacuation_site"})
_WAYS: Final = frozenset({"station", "bus_stop", "elevator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its name: the inside of an SVG, ``size`` units wide and high."""

    name: str
    size: int
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A sheet of pictures at one pixel ratio: the index as JSON and the sheet as PNG."""

    index: bytes
    sheet: bytes


@cache
def make_sprite(theme: Theme, ratio: int) -> Sprite:
    """The sheet of a theme; ``ratio`` 2 is for fine screens."""
    pictures = list(_pictures(theme))
    rows = -(-len(pictures) // _COLUMNS)
    index: dict[str, Any] = {}
    parts = []
    for number, picture in enumerate(pictures):
        x, y = number % _COLUMNS * _CELL, number // _COLUMNS * _CELL
        parts.append(f'<g transform="translate({x} {y})">{picture.svg}</g>')
        side = picture.size * ratio
        place = {"x": x * ratio, "y": y * ratio, "width": side, "height": side, "pixelRatio": ratio}
        index[picture.name] = place
    width, height = _COLUMNS * _CELL, rows * _CELL
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * ratio}" height="{height * ratio}" '
        f'viewBox="0 0 {width} {height}" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f"{''.join(parts)}</svg>"
    )
    return Sprite(index=msgspec.json.encode(index), sheet=bytes(resvg_py.svg_to_bytes(svg_string=svg)))


@cache
def sprite_version(theme: Theme) -> str:
    """A short hash of a theme's pictures, for their address."""
    content = "".join(picture.svg for picture in _pictures(theme))
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def _pictures(theme: Theme) -> Iterator[Picture]:
    paths = json.loads(_ICONS.read_text(encoding="utf-8"))
    yield _arrow(theme)
    yield Picture(name="peak", size=16, svg=(
        f'<path d="M8 3L14 13H2Z" fill="{theme.soft_ink}" stroke="{theme.halo}" stroke-width="1.6"/>'
    ))  # fmt: skip
    for kind, path in paths["landmarks"].items():
        yield _landmark(theme, kind, path)
    colours = {"closed": theme.closed, "bears": theme.closed, "ice": theme.icy, "works": theme.works}
    for kind, path in paths["closures"].items():
        yield _disc(f"closure-{kind}", path, fill=colours.get(kind, theme.tour), ink=theme.halo)


def _arrow(theme: Theme) -> Picture:
    """Points right: along the line it is placed on."""
    shaft = "M4 10H15M10.5 5.5L15.5 10L10.5 14.5"
    return Picture(name="arrow", size=20, svg=(
        f'<path d="{shaft}" stroke="{theme.halo}" stroke-width="4.6"/>'
        f'<path d="{shaft}" stroke="{theme.ink}" stroke-width="2"/>'
    ))  # fmt: skip


def _landmark(theme: Theme, kind: str, path: str) -> Picture:
    colour = theme.soft_ink
    if kind in _SEEN:
        colour = theme.accent
    elif kind in _NEEDED:
        colour = theme.tour
    elif kind in _WAYS:
        colour = theme.ink
    return Picture(name=f"landmark-{kind}", size=26, svg=(
        f'<circle cx="13" cy="13" r="11.4" fill="{theme.halo}" stroke="{colour}" stroke-width="1.5"/>'
        f'<path transform="translate(4 4) scale(0.75)" d="{path}" stroke="{colour}" stroke-width="2.1"/>'
    ))  # fmt: skip


def _disc(name: str, path: str, *, fill: str, ink: str) -> Picture:
    return Picture(name=name, size=24, svg=(
        f'<circle cx="12" cy="12" r="10.6" fill="{fill}" stroke="{ink}" stroke-width="1.8"/>'
        f'<path d="{path}" stroke="{ink}" stroke-width="2.6"/>'
    ))  # fmt: skip
