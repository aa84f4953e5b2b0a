"""An extract to a Network: walkable ways cut at their junctions."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.domain.network import Flag, Kind, Network
from tiles.osm.extract import Extract, Way
from tiles.osm.kerbs import EdgeNodes, kerbs_on_edges, obstacles_on_edges
from tiles.osm.tags import WayRules, read_way

WGS84 = Geod(ellps="WGS84")
T = TypeVar("T", bound=Hashable)
N = TypeVar("N", bound=np.generic)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Runs of known nodes, one after the other: ``node`` (R,) indexes the extract's nodes."""

    node: NDArray[np.int64]
    way: NDArray[np.int64]  # (R,) index into the walkable ways
    is_end: NDArray[np.bool_]  # (R,) first or last of its run
    is_last: NDArray[np.bool_]  # (R,)


def assemble_network(extract: Extract, where: str) -> tuple[Network, list[Finding]]:
    """The walkable network of an extract, and what was noticed on the way.

    ``where`` names the input in errors and findings.

    Raises:
        SourceError: there is no walkable street in it.
    """
    walkable = [(way, rules) for way in extract.ways if (rules := read_way(way.tags)) is not None]
    pieces, findings = _known_runs(extract, [way for way, _ in walkable], where)
    if len(pieces.node) == 0:
        raise SourceError(f"{where}: holds no street that can be walked. Is it the right extract?")
    return _cut_at_junctions(extract, walkable, pieces), findings


def _known_runs(extract: Extract, ways: list[Way], where: str) -> tuple[_Pieces, list[Finding]]:
    """Ways as runs of nodes whose place is known; repeated nodes and runs of one node go."""
    counts = np.array([len(way.refs) for way in ways], dtype=np.int64)
    refs = np.fromiter((ref for way in ways for ref in way.refs), dtype=np.int64, count=int(counts.sum()))
    way_of = np.repeat(np.arange(len(ways)), counts)
    if len(extract.node_ids) == 0 or len(refs) == 0:
        empty = np.empty(0, dtype=np.int64)
        return _Pieces(empty, empty, empty.astype(bool), empty.astype(bool)), []

    node = np.searchsorted(extract.node_ids, refs)
    node[node == len(extract.node_ids)] = 0
    known = extract.node_ids[node] == refs
    findings = _missing_nodes_findings(ways, way_of[~known], where)

    # A run ends where the way ends and where a node is missing.
    run_of = np.cumsum(np.concatenate(([True], (way_of[1:] != way_of[:-1]) | ~known[1:] | ~known[:-1])))
    repeated = np.concatenate(([False], (node[1:] == node[:-1]) & (run_of[1:] == run_of[:-1])))
    keep = known & ~repeated
    node, way_of, run_of = node[keep], way_of[keep], run_of[keep]
    long_enough = np.bincount(run_of)[run_of] > 1 if len(run_of) else np.empty(0, dtype=bool)
    node, way_of, run_of = node[long_enough], way_of[long_enough], run_of[long_enough]

    changes = run_of[1:] != run_of[:-1]
    is_first = np.concatenate(([True], changes))[: len(node)]
    is_last = np.concatenate((changes, [True]))[: len(node)]
    return _Pieces(node, way_of, is_first | is_last, is_last), findings


def _missing_nodes_findings(ways: list[Way], bad: NDArray[np.int64], where: str) -> list[Finding]:
    hit = np.unique(bad)
    if len(hit) == 0:
        return []
    examples = ", ".join(str(ways[index].id) for index in hit[:5])
    return [
        Finding(
            code="osm.missing-nodes",
            where=where,
            values={"count": len(hit), "examples": examples},
        )
    ]


