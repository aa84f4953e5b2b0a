"""A walk: arcs in order, some of them walked only in part."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray


class Stretch(NamedTuple):
    """A piece of a walk along one arc, from ``start`` to ``end`` as fractions of the arc's length."""

    arc: int
    start: float = 0.0
    end: float = 1.0

    def turned(self) -> "Stretch":
        """The same piece walked the other way."""
        return Stretch(arc=self.arc ^ 1, start=1.0 - self.end, end=1.0 - self.start)


def whole_arcs(arcs: Iterable[int]) -> tuple[Stretch, ...]:
    """Arcs from end to end."""
    return tuple(Stretch(arc=arc) for arc in arcs)


def turned(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The same walk the other way."""
    return tuple(stretch.turned() for stretch in reversed(stretches))


class Cut(NamedTuple):
    """An arc at ``place`` of a walk that is walked only from ``start`` to ``end``, fractions of its length."""

    place: int
    arc: int
    start: float
    end: float


class Walk:
    """Arcs in order: ``arc`` (n,) and ``edge`` (n,), each walked whole but for the few that ``cuts`` tell of.

    Columns, because a walk through a town has hundreds of arcs and every measure of it is taken from all at once.
    """

    __slots__ = ("arc", "cuts", "edge")

    def __init__(self, arc: Sequence[int] | NDArray[np.int64], cuts: Sequence[Cut] = ()) -> None:
        self.arc: NDArray[np.int64] = np.array(arc, dtype=np.int64)
        self.edge: NDArray[np.int64] = self.arc >> 1
        self.cuts = tuple(cuts)

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> Self:
        """The walk of some stretches that follow each other."""
        stretches = list(stretches)
        cuts = [Cut(place, *each) for place, each in enumerate(stretches) if each[1:] != (0.0, 1.0)]
        return cls([stretch.arc for stretch in stretches], cuts)

    @classmethod
    def joined(cls, walks: Sequence["Walk"]) -> "Walk":
        """Walks that follow each other as one."""
        if len(walks) == 1:
            return walks[0]
        cuts: list[Cut] = []
        place = 0
        for walk in walks:
            cuts += [cut._replace(place=place + cut.place) for cut in walk.cuts]
            place += len(walk.arc)
        return cls(np.concatenate([walk.arc for walk in walks]) if walks else [], cuts)

    def __len__(self) -> int:
        return len(self.arc)

    def part(self, first: int, last: int) -> "Walk":
        """The arcs from ``first`` up to before ``last``."""
        cuts = [cut._replace(place=cut.place - first) for cut in self.cuts if first <= cut.place < last]
        return Walk(self.arc[first:last], cuts)

    @property
    def share(self) -> NDArray[np.float64]:
        """(n,) which part of each arc is walked."""
        share = np.ones(len(self.arc))
        for place, _, start, end in self.cuts:
            share[place] = end - start
        return share

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Stretch by stretch, for who walks along."""
        stretches = [Stretch(arc) for arc in self.arc.tolist()]
        for place, arc, start, end in self.cuts:
            stretches[place] = Stretch(arc, start, end)
        return tuple(stretches)

    def total(self, per_edge: NDArray[np.float64]) -> float:
        """The sum of a measure of whole edges, (E,), over the walk; a part of an edge has its share of it."""
        return self.sum(per_edge[self.edge])

    def sum(self, values: NDArray[np.float64]) -> float:
        """The sum of a measure of the walk's own arcs, (n,), each taken whole; of a part only its share counts."""
        total = float(np.add.reduce(values))  # what sum() ends up in
        for place, _, start, end in self.cuts:
            total -= float(values[place]) * (1.0 - (end - start))
        return total
