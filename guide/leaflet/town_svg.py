"""A whole town as one still picture: its hills, and its streets by grade, for whoever has no map that moves."""

from typing import Final

import numpy as np

from guide.leaflet.frame import Frame
from guide.leaflet.furniture import draw_north, draw_scale
from guide.leaflet.hillshade import draw_hills
from guide.leaflet.labels import Labels
from guide.leaflet.laid_tiles import lay_tiles
from guide.leaflet.map_svg import draw_ground
from guide.leaflet.streets_svg import draw_streets
from guide.leaflet.strokes import INK, PAPER, arrow_head, path_of, stroke
from guide.leaflet.words import Tiles, TownSlope

_EDGE_MM: Final = 2.0
_LINE_MM: Final = 1.2
_ARROW_MM: Final = 0.5


def draw_town(
    frame: Frame, streets: Tiles | None, relief: Tiles | None, slopes: tuple[TownSlope, ...], font: str
) -> str:
    """The picture as a standalone SVG; named slopes stand out, an arrow at the head of each."""
    tiles = list(lay_tiles(frame, streets)) if streets else []
    labels = Labels(frame.width_mm, frame.height_mm, font)
    edges, lines, heads = [], [], []
    for slope in slopes:
        line = frame.place(slope.line)
        labels.at(slope.name, np.mean(line, axis=0))
        path = path_of(line)
        edges.append(stroke(path, INK, _EDGE_MM))
        lines.append(stroke(path, slope.colour, _LINE_MM))
        before, head = line[-2], line[-1]
        length = float(np.hypot(*(head - before))) or 1.0
        (x, y), (dx, dy) = head.tolist(), ((head - before) / length).tolist()
        heads.append(stroke(arrow_head(x, y, dx, dy, 1.6), INK, _ARROW_MM))
    body = [
        *draw_ground(frame, tiles, draw_hills(frame, relief) if relief else ""),
        *draw_streets(tiles),
        *edges,
        *lines,
        *heads,
        labels.svg(INK, PAPER),
        draw_scale(frame),
        draw_north(frame),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width_mm} {frame.height_mm}" '
        f'width="{frame.width_mm}mm" height="{frame.height_mm}mm">{"".join(body)}</svg>'
    )
