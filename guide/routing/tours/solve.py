"""Choosing visits and their order with PyVRP: prizes, exclusive groups, a limit of time and one of ascent.

PyVRP minimises cost. A visit left out costs its value; walking costs a little too, which tells the search early which
visits are worth their time (a Lagrangian relaxation of the budgets). The best tour by value alone is kept, whatever it
costs. Several short searches that price time and ascent differently each leave some good tours behind; a second round
searches among the visits of these alone. All of it is counted in iterations and seeded, so that the same problem gives
the same tour; the deadline is a guard that no ordinary problem reaches. Where there are few visits, what was found is
held against every tour there is.
"""

import time
import warnings
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyvrp
import pyvrp.search
from numpy.typing import NDArray
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria

from guide.routing.tours.exact import improve
from guide.routing.tours.model import COST_PER_POINT, TICKS_PER_M, TICKS_PER_S, model_of
from guide.routing.tours.polish import Polisher
from guide.routing.tours.problem import Choice, Problem, cheapest_insertion, evaluate, keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a whole budget of time, and of ascent, costs: shares of the value of the best tour so far."""

    time: float
    ascent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to search: the prices of each search of both rounds, and iterations a search."""

    wide: tuple[Prices, ...]
    wide_iterations: int
    narrow: tuple[Prices, ...]
    narrow_iterations: int


_TIME_ALONE: Final = Effort(
    wide=(
        Prices(time=1.0, ascent=0.0),
        Prices(time=0.8, ascent=0.0),
        Prices(time=0.6, ascent=0.0),
        Prices(time=0.4, ascent=0.0),
    ),
    wide_iterations=120,
    narrow=(Prices(time=1.0, ascent=0.0), Prices(time=0.7, ascent=0.0), Prices(time=0.4, ascent=0.0)),
    narrow_iterations=120,
)
_TIME_AND_ASCENT: Final = Effort(
    wide=(
        Prices(time=1.0, ascent=0.0),
        Prices(time=0.75, ascent=0.25),
        Prices(time=0.5, ascent=0.5),
        Prices(time=0.25, ascent=0.75),
        Prices(time=0.6, ascent=0.0),
    ),
    wide_iterations=120,
    narrow=(Prices(time=1.0, ascent=0.0), Prices(time=0.5, ascent=0.5), Prices(time=0.2, ascent=0.6)),
    narrow_iterations=120,
)
_HARD: Final = 100_000.0
_HARDEST: Final = 100.0
"""A second over the budget costs at most so many times what a second within it is worth: soft enough to try things."""

_SETTLING_ITERATIONS: Final = 60
_TOURS_KEPT: Final = 6
_POLISHED_WIDE, _TRIALS_WIDE = 5, 150
_POLISHED_NARROW, _TRIALS_NARROW = 3, 300
"""So many of the tours of each round are bettered, by so many trials each."""

_TRIALS_MENDING: Final = 300
_MENDING: Final = 0.5
"""Of the usual effort, where a tour that the router finds too long cannot be mended but has to be found anew."""


