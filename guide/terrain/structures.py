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

from guide.domain.findings import Finding, Severity
from guide.domain.network import STRUCTURE, Flag, Kind, Network
from guide.terrain.deck_net import DeckNet, Parts
from guide.terrain.sample_graph import SampleGraph

IMPLAUSIBLE_GRADE: Final = 0.08
"""A deck steeper than the limit of a ramp is reported."""

SHORT_CELLS: Final = 2.5
"""Ground between two structures and shorter than this is no ground that the model could show."""

_MOVED_M: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Spanned:
    """Heights (V,) and errors (V,) at the graph's vertices; ``held`` (V,) is what structures and portals stand on."""

    elevation_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    held: NDArray[np.bool_]
    findings: tuple[Finding, ...]


def span_structures(
    network: Network,
    graph: SampleGraph,
    elevation_m: NDArray[np.float64],
    sigma_m: NDArray[np.float64],
    cell_m: float,
) -> Spanned:
    """Heights with every structure hung between its portals; see the module.

    Args:
        network: the ways.
        graph: their samples.
        elevation_m: (V,) what the model shows, NaN where unknown.
        sigma_m: (V,) its error.
        cell_m: the size of its cells.
    """
    parts = _parts(network, graph, cell_m)
    if not (parts.string | parts.doubtful).any():
        return Spanned(elevation_m=elevation_m, sigma_m=sigma_m, held=np.zeros(graph.count, dtype=bool), findings=())
    net = DeckNet(network, graph, parts, elevation_m, sigma_m, cell_m)
    height_m, error_m = net.settle()
    on_deck = graph.touches(parts.string)
    # Between a known and an unknown portal nothing is known where the model is silent too.
    lost = net.beyond_knowledge() & np.isnan(elevation_m)
    height_m[lost] = error_m[lost] = np.nan
    findings = _findings(network, graph, parts, elevation_m, height_m)
    moved = np.abs(height_m - elevation_m) > _MOVED_M
    return Spanned(elevation_m=height_m, sigma_m=error_m, held=on_deck | moved, findings=findings)


def _parts(network: Network, graph: SampleGraph, cell_m: float) -> Parts:
    """Which pieces are decks, hang on decks, or lie between decks."""
    structure = network.has_flag(STRUCTURE)
    stairs = network.edge_kind == Kind.STEPS
    at_structure = np.zeros(network.node_count, dtype=bool)
    at_structure[network.edge_tail[structure]] = at_structure[network.edge_head[structure]] = True
    # Nodes where only structures and stairs meet float; a stair to one hangs on it.
    grounded = np.zeros(network.node_count, dtype=bool)
    firm = ~structure & ~stairs
    grounded[network.edge_tail[firm]] = grounded[network.edge_head[firm]] = True
    floats = at_structure & ~grounded
    hangs = stairs & ~structure & (floats[network.edge_tail] | floats[network.edge_head])
    between = at_structure[network.edge_tail] & at_structure[network.edge_head]
    short = between & (network.edge_length_m < SHORT_CELLS * cell_m)
    layered = network.edge_layer != 0
    doubtful = ~structure & ~hangs & (short | layered)
    low = network.has_flag(Flag.TUNNEL) | (network.edge_layer < 0)
    high = ~low & (network.has_flag(Flag.BRIDGE) | (network.edge_layer > 0) | short)
    covered = network.has_flag(Flag.COVERED) & ~high & ~low
    of = graph.edge
    return Parts(
        deck=(structure & ~stairs & ~covered)[of],
        string=(structure | hangs)[of],
        stair=stairs[of],
        doubtful=doubtful[of],
        above=high[of],
        below=low[of],
    )


def _findings(
    network: Network,
    graph: SampleGraph,
    parts: Parts,
    model_m: NDArray[np.float64],
    height_m: NDArray[np.float64],
) -> tuple[Finding, ...]:
    """Which decks stay too steep, and how many portals gave way."""
    found: list[Finding] = []
    grade = np.abs(height_m[graph.head] - height_m[graph.tail]) / graph.length_m
    steep = parts.deck & (grade > IMPLAUSIBLE_GRADE)
    for way in np.unique(network.edge_way_id[graph.edge[steep]]).tolist():
        mine = steep & (network.edge_way_id[graph.edge] == way)
        values = {"grade": f"{float(grade[mine].max()):.0%}", "metres": round(float(graph.length_m[mine].sum()))}
        found.append(Finding(code="structure.steep", where=f"way {way}", values=values))
    portal = graph.touches(parts.string) & graph.touches(~parts.string)
    off = np.abs(np.nan_to_num(height_m - model_m))[portal]
    moved = off > _MOVED_M
    if moved.any():
        values = {"count": int(moved.sum()), "metres": f"{float(off.max()):.1f}"}
        found.append(Finding(code="structure.portals-moved", where="elevation", values=values, severity=Severity.INFO))
    return tuple(found)
