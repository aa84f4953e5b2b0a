"""Kerbs and obstacles, which OSM draws as nodes, onto the edges that they stand on."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind
from tiles.osm.extract import Extract
from tiles.osm.wheel_tags import is_obstacle, kerb_m

FOOT_KINDS: Final = (Kind.PATH, Kind.FOOTWAY, Kind.PEDESTRIAN, Kind.STEPS, Kind.CYCLEWAY)
"""Who walks along a carriageway steps over no kerb that a crossing's node there tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeNodes:
    """Which nodes of an extract E edges run over: those of edge e are ``node[start[e]:start[e + 1]]``."""

    start: NDArray[np.int64]  # (E + 1,)
    node: NDArray[np.int64]  # (P,) index into the extract's nodes


def kerbs_on_edges(
    extract: Extract, edges: EdgeNodes, kind: NDArray[np.uint8], is_crossing: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """(E,) the highest kerb that a node of an edge tells of, metres; NaN where none does.

    A kerb inside an edge is stepped over by all who walk it. One at an edge's end belongs to the crossing there: who
    goes on along the pavement does not meet it.
    """
    heights = {point.id: height for point in extract.points if (height := kerb_m(point.tags)) is not None}
    of_point = _at_points(extract, edges, heights)
    counts = np.repeat(np.isin(kind, FOOT_KINDS), np.diff(edges.start)) & ~_is_end(edges)
    counts |= np.repeat(is_crossing, np.diff(edges.start))
    highest = np.fmax.reduceat(np.where(counts, of_point, np.nan), edges.start[:-1])
    return highest.astype(np.float32)


def obstacles_on_edges(extract: Extract, edges: EdgeNodes, kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(E,) where a stile or the like stands in the way: inside an edge, or at the end of a way for feet."""
    stops = {point.id: 1.0 for point in extract.points if is_obstacle(point.tags)}
    of_point = np.isfinite(_at_points(extract, edges, stops))
    counts = np.repeat(np.isin(kind, FOOT_KINDS), np.diff(edges.start)) | ~_is_end(edges)
    return np.asarray(np.logical_or.reduceat(of_point & counts, edges.start[:-1]))


def _at_points(extract: Extract, edges: EdgeNodes, values: dict[int, float]) -> NDArray[np.float64]:
    """(P,) what tagged nodes say, NaN where a point is none of them."""
    of_node = np.full(len(extract.node_ids), np.nan)
    ids = np.fromiter(values, dtype=np.int64, count=len(values))
    number = np.minimum(np.searchsorted(extract.node_ids, ids), len(extract.node_ids) - 1)
    known = extract.node_ids[number] == ids
    of_node[number[known]] = np.fromiter(values.values(), dtype=np.float64, count=len(values))[known]
    return of_node[edges.node]


def _is_end(edges: EdgeNodes) -> NDArray[np.bool_]:
    result = np.zeros(len(edges.node), dtype=np.bool_)
    result[edges.start[:-1]] = result[edges.start[1:] - 1] = True
    return result
