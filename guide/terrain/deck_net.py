"""The strings that structures hang on, and the ground around their portals: heights that settle against each other.

``structures`` tells what for, ``deck_energy`` what they settle at.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from guide.domain.network import STRUCTURE, Kind, Network
from guide.terrain.deck_energy import DeckEnergy
from guide.terrain.decks import ON_DECK_M, ZONE_CELLS, Decks
from guide.terrain.sample_graph import SampleGraph

DECK_GRADE: Final = 0.06
"""Decks up to this grade are believed as they hang; steeper ones pull at their portals."""

GROUND_GRADE: Final = 0.15
"""Ground beside a portal pulls at it from this grade on, so that a deck is not levelled by an impossible approach."""

BLED_CELLS: Final = 2.0
"""How far from a portal a cell may show something else than the way."""

_DECK_PULL: Final = 100.0
_GROUND_PULL: Final = 30.0
"""Metres of run times 1 / grade^2: how hard too steep a deck and its approach pull, beside (z / sigma)^2 a cell."""

_HUNG: Final = 1e-3  # so weak a string that a portal does not feel the deck that hangs on it
_STRING: Final = 0.05
_GROUND_STRING: Final = 2e-3  # so weak that only ways without any ground of their own, as stairs, feel it
_STAIR_SHARE: Final = 1e-3
_SMALLEST_CELL_M: Final = 1e-3  # where no model knows anything there is no cell, and nothing may be divided by none
_LEAST_TRUST: Final = 0.01

Floats = NDArray[np.float64]


class DeckNet:
    """The strings and the ground around them, and the heights that they settle at."""

    def __init__(
        self,
        network: Network,
        graph: SampleGraph,
        decks: Decks,
        elevation_m: Floats,
        sigma_m: Floats,
        cell_m: Floats,
    ) -> None:
        self._graph, self._decks, self._nodes = graph, decks, network.node_count
        self._cell_m = np.maximum(np.nan_to_num(cell_m), _SMALLEST_CELL_M)
        self._model_m, self._sigma_m = elevation_m, sigma_m
        self._on_string = graph.touches(decks.string)
        ground = ~decks.string
        self._ground_m = graph.mass_m(ground & (network.edge_kind != Kind.STEPS)[graph.edge])
        # A stair that hangs on a bridge stands on the ground with its other end, though no way be drawn there.
        foot = ~graph.touches(network.has_flag(STRUCTURE)[graph.edge]) & (self._ground_m == 0)
        foot[network.node_count :] = False
        self._ground_m[foot] = graph.mass_m(decks.string)[foot]
        suspect = decks.string | decks.doubtful
        above_m = self._metres_to(graph.touches(suspect & decks.above))
        below_m = self._metres_to(graph.touches(suspect & decks.below))
        near = np.minimum(above_m, below_m) <= ZONE_CELLS * self._cell_m
        free = (self._on_string | (near & np.isfinite(elevation_m))) & self._solvable(near)
        self._energy, self._vertex = self._compact(free, self._trust(above_m), self._trust(below_m))

    def settle(self) -> tuple[Floats, Floats]:
        """Heights (V,) and errors (V,)."""
        height, error = self._model_m.copy(), self._sigma_m.copy()
        energy, here = self._energy, self._vertex
        height[here], error[here] = self._hung(energy, height[here], error[here])
        too_steep = _excess_m(energy, height[here])
        # What hangs evenly is left alone.
        energy, left = energy.take((too_steep[0] + too_steep[1] > 0.0)[energy.cluster])
        here = here[left]
        if len(here):
            hung_m, hung_error_m = height[here], error[here]
            settled_m = energy.lowest(hung_m)
            strength, trust = energy.pulled_strength(settled_m), energy.trust(settled_m)
            settled_error_m = energy.hung(strength, trust, hung_error_m, energy.sigma_m)
            # A repair that steepens is refused.
            after = _excess_m(energy, settled_m)[0]
            refused = (after > too_steep[0][: len(after)])[energy.cluster]
            height[here] = np.where(refused, hung_m, settled_m)
            error[here] = np.where(refused, hung_error_m, settled_error_m)
            # Pulled unevenly on the way, each deck ends as straight as it began.
            energy, left = energy.take(self._on_string[here] & (here >= self._nodes))
            here = here[left]
            height[here], error[here] = self._hung(energy, height[here], error[here])
        overruled_m = np.where(self._ground_m > 0, 0.5 * np.nan_to_num(height - self._model_m), 0.0)
        return height, np.hypot(error, overruled_m)

    def beyond_knowledge(self) -> NDArray[np.bool_]:
        """(V,) vertices of structures that also lean on ground of unknown height."""
        labels = _labels(self._graph, self._decks.string)
        lost = np.zeros(labels.max() + 1, dtype=bool)
        lost[labels[self._on_string & np.isnan(self._model_m) & (self._ground_m > 0)]] = True
        return self._on_string & lost[labels]

    def _hung(self, energy: DeckEnergy, height: Floats, error: Floats) -> tuple[Floats, Floats]:
        """Decks hung between what the model shows at their portals."""
        strength, trust = energy.string * (_HUNG / _STRING), np.ones(len(height))
        return (
            energy.hung(strength, trust, height, energy.model_m),
            energy.hung(strength, trust, error, energy.sigma_m),
        )

    def _compact(self, free: NDArray[np.bool_], above: Floats, below: Floats) -> tuple[DeckEnergy, NDArray[np.int64]]:
        """What moves and what it leans on, and which vertices these are."""
        graph, decks = self._graph, self._decks
        known = np.isfinite(self._model_m)
        piece = free[graph.tail] | free[graph.head]
        # Ground of unknown height pulls at nothing.
        piece &= decks.string | (known[graph.tail] & known[graph.head])
        moving = piece & free[graph.tail] & free[graph.head]
        # A stair hangs on a deck and does not pull it down.
        string = np.where(decks.stair, _STAIR_SHARE * _STRING, _STRING)
        energy = DeckEnergy(
            free=free,
            model_m=self._model_m,
            sigma_m=self._sigma_m,
            cells=np.minimum(self._ground_m / self._cell_m, 1.0),
            above=above,
            below=below,
            cluster=_labels(graph, moving).astype(np.int64),
            tail=graph.tail[piece],
            head=graph.head[piece],
            length_m=graph.length_m[piece],
            string=np.where(decks.string, string, _GROUND_STRING)[piece],
            pull=np.where(decks.deck, _DECK_PULL, np.where(decks.string, 0.0, _GROUND_PULL))[piece],
            limit=np.where(decks.deck, DECK_GRADE, GROUND_GRADE)[piece],
        )
        return energy.take(free)

    def _solvable(self, near: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(V,) vertices whose structure meets any known height; the others keep what the model says."""
        labels = _labels(self._graph, self._decks.string)
        known = np.zeros(labels.max() + 1, dtype=bool)
        known[labels[np.isfinite(self._model_m) & (near | self._on_string)]] = True
        return known[labels]

    def _metres_to(self, source: NDArray[np.bool_]) -> Floats:
        """(V,) metres along ways to the nearest of some vertices, infinite beyond the zone."""
        graph = self._graph
        if not source.any():
            return np.full(graph.count, np.inf)
        length = np.where(self._decks.string, ON_DECK_M, graph.length_m)
        ways = csr_array((length, (graph.tail, graph.head)), shape=(graph.count, graph.count))
        found: Floats = dijkstra(
            ways, directed=False, indices=np.flatnonzero(source), min_only=True, limit=ZONE_CELLS * self._cell_m.max()
        )
        return found

    def _trust(self, metres: Floats) -> Floats:
        share = np.minimum(metres / (BLED_CELLS * self._cell_m), 1.0)
        return np.asarray(np.maximum(share**2, _LEAST_TRUST))


def _excess_m(energy: DeckEnergy, height_m: Floats) -> tuple[Floats, Floats]:
    """Metres by which the decks of each cluster, and the ground before them, climb more than their limits."""
    over = np.maximum(np.abs(energy.rise_m(height_m)) - energy.limit * energy.length_m, 0.0)
    end = np.where(energy.free[energy.tail], energy.tail, energy.head)
    count = int(energy.cluster.max()) + 1 if len(energy.cluster) else 0
    of_decks, of_ground = (
        np.bincount(energy.cluster[end], np.where(energy.pull == pull, over, 0.0), minlength=count).astype(np.float64)
        for pull in (_DECK_PULL, _GROUND_PULL)
    )
    return of_decks, of_ground


def _labels(graph: SampleGraph, pieces: NDArray[np.bool_]) -> NDArray[np.int32]:
    """(V,) vertices joined by some pieces have one number."""
    ends = (graph.tail[pieces], graph.head[pieces])
    joined = coo_array((np.ones(len(ends[0])), ends), shape=(graph.count, graph.count))
    labels: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return labels
