"""The geometry of vector tiles: commands in their order, no lines of no length, rings closed and wound right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNKNOWN: Final = 0
POINT: Final = 1
LINE: Final = 2
POLYGON: Final = 3

_MOVE_TO: Final = 1
_LINE_TO: Final = 2
_CLOSE: Final = 7

Bad = tuple[str, NDArray[np.bool_]]
"""A rule, and which features break it."""

LENIENT: Final = frozenset({"unknown-type", "too-few-points"})
"""Rules that the standard's own collection of tiles (mvt-fixtures) breaks in tiles that it calls valid: a feature
without a type (016, the same bytes as the invalid 003), and points that are fewer than their command says (057, in the
same form as the invalid 051). Tiles may break them, archives of ours may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """The command integers of n features, in the order in which they stand, with their feature and where they stand."""

    feature: NDArray[np.int64]
    id: NDArray[np.int64]
    count: NDArray[np.int64]
    at: NDArray[np.int64]


def broken_geometry(
    types: NDArray[np.int64], numbers: NDArray[np.uint64], start: NDArray[np.int64]
) -> tuple[list[Bad], NDArray[np.int64]]:
    """Rules that n features break, and the box (n, 4) of each: least x, least y, most x, most y (0 if unreadable).

    ``types`` (n,) are the standard's; feature f's integers are ``numbers[start[f]:start[f + 1]]``.
    """
    unknown = types == UNKNOWN
    commands, unreadable, too_few = _read_commands(types, numbers, start)
    bad = [
        ("unknown-type", unknown),
        ("too-few-points", too_few),
        ("geometry", unreadable | (np.diff(start) == 0)),
    ]
    sound = ~bad[-1][1] & ~unknown
    ordered = _order(types, commands)
    bad.append(("command-order", sound & ~ordered))
    sound &= ordered
    points = _walk(numbers, commands, sound)
    bad.append(("zero-length", _any(points.feature[points.drawn & points.still], len(types))))
    bad += _broken_rings(points, types, sound & (types == POLYGON))
    return bad, points.boxes(len(types))


def _read_commands(
    types: NDArray[np.int64], numbers: NDArray[np.uint64], start: NDArray[np.int64]
) -> tuple[Commands, NDArray[np.bool_], NDArray[np.bool_]]:
    """All features' commands, read side by side, one of each at a time.

    Then the features whose commands do not fit, and those whose points are too few.
    """
    at, end = start[:-1].copy(), start[1:]
    unreadable, too_few = np.zeros((2, len(types)), dtype=np.bool_)
    open_ = np.flatnonzero(at < end)
    rounds: list[NDArray[np.int64]] = [np.zeros((4, 0), dtype=np.int64)]
    while len(open_):
        word = numbers[at[open_]]
        command, count = (word & 7).astype(np.int64), (word >> 3).astype(np.int64)
        pairs, half = np.divmod(end[open_] - at[open_] - 1, 2)
        short = (types[open_] == POINT) & (command == _MOVE_TO) & (count > pairs) & (pairs > 0) & (half == 0)
        too_few[open_[short]] = True
        count[short] = pairs[short]
        rounds.append(np.stack((open_, command, count, at[open_])))
        at[open_] += 1 + np.where(command == _CLOSE, 0, 2 * count)
        fits = np.isin(command, (_MOVE_TO, _LINE_TO, _CLOSE)) & (at[open_] <= end[open_])
        unreadable[open_[~fits]] = True
        open_ = open_[fits & (at[open_] < end[open_])]
    found = np.concatenate(rounds, axis=1)
    feature, command, count, where = found[:, np.argsort(found[3], kind="stable")]
    keep = ~unreadable[feature]
    return Commands(feature=feature[keep], id=command[keep], count=count[keep], at=where[keep]), unreadable, too_few


