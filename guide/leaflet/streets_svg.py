"""Streets by grade: the same bands as everywhere, stepping back behind the walk; steep ones point uphill."""

from typing import Final

from guide.domain.bands import BANDS, UNKNOWN_COLOUR
from guide.leaflet.laid_tiles import LaidTile
from guide.leaflet.strokes import arrow_head, faded, path_of, spaced, stroke

EDGE: Final = "#c6c1b6"
_WIDTH_MM: Final = {
    "major": 1.25, "minor": 1.0, "residential": 0.85, "pedestrian": 0.85, "service": 0.55, "track": 0.5,
    "cycleway": 0.5, "steps": 0.9, "footway": 0.5, "path": 0.5,
}  # fmt: skip
_DASHES: Final = {"steps": "0.35 0.25"}
_STEEP_BAND: Final = 3
"""Streets from this band on (8 %) bear an arrow that points uphill."""

_ARROW_EVERY_MM: Final = 14.0


def draw_streets(tiles: list[LaidTile]) -> list[str]:
    """Casings first, then streets by kind and band, the steep ones on top."""
    groups: dict[tuple[int, str], list[str]] = {}
    for _, layers in tiles:
        for street in layers.get("streets", []):
            key = (int(street.get("band", -1)), str(street["kind"]))
            groups.setdefault(key, []).extend(path_of(part) for part in street["parts"])
    casing, fill = [], []
    for (band, kind), paths in sorted(groups.items()):
        width, colour = _WIDTH_MM.get(kind, 0.5), BANDS[band].colour if band >= 0 else UNKNOWN_COLOUR
        joined = "".join(paths)
        if kind != "steps":
            casing.append(stroke(joined, EDGE, width + 0.3))
        colour = faded(colour)
        if kind in _DASHES:
            fill.append(stroke(joined, colour, width, f' stroke-dasharray="{_DASHES[kind]}"'))
        else:
            fill.append(stroke(joined, colour, width))
    return casing + fill


def draw_uphill_arrows(tiles: list[LaidTile]) -> str:
    """Small heads on steep streets; a tile's line climbs in its own direction if its grade is positive."""
    path: list[str] = []
    for _, layers in tiles:
        for street in layers.get("streets", []):
            grade = street.get("grade_percent")
            if grade is None or street.get("band", 0) < _STEEP_BAND or street["kind"] == "steps":
                continue
            for part in street["parts"]:
                line = part if grade > 0 else part[::-1]
                path.extend(arrow_head(x, y, dx, dy, 0.55) for x, y, dx, dy in spaced(line, _ARROW_EVERY_MM, 4.0))
    return f'<path d="{"".join(path)}" fill="none" stroke="#ffffff" stroke-width="0.22"/>' if path else ""
