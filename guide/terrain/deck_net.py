"""The strings that structures hang on, and the ground around their portals: heights that settle against each other.

``structures`` tells what for. All is quadratic but two things, which are solved by reweighting: a deck pulls only by
what it is too steep, and a height of the model is trusted less the farther it is off in the way that models err.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.sparse.linalg import splu

from guide.domain.network import STRUCTURE, Kind, Network
from guide.terrain.sample_graph import SampleGraph

DECK_GRADE: Final = 0.06
"""Decks up to this grade are believed as they hang; steeper ones pull at their portals."""

GROUND_GRADE: Final = 0.15
"""Ground beside a portal pulls at it from this grade on, so that a deck is not levelled by an impossible approach."""

ZONE_CELLS: Final = 4.0
"""How far from a portal, in cells of the model, the ground may give way."""

BLED_CELLS: Final = 2.0
"""How far from a portal a cell may show something else than the way."""

_DECK_PULL: Final = 100.0
_GROUND_PULL: Final = 30.0
"""Metres of run times 1 / grade^2: how hard too steep a deck and its approach pull, beside (z / sigma)^2 a cell."""

_HUNG: Final = 1e-3  # so weak a string that a portal does not feel the deck that hangs on it
_STRING: Final = 0.05
_STAIR_SHARE: Final = 1e-3
_HOLD: Final = 1e-13  # what a structure without any portal keeps of the model, so that its height is not undefined
_LEAST_TRUST: Final = 0.01
_OFF_SIGMAS: Final = 3.0
_ROUNDS: Final = 40
_DAMPING: Final = 0.3
_SETTLED_M: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What each piece (K,) is: a deck, a stair that hangs on one, or ground that only seems to be."""

    deck: NDArray[np.bool_]
    string: NDArray[np.bool_]  # decks and stairs that hang on them: no ground below counts
    stair: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]
    above: NDArray[np.bool_]
    below: NDArray[np.bool_]


