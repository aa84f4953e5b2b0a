"""The walkable streets of a place, as arrays."""

from dataclasses import dataclass, fields
from enum import IntEnum, IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Kind(IntEnum):
    """What sort of way an edge is; the values are stored, so they are never renumbered."""

    PATH = 0
    FOOTWAY = 1
    PEDESTRIAN = 2
    STEPS = 3
    RESIDENTIAL = 4
    SERVICE = 5
    MINOR = 6
    MAJOR = 7
    TRACK = 8
    CYCLEWAY = 9


class Flag(IntFlag):
    """What is true of an edge; the values are stored, so they are never renumbered."""

    BRIDGE = 1
    TUNNEL = 2
    COVERED = 4
    NO_FORWARD = 8  # not walkable from tail to head (one-way for people on foot)
    NO_BACKWARD = 16
    HANDRAIL = 32
    LIT = 64
    RAMP = 128
    OBSTACLE = 256  # a stile, a turnstile or the like, which no wheels pass
    CROSSING = 512  # leads over a carriageway, from kerb to kerb


class Access(IntEnum):
    """Whether wheelchairs can go there, by the word of somebody who looked; the values are stored."""

    UNKNOWN = 0
    NO = 1
    LIMITED = 2
    YES = 3


class Smoothness(IntEnum):
    """How well a way rolls, as OSM's mappers grade it; the values are stored."""

    UNKNOWN = 0
    EXCELLENT = 1
    GOOD = 2
    INTERMEDIATE = 3
    BAD = 4
    VERY_BAD = 5
    HORRIBLE = 6
    VERY_HORRIBLE = 7
    IMPASSABLE = 8


STRUCTURE = Flag.BRIDGE | Flag.TUNNEL | Flag.COVERED
"""Ways whose surface is not the ground that an elevation model shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetName:
    """A name in the languages that were given; ``local`` is what stands on the sign."""

    local: str
    ja: str | None = None
    en: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Streets as N nodes, E edges and P line points.

    An edge joins two nodes and has no junction between them. Its line is
    ``point_lng_lat[point_start[e]:point_start[e + 1]]``, both end points included, running from
    ``edge_tail[e]`` to ``edge_head[e]``. Arc ``2 * e`` is edge e walked that way, arc ``2 * e + 1`` the other way.
    """

    node_lng_lat: NDArray[np.float64]  # (N, 2) degrees
    node_osm_id: NDArray[np.int64]  # (N,) negative for nodes that were never uploaded
    edge_tail: NDArray[np.int32]  # (E,)
    edge_head: NDArray[np.int32]  # (E,)
    edge_way_id: NDArray[np.int64]  # (E,) the OSM way it was cut from
    edge_length_m: NDArray[np.float64]  # (E,) geodesic
    edge_kind: NDArray[np.uint8]  # (E,) a Kind
    edge_flags: NDArray[np.uint16]  # (E,) Flags
    edge_layer: NDArray[np.int8]  # (E,) OSM's layer
    edge_surface: NDArray[np.int16]  # (E,) an index into surfaces, -1 unknown
    edge_name: NDArray[np.int32]  # (E,) an index into names, -1 nameless
    edge_step_count: NDArray[np.int16]  # (E,) -1 unknown; only on steps
    edge_incline_percent: NDArray[np.float32]  # (E,) as tagged, tail to head; NaN unknown
    edge_riser_m: NDArray[np.float32]  # (E,) height of a step as tagged, NaN unknown; only on steps
    edge_width_m: NDArray[np.float32]  # (E,) as tagged, NaN unknown
    edge_kerb_m: NDArray[np.float32]  # (E,) the highest kerb on the way, 0 where it is flush, NaN unknown
    edge_access: NDArray[np.uint8]  # (E,) an Access
    edge_smoothness: NDArray[np.uint8]  # (E,) a Smoothness
    point_start: NDArray[np.int64]  # (E + 1,)
    point_lng_lat: NDArray[np.float64]  # (P, 2) degrees
    point_osm_id: NDArray[np.int64]  # (P,) as of nodes
    names: tuple[StreetName, ...]
    surfaces: tuple[str, ...]

    @property
    def node_count(self) -> int:
        """N."""
        return len(self.node_lng_lat)

    @property
    def edge_count(self) -> int:
        """E."""
        return len(self.edge_tail)

    def edge_line(self, edge: int) -> NDArray[np.float64]:
        """The line of one edge, (k, 2) degrees, tail to head."""
        return self.point_lng_lat[self.point_start[edge] : self.point_start[edge + 1]]

    def has_flag(self, flag: Flag) -> NDArray[np.bool_]:
        """(E,) where any of the flags is set."""
        return (self.edge_flags & np.uint16(flag)).astype(np.bool_)

    def edge_street_name(self, edge: int) -> StreetName | None:
        """The name of one edge, if it has one."""
        index = int(self.edge_name[edge])
        return self.names[index] if index >= 0 else None

    def take(self, edges: NDArray[np.int64]) -> "Network":
        """The network of some edges and their nodes, each in the order they had; all names stay."""
        node, ends = np.unique(np.concatenate((self.edge_tail[edges], self.edge_head[edges])), return_inverse=True)
        count = np.diff(self.point_start)[edges]
        point_start = np.concatenate(([0], np.cumsum(count)))
        point = np.arange(point_start[-1]) + np.repeat(self.point_start[edges] - point_start[:-1], count)
        arrays = {name: array[edges] for name, array in self.arrays().items() if name.startswith("edge_")}
        arrays |= {
            "edge_tail": ends[: len(edges)].astype(np.int32),
            "edge_head": ends[len(edges) :].astype(np.int32),
            "node_lng_lat": self.node_lng_lat[node],
            "node_osm_id": self.node_osm_id[node],
            "point_start": point_start,
            "point_lng_lat": self.point_lng_lat[point],
            "point_osm_id": self.point_osm_id[point],
        }
        return Network(**arrays, names=self.names, surfaces=self.surfaces)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array by its field name, in the order of the fields."""
        return {
            field.name: getattr(self, field.name) for field in fields(self) if field.name not in {"names", "surfaces"}
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkHeights:
    """Heights along every edge of a network, as S samples.

    Edge e is sampled at ``distance_m[sample_start[e]:sample_start[e + 1]]`` from its tail, the first at 0 and the
    last at the edge's length. Unknown heights are NaN. ``source`` indexes ``sources`` (-1 unknown).
    """

    sample_start: NDArray[np.int64]  # (E + 1,)
    distance_m: NDArray[np.float64]  # (S,)
    elevation_m: NDArray[np.float64]  # (S,)
    sigma_m: NDArray[np.float64]  # (S,)
    source: NDArray[np.int16]  # (S,)
    sources: tuple[str, ...]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Every array by its field name, in the order of the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "sources"}
