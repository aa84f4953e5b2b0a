"""Round ways through two or three places, judged by a table before any of them is walked."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.loop import LoopMeasure, LoopWish
from guide.routing.loops.vias import Ground
from guide.routing.plane import Plane

NEAR: Final = 0.1
"""A loop within this share of the wish is as wished for."""

_LOOSE: Final = 0.16
_MOST: Final = 260
_ROUND: Final = 0.35
"""Of 4 pi area / length squared, which is 1 for a circle: walks on streets are hardly rounder."""

_POINTS: Final = 60.0
"""Slopes and views of so many points make a loop as good as can be."""

_PER_START: Final = 12
"""Shapes that go to the same place first, so that all sides are tried."""

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """What is measured, as a table: from the start to each via (n,), between them (n, n), home (n,), and its own."""

    out: NDArray[np.float64]
    between: NDArray[np.float64]
    home: NDArray[np.float64]
    own: NDArray[np.float64]


def cells_of(ground: Ground, measure: LoopMeasure) -> Cells:
    """The table of a measure."""
    ways = [ground.start, *(via.way for via in ground.vias)]
    if measure is LoopMeasure.DISTANCE:
        table = ground.metrics.lengths_m(ways, ways)
        own = [via.own_length_m for via in ground.vias]
    else:
        found = ground.metrics.table(ways, ways)
        table = found.duration_s if measure is LoopMeasure.DURATION else found.ascent_m
        own = [via.own_s if measure is LoopMeasure.DURATION else via.own_ascent_m for via in ground.vias]
    return Cells(table[0, 1:], table[1:, 1:], table[1:, 0], np.array(own))


def likely_shapes(ground: Ground, wish: LoopWish) -> list[Shape]:
    """Shapes that have about the wished amount, round ones through slopes first; the nearest to it, if none has."""
    if not ground.vias:
        return []
    cells = cells_of(ground, wish.measure)
    visits = np.unique([via.visit for via in ground.vias], return_inverse=True)[1]
    points = np.array([via.points for via in ground.vias])
    places = Plane.at(*wish.start.lng_lat).project(np.array([via.lng_lat for via in ground.vias]))
    amounts, shapes = [], []
    for amount, shape in (_pairs(cells, visits), _triples(cells, visits)):
        near = _nearest(amount, wish.amount)
        amounts.append(amount[near])
        shapes.append(shape[near])
    amount, shape = np.concatenate(amounts), np.concatenate(shapes)
    off = np.abs(amount / wish.amount - 1)
    worth = np.minimum(np.where(shape >= 0, points[shape], 0.0).sum(axis=1) / _POINTS, 1.0)
    score = np.minimum(_roundness(places, shape) / _ROUND, 1.0) + 0.5 * worth - 2 * off
    order = np.argsort(-score, kind="stable")
    return _from_all_sides([tuple(each for each in row if each >= 0) for row in shape[order].tolist()])


def _pairs(cells: Cells, visits: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The amount of every loop through two places, and the places (k, 3), the last of them -1."""
    amount = (cells.out + cells.own)[:, None] + cells.between + (cells.own + cells.home)[None]
    amount[visits[:, None] == visits[None]] = np.inf
    first, second = np.nonzero(np.isfinite(amount))
    return amount[first, second], np.stack((first, second, np.full(len(first), -1)), axis=1)


def _triples(cells: Cells, visits: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The amount of every loop through three places, and the places (k, 3)."""
    between = cells.between.copy()
    between[visits[:, None] == visits[None]] = np.inf
    first = (cells.out + cells.own)[:, None] + between + cells.own[None]
    last = between + (cells.own + cells.home)[None]
    amount = first[:, :, None] + last[None]
    amount[np.broadcast_to((visits[:, None] == visits[None])[:, None, :], amount.shape)] = np.inf
    one, two, three = np.nonzero(np.isfinite(amount))
    return amount[one, two, three], np.stack((one, two, three), axis=1)


def _nearest(amount: NDArray[np.float64], wished: float) -> NDArray[np.int64]:
    """The places of all amounts that lie loosely about the wish, or of the nearest ones if there are few."""
    off = np.abs(amount / wished - 1)
    near = np.flatnonzero(off <= _LOOSE)
    return near if len(near) >= _MOST else np.argsort(off, kind="stable")[:_MOST]


def _roundness(places: NDArray[np.float64], shape: NDArray[np.int64]) -> NDArray[np.float64]:
    """(k,) 4 pi area / length squared of the polygons from the start (the origin) through the places of each shape."""
    corners = np.where((shape >= 0)[:, :, None], places[shape], 0.0)
    origin = np.zeros((len(shape), 1, 2))
    ring = np.concatenate((origin, corners, origin), axis=1)
    step = np.diff(ring, axis=1)
    length = np.hypot(step[..., 0], step[..., 1]).sum(axis=1)
    area = np.abs((ring[:, :-1, 0] * ring[:, 1:, 1] - ring[:, 1:, 0] * ring[:, :-1, 1]).sum(axis=1)) / 2
    roundness: NDArray[np.float64] = 4 * np.pi * area / np.maximum(length, 1.0) ** 2
    return roundness


def _from_all_sides(shapes: list[Shape]) -> list[Shape]:
    """The best shapes, but no more than some that go to the same place first."""
    begun: dict[int, int] = {}
    kept = []
    for shape in shapes:
        begun[shape[0]] = begun.get(shape[0], 0) + 1
        if begun[shape[0]] <= _PER_START:
            kept.append(shape)
        if len(kept) == _MOST:
            break
    return kept
