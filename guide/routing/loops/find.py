"""Finding loops: likely shapes are walked, and those that are as wished and repeat least are kept."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from guide.domain.errors import NoWayError, UsageError
from guide.domain.loop import FoundLoops, Loop, LoopMeasure, LoopWish
from guide.domain.planned_tour import Halt, HaltKind, Reason
from guide.domain.walk import Walk
from guide.routing.costs.arc_costs import Terms
from guide.routing.loops.shapes import NEAR, Shape, likely_shapes
from guide.routing.loops.vias import Ground, ground_of
from guide.routing.search.chain import Link, link
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.timing import time_tour, walk_halts
from guide.routing.tours.when import When

LIMITS: Final = {
    LoopMeasure.DISTANCE: (300.0, 30_000.0),
    LoopMeasure.DURATION: (300.0, 6 * 3600.0),
    LoopMeasure.ASCENT: (10.0, 1_000.0),
}
"""The least and the most that a loop may be asked to have: metres, seconds, metres."""

ALIKE: Final = 0.6
"""Two loops that share more of their way than this are one to a visitor."""

_WALKING_M_PER_S: Final = 1.1
_CLIMB: Final = 0.025
"""Walks in hills climb about so much a metre: for a loop of a wished ascent, places this far are looked at."""

_MUCH_REPEATED: Final = 0.35


@dataclass(frozen=True, slots=True)
class _Found:
    """A shape that was walked."""

    shape: Shape
    walk: Walk
    amount: float
    repeated_share: float
    score: float


def find_loops(surroundings: Surroundings, wish: LoopWish, terms: Terms) -> FoundLoops:
    """Loops as wished for, the best first: near the wish, through slopes and views, and on few streets twice.

    Raises:
        UsageError: the wish is out of range.
        SnapError: the start is too far from any street.
        NoWayError: there is no round walk at all.
    """
    low, high = LIMITS[wish.measure]
    if not low <= wish.amount <= high:
        raise UsageError(f"A loop's {wish.measure.value} must lie between {low:g} and {high:g}, not {wish.amount:g}.")
    ground = ground_of(surroundings, wish, terms, _about_s(wish))
    found = _Walker(surroundings, wish, ground).walked(likely_shapes(ground, wish))
    if not found:
        raise NoWayError("No street leads round from there. Choose another start, or a longer walk.")
    chosen = _unlike(surroundings, found, wish.count)
    loops = tuple(_told(surroundings, wish, ground, each, terms) for each in chosen)
    return FoundLoops(loops=loops, notes=_notes(loops))


def _about_s(wish: LoopWish) -> float:
    """How long the loop may take on its way, for what lies within reach."""
    if wish.measure is LoopMeasure.DURATION:
        return wish.amount
    length_m = wish.amount if wish.measure is LoopMeasure.DISTANCE else wish.amount / _CLIMB
    return 1.3 * length_m / (_WALKING_M_PER_S * wish.walker.pace)


class _Walker:
    """Walks shapes, each leg once."""

    def __init__(self, surroundings: Surroundings, wish: LoopWish, ground: Ground) -> None:
        self._surroundings = surroundings
        self._wish = wish
        self._ground = ground
        self._legs: dict[tuple[int, int], Link | None] = {}
        self._length_m = surroundings.router.network.edge_length_m

    def walked(self, shapes: list[Shape]) -> list[_Found]:
        """The shapes that can be walked, the best first."""
        found = [each for shape in shapes if (each := self._walk(shape)) is not None]
        return sorted(found, key=lambda each: -each.score)

    def _walk(self, shape: Shape) -> _Found | None:
        """A shape as one walk; -1 is the start."""
        walks = []
        for before, after in zip((-1, *shape), (*shape, -1), strict=True):
            leg = self._leg(before, after)
            if leg is None:
                return None
            walks.append(leg.walk)
            if after >= 0 and (climb := self._ground.vias[after].way.climb) is not None:
                walks.append(climb)
        walk = Walk.joined([each for each in walks if len(each)])
        if not len(walk):
            return None
        amount = self._amount(walk)
        repeated = repeated_share(walk, self._length_m)
        off = abs(amount / self._wish.amount - 1)
        points = sum(self._ground.vias[each].points for each in shape)
        named = walk.total(self._surroundings.geometry.named_of_edge_m) / walk.total(self._length_m)
        score = -3 * repeated - 20 * max(off - NEAR / 2, 0.0) - off + 0.5 * min(points / 60, 1.0) + 0.5 * named
        return _Found(shape, walk, amount, repeated, score)

    def _leg(self, before: int, after: int) -> Link | None:
        key = before, after
        if key not in self._legs:
            ways = [self._ground.start if each < 0 else self._ground.vias[each].way for each in key]
            self._legs[key] = link(self._ground.metrics.ways, *ways)
        return self._legs[key]

    def _amount(self, walk: Walk) -> float:
        if self._wish.measure is LoopMeasure.DISTANCE:
            return walk.total(self._length_m)
        if self._wish.measure is LoopMeasure.DURATION:
            return walk.sum(self._ground.metrics.costs.duration_s[walk.arc])
        ascent_m, _ = self._surroundings.geometry.course(walk).ascent_descent_m
        return ascent_m if ascent_m is not None else walk.sum(self._surroundings.ascent_m[walk.arc])


def repeated_share(walk: Walk, edge_length_m: np.ndarray) -> float:
    """Which share of a walk runs where it has been before."""
    lengths = edge_length_m[walk.edge] * walk.share
    edges, place = np.unique(walk.edge, return_inverse=True)
    longest = np.zeros(len(edges))
    np.maximum.at(longest, place, lengths)
    total = float(lengths.sum())
    return (total - float(longest.sum())) / total if total > 0 else 0.0


def _unlike(surroundings: Surroundings, found: list[_Found], count: int) -> list[_Found]:
    """The best loops that differ from each other; as wished ones only, if there is any."""
    near = [each for each in found if _is_near(each, found)]
    chosen: list[_Found] = []
    for each in near:
        if len(chosen) == count:
            break
        if all(_shared(surroundings, each.walk, other.walk) <= ALIKE for other in chosen):
            chosen.append(each)
    return chosen


def _is_near(each: _Found, found: list[_Found]) -> bool:
    """Whether a loop is good enough to stand beside the best."""
    return each.score >= found[0].score - 1.5 and (
        each.repeated_share <= max(_MUCH_REPEATED, found[0].repeated_share + 0.1)
    )


def _shared(surroundings: Surroundings, walk: Walk, other: Walk) -> float:
    lengths = surroundings.router.network.edge_length_m[walk.edge] * walk.share
    return float(lengths[np.isin(walk.edge, other.edge)].sum()) / max(float(lengths.sum()), 1.0)


def _told(surroundings: Surroundings, wish: LoopWish, ground: Ground, found: _Found, terms: Terms) -> Loop:
    halts = [
        Halt(kind=HaltKind.START, stop=wish.start),
        *(ground.vias[each].halt for each in found.shape),
        Halt(kind=HaltKind.END, stop=wish.start),
    ]
    route = walk_halts(surroundings, halts, wish.walker, terms)
    tour = time_tour(halts, route, When(day=None, depart_s=(0.0, 0.0), has_clock=False))
    amount = {
        LoopMeasure.DISTANCE: route.distance_m,
        LoopMeasure.DURATION: route.duration_s,
        LoopMeasure.ASCENT: route.ascent_m if route.ascent_m is not None else found.amount,
    }[wish.measure]
    visits = {ground.vias[each].visit for each in found.shape}
    return Loop(
        tour=tour,
        amount=amount,
        off=amount / wish.amount - 1,
        repeated_share=repeated_share(route.walk, surroundings.router.network.edge_length_m),
        values={visit: ground.values[visit] for visit in sorted(visits) if visit in ground.values},
    )


def _notes(loops: tuple[Loop, ...]) -> tuple[Reason, ...]:
    """What is to be said where the streets do not allow what was wished for."""
    notes = []
    if all(abs(loop.off) > NEAR for loop in loops):
        notes.append(Reason(type="loop-off", values={"percent": round(100 * min(abs(loop.off) for loop in loops))}))
    if all(loop.repeated_share > _MUCH_REPEATED for loop in loops):
        notes.append(
            Reason(
                type="loop-repeats",
                values={"percent": round(100 * min(loop.repeated_share for loop in loops))},
            )
        )
    if any(loop.tour.route.ascent_m is None for loop in loops):
        notes.append(Reason(type="loop-ascent"))
    return tuple(notes)
