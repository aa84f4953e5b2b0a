"""What all readers of OSM data agree on: ways with tags, the places of their nodes, and tagged points."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tags = Mapping[str, str]

LANDMARK_KEYS = ("amenity", "tourism", "railway", "highway", "historic", "shop", "man_made", "natural")
"""Keys under which landmarks hide; readers keep tagged nodes and ways that carry one of them."""

NODE_KEYS = (*LANDMARK_KEYS, "kerb", "kerb:height", "barrier")
"""Of nodes, readers also keep what stands in the way of wheels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One OSM way as it stands in the data."""

    id: int
    refs: list[int]
    tags: Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedPoint:
    """An OSM node with tags."""

    id: int
    lng_lat: tuple[float, float]
    tags: Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A piece of OSM. ``node_ids`` (n,) ascend; ``node_lng_lat`` (n, 2) are their places in degrees."""

    ways: list[Way]
    points: list[TaggedPoint]
    node_ids: NDArray[np.int64]
    node_lng_lat: NDArray[np.float64]


def make_extract(ways: list[Way], points: list[TaggedPoint], nodes: dict[int, tuple[float, float]]) -> Extract:
    """An extract from nodes in any order."""
    ids = np.fromiter(nodes.keys(), dtype=np.int64, count=len(nodes))
    places = np.array(list(nodes.values()), dtype=np.float64).reshape(-1, 2)
    order = np.argsort(ids)
    return Extract(ways=ways, points=points, node_ids=ids[order], node_lng_lat=places[order])
