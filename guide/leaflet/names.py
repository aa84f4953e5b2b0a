"""Which names the map bears, and where: streets along themselves, quarters where they are."""

from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from guide.leaflet.laid_tiles import LaidTile

SHORTEST_MM: Final = 10.0
ON_IT_MM: Final = 1.6
BESIDE_MM: Final = 2.9


def street_names(
    tiles: list[LaidTile], language: str, walk: NDArray[np.float64]
) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """The longest straight piece of each named street, those beside the walk first, then by length."""
    walked = shapely.LineString(walk)
    longest: dict[str, tuple[float, float, NDArray[np.float64], NDArray[np.float64]]] = {}
    for _, layers in tiles:
        for street in layers.get("streets", []):
            name = _name(street, language)
            if not name:
                continue
            for part in street["parts"]:
                for begin, end in pairwise(_straightened(part)):
                    length = float(np.hypot(*(end - begin)))
                    middle = (begin + end) / 2
                    away = float(walked.distance(shapely.Point(middle)))
                    score = length - min(away, 30.0)
                    if length >= SHORTEST_MM and (name not in longest or score > longest[name][0]):
                        longest[name] = (score, length, begin, end)
    ranked = sorted(longest.items(), key=lambda item: (-item[1][0], item[0]))
    return [(name, begin, end) for name, (_, _, begin, end) in ranked]


def place_names(tiles: list[LaidTile], language: str) -> list[tuple[str, NDArray[np.float64]]]:
    """Quarters and places with their points."""
    return [
        (name, feature["parts"][0][0])
        for _, layers in tiles
        for feature in layers.get("labels", [])
        if (name := _name(feature, language))
    ]


def _straightened(part: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners of a line that matter for a name written along it: bends of less than a millimetre do not."""
    kept = [0]
    for number in range(2, len(part)):
        begin, end = part[kept[-1]], part[number]
        way = end - begin
        size = float(np.hypot(*way)) or 1.0
        past = part[kept[-1] + 1 : number] - begin
        off = np.abs(way[0] * past[:, 1] - way[1] * past[:, 0]) / size
        if off.max() > 1.0:
            kept.append(number - 1)
    return part[[*kept, len(part) - 1]]


def beside(
    walk: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A street's piece, moved aside where the walk itself lies on it and would cover the name."""
    way = end - begin
    across = np.array([way[1], -way[0]]) / (float(np.hypot(*way)) or 1.0)
    if across[1] > 0:
        across = -across  # above the street
    away_mm = float(shapely.LineString(walk).distance(shapely.Point((begin + end) / 2)))
    shift = across * BESIDE_MM if away_mm < ON_IT_MM else np.zeros(2)
    return begin + shift, end + shift


def _name(feature: dict[str, Any], language: str) -> str:
    return str(feature.get(f"name_{language}") or feature.get("name") or "")
