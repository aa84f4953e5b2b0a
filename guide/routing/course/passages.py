"""Passages: a walk as one would tell it, street by street and from turn to turn."""

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Kind, Network
from guide.domain.route import Leg
from guide.routing.course.turns import Bends, Junctions, Turn

_WORTH_TELLING_M: Final = 15.0
"""A nameless piece shorter than this, a crossing for instance, belongs to what comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a leg along one street that begins with a turn, or where the street does.

    ``name`` is the street's index among the network's names, -1 if it has none. The passage is the leg's arcs from
    ``first`` up to before ``last``. ``turn`` is None where the walk sets out.
    """

    name: int
    kind: Kind
    first: int
    last: int
    distance_m: float
    duration_s: float
    turn: Turn | None


@dataclass(slots=True, kw_only=True)
class _Piece:
    """A passage in the making; its own street ends before ``own_last``, what follows was too short to be told of."""

    name: int
    kind: int
    first: int
    last: int
    own_last: int
    distance_m: float
    duration_s: float


def passages(network: Network, junctions: Junctions, leg: Leg, before: int | None) -> list[Passage]:
    """The passages of a leg, one at least; ``before`` is the arc that the walk comes from, None where it sets out.

    What makes a street one to a walker: its name, or its kind if it has none; stairs are a street of their own.
    """
    arcs = leg.walk.arc
    bends = junctions.bends(arcs[:-1], arcs[1:])
    pieces: list[_Piece] = []
    for piece in _pieces(network, bends, leg):
        last = pieces[-1] if pieces else None
        if last is None:
            pieces.append(piece)
        elif last.distance_m == 0:
            pieces[-1] = piece
        elif _is_short(piece) or _goes_on(junctions, arcs, last, piece):
            if not _is_short(piece):
                last.own_last = piece.own_last
            last.last = piece.last
            last.distance_m += piece.distance_m
            last.duration_s += piece.duration_s
        else:
            pieces.append(piece)
    return [
        Passage(
            name=piece.name,
            kind=Kind(piece.kind),
            first=piece.first,
            last=piece.last,
            distance_m=piece.distance_m,
            duration_s=piece.duration_s,
            turn=turn,
        )
        for piece, turn in zip(pieces, _turns(junctions, bends, arcs, pieces, before), strict=True)
    ]


def _pieces(network: Network, bends: Bends, leg: Leg) -> list[_Piece]:
    """A leg cut where the street changes, and where one must be told to turn at one of its ``bends``."""
    walk = leg.walk
    name, kind = network.edge_name[walk.edge], network.edge_kind[walk.edge]
    kind = np.where((name >= 0) & (kind != Kind.STEPS), np.uint8(Kind.MINOR), kind)
    # Who follows a street by its name has no doubts at a fork.
    told = bends.told & ((bends.side == 0) | (name[1:] < 0))
    begins = np.concatenate(([True], (name[1:] != name[:-1]) | (kind[1:] != kind[:-1]) | told))
    starts = np.flatnonzero(begins)
    share = walk.share
    columns = zip(
        name[starts].tolist(),
        kind[starts].tolist(),
        starts.tolist(),
        [*starts[1:].tolist(), len(walk)],
        np.add.reduceat(network.edge_length_m[walk.edge] * share, starts).tolist(),
        np.add.reduceat(leg.arc_s * share, starts).tolist(),
        strict=True,
    )
    return [
        _Piece(name=n, kind=k, first=first, last=last, own_last=last, distance_m=metres, duration_s=seconds)
        for n, k, first, last, metres, seconds in columns
    ]


def _is_short(piece: _Piece) -> bool:
    return piece.distance_m == 0 or (
        piece.name < 0 and piece.kind != Kind.STEPS and piece.distance_m < _WORTH_TELLING_M
    )


def _goes_on(junctions: Junctions, arcs: NDArray[np.int64], last: _Piece, piece: _Piece) -> bool:
    """Whether a street goes on as before beyond a piece too short to be told of."""
    if last.last == last.own_last or (last.name, last.kind) != (piece.name, piece.kind):
        return False
    return not junctions.bend(int(arcs[last.own_last - 1]), int(arcs[piece.first])).told[0]


def _turns(
    junctions: Junctions, bends: Bends, arcs: NDArray[np.int64], pieces: list[_Piece], before: int | None
) -> list[Turn | None]:
    """The turn at the begin of each piece: mostly one of the leg's own ``bends``, unless something was left out."""
    turns = [None if before is None else junctions.bend(before, int(arcs[pieces[0].first])).turn(0)]
    for last, piece in itertools.pairwise(pieces):
        if last.own_last == piece.first:
            turns.append(bends.turn(piece.first - 1))
        else:
            turns.append(junctions.bend(int(arcs[last.own_last - 1]), int(arcs[piece.first])).turn(0))
    return turns
