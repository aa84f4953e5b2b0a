"""Bettering a tour that was found: some of it is given up and filled again, over and over (ruin and recreate).

PyVRP moves one or two visits at a time, and prices them; whether ten other ones fill a budget better it seldom sees.
Here a few neighbouring visits go, or a piece of the way is moved or turned round, and whatever fits is put in again,
what is worth most for its time and ascent first. A tour a little worse than the best may be taken up on the way, less
and less so. Seeded, so that the same tour becomes the same one.
"""

import itertools
import random
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.routing.tours.problem import Choice, Problem, evaluate, keeps

_MOST_REMOVED: Final = 6
_MOVED: Final = 0.15
_NEAR: Final = 0.5
_IN_A_ROW: Final = 0.85
"""Up to these shares of all trials a piece is moved, neighbours are removed, visits in a row; else any visits."""

_WORSE_AT_FIRST: Final = 0.03
"""Of the best value; a tour that is worse by less may be taken up."""

_POWERS: Final = (1.0, 1.5, 2.0)
_ASCENT_WEIGHTS: Final = (0.0, 0.5, 1.0, 2.0)
_LUCK: Final = 0.2
_SMALL: Final = 1e-9

_Gap = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(slots=True)
class _State:
    """An order of options while it is filled: its stops (0 are both ends), what it takes, what may still come in."""

    stops: list[int]
    spent_s: float
    climbed_m: float
    free: NDArray[np.bool_]
    gaps: list[_Gap]


