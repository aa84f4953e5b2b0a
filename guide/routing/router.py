"""The router: shortest paths for any walker over one network."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np
import routingkit_cch
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from guide.domain.network import Network, NetworkHeights
from guide.domain.walker import Season, Speed, Walker, Wheels
from guide.routing.arcs import arcs_of
from guide.routing.costs import ArcCosts, Lay, Terms, arc_costs, minds_the_lay
from guide.routing.snapping import Snapper
from guide.routing.speeds import hiker_seconds
from guide.routing.wheels import Untold, rolling, untold
from guide.routing.windows import arc_windows

_WALKERS_KEPT: Final = 32
"""Customised metrics are some megabytes each for a city."""

_NO_TERMS: Final = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A shortest path: its arcs in order, the nodes where it begins and ends, and its cost with both ends' own."""

    arcs: tuple[int, ...]
    first_node: int
    last_node: int
    cost_ms: int


class WalkerMetric:
    """One walker's costs, ready for queries; shared freely between threads."""

    def __init__(self, network: Network, costs: ArcCosts, metric: routingkit_cch.CCHMetric | None) -> None:
        self.costs = costs
        self._network = network
        self._metric = metric

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
        # A query object belongs to the thread that made it, even for being thrown away; making one takes 20 us.
        query = routingkit_cch.CCHQuery(self._metric)
        result = query.run_multi(list(sources.items()), list(targets.items()))
        if result.distance is None:
            return None
        nodes = result.node_path
        return Path(arcs=tuple(result.arc_path), first_node=nodes[0], last_node=nodes[-1], cost_ms=int(result.distance))

    def table(
        self, sources: Iterable[Mapping[int, int]], targets: Iterable[Mapping[int, int]]
    ) -> list[list[int | None]]:
        """The cost (ms) from each source to each target, each a set of nodes as for a path.

        None where no path leads.
        """
        sources, targets = list(sources), list(targets)
        nodes = sorted({node for target in targets for node in target})
        if self._metric is None or not nodes:
            return [[None] * len(targets) for _ in sources]
        column = {node: number for number, node in enumerate(nodes)}
        last_part = [[(column[node], cost) for node, cost in target.items()] for target in targets]
        sweep = routingkit_cch.CCHOneToMany(self._metric, nodes)
        return [
            _row(sweep.distances_from_multi(list(source.items())) if source else [], last_part) for source in sources
        ]


def _row(reached: list[int | None], last_part: list[list[tuple[int, int]]]) -> list[int | None]:
    """The cost to each target from the costs to all nodes, by the better of a target's own nodes."""
    if not reached:
        return [None] * len(last_part)
    return [
        min((to_node + cost for number, cost in part if (to_node := reached[number]) is not None), default=None)
        for part in last_part
    ]


class Router:
    """Shortest paths over one network.

    Built once an area; a walker's metric is customised when first asked for, and the latest are kept. Safe to use
    from several threads. ``resolution_m`` gives the cell size of each elevation source, ``slope_edges`` the edges of
    the area's named slopes.
    """

    def __init__(
        self,
        network: Network,
        heights: NetworkHeights,
        node_order: NDArray[np.int32],
        resolution_m: Mapping[str, float] | None = None,
        slope_edges: Iterable[int] = (),
    ) -> None:
        self.network = network
        self.heights = heights
        self.arcs = arcs_of(network)
        self._resolution_m = resolution_m or {}
        self._slope_edges = np.fromiter(slope_edges, dtype=np.int64)
        self._cch = (
            routingkit_cch.CCH(node_order.tolist(), self.arcs.tail.tolist(), self.arcs.head.tolist(), False)  # noqa: FBT003 (positional in the library)
            if network.edge_count
            else None
        )
        self._hiker_s: dict[tuple[Speed, Season], NDArray[np.float64]] = {}
        self._metrics: OrderedDict[tuple[Walker, Terms], WalkerMetric] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def snapper(self) -> Snapper:
        """Finds the street next to a point; built when the first point is asked for."""
        return Snapper(self.network, walkable=np.any(self.arcs.walkable.reshape(-1, 2), axis=1))

    @cached_property
    def lay(self) -> Lay:
        """The lay of the land; found when the first walker asks who minds it."""
        windows = arc_windows(self.heights, self._resolution_m)
        rolls = {wheels: rolling(self.network, wheels) for wheels in Wheels}
        return Lay(windows=windows, rolling=rolls, named=self.named_m > 0)

    @cached_property
    def untold(self) -> Untold:
        """What the map does not tell those on wheels."""
        return untold(self.network)

    @cached_property
    def named_m(self) -> NDArray[np.float64]:
        """(E,) how many metres of each edge lie on a named slope."""
        named = np.zeros(self.network.edge_count)
        named[self._slope_edges] = self.network.edge_length_m[self._slope_edges]
        return named

    def metric(self, walker: Walker, terms: Terms = _NO_TERMS) -> WalkerMetric:
        """The metric of one walker."""
        key = (walker, terms)
        with self._lock:
            metric = self._metrics.pop(key, None) or self._customise(walker, terms)
            self._metrics[key] = metric
            if len(self._metrics) > _WALKERS_KEPT:
                self._metrics.popitem(last=False)
            return metric

    def _customise(self, walker: Walker, terms: Terms) -> WalkerMetric:
        formula = (walker.speed, walker.season)
        if formula not in self._hiker_s:
            self._hiker_s[formula] = hiker_seconds(self.network, self.heights, *formula)
        lay = self.lay if minds_the_lay(walker) else None  # which takes a moment to find in a large city
        costs = arc_costs(self.network, self.arcs, self._hiker_s[formula], walker, lay, terms)
        metric = routingkit_cch.CCHMetric(self._cch, costs.cost_ms.tolist()) if self._cch is not None else None
        return WalkerMetric(self.network, costs, metric)
