"""How far one gets: the time from a place to every junction in reach, or from every junction to the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from guide.routing.costs.arc_costs import ArcCosts
from guide.routing.search.router import Router
from guide.routing.search.stops import Ends

_DISLIKED_AT_MOST: Final = 6.0
"""A walker's cost is at most so many times the time: farther than this times the limit, nothing is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Seconds to each node, or from each (N,), infinite beyond the limit."""

    node_s: NDArray[np.float64]


class Spreader:
    """Searches from one place to all others, for one walker's costs.

    The router's hierarchies answer from many to many; for all nodes about one place a plain search is as fast.
    """

    def __init__(self, router: Router, costs: ArcCosts) -> None:
        arcs = np.flatnonzero(costs.passable & (router.arcs.tail != router.arcs.head))
        tail, head = router.arcs.tail[arcs], router.arcs.head[arcs]
        # Of several arcs between two nodes the cheapest counts.
        order = np.lexsort((costs.cost_ms[arcs], head, tail))
        arcs, tail, head = arcs[order], tail[order], head[order]
        first = np.ones(len(arcs), dtype=np.bool_)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        self._arcs, tail, head = arcs[first], tail[first], head[first]
        count = router.network.node_count
        cost = costs.cost_ms[self._arcs].astype(np.float64)
        start = np.searchsorted(tail, np.arange(count + 1))
        self._ahead = csr_array((cost, head, start), shape=(count, count))
        self._back: csr_array | None = None
        self._costs = costs
        self._is_time = bool(np.all(np.abs(cost - 1000 * costs.duration_s[self._arcs]) <= 1.0))
        self._duration = csr_array((costs.duration_s[self._arcs], head, start), shape=(count, count))

    def spread(self, ends: Iterable[Ends], limit_s: float, *, towards: bool = False) -> Spread:
        """The time from a place that is left by ``ends``, or with ``towards`` to a place that is reached by them."""
        limit_ms = 1000 * limit_s * (1.0 if self._is_time else _DISLIKED_AT_MOST)
        graph = self._backwards() if towards else self._ahead
        best_ms = np.full(graph.shape[0], np.inf)
        best_s = np.full(graph.shape[0], np.inf)
        for each in ends:
            for node, cost_ms in each.cost_ms.items():
                if cost_ms > limit_ms:
                    continue
                rows_ms, rows_before = dijkstra(
                    graph, indices=np.array([node]), limit=limit_ms - cost_ms, return_predecessors=True
                )
                found_ms, before = rows_ms[0], rows_before[0]
                seconds = found_ms / 1000 if self._is_time else self._seconds(found_ms, before, towards=towards)
                nearer = found_ms + cost_ms < best_ms
                best_ms = np.where(nearer, found_ms + cost_ms, best_ms)
                stretch = each.stretch[node]
                own_s = 0.0
                if stretch is not None:
                    own_s = float(self._costs.duration_s[stretch.arc]) * (stretch.end - stretch.start)
                best_s = np.where(nearer, seconds + own_s, best_s)
        return Spread(node_s=np.where(best_s <= limit_s, best_s, np.inf))

    def _backwards(self) -> csr_array:
        if self._back is None:
            self._back = csr_array(self._ahead.T.tocsr())
        return self._back

    def _seconds(
        self, cost_ms: NDArray[np.float64], before: NDArray[np.int32], *, towards: bool
    ) -> NDArray[np.float64]:
        """The time along the cheapest ways, which is not their cost: each node's is that before it and one arc more."""
        reached = np.flatnonzero(before >= 0)
        reached = reached[np.argsort(cost_ms[reached], kind="stable")]
        pairs = (reached, before[reached]) if towards else (before[reached], reached)
        arc_s = np.asarray(self._duration[pairs]).ravel()
        seconds = np.full(len(cost_ms), np.inf)
        seconds[np.flatnonzero((before < 0) & np.isfinite(cost_ms))] = 0.0
        for node, previous, more in zip(reached.tolist(), before[reached].tolist(), arc_s.tolist(), strict=True):
            seconds[node] = seconds[previous] + more
        return seconds
