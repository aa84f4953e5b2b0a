"""The slopes, landmarks, tours and closures of an area as vector tiles; what has not changed is not made again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import Compression, TileType

from guide.domain.closure import Closure
from guide.domain.landmark import Landmark
from guide.domain.slope import Slope
from guide.domain.tour import Tour
from tiles.archive import Tileset, write_archive
from tiles.layers.feature import MAX_ZOOM, Attributes, Feature
from tiles.layers.landmarks import landmark_features
from tiles.layers.slopes import slope_features
from tiles.layers.walks import closure_features, tour_features
from tiles.mercator import TileAddress
from tiles.vector import Reach, Tiles, encode_tiles, touched_tiles

MIN_ZOOM: Final = 8
_FIELD_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number", str: "String"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An archive that this program wrote, and the features it wrote it from."""

    archive: Path
    features: Sequence[Feature]


def guide_features(
    slopes: Sequence[Slope], landmarks: Sequence[Landmark], tours: Sequence[Tour], closures: Sequence[Closure]
) -> list[Feature]:
    """All that the archive holds."""
    return [
        *slope_features(slopes),
        *landmark_features(landmarks),
        *tour_features(tours),
        *closure_features(closures),
    ]


def write_guide_archive(
    path: Path,
    features: Sequence[Feature],
    bounds: tuple[float, float, float, float],
    name: str,
    attribution: str,
    before: Before | None = None,
) -> int:
    """Features as a PMTiles archive; returns how many tiles had to be encoded.

    With ``before`` every tile that no changed feature touches is taken from there; the bytes are the same either way.
    """
    tileset = Tileset(
        name=name,
        attribution=attribution,
        bounds=bounds,
        tile_type=TileType.MVT,
        compression=Compression.GZIP,
        metadata={"format": "pbf", "type": "overlay", "vector_layers": _vector_layers(features)},
    )
    reach = Reach(min_zoom=MIN_ZOOM, max_zoom=MAX_ZOOM, bounds=bounds)
    if before is None:
        made = list(encode_tiles(features, reach))
        write_archive(path, tileset, made)
        return len(made)
    changed = _changed_tiles(before.features, features, reach)
    made = list(encode_tiles(features, reach, only=changed))
    write_archive(path, tileset, [*_kept(before.archive, changed), *made])
    return len(made)


def _changed_tiles(old: Sequence[Feature], new: Sequence[Feature], reach: Reach) -> Tiles:
    """The tiles that any feature touches, or touched, that is not the same as before."""
    contents = [{(feature.layer, feature.key): feature.content for feature in each} for each in (old, new)]
    changed = [
        feature
        for features, others in zip((old, new), reversed(contents), strict=True)
        for feature in features
        if others.get((feature.layer, feature.key)) != feature.content
    ]
    return touched_tiles(changed, reach)


def _kept(archive: Path, changed: Tiles) -> list[tuple[TileAddress, bytes]]:
    with archive.open("rb") as file:
        tiles = ((TileAddress(*zxy), data) for zxy, data in all_tiles(MmapSource(file)))
        return [(address, data) for address, data in tiles if address not in changed[address.z]]


def _vector_layers(features: Sequence[Feature]) -> list[dict[str, Any]]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    zooms: dict[str, tuple[int, int]] = {}
    for feature in features:
        fields[feature.layer] |= _field_types(feature.attributes)
        low, high = zooms.get(feature.layer, (MAX_ZOOM, MIN_ZOOM))
        zooms[feature.layer] = (min(low, feature.min_zoom), max(high, feature.max_zoom))
    return [
        {"id": layer, "fields": dict(sorted(names.items())), "minzoom": zooms[layer][0], "maxzoom": zooms[layer][1]}
        for layer, names in sorted(fields.items())
    ]


def _field_types(attributes: Attributes) -> dict[str, str]:
    return {name: _FIELD_TYPES[type(value)] for name, value in attributes.items()}
