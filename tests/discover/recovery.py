"""A trial of ``find_climb``: drop a point on a slope that the map knows by name, and ask for its line back.

What counts as known by name is decided without ``find_climb``: all streets of one name that hang together
(``guide.climbs.chains``), whose longest way holds most of them and climbs from end to end.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from guide.area.arrays import Streets
from guide.climbs.chains import join_chains, longest_path
from guide.climbs.climbs import see_terrain
from guide.climbs.find import find_climb
from guide.domain.network import Network
from guide.domain.slope import Confidence

LEAST_M = 40.0
LEAST_GRADE = 0.04
STEADY = 0.8
"""Of all that its edges rise and fall, so much must be the rise from foot to head."""

JITTER_M = 5.0
"""Points are dropped so far (1 sigma, east and north) beside the line: a tap on a phone."""

UNKNOWN_NAME = "no street is called this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A slope known by name."""

    name: str
    arcs: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came back: shares of length, of the slope recovered and of both together shared."""

    name: str
    recovered: float
    overlap: float
    confidence: Confidence


def known_slopes(streets: Streets, count: int, seed: int) -> list[Known]:
    """At most ``count`` of them, drawn by chance."""
    found = list(_known(streets))
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 (the same ones each time)


def _known(streets: Streets) -> Iterator[Known]:
    network = streets.network
    terrain = see_terrain(network, streets.heights)
    for number, name in enumerate(network.names):
        edges = terrain.index.edges_of(number)
        for chain in join_chains(terrain.index, edges) if len(edges) else []:
            arcs = np.array(longest_path(network, chain), dtype=np.int64)
            length_m = float(network.edge_length_m[arcs // 2].sum())
            if length_m < max(LEAST_M, STEADY * network.edge_length_m[chain].sum()):
                continue
            steps_m = np.where(arcs & 1, -terrain.rise_m[arcs // 2], terrain.rise_m[arcs // 2])
            error_m = float(np.sqrt(2.0) * terrain.sigma_m[arcs // 2].max())
            least_m = max(LEAST_GRADE * length_m, error_m, STEADY * float(np.abs(steps_m).sum()))
            if abs(float(steps_m.sum())) >= least_m:  # NaN is no slope known
                yield Known(name=name.local, arcs=arcs)


def plain_slopes(streets: Streets, count: int, seed: int) -> list[Known]:
    """As ``known_slopes``, decided by networkx alone: streets of one name that are a line without branches or gaps."""
    network, heights = streets.network, streets.heights
    found = []
    for number, name in enumerate(network.names):
        graph: nx.MultiGraph[int] = nx.MultiGraph()
        for edge in np.flatnonzero(network.edge_name == number).tolist():
            graph.add_edge(int(network.edge_tail[edge]), int(network.edge_head[edge]), key=edge)
        for nodes in nx.connected_components(graph):
            part = graph.subgraph(nodes)
            ends = [node for node in nodes if part.degree[node] == 1]
            if len(ends) != 2 or max(degree for _, degree in part.degree) > 2:  # a ring, or branches
                continue
            edges = [edge for _, _, edge in part.edges(keys=True)]
            first, last = heights.sample_start[edges], heights.sample_start[np.array(edges) + 1] - 1
            climbed_m = float(np.abs(heights.elevation_m[last] - heights.elevation_m[first]).sum())
            height_m = {
                int(network.edge_tail[edge]): float(heights.elevation_m[heights.sample_start[edge]]) for edge in edges
            }
            height_m |= {
                int(network.edge_head[edge]): float(heights.elevation_m[heights.sample_start[edge + 1] - 1])
                for edge in edges
            }
            length_m = float(network.edge_length_m[edges].sum())
            error_m = float(np.sqrt(2.0) * heights.sigma_m[first].max())
            rise_m = abs(height_m[ends[0]] - height_m[ends[1]])
            if length_m >= LEAST_M and rise_m >= max(LEAST_GRADE * length_m, error_m, STEADY * climbed_m):
                found.append(Known(name=name.local, arcs=2 * np.array(sorted(edges), dtype=np.int64)))
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 (the same ones each time)


def without_names(network: Network) -> Network:
    """The same streets, all of them nameless."""
    return replace(network, edge_name=np.full_like(network.edge_name, -1))


def try_all(streets: Streets, known: list[Known], seed: int, *, named: bool) -> list[Trial]:
    """A point on each slope, and what ``find_climb`` makes of it; not ``named``: no street has a name."""
    network = streets.network if named else without_names(streets.network)
    terrain = see_terrain(network, streets.heights)
    chance = random.Random(seed)  # noqa: S311
    length_m = network.edge_length_m
    trials = []
    for slope in known:
        point = _drop(network, slope.arcs, chance)
        name = slope.name if named else UNKNOWN_NAME
        climb = find_climb(network, streets.heights, name, point, terrain=terrain)
        wanted, got = set((slope.arcs // 2).tolist()), {arc // 2 for arc in climb.arcs}
        shared_m = float(length_m[sorted(wanted & got)].sum())
        trials.append(Trial(
            name=slope.name,
            recovered=shared_m / float(length_m[sorted(wanted)].sum()),
            overlap=shared_m / float(length_m[sorted(wanted | got)].sum()),
            confidence=climb.confidence,
        ))  # fmt: skip
    return trials


def _drop(network: Network, arcs: NDArray[np.int64], chance: random.Random) -> tuple[float, float]:
    edges = (arcs // 2).tolist()
    line = network.edge_line(chance.choices(edges, network.edge_length_m[edges].tolist())[0])
    scale = np.array([np.cos(np.radians(line[0, 1])), 1.0]) * 111_195.0
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*(np.diff(line, axis=0) * scale).T))))
    at = chance.random() * along[-1]
    place = [float(np.interp(at, along, line[:, column])) for column in (0, 1)]
    lng, lat = (value + chance.gauss(0.0, JITTER_M) / metres for value, metres in zip(place, scale, strict=True))
    return float(lng), float(lat)


def share(trials: list[Trial], least: float = 0.8) -> float:
    """The share of slopes of which at least so much came back."""
    return sum(trial.recovered >= least for trial in trials) / len(trials)
