"""The ground under the streets: the base map and the relief, and where they tell each other something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely

from guide.terrain.mosaic import Mosaic
from tiles.frame import Box, ground_frame
from tiles.osm.base_map import BaseFeature, read_base_map
from tiles.osm.base_tags import SEA, UNKNOWN
from tiles.relief.heights import Relief, see_relief
from tiles.relief.outline import outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """``relief`` is None where no elevation model knows anything of the place."""

    base_map: list[BaseFeature]
    relief: Relief | None


def see_ground(osm: Path, bbox: Box, elevation: Mosaic) -> Ground:
    """The ground of a box and its surroundings.

    Raises:
        SourceError: a file cannot be read.
    """
    frame = ground_frame(bbox)
    base_map = read_base_map(osm, bbox)
    sea = [feature.geometry for feature in base_map if feature.rule == SEA]
    relief = see_relief(elevation, frame, sea)
    if relief is None:
        return Ground(base_map=[*base_map, *_unknown(shapely.box(*frame))], relief=None)
    hills, known = outline(relief.hills, relief.grid), outline(relief.known, relief.grid, least=1.0)
    # As far as the map goes, and as far as there are tiles of the relief: what is drawn on beyond is a guess.
    shown = shapely.union(shapely.box(*frame), shapely.box(*relief.grid.frame))
    unknown = shapely.difference(shown, known)
    return Ground(base_map=[*_without(base_map, hills), *_unknown(unknown)], relief=relief)


def _without(base_map: Sequence[BaseFeature], hills: Any) -> list[BaseFeature]:  # noqa: ANN401 (a shapely geometry)
    """The base map with no sea on the hills."""
    if hills.is_empty:
        return list(base_map)
    return [
        replace(feature, geometry=part)
        for feature in base_map
        for part in (
            _polygons(shapely.difference(feature.geometry, hills)) if feature.rule == SEA else [feature.geometry]
        )
    ]


def _unknown(area: Any) -> list[BaseFeature]:  # noqa: ANN401 (a shapely geometry)
    return [BaseFeature(rule=UNKNOWN, geometry=part) for part in _polygons(area)]


def _polygons(area: Any) -> list[Any]:  # noqa: ANN401 (a shapely geometry)
    return [part for part in shapely.get_parts(area).tolist() if part.geom_type == "Polygon"]
