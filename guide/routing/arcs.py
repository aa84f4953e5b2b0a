"""Arcs: every edge of a network taken in both directions."""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Flag, Kind, Network

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


class Streets(NamedTuple):
    """The streets that a walk leads along, in order: index of name, kind, and the place of each one's first arc."""

    name: NDArray[np.int32]
    kind: NDArray[np.uint8]
    start: NDArray[np.intp]


def streets_along(network: Network, arcs: NDArray[np.int64]) -> Streets:
    """The streets along arcs (n,) that follow each other.

    What makes a street one to a walker: its name, or its kind if it has none (a named one counts as ``MINOR``); stairs
    are a street of their own.
    """
    name, kind = network.edge_name[arcs >> 1], network.edge_kind[arcs >> 1]
    kind = np.where((name >= 0) & (kind != Kind.STEPS), np.uint8(Kind.MINOR), kind)
    start = np.flatnonzero(np.concatenate(([True], (name[1:] != name[:-1]) | (kind[1:] != kind[:-1]))))
    return Streets(name[start], kind[start], start)