def _cut_at_junctions(extract: Extract, walkable: list[tuple[Way, WayRules]], pieces: _Pieces) -> Network:
    uses = np.bincount(pieces.node, minlength=len(extract.node_ids))
    cut = pieces.is_end | (uses[pieces.node] > 1)
    # An edge begins at every cut that is not the last node of its run, and ends at the next cut.
    begin = np.flatnonzero(cut & ~pieces.is_last)
    cuts = np.flatnonzero(cut)
    end = cuts[np.searchsorted(cuts, begin, side="right")]

    count = end - begin + 1
    point_start = np.concatenate(([0], np.cumsum(count)))
    point_node = pieces.node[np.repeat(begin - point_start[:-1], count) + np.arange(point_start[-1])]
    point_lng_lat = extract.node_lng_lat[point_node]

    used, index = np.unique(np.concatenate((pieces.node[begin], pieces.node[end])), return_inverse=True)
    tail, head = index[: len(begin)].astype(np.int32), index[len(begin) :].astype(np.int32)

    rules = [rule for _, rule in walkable]
    way_of_edge = pieces.way[begin]
    names, name_of_way = _number([rule.name for rule in rules])
    surfaces, surface_of_way = _number([rule.surface for rule in rules])

    length_m = line_lengths_m(point_start, point_lng_lat)

    def of_way(values: Sequence[float], dtype: type[N]) -> NDArray[N]:
        return np.array(values, dtype=dtype)[way_of_edge]

    def numbers(values: Sequence[float | None]) -> NDArray[np.float32]:
        return of_way([np.nan if value is None else value for value in values], np.float32)

    kind = of_way([rule.kind for rule in rules], np.uint8)
    flags = of_way([rule.flags for rule in rules], np.uint16)
    edges = EdgeNodes(start=point_start, node=point_node)
    kerb_m = kerbs_on_edges(extract, edges, kind, (flags & np.uint16(Flag.CROSSING)).astype(np.bool_))
    flags[obstacles_on_edges(extract, edges, kind)] |= np.uint16(Flag.OBSTACLE)

    return Network(
        node_lng_lat=extract.node_lng_lat[used],
        node_osm_id=extract.node_ids[used],
        edge_tail=tail,
        edge_head=head,
        edge_way_id=of_way([way.id for way, _ in walkable], np.int64),
        edge_length_m=length_m,
        edge_kind=kind,
        edge_flags=flags,
        edge_layer=of_way([rule.layer for rule in rules], np.int8),
        edge_surface=surface_of_way[way_of_edge].astype(np.int16),
        edge_name=name_of_way[way_of_edge],
        edge_step_count=_share_steps(
            of_way([rule.step_count or -1 for rule in rules], np.int16), way_of_edge, length_m
        ),
        edge_incline_percent=numbers([rule.incline_percent for rule in rules]),
        edge_riser_m=np.where(kind == Kind.STEPS, numbers([rule.wheels.riser_m for rule in rules]), np.float32(np.nan)),
        edge_width_m=numbers([rule.wheels.width_m for rule in rules]),
        edge_kerb_m=np.fmax(kerb_m, numbers([rule.wheels.kerb_m for rule in rules])),
        edge_access=of_way([rule.wheels.access for rule in rules], np.uint8),
        edge_smoothness=of_way([rule.wheels.smoothness for rule in rules], np.uint8),
        point_start=point_start,
        point_lng_lat=point_lng_lat,
        point_osm_id=extract.node_ids[point_node],
        names=names,
        surfaces=surfaces,
    )


def _share_steps(
    count: NDArray[np.int16], way_of_edge: NDArray[np.int64], length_m: NDArray[np.float64]
) -> NDArray[np.int16]:
    """A way's step count shared out over its edges by length, so that the edges' counts add up to it; -1 stays."""
    shared = count.copy()
    for way in np.unique(way_of_edge[count >= 0]):
        edges = np.flatnonzero(way_of_edge == way)
        reached = np.cumsum(length_m[edges]) / max(float(length_m[edges].sum()), 1e-9)
        shared[edges] = np.diff(np.round(reached * count[edges[0]]), prepend=0).astype(np.int16)
    return shared


def _number(values: list[T | None]) -> tuple[tuple[T, ...], NDArray[np.int32]]:
    """The distinct values in the order they appear, and each value's number (-1 for None)."""
    numbers: dict[T, int] = {}
    indices = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return tuple(numbers), np.array(indices, dtype=np.int32)


def line_lengths_m(point_start: NDArray[np.int64], point_lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Geodesic length of each line on WGS 84, (E,) metres."""
    return np.add.reduceat(point_steps_m(point_start, point_lng_lat), point_start[:-1])


def point_steps_m(point_start: NDArray[np.int64], point_lng_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """(P,) metres from each point to the next of its line; 0 at each line's last point."""
    here, there = point_lng_lat[:-1], point_lng_lat[1:]
    _, _, steps = WGS84.inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    steps = np.append(np.asarray(steps), 0.0)
    steps[point_start[1:] - 1] = 0.0
    return steps
