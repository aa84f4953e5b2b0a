"""The router: shortest paths for any walker over one network."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock, local
from typing import Final, NamedTuple
from weakref import ref

import numpy as np
import routingkit_cch
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from guide.domain.network import Network, NetworkHeights
from guide.domain.prepared import Prepared
from guide.domain.walker import Season, Walker, Wheels
from guide.routing.costs.arc_costs import ArcCosts, Lay, Terms, arc_costs, minds_the_lay
from guide.routing.costs.arcs import arcs_of
from guide.routing.costs.wheels import Untold, rolling, untold
from guide.routing.costs.windows import ArcWindows
from guide.routing.prepare import hiker_row
from guide.routing.snapping.snapper import Snapper
from guide.routing.snapping.street_grid import StreetGrid, make_grid

_WALKERS_KEPT: Final = 32
"""Customised metrics are some megabytes each for a city."""

_NO_TERMS: Final = Terms()

_NEVER_MS: Final = 2**60


class Path(NamedTuple):
    """A shortest path: its arcs in order, the nodes where it begins and ends, and its cost with both ends' own."""

    arcs: list[int]
    first_node: int
    last_node: int
    cost_ms: int


class _Held(local):
    """The queries that a thread has made, by the number of their maker, which is known weakly."""

    def __init__(self) -> None:
        self.queries: dict[int, tuple[ref[_Query], routingkit_cch.CCHMetric, routingkit_cch.CCHQuery]] = {}


_held: Final = _Held()


class _Query:
    """The query that each thread made last for one router, and for which metric.

    A query belongs to the thread that made it, even for being thrown away: a thread throws away those of routers that
    are gone when it makes its next one. One is kept, because making one costs as much as asking it.
    """

    def of(self, metric: routingkit_cch.CCHMetric) -> routingkit_cch.CCHQuery:
        """A query on a metric."""
        queries = _held.queries
        maker, of, query = queries.get(id(self), (None, None, None))
        if query is None or maker is None or maker() is not self or of is not metric:
            for gone in [number for number, (other, _, _) in queries.items() if other() is None]:
                del queries[gone]
            query = routingkit_cch.CCHQuery(metric)
            queries[id(self)] = (ref(self), metric, query)
        return query


class WalkerMetric:
    """One walker's costs, ready for queries; shared freely between threads."""

    def __init__(
        self,
        network: Network,
        costs: ArcCosts,
        metric: routingkit_cch.CCHMetric | None,
        query: _Query,
    ) -> None:
        self.costs = costs
        # One at a time where a walk begins or ends: a memoryview gives Python's numbers, much faster than an array.
        self.cost_ms = costs.cost_ms.data
        self._tail, self._head = network.edge_tail.data, network.edge_head.data
        self._network = network
        self._metric = metric
        self._query = query

    @cached_property
    def edge_component(self) -> NDArray[np.int32]:
        """(E,) which part of the network an edge belongs to for this walker, -1 where it cannot be walked at all.

        Two edges of different parts are never joined. One-way streets count as joining both ways here.
        """
        passable = np.any(self.costs.passable.reshape(-1, 2), axis=1)
        tail, head = self._network.edge_tail[passable], self._network.edge_head[passable]
        joins = coo_array(
            (np.ones(len(tail), dtype=np.int8), (tail, head)),
            shape=(self._network.node_count, self._network.node_count),
        )
        _, node_component = connected_components(joins, directed=False)
        return np.where(passable, node_component[self._network.edge_tail], -1).astype(np.int32)

    def shortest(self, sources: Mapping[int, int], targets: Mapping[int, int]) -> Path | None:
        """The cheapest path from any source node to any target node; None if there is none.

        ``sources`` and ``targets`` give for each node the milliseconds already spent before, or still to come after.
        """
        if self._metric is None or not sources or not targets:
            return None
        # The result must be gone before the thread's next question: it is, when this returns.
        result = self._query.of(self._metric).run_multi(list(sources.items()), list(targets.items()))
        if result.distance is None:
            return None
        arcs, cost_ms = result.arc_path, result.distance
        if arcs:
            # Unpacking the path once more for its nodes would take as long as finding it.
            return Path(arcs, self.ends(arcs[0])[0], self.ends(arcs[-1])[1], cost_ms)
        return Path(arcs, result.node_path[0], result.node_path[-1], cost_ms)

    def ends(self, arc: int) -> tuple[int, int]:
        """The nodes at an arc's begin and end."""
        edge = arc >> 1
        return (self._head[edge], self._tail[edge]) if arc & 1 else (self._tail[edge], self._head[edge])

    def table(self, sources: Sequence[Mapping[int, int]], targets: Sequence[Mapping[int, int]]) -> NDArray[np.int64]:
        """The cost (ms) from each source to each target, (n, m), each a set of nodes as for a path.

        -1 where no path leads.
        """
        nodes = sorted({node for target in targets for node in target})
        if self._metric is None or not nodes:
            return np.full((len(sources), len(targets)), -1, dtype=np.int64)
        number, last_ms = _last_parts(nodes, targets)
        sweep = routingkit_cch.CCHOneToMany(self._metric, nodes)
        cells = np.full((len(sources), len(targets)), _NEVER_MS, dtype=np.int64)
        for row, source in zip(cells, sources, strict=True):
            if source:
                reached = sweep.distances_from_multi(list(source.items()))
                reached_ms = np.array([*(_NEVER_MS if each is None else each for each in reached), _NEVER_MS])
                np.min(reached_ms[number] + last_ms, axis=1, out=row)
        cells[cells >= _NEVER_MS] = -1
        return cells


