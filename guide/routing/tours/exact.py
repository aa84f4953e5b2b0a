"""Every tour there is, where there are few visits: the last word on what a search has found."""

from typing import Final, NamedTuple

from guide.routing.tours.problem import Choice, Problem, evaluate, keeps

MOST_VISITS: Final = 10
_ROUNDING: Final = 1e-9
_MOST_TRAILS: Final = 60_000
"""So many are followed, in about half a second; then what was found so far must do."""


class _Trail(NamedTuple):
    """A way from the start through a set of visits: what it took so far, its last option, and how it came there."""

    spent_s: float
    climbed_m: float
    option: int
    before: "_Trail | None"


def improve(problem: Problem, found: Choice | None) -> Choice | None:
    """A tour worth more than ``found`` if there is any, else ``found`` itself.

    Problems with many visits, or with windows, whose waiting would have to be compared too, are left as they are.
    """
    visits = set(problem.group.tolist())
    if len(visits) > MOST_VISITS or problem.has_windows:
        return found
    return _Trails(problem, found).follow()


class _Trails:
    """Trails by the set of visits that they made and the option at their end.

    Of two alike, whoever is slower and climbed more is dropped, as is whoever cannot be home in time.
    """

    def __init__(self, problem: Problem, found: Choice | None) -> None:
        self._problem = problem
        self._best = found
        self._legs_s: list[list[float]] = problem.duration_s.tolist()
        self._legs_m: list[list[float]] = problem.ascent_m.tolist()
        bit = {group: 1 << number for number, group in enumerate(sorted(set(problem.group.tolist())))}
        self._mask = [bit[option.group] for option in problem.options]
        self._required = sum(bit[group] for group in problem.required)
        worth = {bit[option.group]: option.value for option in problem.options}
        self._worth = [
            sum(value for one, value in worth.items() if mask & one) for mask in range(1 << len(bit))
        ]  # of each set of visits

    def follow(self) -> Choice | None:
        """The best tour."""
        followed = 0
        generation: dict[tuple[int, int], list[_Trail]] = {}
        self._lengthen(generation, 0, None)
        while generation:
            longer: dict[tuple[int, int], list[_Trail]] = {}
            for (mask, _), trails in generation.items():
                followed += len(trails)
                if followed > _MOST_TRAILS:
                    return self._best
                for trail in trails:
                    self._end(mask, trail)
                    self._lengthen(longer, mask, trail)
            generation = longer if self._may_improve() else {}
        return self._best

    def _may_improve(self) -> bool:
        """Whether there is still a visit to be had."""
        return self._best is None or self._worth[-1] > self._best.value + _ROUNDING

    def _end(self, mask: int, trail: _Trail) -> None:
        """Go home from here, if that makes a better tour."""
        if mask & self._required != self._required:
            return
        if self._best is not None and self._worth[mask] <= self._best.value + _ROUNDING:
            return
        order: list[int] = []
        step: _Trail | None = trail
        while step is not None:
            order.insert(0, step.option)
            step = step.before
        choice = evaluate(self._problem, order)
        if choice is not None and keeps(self._problem, choice):
            self._best = choice

    def _lengthen(self, longer: dict[tuple[int, int], list[_Trail]], mask: int, trail: _Trail | None) -> None:
        """Every trail with one visit more."""
        for option, own in enumerate(self._mask):
            if mask & own:
                continue
            step = self._step(trail, option)
            if step is not None:
                _offer(longer.setdefault((mask | own, option), []), step)

    def _step(self, trail: _Trail | None, option: int) -> _Trail | None:
        """A trail to one more option; None if it breaks a budget, or cannot be home in time."""
        row, spent_s, climbed_m = (0, 0.0, 0.0) if trail is None else (trail.option + 1, trail.spent_s, trail.climbed_m)
        spent_s += self._legs_s[row][option + 1] + float(self._problem.stay_s[option])
        climbed_m += self._legs_m[row][option + 1] + float(self._problem.climb_m[option])
        home_s = spent_s + self._legs_s[option + 1][0]
        if home_s > self._problem.budget_s or climbed_m > self._problem.max_ascent_m:
            return None
        return _Trail(spent_s, climbed_m, option, trail)


def _offer(rivals: list[_Trail], trail: _Trail) -> None:
    """Keep a trail unless another one is as fast and climbs as little."""
    if any(rival.spent_s <= trail.spent_s and rival.climbed_m <= trail.climbed_m for rival in rivals):
        return
    rivals[:] = [
        rival for rival in rivals if not (trail.spent_s <= rival.spent_s and trail.climbed_m <= rival.climbed_m)
    ]
    rivals.append(trail)
