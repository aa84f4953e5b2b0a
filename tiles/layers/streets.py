"""The whole street network on the map: every walkable edge with its signed grade."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from guide.domain.bands import band_of
from guide.domain.network import Flag, Kind, Network, NetworkHeights
from tiles.layers.feature import Feature, known

STREETS: Final = "streets"


def street_features(network: Network, heights: NetworkHeights) -> Iterator[Feature]:
    """Every walkable edge with its signed grade along the line."""
    first, last = heights.sample_start[:-1], heights.sample_start[1:] - 1
    grade = (heights.elevation_m[last] - heights.elevation_m[first]) / np.maximum(network.edge_length_m, 0.01)
    bands = band_of(grade)
    keys = _keys(network)
    for edge in range(network.edge_count):
        kind = Kind(int(network.edge_kind[edge]))
        flags = int(network.edge_flags[edge])
        name = network.edge_street_name(edge)
        steps = int(network.edge_step_count[edge])
        measured = not np.isnan(grade[edge])
        attributes = known(
            {
                "kind": kind.name.lower(),
                "grade_percent": round(100 * float(grade[edge]), 1) if measured else None,
                "abs_grade_percent": round(100 * abs(float(grade[edge])), 1) if measured else None,
                "band": int(bands[edge]) if measured else None,
                "steps": steps if steps >= 0 else None,
                "bridge": True if flags & Flag.BRIDGE else None,
                "tunnel": True if flags & Flag.TUNNEL else None,
                "name": name.local if name else None,
                "name_ja": name.ja if name else None,
                "name_en": name.en if name else None,
            }
        )
        yield Feature(
            layer=STREETS,
            key=keys[edge],
            lng_lat=network.edge_line(edge),
            attributes=attributes,
            min_zoom=_STREET_ZOOM[kind],
        )


# Far out only the streets that give a town its shape; stairs early, because they are what one comes for.
_STREET_ZOOM: Final = {
    Kind.MAJOR: 10,
    Kind.MINOR: 11,
    Kind.STEPS: 12,
    Kind.RESIDENTIAL: 12,
    Kind.PEDESTRIAN: 12,
    Kind.PATH: 13,
    Kind.FOOTWAY: 13,
    Kind.TRACK: 13,
    Kind.CYCLEWAY: 13,
    Kind.SERVICE: 14,
}


def _keys(network: Network) -> list[str]:
    """A name for ever of each edge: its way and where it is cut, by OSM's numbers; twins are counted."""
    ends = (network.node_osm_id[node].tolist() for node in (network.edge_tail, network.edge_head))
    seen: dict[str, int] = {}
    keys = []
    for way, tail, head in zip(network.edge_way_id.tolist(), *ends, strict=True):
        key = f"{way}/{tail}/{head}"
        seen[key] = twin = seen.get(key, -1) + 1
        keys.append(f"{key}/{twin}" if twin else key)
    return keys
