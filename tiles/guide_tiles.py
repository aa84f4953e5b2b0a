"""The slopes and landmarks of an area as vector tiles."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import Compression, TileType

from tiles.archive import Tileset, write_archive
from tiles.layers import Attributes, Feature
from tiles.vector import encode_tiles

MIN_ZOOM: Final = 8
MAX_ZOOM: Final = 15
_FIELD_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number", str: "String"}


def write_guide_archive(
    path: Path, features: Sequence[Feature], bounds: tuple[float, float, float, float], name: str, attribution: str
) -> None:
    """Features as a PMTiles archive."""
    tileset = Tileset(
        name=name,
        attribution=attribution,
        bounds=bounds,
        tile_type=TileType.MVT,
        compression=Compression.GZIP,
        metadata={"format": "pbf", "type": "overlay", "vector_layers": _vector_layers(features)},
    )
    write_archive(path, tileset, encode_tiles(features, MIN_ZOOM, MAX_ZOOM))


def _vector_layers(features: Sequence[Feature]) -> list[dict[str, Any]]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    from_zoom: dict[str, int] = {}
    for feature in features:
        fields[feature.layer] |= _field_types(feature.attributes)
        from_zoom[feature.layer] = min(from_zoom.get(feature.layer, MAX_ZOOM), feature.min_zoom)
    return [
        {"id": layer, "fields": dict(sorted(names.items())), "minzoom": from_zoom[layer], "maxzoom": MAX_ZOOM}
        for layer, names in sorted(fields.items())
    ]


def _field_types(attributes: Attributes) -> dict[str, str]:
    return {name: _FIELD_TYPES[type(value)] for name, value in attributes.items()}