class Polisher:
    """Betters tours of one problem; what visits add between two stops is worked out once."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self._problem = problem
        self._any = random.Random(seed)  # noqa: S311 (chance, no secret)
        self._luck = np.random.default_rng(seed)
        self._legs_s: list[list[float]] = problem.duration_s.tolist()
        self._legs_m: list[list[float]] = problem.ascent_m.tolist()
        self._to_s = problem.duration_s[:, 1:] + problem.stay_s
        self._to_m = problem.ascent_m[:, 1:] + problem.climb_m
        self._from_s = np.ascontiguousarray(problem.duration_s[1:].T)
        self._from_m = np.ascontiguousarray(problem.ascent_m[1:].T)
        legs_s = problem.duration_s[1:, 1:]
        self._apart_s = np.minimum(legs_s, legs_s.T)
        self._gaps: dict[tuple[int, int], _Gap] = {}
        self._ways = {group: np.flatnonzero(problem.group == group) for group in set(problem.group.tolist())}
        self._group: list[int] = problem.group.tolist()
        self._limited = bool(np.isfinite(problem.max_ascent_m))
        self._budget_s = problem.budget_s

    def better(self, choice: Choice, trials: int) -> Choice:
        """The best tour that so many trials find, ``choice`` itself if none is better."""
        best = current = choice
        for trial in range(trials):
            self._allow_for_waiting(current)
            order = self._filled(self._ruined(current.order))
            found = None if order is None else evaluate(self._problem, order)
            if found is None or not keeps(self._problem, found):
                continue
            worse = _WORSE_AT_FIRST * best.value * (1 - trial / trials)
            if _is_better(found, current) or found.value > best.value - worse:
                current = found
                if _is_better(found, best):
                    best = found
        return best

    def _allow_for_waiting(self, choice: Choice) -> None:
        """Where there are windows, what is waited now is no time to be filled."""
        if self._problem.has_windows:
            spent_s, _ = self._takes([0, *(index + 1 for index in choice.order), 0])
            self._budget_s = self._problem.budget_s - max(choice.duration_s - spent_s, 0.0)

    def _ruined(self, order: tuple[int, ...]) -> list[int]:
        """An order without some of its visits, or with a piece of it elsewhere."""
        chance = self._any.random()
        count = self._any.randint(1, max(min(len(order), _MOST_REMOVED), 1))
        if not order:
            return []
        if chance < _MOVED:
            return self._moved(order)
        if chance < _NEAR:
            middle = self._any.choice(order)
            gone = set(np.argsort(self._apart_s[middle, list(order)], kind="stable")[:count].tolist())
        elif chance < _IN_A_ROW:
            first = self._any.randint(0, len(order) - count)
            gone = set(range(first, first + count))
        else:
            gone = set(self._any.sample(range(len(order)), count))
        return [index for number, index in enumerate(order) if number not in gone]

    def _moved(self, order: tuple[int, ...]) -> list[int]:
        """An order with a piece of it elsewhere or turned round, cut down to what keeps the budgets."""
        first, last = sorted(self._any.randint(0, len(order)) for _ in range(2))
        piece, rest = list(order[first:last]), [*order[:first], *order[last:]]
        at = first
        if self._any.random() < 0.5:  # noqa: PLR2004 (one or the other)
            piece = [self._other_way(index) for index in reversed(piece)]
        else:
            at = self._any.randint(0, len(rest))
        moved = [*rest[:at], *piece, *rest[at:]]
        while moved and not self._is_within(moved):
            del moved[self._any.randrange(len(moved))]
        return moved

    def _other_way(self, index: int) -> int:
        """The same visit the other way, if there are two ways."""
        ways = self._ways[self._group[index]]
        return int(ways.sum()) - index if len(ways) == 2 else index  # noqa: PLR2004 (up and down)

    def _is_within(self, order: list[int]) -> bool:
        spent_s, climbed_m = self._takes([0, *(index + 1 for index in order), 0])
        return spent_s <= self._budget_s and climbed_m <= self._problem.max_ascent_m

    def _takes(self, stops: list[int]) -> tuple[float, float]:
        """Seconds and metres up, waiting not counted."""
        options = self._problem.options
        spent_s = climbed_m = 0.0
        for before, after in itertools.pairwise(stops):
            spent_s += self._legs_s[before][after]
            climbed_m += self._legs_m[before][after]
            if after:
                spent_s += options[after - 1].stay_s
                climbed_m += options[after - 1].climb_m
        return spent_s, climbed_m

    def _filled(self, order: list[int]) -> list[int] | None:
        """An order with whatever fits put in, required visits first; None if one of these does not."""
        stops = [0, *(index + 1 for index in order), 0]
        spent_s, climbed_m = self._takes(stops)
        free = np.ones(len(self._group), dtype=np.bool_)
        for index in order:
            free[self._ways[self._group[index]]] = False
        gaps = [self._gap(before, after) for before, after in itertools.pairwise(stops)]
        state = _State(stops, spent_s, climbed_m, free, gaps)
        taken = {self._group[index] for index in order}
        for group in sorted(self._problem.required - taken):
            only = np.zeros(len(self._group))
            only[self._ways[group]] = 1.0
            if not self._put_in(state, only, 0.0):
                return None
        value = self._problem.value ** self._any.choice(_POWERS)
        value *= self._luck.uniform(1 - _LUCK, 1 + _LUCK, len(value))
        weight = self._any.choice(_ASCENT_WEIGHTS) if self._limited else 0.0
        while self._put_in(state, value, weight):
            pass
        return [stop - 1 for stop in state.stops[1:-1]]

    def _put_in(self, state: _State, value: NDArray[np.float64], ascent_weight: float) -> bool:
        """Put in the visit worth most for what it adds; False if none fits."""
        added_s = np.array([seconds for seconds, _ in state.gaps])
        added_m = np.array([metres for _, metres in state.gaps])
        fits = (added_s <= self._budget_s - state.spent_s) & state.free
        price = np.maximum(added_s, 1.0) / self._problem.budget_s
        if self._limited:
            fits &= added_m <= self._problem.max_ascent_m - state.climbed_m
            price += ascent_weight * np.maximum(added_m, 0.0) / max(self._problem.max_ascent_m, 1.0)
        rate = np.where(fits, value / price, 0.0)
        place, option = divmod(int(rate.argmax()), rate.shape[1])
        if rate[place, option] <= 0:
            return False
        state.spent_s += float(added_s[place, option])
        state.climbed_m += float(added_m[place, option])
        state.free[self._ways[self._group[option]]] = False
        before, after = state.stops[place], state.stops[place + 1]
        state.stops.insert(place + 1, option + 1)
        state.gaps[place : place + 1] = [self._gap(before, option + 1), self._gap(option + 1, after)]
        return True

    def _gap(self, before: int, after: int) -> _Gap:
        """(n,) the seconds and (n,) the metres up that each option adds between two stops."""
        found = self._gaps.get((before, after))
        if found is None:
            found = self._gaps[before, after] = (
                self._to_s[before] + self._from_s[after] - self._legs_s[before][after],
                self._to_m[before] + self._from_m[after] - self._legs_m[before][after],
            )
        return found


def _is_better(one: Choice, other: Choice) -> bool:
    if abs(one.value - other.value) <= _SMALL:
        return one.duration_s < other.duration_s - _SMALL
    return one.value > other.value
