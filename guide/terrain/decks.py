"""Which ways are decks, hang on decks, or lie between them; and which decks can feel each other."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from guide.domain.network import STRUCTURE, Flag, Kind, Network
from guide.terrain.sampling import COARSEST_M

SHORT_CELLS: Final = 2.5
"""Ground between two structures and shorter than this is no ground that the model could show."""

ZONE_CELLS: Final = 4.0
"""How far from a portal, in cells of the model, the ground may give way."""

ON_DECK_M: Final = 1e-9  # along a structure nobody comes away from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Decks:
    """What each edge (E,) or piece of one (K,) is: a deck, a stair that hangs on one, or ground that only seems to be.

    On ``string`` ways, decks and what hangs on them, no ground below counts.
    """

    deck: NDArray[np.bool_]
    string: NDArray[np.bool_]
    stair: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]
    above: NDArray[np.bool_]
    below: NDArray[np.bool_]

    def take(self, edges: NDArray[np.int64]) -> "Decks":
        """The same of some edges, or of the pieces that belong to them."""
        return Decks(**{field.name: getattr(self, field.name)[edges] for field in fields(self)})


def find_decks(network: Network, node_cell_m: NDArray[np.float64]) -> Decks:
    """What each edge is; ``node_cell_m`` (N,) is the size of the model's cells at the nodes, NaN where unknown."""
    structure = network.has_flag(STRUCTURE)
    stairs = network.edge_kind == Kind.STEPS
    tail, head = network.edge_tail, network.edge_head
    at_structure = np.zeros(network.node_count, dtype=bool)
    at_structure[tail[structure]] = at_structure[head[structure]] = True
    # Nodes where only structures and stairs meet float; a stair to one hangs on it.
    grounded = np.zeros(network.node_count, dtype=bool)
    firm = ~structure & ~stairs
    grounded[tail[firm]] = grounded[head[firm]] = True
    floats = at_structure & ~grounded
    hangs = stairs & ~structure & (floats[tail] | floats[head])
    cell_m = np.fmax(node_cell_m[tail], node_cell_m[head])
    short = at_structure[tail] & at_structure[head] & (network.edge_length_m < SHORT_CELLS * cell_m)
    layered = network.edge_layer != 0
    low = network.has_flag(Flag.TUNNEL) | (network.edge_layer < 0)
    high = ~low & (network.has_flag(Flag.BRIDGE) | (network.edge_layer > 0) | short)
    covered = network.has_flag(Flag.COVERED) & ~high & ~low
    return Decks(
        deck=structure & ~stairs & ~covered,
        string=structure | hangs,
        stair=stairs,
        doubtful=~structure & ~hangs & (short | layered),
        above=high,
        below=low,
    )


def deck_groups(network: Network, node_cell_m: NDArray[np.float64]) -> NDArray[np.int64]:
    """(N,) nodes of one number lie on structures, or beside them, whose heights settle together; -1 for none.

    What decides is how far the ground gives way around portals: where two such zones meet along the ways, their
    structures may pull at each other. Rather too many are joined than too few.
    """
    decks = find_decks(network, node_cell_m)
    tail, head, suspect = network.edge_tail, network.edge_head, decks.string | decks.doubtful
    at_suspect = np.zeros(network.node_count, dtype=bool)
    at_suspect[tail[suspect]] = at_suspect[head[suspect]] = True
    if not at_suspect.any():
        return np.full(network.node_count, -1, dtype=np.int64)
    # Between two nodes the model may change: each node's zone is that of the coarsest cells around it.
    zone_m = np.zeros(network.node_count)
    cell_m = np.nan_to_num(np.fmax(node_cell_m[tail], node_cell_m[head]))
    for node in (tail, head):
        np.maximum.at(zone_m, node, ZONE_CELLS * cell_m)
    length_m = np.where(decks.string, ON_DECK_M, np.maximum(network.edge_length_m, ON_DECK_M))
    ways = csr_array((length_m, (tail, head)), shape=(network.node_count,) * 2)
    sources = np.flatnonzero(at_suspect)
    away_m: NDArray[np.float64] = dijkstra(ways, directed=False, indices=sources, min_only=True, limit=zone_m.max())
    near = away_m <= zone_m
    reach_m = 2 * np.maximum(zone_m[tail], zone_m[head]) + 2 * COARSEST_M
    meets = near[tail] & near[head] & (away_m[tail] + network.edge_length_m + away_m[head] <= reach_m)
    joined = np.flatnonzero(suspect | meets)
    links = coo_array((np.ones(len(joined)), (tail[joined], head[joined])), shape=(network.node_count,) * 2)
    labels: NDArray[np.int32] = connected_components(links, directed=False)[1]
    return np.where(near | at_suspect, labels, -1).astype(np.int64)