class DeckNet:
    """The strings and the ground around them, and the heights that they settle at."""

    def __init__(
        self,
        network: Network,
        graph: SampleGraph,
        parts: Parts,
        elevation_m: NDArray[np.float64],
        sigma_m: NDArray[np.float64],
        cell_m: float,
    ) -> None:
        self._graph, self._parts, self._cell_m, self._nodes = graph, parts, cell_m, network.node_count
        self._model_m, self._sigma_m = elevation_m, sigma_m
        self._on_string = graph.touches(parts.string)
        ground = ~parts.string
        self._ground_m = graph.mass_m(ground & (network.edge_kind != Kind.STEPS)[graph.edge])
        # A stair that hangs on a bridge stands on the ground with its other end, though no way be drawn there.
        foot = ~graph.touches(network.has_flag(STRUCTURE)[graph.edge]) & (self._ground_m == 0)
        foot[network.node_count :] = False
        self._ground_m[foot] = graph.mass_m(parts.string)[foot]
        suspect = parts.string | parts.doubtful
        above_m = self._metres_to(graph.touches(suspect & parts.above))
        below_m = self._metres_to(graph.touches(suspect & parts.below))
        self._above_trust, self._below_trust = self._trust(above_m), self._trust(below_m)
        near = np.minimum(above_m, below_m) <= ZONE_CELLS * cell_m
        self._free = (self._on_string | (near & np.isfinite(elevation_m))) & self._solvable(near)
        self._piece = self._free[graph.tail] | self._free[graph.head]
        # Ground of unknown height pulls at nothing.
        known = np.isfinite(elevation_m)
        self._piece &= parts.string | (known[graph.tail] & known[graph.head])

    def settle(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Heights (V,) and errors (V,)."""
        height, error = self._model_m.copy(), self._sigma_m.copy()
        self._settle_once(height, error)
        hung_m, hung_error_m = height.copy(), error.copy()
        clusters = self._clusters()
        deck, ground = self._parts.deck, ~self._parts.string
        decks_before = self._too_steep(clusters, height, deck, DECK_GRADE)
        before = decks_before + self._too_steep(clusters, height, ground, GROUND_GRADE)
        # What hangs evenly is left alone.
        self._confine(np.isin(clusters, np.flatnonzero(before > 0.0)))
        if self._free.any():
            self._pull_even(height, error)
            # A repair that steepens is refused.
            refused = (self._too_steep(clusters, height, deck, DECK_GRADE) > decks_before)[clusters]
            height[refused], error[refused] = hung_m[refused], hung_error_m[refused]
            # Pulled unevenly on the way, each deck ends as straight as it began.
            self._confine(self._on_string & (np.arange(self._graph.count) >= self._nodes))
            if self._free.any():
                self._settle_once(height, error)
        overruled_m = np.where(self._ground_m > 0, 0.5 * np.nan_to_num(height - self._model_m), 0.0)
        return height, np.hypot(error, overruled_m)

    def _settle_once(self, height: NDArray[np.float64], error: NDArray[np.float64]) -> None:
        """Decks hung between what the model shows at their portals."""
        strength = self._strings(_HUNG)
        both = self._solve(strength, np.ones(int(self._free.sum())), np.stack((height, error), axis=1))
        height[self._free], error[self._free] = both[:, 0], both[:, 1]

    def _pull_even(self, height: NDArray[np.float64], error: NDArray[np.float64]) -> None:
        """Portals moved by decks that are too steep, until nothing moves."""
        strength = self._strings(_STRING)
        trust = np.ones(int(self._free.sum()))
        number = np.flatnonzero(self._free)
        length = self._graph.length_m[self._piece]
        for _ in range(_ROUNDS):
            # Part of the way only: a hinge that lets go at once swings between too steep and too free.
            strength += _DAMPING * (self._pull(np.abs(self._rise(height)) / length) - strength)
            trust += _DAMPING * (self._trusted(height, number) - trust)
            both = self._solve(strength, trust, np.stack((height, error), axis=1))
            moved_m = np.abs(height[number] - both[:, 0]).max()
            height[number], error[number] = both[:, 0], both[:, 1]
            if moved_m < _SETTLED_M:
                break

    def _strings(self, strength: float) -> NDArray[np.float64]:
        """How strongly each piece is strung; a stair hangs on a deck and does not pull it down."""
        string, stair = self._parts.string[self._piece], self._parts.stair[self._piece]
        return np.where(string, np.where(stair, _STAIR_SHARE * strength, strength), 0.0)

    def _clusters(self) -> NDArray[np.int32]:
        """(V,) vertices that move together have one number."""
        moving = self._piece & self._free[self._graph.tail] & self._free[self._graph.head]
        return _labels(self._graph, moving)

    def _too_steep(
        self, clusters: NDArray[np.int32], height_m: NDArray[np.float64], pieces: NDArray[np.bool_], limit: float
    ) -> NDArray[np.float64]:
        """Metres by which some pieces of each cluster climb more than a limit allows them."""
        chosen = np.where(pieces[self._piece], self._graph.length_m[self._piece], 0.0)
        climb = np.abs(self._rise(height_m)) / self._graph.length_m[self._piece]
        excess_m = chosen * np.maximum(climb - limit, 0.0)
        free_end = np.where(self._free[self._graph.tail], self._graph.tail, self._graph.head)[self._piece]
        return np.bincount(clusters[free_end], excess_m, minlength=int(clusters.max()) + 1).astype(np.float64)

    def _confine(self, vertices: NDArray[np.bool_]) -> None:
        """Hold all but some vertices from here on."""
        self._free &= vertices
        self._piece &= self._free[self._graph.tail] | self._free[self._graph.head]

    def beyond_knowledge(self) -> NDArray[np.bool_]:
        """(V,) vertices of structures that also lean on ground of unknown height."""
        labels = _labels(self._graph, self._parts.string)
        lost = np.zeros(labels.max() + 1, dtype=bool)
        lost[labels[self._on_string & np.isnan(self._model_m) & (self._ground_m > 0)]] = True
        return self._on_string & lost[labels]

    def _solvable(self, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(V,) vertices whose structure meets any known height; the others keep what the model says."""
        labels = _labels(self._graph, self._parts.string)
        known = np.zeros(labels.max() + 1, dtype=bool)
        known[labels[np.isfinite(self._model_m) & (near | self._on_string)]] = True
        return known[labels]

    def _metres_to(self, source: NDArray[np.bool_]) -> NDArray[np.float64]:
        """(V,) metres along ways to the nearest of some vertices, infinite beyond the zone."""
        graph = self._graph
        if not source.any():
            return np.full(graph.count, np.inf)
        ground = ~self._parts.string
        length = np.where(ground, graph.length_m, 1e-9)  # along a structure nobody comes away from it
        ways = csr_array((length, (graph.tail, graph.head)), shape=(graph.count, graph.count))
        found: NDArray[np.float64] = dijkstra(
            ways, directed=False, indices=np.flatnonzero(source), min_only=True, limit=ZONE_CELLS * self._cell_m
        )
        return found

    def _trust(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        share = np.minimum(metres / (BLED_CELLS * self._cell_m), 1.0)
        return np.asarray(np.maximum(share**2, _LEAST_TRUST))

    def _trusted(self, height_m: NDArray[np.float64], number: NDArray[np.int64]) -> NDArray[np.float64]:
        """Trust in the model at vertices ``number``: little where the error goes as errors there do."""
        off = height_m[number] - self._model_m[number]
        one_sided = np.where(off > 0, self._above_trust[number], self._below_trust[number])
        # Only where cells are bled into may a single height be overruled outright.
        doubt = np.where(one_sided < 1.0, (off / (_OFF_SIGMAS * self._sigma_m[number])) ** 2, 0.0)
        return np.asarray(one_sided / (1.0 + np.nan_to_num(doubt)))

    def _rise(self, height_m: NDArray[np.float64]) -> NDArray[np.float64]:
        graph = self._graph
        return np.nan_to_num(height_m[graph.head[self._piece]] - height_m[graph.tail[self._piece]])

    def _pull(self, grade: NDArray[np.float64]) -> NDArray[np.float64]:
        """How hard each piece pulls: by its excess of grade (a hinge, solved by reweighting)."""
        deck, string = self._parts.deck[self._piece], self._parts.string[self._piece]
        limit = np.where(deck, DECK_GRADE, GROUND_GRADE)
        most = np.where(deck, _DECK_PULL, np.where(string, 0.0, _GROUND_PULL))
        excess = np.maximum(1.0 - limit / np.maximum(grade, limit), 0.0)
        return np.asarray(self._strings(_STRING) + most * excess)

    def _solve(
        self, strength: NDArray[np.float64], trust: NDArray[np.float64], value: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """(free, 2) values at the free vertices, all others held."""
        graph, number = self._graph, np.full(self._graph.count, -1)
        free = np.flatnonzero(self._free)
        number[free] = np.arange(len(free))
        tail, head = graph.tail[self._piece], graph.head[self._piece]
        pull = strength / graph.length_m[self._piece]
        cells = np.minimum(self._ground_m[free] / self._cell_m, 1.0)
        known = np.isfinite(self._model_m[free])
        weight = np.where(known, trust * cells / np.nan_to_num(self._sigma_m[free], nan=1.0) ** 2 + _HOLD, _HOLD**2)
        own = np.stack((self._model_m[free], self._sigma_m[free]), axis=1)
        right = np.nan_to_num(own) * weight[:, None]
        here, there = np.concatenate((tail, head)), np.concatenate((head, tail))
        pulls = np.concatenate((pull, pull))
        use = self._free[here] & (here != there)
        here, there, pulls = here[use], there[use], pulls[use]
        inner = self._free[there]
        for column in (0, 1):
            right[:, column] += np.bincount(
                number[here[~inner]], (pulls * value[there, column])[~inner], minlength=len(free)
            )
        diagonal = weight + np.bincount(number[here], pulls, minlength=len(free))
        rows = np.concatenate((np.arange(len(free)), number[here[inner]]))
        cols = np.concatenate((np.arange(len(free)), number[there[inner]]))
        matrix = coo_array((np.concatenate((diagonal, -pulls[inner])), (rows, cols)), shape=(len(free),) * 2).tocsc()
        solver = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
        solved = np.asarray(solver.solve(right), dtype=np.float64)
        # Strings are weak beside the ground; one refinement takes the rounding out that this leaves.
        return solved + np.asarray(solver.solve(right - matrix @ solved), dtype=np.float64)


def _labels(graph: SampleGraph, pieces: NDArray[np.bool_]) -> NDArray[np.int32]:
    """(V,) vertices joined by some pieces have one number."""
    ends = (graph.tail[pieces], graph.head[pieces])
    joined = coo_array((np.ones(len(ends[0])), ends), shape=(graph.count, graph.count))
    labels: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return labels
