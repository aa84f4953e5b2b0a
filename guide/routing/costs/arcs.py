"""Arcs: every edge of a network taken in both directions."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Flag, Network

_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """The 2E arcs of a network: arc 2e is edge e from tail to head, arc 2e + 1 the other way.

    ``walkable`` is False where people on foot may not go that way.
    """

    tail: NDArray[np.int32]  # (2E,)
    head: NDArray[np.int32]  # (2E,)
    walkable: NDArray[np.bool_]  # (2E,)


def arcs_of(network: Network) -> Arcs:
    """The arcs of a network."""
    return Arcs(
        tail=interleave(network.edge_tail, network.edge_head),
        head=interleave(network.edge_head, network.edge_tail),
        walkable=interleave(~network.has_flag(Flag.NO_FORWARD), ~network.has_flag(Flag.NO_BACKWARD)),
    )


def interleave(forward: NDArray[_T], backward: NDArray[_T]) -> NDArray[_T]:
    """Two values an edge, (E,) each, as one value an arc, (2E,)."""
    return np.stack((forward, backward), axis=1).ravel()


def edge_of(arc: int) -> int:
    """The edge that an arc runs along."""
    return arc >> 1


def is_backward(arc: int) -> bool:
    """Whether an arc runs from its edge's head to its tail."""
    return bool(arc & 1)