def _order(types: NDArray[np.int64], commands: Commands) -> NDArray[np.bool_]:
    """Which features' commands come in the order and number that their type asks for."""
    kind = types[commands.feature]
    first = np.diff(commands.feature, prepend=-1) != 0
    before = np.where(first, 0, np.concatenate(([0], commands.id[:-1]))) if len(commands.id) else commands.id
    move = commands.id == _MOVE_TO
    line = commands.id == _LINE_TO
    close = commands.id == _CLOSE
    fits = np.zeros(len(kind), dtype=np.bool_)
    fits |= (kind == POINT) & move & first & (commands.count >= 1)
    fits |= (kind == LINE) & move & np.isin(before, (0, _LINE_TO)) & (commands.count == 1)
    fits |= (kind == LINE) & line & (before == _MOVE_TO) & (commands.count >= 1)
    fits |= (kind == POLYGON) & move & np.isin(before, (0, _CLOSE)) & (commands.count == 1)
    fits |= (kind == POLYGON) & line & (before == _MOVE_TO) & (commands.count >= 2)  # noqa: PLR2004 (a triangle)
    fits |= (kind == POLYGON) & close & (before == _LINE_TO) & (commands.count == 1)
    last = np.diff(commands.feature, append=-1) != 0
    ends = np.array([0, _MOVE_TO, _LINE_TO, _CLOSE])[np.clip(kind, 0, 3)]
    fits &= ~last | (commands.id == ends)
    return ~_any(commands.feature[~fits], len(types))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    """Where the pen goes: each point's feature and place, whether a line was drawn to it, whether it stood still."""

    feature: NDArray[np.int64]
    place: NDArray[np.int64]
    drawn: NDArray[np.bool_]
    still: NDArray[np.bool_]

    def boxes(self, count: int) -> NDArray[np.int64]:
        boxes = np.zeros((count, 4), dtype=np.int64)
        if len(self.feature):
            begins = np.flatnonzero(np.diff(self.feature, prepend=-1))
            of = self.feature[begins]
            boxes[of, :2] = np.minimum.reduceat(self.place, begins, axis=0)
            boxes[of, 2:] = np.maximum.reduceat(self.place, begins, axis=0)
        return boxes


def _walk(numbers: NDArray[np.uint64], commands: Commands, sound: NDArray[np.bool_]) -> _Points:
    moves = (commands.id != _CLOSE) & sound[commands.feature]
    count = commands.count[moves]
    feature = np.repeat(commands.feature[moves], count)
    step = np.arange(len(feature)) - np.repeat(np.cumsum(count) - count, count)
    at = np.repeat(commands.at[moves] + 1, count) + 2 * step
    words = np.stack((numbers[at], numbers[at + 1]), axis=1) if len(at) else np.zeros((0, 2), dtype=np.uint64)
    delta = (words >> 1).astype(np.int64) ^ -(words & 1).astype(np.int64)
    total = np.cumsum(delta, axis=0)
    begins = np.diff(feature, prepend=-1) != 0
    origin = (total - delta)[begins]
    owner = np.cumsum(begins) - 1
    return _Points(
        feature=feature,
        place=total - origin[owner] if len(owner) else total,
        drawn=np.repeat(commands.id[moves] == _LINE_TO, count),
        still=(delta == 0).all(axis=1),
    )


def _broken_rings(points: _Points, types: NDArray[np.int64], polygons: NDArray[np.bool_]) -> Iterator[Bad]:
    """Rings that come back to their first point before they are closed, have no area, or begin with a hole."""
    mine = polygons[points.feature]
    feature, place, begin = points.feature[mine], points.place[mine], ~points.drawn[mine]
    starts = np.flatnonzero(begin)
    if len(starts) == 0:
        return
    last = np.concatenate((starts[1:], [len(place)])) - 1
    following = np.concatenate((place[1:], place[:1]))
    following[last] = place[starts]
    cross = place[:, 0] * following[:, 1] - following[:, 0] * place[:, 1]
    area = np.add.reduceat(cross, starts)
    of_ring = feature[starts]
    first_ring = np.diff(of_ring, prepend=-1) != 0
    yield "ring-closed-twice", _any(of_ring[(place[last] == place[starts]).all(axis=1)], len(types))
    yield "ring-without-area", _any(of_ring[area == 0], len(types))
    yield "winding", _any(of_ring[first_ring & (area < 0)], len(types))


def _any(features: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    return np.bincount(features, minlength=count).astype(np.bool_)
