"""Which visits to make in which order: the problem as numbers, and what an order of visits takes.

A visit can be made in several ways (a slope up or down, a museum before or after its lunch break): each is an option,
the options of one visit are a group, and of a group one is taken at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_ROUNDING_S = 1e-6
_ROUNDING_M = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to make a visit.

    ``stay_s`` is how long it takes, ``climb_m`` what is climbed meanwhile. ``window_s`` are the earliest and the latest
    time at which it may begin; who comes early waits. ``value`` is in points.
    """

    group: int
    stay_s: float
    climb_m: float = 0.0
    value: float = 0.0
    window_s: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A choice to be made.

    ``duration_s`` and ``ascent_m`` (n + 1, n + 1): row 0 is the start and row i + 1 the end of option i, column 0 the
    end of the tour and column j + 1 the beginning of option j. ``depart_s`` are the earliest and the latest departure.
    One option of each of ``required`` groups must be taken. ``max_ascent_m`` is infinite where there is no limit.
    """

    options: tuple[Option, ...]
    duration_s: NDArray[np.float64]
    ascent_m: NDArray[np.float64]
    budget_s: float
    max_ascent_m: float = np.inf
    depart_s: tuple[float, float] = (0.0, 0.0)
    required: frozenset[int] = frozenset()

    @cached_property
    def stay_s(self) -> NDArray[np.float64]:
        """(n,) how long each option takes."""
        return np.array([option.stay_s for option in self.options], dtype=np.float64)

    @cached_property
    def climb_m(self) -> NDArray[np.float64]:
        """(n,) what is climbed in each option."""
        return np.array([option.climb_m for option in self.options], dtype=np.float64)

    @cached_property
    def value(self) -> NDArray[np.float64]:
        """(n,) what each option is worth."""
        return np.array([option.value for option in self.options], dtype=np.float64)

    @cached_property
    def group(self) -> NDArray[np.int64]:
        """(n,) the visit that each option makes."""
        return np.array([option.group for option in self.options], dtype=np.int64)

    @cached_property
    def has_windows(self) -> bool:
        """Whether any option has to begin within some times."""
        return any(option.window_s is not None for option in self.options)

    def restricted(self, kept: NDArray[np.int64]) -> "Problem":
        """The same problem with some of its options only."""
        cells = np.ix_(np.concatenate(([0], kept + 1)), np.concatenate(([0], kept + 1)))
        return Problem(
            options=tuple(self.options[index] for index in kept.tolist()),
            duration_s=self.duration_s[cells],
            ascent_m=self.ascent_m[cells],
            budget_s=self.budget_s,
            max_ascent_m=self.max_ascent_m,
            depart_s=self.depart_s,
            required=self.required,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Options in order, and what they take: the whole from departure to arrival, waiting included."""

    order: tuple[int, ...]
    value: float
    duration_s: float
    ascent_m: float
    depart_s: float


def evaluate(problem: Problem, order: Sequence[int]) -> Choice | None:
    """What an order of options takes; None if a window is missed, or no way leads. Budgets are not judged here."""
    stops = [0, *(index + 1 for index in order), 0]
    legs_s = problem.duration_s[stops[:-1], stops[1:]]
    if np.isinf(legs_s).any():
        return None
    chosen = [problem.options[index] for index in order]
    timed = schedule(legs_s.tolist(), chosen, problem.depart_s)
    if timed is None:
        return None
    depart_s, arrive_s = timed
    ascent = float(problem.ascent_m[stops[:-1], stops[1:]].sum()) + sum(option.climb_m for option in chosen)
    return Choice(
        order=tuple(order),
        value=sum(option.value for option in chosen),
        duration_s=arrive_s - depart_s,
        ascent_m=ascent,
        depart_s=depart_s,
    )


def keeps(problem: Problem, choice: Choice) -> bool:
    """Whether a choice keeps the budgets, and makes every required visit once and no visit twice."""
    groups = [problem.options[index].group for index in choice.order]
    return (
        choice.duration_s <= problem.budget_s + _ROUNDING_S
        and choice.ascent_m <= problem.max_ascent_m + _ROUNDING_M
        and len(set(groups)) == len(groups)
        and problem.required <= set(groups)
    )


def schedule(
    legs_s: Sequence[float], chosen: Sequence[Option], depart_s: tuple[float, float]
) -> tuple[float, float] | None:
    """Departure and arrival: the earliest arrival, and of its departures the latest, so that nobody waits in vain.

    ``legs_s`` has one leg more than there are options. None if a window is missed whenever one leaves.
    """
    earliest, latest = depart_s
    now, slack = earliest, latest - earliest
    waited = 0.0
    for leg, option in zip(legs_s, chosen, strict=False):
        now += leg
        if option.window_s is not None:
            opens, closes = option.window_s
            if now > closes + _ROUNDING_S:
                return None
            if now < opens:
                waited += opens - now
                now = opens
            # Leaving later eats the waiting so far, then moves this visit, which must not be missed for it.
            slack = min(slack, waited + closes - now)
        now += option.stay_s
    now += legs_s[-1]
    return earliest + min(slack, waited), now


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """An option put between two stops of a tour: where, and what that adds."""

    option: int
    place: int
    added_s: float
    added_m: float


def cheapest_insertion(problem: Problem, order: Sequence[int], group: int) -> Insertion | None:
    """The place where a visit adds least time to a tour, in any of its ways; None if no way leads there."""
    best: Insertion | None = None
    stops = np.array([0, *(index + 1 for index in order), 0])
    before, after = stops[:-1], stops[1:]
    for option in np.flatnonzero(problem.group == group).tolist():
        at = option + 1
        added = problem.duration_s[before, at] + problem.duration_s[at, after] - problem.duration_s[before, after]
        place = int(np.argmin(added))
        added_s = float(added[place]) + problem.options[option].stay_s
        if not np.isfinite(added_s) or (best is not None and added_s >= best.added_s):
            continue
        one, other = int(before[place]), int(after[place])
        added_m = (
            problem.ascent_m[one, at] + problem.ascent_m[at, other] - problem.ascent_m[one, other]
            + problem.options[option].climb_m
        )  # fmt: skip
        best = Insertion(option=option, place=place, added_s=added_s, added_m=float(added_m))
    return best
