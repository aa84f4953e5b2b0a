"""What people should hear of bridges and tunnels: which stay too steep, and how many portals gave way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guide.domain.findings import Finding, Severity
from guide.domain.network import Network
from guide.terrain.sample_graph import SampleGraph
from guide.terrain.structures import Spanned


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckNotes:
    """Pieces of steep deck, (n,) each: of which way, how steep, how long; ``moved_m`` (m,) portals that gave way."""

    way_id: NDArray[np.int64]
    grade: NDArray[np.float64]
    length_m: NDArray[np.float64]
    moved_m: NDArray[np.float64]


def take_notes(network: Network, graph: SampleGraph, spanned: Spanned, own: NDArray[np.bool_]) -> DeckNotes:
    """The notes of pieces whose tail, and of portals which, are among the ``own`` vertices (V,)."""
    steep = np.flatnonzero(spanned.steep & own[graph.tail])
    rise_m = spanned.elevation_m[graph.head[steep]] - spanned.elevation_m[graph.tail[steep]]
    return DeckNotes(
        way_id=network.edge_way_id[graph.edge[steep]],
        grade=np.abs(rise_m) / graph.length_m[steep],
        length_m=graph.length_m[steep],
        moved_m=spanned.moved_m[own & (spanned.moved_m > 0)],
    )


def deck_findings(notes: Sequence[DeckNotes]) -> tuple[Finding, ...]:
    """One finding for each way that stays too steep, in the order of their ids, and one for all portals."""
    way_id, grade, length_m = (
        np.concatenate([np.empty(0), *(getattr(note, name) for note in notes)])
        for name in ("way_id", "grade", "length_m")
    )
    found: list[Finding] = []
    for way in np.unique(way_id).tolist():
        mine = way_id == way
        values = {"grade": f"{float(grade[mine].max()):.0%}", "metres": round(float(length_m[mine].sum()))}
        found.append(Finding(code="structure.steep", where=f"way {way}", values=values))
    moved_m = np.concatenate([np.empty(0), *(note.moved_m for note in notes)])
    if len(moved_m):
        values = {"count": len(moved_m), "metres": f"{float(moved_m.max()):.1f}"}
        found.append(Finding(code="structure.portals-moved", where="elevation", values=values, severity=Severity.INFO))
    return tuple(found)
