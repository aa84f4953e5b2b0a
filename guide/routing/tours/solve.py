"""Choosing visits and their order with PyVRP: prizes, exclusive groups, a limit of time and one of ascent.

PyVRP minimises cost. A visit left out costs its value; walking costs a little too, which tells the search early which
visits are worth their time (a Lagrangian relaxation of the budgets). The best tour by value alone is kept, whatever it
costs. Several short searches that price time and ascent differently each leave some good tours behind; a second round
searches among the visits of these alone. All of it is counted in iterations and seeded, so that the same problem gives
the same tour; the deadline is a guard that no ordinary problem reaches. Where there are few visits, what was found is
held against every tour there is.
"""

import math
import time
import warnings
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyvrp
import pyvrp.search
from numpy.typing import NDArray
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria

from guide.routing.tours.exact import improve
from guide.routing.tours.problem import Choice, Problem, cheapest_insertion, evaluate, keeps

_TICKS_PER_S: Final = 10
_TICKS_PER_M: Final = 10
_COST_PER_POINT: Final = 10_000
_NEVER: Final = 10**7
"""Ticks (11 days, 1,000 km of ascent) for what no way leads to."""

_NO_LIMIT: Final = 2**63 - 1


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
    wide_iterations=250,
    narrow=(Prices(time=1.0, ascent=0.0), Prices(time=0.7, ascent=0.0), Prices(time=0.4, ascent=0.0)),
    narrow_iterations=300,
)
_TIME_AND_ASCENT: Final = Effort(
    wide=(
        Prices(time=1.0, ascent=0.0),
        Prices(time=0.75, ascent=0.25),
        Prices(time=0.5, ascent=0.5),
        Prices(time=0.25, ascent=0.75),
        Prices(time=0.6, ascent=0.0),
    ),
    wide_iterations=250,
    narrow=(
        Prices(time=1.0, ascent=0.0),
        Prices(time=0.5, ascent=0.5),
        Prices(time=0.2, ascent=0.6),
        Prices(time=0.4, ascent=0.1),
    ),
    narrow_iterations=300,
)
_HARD: Final = 100_000.0
_HARDEST: Final = 100.0
"""A second over the budget costs at most so many times what a second within it is worth: soft enough to try things."""

_SETTLING_ITERATIONS: Final = 60
_TOURS_KEPT: Final = 6


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
    search = _Search(problem, deadline, seed)
    if not problem.options:
        alone = evaluate(problem, ())
        return alone if alone is not None and keeps(problem, alone) else None
    effort = _TIME_ALONE if np.isinf(problem.max_ascent_m) else _TIME_AND_ASCENT
    search.run(np.arange(len(problem.options)), Prices(time=0.0, ascent=0.0), _SETTLING_ITERATIONS)
    for prices in effort.wide:
        search.run(np.arange(len(problem.options)), prices, round(share * effort.wide_iterations))
    core = search.core()
    for prices in effort.narrow if len(core) else ():
        search.run(core, prices, round(share * effort.narrow_iterations), warm=True)
    found = None if search.best is None else fill(problem, search.best)
    return improve(problem, found)


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
    runs: int = 0

    def run(self, kept: NDArray[np.int64], prices: Prices, iterations: int, *, warm: bool = False) -> None:
        """One search among some options."""
        left_s = self.deadline.left_s()
        if left_s == 0:
            return
        small = self.problem if len(kept) == len(self.problem.options) else self.problem.restricted(kept)
        data = _data(small, self._unit_costs(prices))
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
        self.good += [tuple(int(kept[index]) for index in order) for order in listener.good[-_TOURS_KEPT:]]

    def core(self) -> NDArray[np.int64]:
        """Every way to make the visits of the good tours, and the required ones."""
        chosen = sorted({index for order in self.good for index in order})
        groups = {*self.problem.group[chosen].tolist(), *self.problem.required}
        return np.flatnonzero(np.isin(self.problem.group, sorted(groups)))

    def _take(self, order: tuple[int, ...]) -> None:
        choice = evaluate(self.problem, order)
        if choice is None or not keeps(self.problem, choice):
            return
        if self.best is None or (choice.value, -choice.duration_s) > (self.best.value, -self.best.duration_s):
            self.best = choice

    def _unit_costs(self, prices: Prices) -> tuple[int, int]:
        """What a tick of time and a tick of ascent cost."""
        worth = _COST_PER_POINT * max(self.best.value if self.best else 0.0, 10.0)
        ascent = 0.0
        if np.isfinite(self.problem.max_ascent_m):
            ascent = prices.ascent * worth / max(self.problem.max_ascent_m * _TICKS_PER_M, 1.0)
        return max(round(prices.time * worth / (self.problem.budget_s * _TICKS_PER_S)), 1), round(ascent)

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


def _data(problem: Problem, unit_costs: tuple[int, int]) -> pyvrp.ProblemData:
    """The problem in PyVRP's words: one vehicle, whose distance is ascent."""
    first_s, last_s = problem.depart_s
    members: dict[int, list[int]] = {}
    for index, option in enumerate(problem.options):
        members.setdefault(option.group, []).append(index)
    numbers = {group: number for number, group in enumerate(members)}
    clients = []
    for index, option in enumerate(problem.options):
        opens_s, closes_s = option.window_s or (first_s, math.inf)
        clients.append(
            pyvrp.Client(
                location=index + 1,
                service_duration=_ticks(option.stay_s),
                tw_early=_ticks(opens_s - first_s),
                tw_late=_limit(closes_s - first_s, _TICKS_PER_S),
                prize=round(option.value * _COST_PER_POINT),
                required=False,
                group=numbers[option.group],
            )
        )
    ascent = problem.ascent_m.copy()
    ascent[:, 1:] += problem.climb_m  # whoever comes to an option also climbs it
    vehicle = pyvrp.VehicleType(
        1,
        shift_duration=int(problem.budget_s * _TICKS_PER_S),
        tw_early=0,
        start_late=_ticks(last_s - first_s),
        unit_duration_cost=unit_costs[0],
        unit_distance_cost=unit_costs[1],
        max_distance=_limit(problem.max_ascent_m, _TICKS_PER_M),
    )
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0)] * (len(problem.options) + 1),
        clients,
        [pyvrp.Depot(0)],
        [vehicle],
        [_matrix(ascent, _TICKS_PER_M)],
        [_matrix(problem.duration_s, _TICKS_PER_S)],
        [pyvrp.ClientGroup(members[group], required=group in problem.required) for group in members],
    )


def _params(listener: _Listener, max_penalty: float) -> pyvrp.SolveParams:
    return pyvrp.SolveParams(
        ils=IteratedLocalSearchParams(history_length=100, callbacks=listener),
        # Searches of some hundred iterations cannot wait five hundred for penalties to settle.
        penalty=PenaltyParams(solutions_between_updates=50, max_penalty=max_penalty),
    )


def _ticks(seconds: float) -> int:
    return max(round(seconds * _TICKS_PER_S), 0)


def _limit(amount: float, ticks: int) -> int:
    """A limit in ticks; the largest number that there is for none."""
    return _NO_LIMIT if math.isinf(amount) else max(int(amount * ticks), 0)


def _matrix(cells: NDArray[np.float64], ticks: int) -> Any:  # noqa: ANN401 (the library's own type names no shape)
    whole = np.rint(np.where(np.isinf(cells), _NEVER, cells * ticks)).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole
