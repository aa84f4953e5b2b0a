"""The slopes, landmarks, tours and closures of an area as vector tiles; what has not changed is not made again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from tiles.layers.feature import MAX_ZOOM, Feature
from tiles.layers.landmarks import landmark_features
from tiles.layers.slopes import slope_features
from tiles.layers.walks import closure_features, tour_features
from tiles.mercator import TileAddress
from tiles.vector import Reach, Tiles, encode_tiles, layers_of, touched_tiles

MIN_ZOOM: Final = 8
_FIELD_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number", str: "String"}


@dataclass(frozen=True, slots=True)
class Before:
    """An archive that this program wrote, and the features it wrote it from."""

    archive: Path
    features: Sequence[Feature]


def guide_features(
    slopes: Sequence[Slope], landmarks: Sequence[Landmark], tours: Sequence[Tour], closures: Sequence[Closure]
) -> list[Feature]:
    """All that the archive holds."""
    of_slopes = [feature for slope in slopes for feature in slope_features(slope)]
    return [*of_slopes, *other_features(landmarks, tours, closures)]


def other_features(
    landmarks: Sequence[Landmark], tours: Sequence[Tour], closures: Sequence[Closure]
) -> Iterator[Feature]:
    """All that the archive holds but slopes."""
    yield from landmark_features(landmarks)
    yield from tour_features(tours)
    yield from closure_features(closures)


def write_guide_archive(
    path: Path,
    features: Sequence[Feature],
    bounds: tuple[float, float, float, float],
    name: str,
    attribution: str,
    before: Before | None = None,
) -> list[TileAddress]:
    """Features as a PMTiles archive; returns the tiles that had to be encoded.

    With ``before`` every tile that no changed feature touches is taken from there; the bytes are the same either way.
    Where nothing is to be seen no file is written.
    """
    reach = Reach(min_zoom=MIN_ZOOM, max_zoom=MAX_ZOOM, bounds=bounds)
    changed = None if before is None else _changed_tiles(before.features, features, reach)
    made = list(encode_tiles(features, reach, only=changed))
    kept = [] if before is None or changed is None else _kept(before.archive, changed)
    if made or kept:
        tiles = [*kept, *made]
        tileset = Tileset(
            name=name,
            attribution=attribution,
            bounds=bounds,
            tile_type=TileType.MVT,
            compression=Compression.GZIP,
            metadata={"format": "pbf", "type": "overlay", "vector_layers": _vector_layers(features, tiles)},
        )
        write_archive(path, tileset, tiles)
    return [address for address, _ in made]


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


def _vector_layers(features: Sequence[Feature], tiles: Sequence[tuple[TileAddress, bytes]]) -> list[dict[str, Any]]:
    """Each layer with its attributes and zooms, as the tiles really have them: some features are too small."""
    types = {
        (feature.layer, name): _FIELD_TYPES[type(value)]
        for feature in features
        for name, value in feature.attributes.items()
    }
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    zooms: dict[str, set[int]] = defaultdict(set)
    for address, layer, names in layers_of(tiles):
        zooms[layer].add(address.z)
        fields[layer] |= {name: types[layer, name] for name in names}
    return [
        {"id": layer, "fields": dict(sorted(names.items())), "minzoom": min(zooms[layer]), "maxzoom": max(zooms[layer])}
        for layer, names in sorted(fields.items())
    ]
