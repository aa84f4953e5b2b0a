"""Networks drawn in metres: each way is one edge, ends that coincide are one node."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyproj import Geod

from guide.domain.network import Kind, Network, NetworkHeights, StreetName
from tiles.report.made_terrain import Floats, lng_lat

_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, kw_only=True)
class Way:
    """One edge: its points (k, 2) in metres, what it is and what it is called."""

    xy: Sequence[tuple[float, float]]
    kind: Kind = Kind.RESIDENTIAL
    flags: int = 0
    layer: int = 0
    name: str | None = None


def network_of(ways: Sequence[Way]) -> Network:
    """The network of some ways."""
    nodes: dict[tuple[float, float], int] = {}
    for way in ways:
        for end in (way.xy[0], way.xy[-1]):
            nodes.setdefault(end, len(nodes))
    lines = [lng_lat(np.array(way.xy, dtype=np.float64)) for way in ways]
    names = sorted({way.name for way in ways if way.name})
    count = len(ways)
    return Network(
        node_lng_lat=lng_lat(np.array(list(nodes))),
        node_osm_id=np.arange(len(nodes), dtype=np.int64),
        edge_tail=np.array([nodes[way.xy[0]] for way in ways], dtype=np.int32),
        edge_head=np.array([nodes[way.xy[-1]] for way in ways], dtype=np.int32),
        edge_way_id=np.arange(count, dtype=np.int64) + 1,
        edge_length_m=np.array([_WGS84.line_length(line[:, 0], line[:, 1]) for line in lines]),
        edge_kind=np.array([way.kind for way in ways], dtype=np.uint8),
        edge_flags=np.array([way.flags for way in ways], dtype=np.uint16),
        edge_layer=np.array([way.layer for way in ways], dtype=np.int8),
        edge_surface=np.full(count, -1, dtype=np.int16),
        edge_name=np.array([names.index(way.name) if way.name else -1 for way in ways], dtype=np.int32),
        edge_step_count=np.full(count, -1, dtype=np.int16),
        edge_incline_percent=np.full(count, np.nan, dtype=np.float32),
        edge_riser_m=np.full(count, np.nan, dtype=np.float32),
        edge_width_m=np.full(count, np.nan, dtype=np.float32),
        edge_kerb_m=np.full(count, np.nan, dtype=np.float32),
        edge_access=np.zeros(count, dtype=np.uint8),
        edge_smoothness=np.zeros(count, dtype=np.uint8),
        point_start=np.concatenate(([0], np.cumsum([len(line) for line in lines]))).astype(np.int64),
        point_lng_lat=np.concatenate(lines),
        point_osm_id=np.arange(sum(map(len, lines)), dtype=np.int64),
        names=tuple(StreetName(local=name) for name in names),
        surfaces=(),
    )


def edge_heights(heights: NetworkHeights, edge: int) -> Floats:
    """The heights along one edge."""
    return heights.elevation_m[heights.sample_start[edge] : heights.sample_start[edge + 1]]


def edge_grades(heights: NetworkHeights, edge: int) -> Floats:
    """The grades along one edge."""
    span = slice(heights.sample_start[edge], heights.sample_start[edge + 1])
    return np.diff(heights.elevation_m[span]) / np.diff(heights.distance_m[span])