def _last_parts(
    nodes: Sequence[int], targets: Sequence[Mapping[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(m, k) the numbers among ``nodes`` of each target's own, and the costs (ms) from there; one too many if none."""
    place = {node: number for number, node in enumerate(nodes)}
    shape = len(targets), max(map(len, targets))
    number, last_ms = np.full(shape, len(nodes), dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, target in enumerate(targets):
        number[row, : len(target)] = [place[node] for node in target]
        last_ms[row, : len(target)] = list(target.values())
    return number, last_ms


class Router:
    """Shortest paths over one network.

    Built once an area; a walker's metric is customised when first asked for, and the latest are kept. Safe to use
    from several threads. ``slope_edges`` are the edges of the area's named slopes.
    """

    def __init__(
        self,
        network: Network,
        heights: NetworkHeights,
        node_order: NDArray[np.int32],
        prepared: Prepared,
        slope_edges: Iterable[int] = (),
    ) -> None:
        self.network = network
        self.heights = heights
        self.prepared = prepared
        self.arcs = arcs_of(network)
        self._slope_edges = np.fromiter(slope_edges, dtype=np.int64)
        self._cch = (
            routingkit_cch.CCH(node_order.tolist(), self.arcs.tail.tolist(), self.arcs.head.tolist(), False)  # noqa: FBT003 (positional in the library)
            if network.edge_count
            else None
        )
        self._query = _Query()
        self._metrics: OrderedDict[tuple[Walker, Terms], WalkerMetric] = OrderedDict()
        self._making: dict[tuple[Walker, Terms], Lock] = {}
        self._latest: tuple[tuple[Walker, Terms], WalkerMetric] | None = None
        self._lock = Lock()

    @cached_property
    def snapper(self) -> Snapper:
        """Finds the street next to a point; ready when the first point is asked for."""
        walkable = np.any(self.arcs.walkable.reshape(-1, 2), axis=1)
        prepared = self.prepared
        grid = StreetGrid(frame=prepared.grid_frame, start=prepared.grid_start, piece=prepared.grid_piece)
        return Snapper(
            self.network, grid if walkable.all() else make_grid(self.network, walkable), prepared.point_distance_m
        )

    @cached_property
    def lay(self) -> Lay:
        """The lay of the land, for who minds it."""
        windows = ArcWindows(
            grade=self.prepared.window_grade, window_m=self.prepared.window_m, sigma=self.prepared.window_sigma
        )
        rolls = {wheels: rolling(self.network, wheels) for wheels in Wheels}
        named = np.zeros(self.network.edge_count, dtype=np.bool_)
        named[self._slope_edges] = True
        return Lay(windows=windows, rolling=rolls, named=named)

    @cached_property
    def untold(self) -> Untold:
        """What the map does not tell those on wheels."""
        return untold(self.network)

    def metric(self, walker: Walker, terms: Terms = _NO_TERMS) -> WalkerMetric:
        """The metric of one walker. Who waits for a new one keeps nobody waiting for another."""
        key = (walker, terms)
        latest = self._latest
        if latest is not None and latest[0] == key:
            return latest[1]
        with self._lock:
            known = self._metrics.get(key)
            if known is not None:
                self._metrics.move_to_end(key)
                self._latest = (key, known)
                return known
            making = self._making.setdefault(key, Lock())
        with making:
            known = self._metrics.get(key)
            if known is not None:
                return known
            metric = self._customise(walker, terms)
            with self._lock:
                if self._latest is not None and self._latest[0] in self._metrics:
                    self._metrics.move_to_end(self._latest[0])  # which no look-up has done
                self._metrics[key] = metric
                self._latest = (key, metric)
                self._making.pop(key, None)
                if len(self._metrics) > _WALKERS_KEPT:
                    self._metrics.popitem(last=False)
        return metric

    def knows(self, walker: Walker, terms: Terms = _NO_TERMS) -> bool:
        """Whether a walker's routes can be found at once, without making a metric first."""
        return (walker, terms) in self._metrics

    def _hiker_s(self, walker: Walker, terms: Terms) -> NDArray[np.float64]:
        """(2E,) a hiker's seconds, on icy edges those of winter."""
        seconds: NDArray[np.float64] = self.prepared.hiker_s[hiker_row(walker.speed, walker.season)]
        if terms.icy and walker.season is not Season.WINTER:
            icy = 2 * np.fromiter(terms.icy, dtype=np.int64)[:, None] + (0, 1)
            winter = self.prepared.hiker_s[hiker_row(walker.speed, Season.WINTER)]
            seconds = seconds.copy()
            seconds[icy] = winter[icy]
        return seconds

    def _customise(self, walker: Walker, terms: Terms) -> WalkerMetric:
        hiker_s = self._hiker_s(walker, terms)
        lay = self.lay if minds_the_lay(walker) else None
        return self.customised(arc_costs(self.network, self.arcs, hiker_s, walker, lay, terms))

    def customised(self, costs: ArcCosts) -> WalkerMetric:
        """The metric of any costs, which nobody keeps."""
        metric = routingkit_cch.CCHMetric(self._cch, costs.cost_ms.tolist()) if self._cch is not None else None
        return WalkerMetric(self.network, costs, metric, self._query)