class Deadline:
    """A moment after which no search goes on; ``passed`` says that one was cut short, and is then less good."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds
        self.passed = False

    def left_s(self) -> float:
        """Seconds left, never negative."""
        left = self._at - time.monotonic()
        if left <= 0:
            self.passed = True
        return max(left, 0.0)


def choose(problem: Problem, deadline: Deadline, *, share: float = 1.0, seed: int = 1) -> Choice | None:
    """The best tour by value, and of equal ones the shortest found; None if none was found that keeps all limits.

    ``share`` of the usual effort is spent.
    """
    if not problem.options:
        alone = evaluate(problem, ())
        return alone if alone is not None and keeps(problem, alone) else None
    found = _without_windows(problem, deadline, share, seed) or _searched(problem, deadline, share, seed)
    return improve(problem, found)


def _without_windows(problem: Problem, deadline: Deadline, share: float, seed: int) -> Choice | None:
    """The best tour as if there were no windows, if it keeps them: who may leave when they like keeps most of them."""
    if problem.depart_s[1] - problem.depart_s[0] < problem.budget_s or not problem.has_windows:
        return None
    options = tuple(replace(option, window_s=None) for option in problem.options)
    found = _searched(replace(problem, options=options), deadline, share, seed)
    timed = None if found is None else evaluate(problem, found.order)
    return timed if timed is not None and keeps(problem, timed) else None


def _searched(problem: Problem, deadline: Deadline, share: float, seed: int) -> Choice | None:
    """Two rounds of searches, what they leave behind bettered after each."""
    search = _Search(problem, deadline, seed)
    every = np.arange(len(problem.options))
    effort = _TIME_ALONE if np.isinf(problem.max_ascent_m) else _TIME_AND_ASCENT
    search.run(every, Prices(time=0.0, ascent=0.0), _SETTLING_ITERATIONS)
    for prices in effort.wide:
        search.run(every, prices, round(share * effort.wide_iterations))
    search.polish(_POLISHED_WIDE, round(share * _TRIALS_WIDE))
    core = search.core()
    for prices in effort.narrow if len(core) else ():
        search.run(core, prices, round(share * effort.narrow_iterations), warm=True)
    search.polish(_POLISHED_NARROW, round(share * _TRIALS_NARROW))
    return None if search.best is None else fill(problem, search.best)


def mend(problem: Problem, order: tuple[int, ...], deadline: Deadline) -> Choice | None:
    """A tour near to an order that does not keep the limits: some visits are given up, and others fill their place."""
    kept = list(order)
    choice = evaluate(problem, kept)
    while choice is None or not keeps(problem, choice):
        free = [index for index in kept if problem.options[index].group not in problem.required]
        if not free:
            return choose(problem, deadline, share=_MENDING)
        kept.remove(min(free, key=lambda index: problem.options[index].value))
        choice = evaluate(problem, kept)
    return Polisher(problem, 1).better(fill(problem, choice), _TRIALS_MENDING)


def shortest(problem: Problem, deadline: Deadline, *, seed: int = 1) -> Choice | None:
    """The shortest tour that makes all required visits and no other; None if none keeps the windows and limits."""
    wanted = np.flatnonzero(np.isin(problem.group, sorted(problem.required)))
    small = problem.restricted(wanted)
    if not len(wanted):
        alone = evaluate(problem, ())
        return alone if alone is not None and keeps(problem, alone) else None
    search = _Search(small, deadline, seed)
    search.run(np.arange(len(wanted)), Prices(time=1.0, ascent=0.0), 500)
    if search.best is None:
        return None
    return evaluate(problem, [int(wanted[index]) for index in search.best.order])


def fill(problem: Problem, choice: Choice) -> Choice:
    """Add whatever still fits, the most value a second first."""
    while True:
        taken = {problem.options[index].group for index in choice.order}
        best: tuple[float, Choice] | None = None
        for group in sorted(set(problem.group.tolist()) - taken):
            insertion = cheapest_insertion(problem, choice.order, group)
            if insertion is None or choice.duration_s + insertion.added_s > problem.budget_s:
                continue
            order = [*choice.order]
            order.insert(insertion.place, insertion.option)
            longer = evaluate(problem, order)
            if longer is None or not keeps(problem, longer):
                continue
            rate = problem.options[insertion.option].value / max(insertion.added_s, 1.0)
            if best is None or rate > best[0]:
                best = (rate, longer)
        if best is None:
            return choice
        choice = best[1]


@dataclass(slots=True)
class _Search:
    """Searches that share what they found."""

    problem: Problem
    deadline: Deadline
    seed: int
    best: Choice | None = None
    good: list[tuple[int, ...]] = field(default_factory=list)
    last: list[tuple[int, ...]] = field(default_factory=list)
    runs: int = 0

    def run(self, kept: NDArray[np.int64], prices: Prices, iterations: int, *, warm: bool = False) -> None:
        """One search among some options."""
        left_s = self.deadline.left_s()
        if left_s == 0:
            return
        small = self.problem if len(kept) == len(self.problem.options) else self.problem.restricted(kept)
        data = model_of(small, self._unit_costs(prices))
        listener = _Listener()
        self.runs += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PenaltyBoundWarning)  # a tour that cannot be is an answer here
            pyvrp.solve(
                data,
                MultipleCriteria([MaxIterations(iterations), MaxRuntime(left_s)]),
                seed=self.seed + self.runs,
                collect_stats=False,
                params=_params(listener, self._max_penalty()),
                initial_solution=self._start(data, kept) if warm else None,
            )
        self.deadline.left_s()
        for order in listener.good:
            self._take(tuple(int(kept[index]) for index in order))
        good = [tuple(int(kept[index]) for index in order) for order in listener.good[-_TOURS_KEPT:]]
        self.good += good
        self.last += good[-1:]

    def polish(self, count: int, trials: int) -> None:
        """Better the best of the tours at which searches ended since the last time."""
        found = {choice.order: choice for order in self.last if (choice := self._kept(order)) is not None}
        if self.best is not None:
            found[self.best.order] = self.best
        unlike = {frozenset(order): choice for order, choice in found.items()}
        polisher = Polisher(self.problem, self.seed)
        self.last = []
        for choice in sorted(unlike.values(), key=lambda each: (-each.value, each.duration_s))[:count]:
            if self.deadline.left_s() == 0:
                return
            order = polisher.better(choice, trials).order
            self._take(order)
            self.good.append(order)
            self.last.append(order)

    def core(self) -> NDArray[np.int64]:
        """Every way to make the visits of the good tours, and the required ones."""
        chosen = sorted({index for order in self.good for index in order})
        groups = {*self.problem.group[chosen].tolist(), *self.problem.required}
        return np.flatnonzero(np.isin(self.problem.group, sorted(groups)))

    def _kept(self, order: tuple[int, ...]) -> Choice | None:
        """An order as a tour, if it keeps all limits."""
        choice = evaluate(self.problem, order)
        return choice if choice is not None and keeps(self.problem, choice) else None

    def _take(self, order: tuple[int, ...]) -> None:
        choice = self._kept(order)
        if choice is None:
            return
        if self.best is None or (choice.value, -choice.duration_s) > (self.best.value, -self.best.duration_s):
            self.best = choice

    def _unit_costs(self, prices: Prices) -> tuple[int, int]:
        """What a tick of time and a tick of ascent cost."""
        worth = COST_PER_POINT * max(self.best.value if self.best else 0.0, 10.0)
        ascent = 0.0
        if np.isfinite(self.problem.max_ascent_m):
            ascent = prices.ascent * worth / max(self.problem.max_ascent_m * TICKS_PER_M, 1.0)
        return max(round(prices.time * worth / (self.problem.budget_s * TICKS_PER_S)), 1), round(ascent)

    def _max_penalty(self) -> float:
        if self.best is None:
            return _HARD
        return _HARDEST * self._unit_costs(Prices(time=1.0, ascent=0.0))[0]

    def _start(self, data: pyvrp.ProblemData, kept: NDArray[np.int64]) -> pyvrp.Solution | None:
        if self.best is None:
            return None
        place = {int(index): number for number, index in enumerate(kept)}
        return pyvrp.Solution(data, [[place[index] for index in self.best.order]])


class _Listener(IteratedLocalSearchCallbacks):
    """Keeps every tour that was the best by value when it was met."""

    def __init__(self) -> None:
        self._best = (-1, 0)
        self.good: list[list[int]] = []

    def on_iteration(
        self,
        current: pyvrp.Solution,  # noqa: ARG002 (the library's interface)
        candidate: pyvrp.Solution,
        best: pyvrp.Solution,  # noqa: ARG002
        cost_evaluator: pyvrp.CostEvaluator,  # noqa: ARG002
    ) -> None:
        """Look at what the search has just tried."""
        if not candidate.is_feasible():
            return
        found = (candidate.prizes(), -candidate.duration())
        if found > self._best:
            self._best = found
            routes = candidate.routes()
            self.good.append([visit.idx for visit in routes[0] if visit.is_client()] if routes else [])


def _params(listener: _Listener, max_penalty: float) -> pyvrp.SolveParams:
    return pyvrp.SolveParams(
        ils=IteratedLocalSearchParams(history_length=100, callbacks=listener),
        # Searches of some hundred iterations cannot wait five hundred for penalties to settle.
        penalty=PenaltyParams(solutions_between_updates=50, max_penalty=max_penalty),
    )
