"""The leaflet's map as SVG in millimetres: base map, streets by grade, the walk, and its numbered places."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.domain.grades import band_pieces
from guide.domain.profile import Profile
from guide.leaflet.frame import Frame
from guide.leaflet.furniture import draw_north, draw_number, draw_scale
from guide.leaflet.hillshade import draw_hills
from guide.leaflet.labels import Labels
from guide.leaflet.laid_tiles import LaidTile, lay_tiles, within_tile
from guide.leaflet.names import beside, place_names, street_names
from guide.leaflet.streets_svg import draw_streets, draw_uphill_arrows
from guide.leaflet.strokes import INK, PAPER, arrow_head, path_of, spaced, stroke
from guide.leaflet.words import Leaflet, Tiles

WALK: Final = "#2b4fa2"
_RAIL: Final = "#8b8f96"


def draw_map(frame: Frame, streets: Tiles | None, relief: Tiles | None, leaflet: Leaflet, font: str) -> str:
    """The map as a standalone SVG."""
    tiles, language = list(lay_tiles(frame, streets)) if streets else [], leaflet.language
    walk = frame.place(leaflet.line)
    labels = Labels(frame.width_mm, frame.height_mm, font)
    marks = [(station, *frame.place(np.array(station.lng_lat)).tolist()) for station in leaflet.stations]
    for _, x, y in marks:
        labels.keep_free(x, y, 2.6)
    for text, begin, end in street_names(tiles, language, walk):
        labels.along(text, *beside(walk, begin, end))
    for text, place in place_names(tiles, language):
        labels.at(text, place)
    body = [
        *draw_ground(frame, tiles, draw_hills(frame, relief) if relief else ""),
        *draw_streets(tiles),
        draw_uphill_arrows(tiles),
        *_walk(walk, leaflet.profile),
        _direction(walk),
        labels.svg(INK, PAPER),
        *(draw_number(station.number, x, y) for station, x, y in reversed(marks)),
        draw_scale(frame),
        draw_north(frame),
    ]
    size = f'width="{frame.width_mm}mm" height="{frame.height_mm}mm"'
    box = f'viewBox="0 0 {frame.width_mm} {frame.height_mm}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{"".join(body)}</svg>'


def draw_ground(frame: Frame, tiles: list[LaidTile], hills: str) -> list[str]:
    """Paper, green, the drawn ``hills``, water, buildings and railways: all that lies below the streets."""
    return [
        f'<rect width="{frame.width_mm}" height="{frame.height_mm}" fill="{PAPER}"/>',
        _areas(tiles, "green", "#dfe8d2"),
        hills,
        _areas(tiles, "water", "#c4dbe6"),
        _areas(tiles, "buildings", "#dcd7cf"),
        _rails(tiles),
    ]


def _areas(tiles: list[LaidTile], layer: str, colour: str) -> str:
    drawn = []
    for placed, layers in tiles:
        # Each feature by itself: two that overlap, like the sea and a harbour, would cut holes into each other.
        shapes = (
            "".join(f"{path_of(ring)}Z" for ring in feature["parts"] if len(ring) > 2)  # noqa: PLR2004
            for feature in layers.get(layer, [])
        )
        paths = "".join(f'<path d="{shape}" fill="{colour}" fill-rule="evenodd"/>' for shape in shapes if shape)
        drawn.append(within_tile(placed, paths))
    return "".join(drawn)


def _rails(tiles: list[LaidTile]) -> str:
    path = "".join(
        path_of(part) for _, layers in tiles for each in layers.get("railways", []) for part in each["parts"]
    )
    return (
        f'<path d="{path}" fill="none" stroke="{_RAIL}" stroke-width="0.3" stroke-dasharray="1.2 0.5"/>' if path else ""
    )


def _walk(walk: NDArray[np.float64], profile: Profile) -> Iterable[str]:
    """The walk itself, in the bands of its own profile, between two dark rims."""
    yield stroke(path_of(walk), "#ffffff", 3.1)
    yield stroke(path_of(walk), WALK, 2.5)
    step_mm = np.hypot(*np.diff(walk, axis=0).T)
    along_m = np.concatenate(([0.0], np.cumsum(step_mm))) / max(float(step_mm.sum()), 1e-9) * profile.length_m
    for piece in band_pieces(profile):
        inside = (along_m > piece.from_m) & (along_m < piece.to_m)
        at = np.concatenate(([piece.from_m], along_m[inside], [piece.to_m]))
        part = np.stack([np.interp(at, along_m, walk[:, column]) for column in (0, 1)], axis=1)
        colour = BANDS[piece.band].colour if piece.band >= 0 else UNKNOWN_COLOUR
        yield stroke(path_of(part), colour, 1.5, ' stroke-linecap="butt"')


def _direction(walk: NDArray[np.float64]) -> str:
    """Which way the walk goes."""
    path = "".join(arrow_head(x, y, dx, dy, 1.1) for x, y, dx, dy in spaced(walk, 22.0, 8.0))
    if not path:
        return ""
    heads = (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-linecap="round"/>'
        for colour, wide in ((WALK, 0.9), ("#ffffff", 0.5))
    )
    return "".join(heads)
