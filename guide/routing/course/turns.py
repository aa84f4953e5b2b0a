"""Turns: how a walk bends where ways meet, and whether one must be told of it there."""

import math
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.routing.plane import Plane

LOOK_M: Final = 10.0
"""A way sets out in the direction of its first ten metres: what one sees of it from where it begins."""

_STRAIGHT_DEG: Final = 20.0
_SLIGHT_DEG: Final = 60.0
_SHARP_DEG: Final = 120.0

_TOLD_FROM_DEG: Final = 45.0
_STRAIGHTER_BY_DEG: Final = 20.0
"""Who follows a bend need not be told, if every other way bends this much more."""

_FORK_DEG: Final = 15.0
"""Two ways ahead that bend alike up to this are a fork: neither goes on by itself."""

_BACK_DEG: Final = 179.9
_FEW_POINTS: Final = 32


class Turn(StrEnum):
    """How a walk goes on, in the words of navigation."""

    STRAIGHT = "straight"
    SLIGHT_LEFT = "slight-left"
    LEFT = "left"
    SHARP_LEFT = "sharp-left"
    SLIGHT_RIGHT = "slight-right"
    RIGHT = "right"
    SHARP_RIGHT = "sharp-right"
    U_TURN = "u-turn"


class Bends(NamedTuple):
    """How arcs follow each other at k places of a walk.

    ``degrees`` (k,) are to the right, negative to the left. ``told`` (k,) is True where nobody would guess that the
    walk goes on this way. ``side`` (k,) is 1 or -1 where one keeps to the right or the left at a fork, else 0.
    """

    degrees: NDArray[np.float64]
    told: NDArray[np.bool_]
    side: NDArray[np.int8]

    def turn(self, number: int) -> Turn:
        """The word for one of them."""
        if self.side[number]:
            return Turn.SLIGHT_RIGHT if self.side[number] > 0 else Turn.SLIGHT_LEFT
        return turn_of(float(self.degrees[number]))


class Junctions:
    """What meets at each node of a network.

    ``start`` (N + 1,) and ``arc`` (2E,) are the arcs that leave each node, ``bearing_deg`` (2E,) is the direction in
    which each arc sets out, clockwise from north.
    """

    def __init__(
        self, network: Network, start: NDArray[np.int32], arc: NDArray[np.int32], bearing_deg: NDArray[np.float32]
    ) -> None:
        self._ends = (network.edge_tail, network.edge_head)
        self._start, self._arc, self._bearing_deg = start, arc, bearing_deg

    def bends(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> Bends:
        """How a walk goes on from arcs (k,) to the arcs (k,) that follow them."""
        if not len(after):
            return Bends(np.zeros(0), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int8))
        back = before ^ 1
        into = self._bearing_deg[back] + 180.0
        degrees = turned(into, self._bearing_deg[after])
        node = np.where(after & 1, self._ends[1][after >> 1], self._ends[0][after >> 1])
        count = self._start[node + 1] - self._start[node]
        begin = np.cumsum(count) - count
        joint = np.repeat(np.arange(len(after)), count)
        arm = self._arc[np.arange(len(joint)) + (self._start[node] - begin)[joint]]
        angle = turned(into[joint], self._bearing_deg[arm])
        other = np.where((arm == after[joint]) | (arm == back[joint]), 360.0, np.abs(angle))
        straightest = np.minimum.reduceat(other, begin)
        bent = np.abs(degrees)
        # At a fork one keeps to one side, be the bend ever so slight.
        fork = (bent < _TOLD_FROM_DEG) & (straightest < _TOLD_FROM_DEG) & (straightest <= bent + _FORK_DEG)
        told = fork | ((bent >= _TOLD_FROM_DEG) & (straightest < bent + _STRAIGHTER_BY_DEG))
        rival = np.zeros(len(after))
        nearest = other == straightest[joint]
        rival[joint[nearest]] = angle[nearest]
        side = np.where(fork, np.where(degrees > rival, 1, -1), 0).astype(np.int8)
        # From a place within an edge one goes on along it or back, whatever meets at its ends.
        within, returns = before == after, back == after
        degrees = np.where(within, 0.0, np.where(returns, 180.0, degrees))
        return Bends(degrees, (told | returns) & ~within, np.where(within | returns, np.int8(0), side))

    def bend(self, before: int, after: int) -> Bends:
        """The same at one place."""
        return self.bends(np.array([before], dtype=np.int64), np.array([after], dtype=np.int64))


def turned(before_deg: NDArray[np.floating], after_deg: NDArray[np.floating]) -> NDArray[np.float64]:
    """Degrees from one bearing to another, to the right; from -180 up to 180."""
    return np.asarray((after_deg - before_deg + 180.0) % 360.0 - 180.0, dtype=np.float64)


def setting_out_deg(line: NDArray[np.float64]) -> float | None:
    """The bearing in which a line (k, 2) in degrees sets out; None for a line of no length."""
    xy = Plane.at(*line[0].tolist()).project(line[:_FEW_POINTS])
    along_m = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    if along_m[-1] == 0:
        return None
    east, north = (float(np.interp(LOOK_M, along_m, xy[:, column])) for column in (0, 1))
    return math.degrees(math.atan2(east, north)) % 360.0


def turn_of(degrees: float) -> Turn:
    """The word for a turn of so many degrees to the right (negative: left)."""
    size = abs(degrees)
    if size <= _STRAIGHT_DEG:
        return Turn.STRAIGHT
    if size <= _SLIGHT_DEG:
        return Turn.SLIGHT_RIGHT if degrees > 0 else Turn.SLIGHT_LEFT
    if size <= _SHARP_DEG:
        return Turn.RIGHT if degrees > 0 else Turn.LEFT
    if size >= _BACK_DEG:
        return Turn.U_TURN
    return Turn.SHARP_RIGHT if degrees > 0 else Turn.SHARP_LEFT


def arcs_by_node(network: Network) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The arcs that leave each node, one node's after the other's (2E,), and where each node's begin (N + 1,) first."""
    tail = np.stack((network.edge_tail, network.edge_head), axis=1).ravel()
    count = np.bincount(tail, minlength=network.node_count)
    start = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    return start, np.argsort(tail, kind="stable").astype(np.int32)


def arc_bearings(network: Network, point_distance_m: NDArray[np.float64]) -> NDArray[np.float32]:
    """(2E,) degrees clockwise from north in which each arc sets out, over ``LOOK_M`` or all of a shorter one.

    ``point_distance_m`` (P,) is how far each line point lies from its edge's tail. 0 for an edge of no length.
    """
    if network.edge_count == 0:
        return np.zeros(0, dtype=np.float32)
    last = network.point_start[1:] - 1
    length_m = point_distance_m[last]
    # All edges on one axis, with a gap after each that no look-out falls into.
    offset_m = np.concatenate(([0.0], np.cumsum(length_m + 1.0)[:-1]))
    axis_m = np.repeat(offset_m, np.diff(network.point_start)) + point_distance_m
    reach_m = np.minimum(LOOK_M, length_m)
    bearings = np.empty((network.edge_count, 2), dtype=np.float32)
    for way, (own, seen_m) in enumerate(((network.point_start[:-1], reach_m), (last, length_m - reach_m))):
        lng, lat = (
            np.interp(offset_m + seen_m, axis_m, network.point_lng_lat[:, column]) - network.point_lng_lat[own, column]
            for column in (0, 1)
        )
        east = lng * np.cos(np.radians(network.point_lng_lat[own, 1]))
        bearings[:, way] = np.degrees(np.arctan2(east, lat)) % 360.0
    return bearings.ravel()
