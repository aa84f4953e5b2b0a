"""Bridges, tunnels and covered ways: their surface is not the ground that an elevation model shows.

They hang straight between their portals, where they meet ways on the ground. A structure of several ways is one thing:
its inner heights are those of a net of strings (the discrete Laplace equation with weights 1 / length), so that pieces
joined end to end make one even grade, and a ramp may leave a bridge from its middle.

A portal's own height is often wrong: a cell at an abutment holds the river bank or the street below. So where a deck
hung between the model's heights would be steeper than decks are built, portals and the last cells before them give way,
but only in the direction in which such an error goes: a bridge lies above what the model shows, a tunnel below.
What gives way least - the ground farther off, several ways that agree - decides. A structure that is even enough as it
is, is left alone, and one that stays steep is reported, not flattened.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.terrain.deck_net import DeckNet
from guide.terrain.decks import find_decks
from guide.terrain.sample_graph import SampleGraph

IMPLAUSIBLE_GRADE: Final = 0.08
"""A deck steeper than the limit of a ramp is reported."""

_MOVED_M: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    """Heights (V,) and errors (V,) at the graph's vertices; ``held`` (V,) is what structures and portals stand on.

    ``steep`` (K,) are pieces of decks that stay too steep, ``moved_m`` (V,) says by how much portals gave way, 0 where
    they did not.
    """

    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    held: NDArray[np.bool_]
    steep: NDArray[np.bool_]
    moved_m: NDArray[np.float64]


def span_structures(
    network: Network,
    graph: SampleGraph,
    elevation_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
    cell_m: NDArray[np.float64],
) -> Spanned:
    """Heights with every structure hung between its portals; see the module.

    Args:
        network: the ways.
        graph: their samples.
        elevation_m: (V,) what the model shows, NaN where unknown.
        sigma_m: (V,) its error.
        cell_m: (V,) the size of its cells, NaN where unknown.
    """
    decks = find_decks(network, cell_m[: network.node_count]).take(graph.edge)
    if not (decks.string | decks.doubtful).any():
        nothing = np.zeros(graph.count)
        held, steep = nothing.astype(np.bool_), np.zeros(len(graph.edge), dtype=np.bool_)
        return Spanned(elevation_m=elevation_m, sigma_m=sigma_m, held=held, steep=steep, moved_m=nothing)
    net = DeckNet(network, graph, decks, elevation_m, sigma_m, cell_m)
    height_m, error_m = net.settle()
    on_deck = graph.touches(decks.string)
    # Between a known and an unknown portal nothing is known where the model is silent too.
    lost = net.beyond_knowledge() & np.isnan(elevation_m)
    height_m[lost] = error_m[lost] = np.nan
    grade = np.abs(height_m[graph.head] - height_m[graph.tail]) / graph.length_m
    portal = on_deck & graph.touches(~decks.string)
    off_m = np.nan_to_num(np.abs(height_m - elevation_m))
    return Spanned(
        elevation_m=height_m,
        sigma_m=error_m,
        held=on_deck | (off_m > _MOVED_M),
        steep=decks.deck & (grade > IMPLAUSIBLE_GRADE),
        moved_m=np.where(portal & (off_m > _MOVED_M), off_m, 0.0),
    )
