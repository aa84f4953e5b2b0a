"""Every tour there is: the exact answer for a handful of visits."""

import numpy as np

from guide.routing.tours.problem import Problem


def best_value(problem: Problem) -> float | None:
    """The greatest value of any tour that keeps the budgets; None if there is none. Windows are not looked at.

    Dynamic programming over sets of visits and the last option taken, keeping every pair of time and ascent that no
    other pair beats: nothing is left out, only what is worse in both.
    """
    size = len(problem.options)
    groups = sorted({option.group for option in problem.options})
    bit = {group: 1 << number for number, group in enumerate(groups)}
    required = sum(bit[group] for group in problem.required)
    legs_s, legs_m = problem.duration_s.tolist(), problem.ascent_m.tolist()
    best: float | None = None
    if not required and legs_s[0][0] <= problem.budget_s and legs_m[0][0] <= problem.max_ascent_m:
        best = 0.0
    # For each set of visits and each last option: the pairs of time and ascent at its end.
    fronts: dict[tuple[int, int], list[tuple[float, float]]] = {}
    values: dict[int, float] = {0: 0.0}
    for last, option in enumerate(problem.options):
        mask = bit[option.group]
        values[mask] = option.value
        fronts[mask, last] = [(legs_s[0][last + 1] + option.stay_s, legs_m[0][last + 1] + option.climb_m)]
    for mask in range(1, 1 << len(groups)):
        for last in range(size):
            for spent_s, climbed_m in fronts.get((mask, last), ()):
                if spent_s > problem.budget_s or climbed_m > problem.max_ascent_m:
                    continue
                home_s, home_m = spent_s + legs_s[last + 1][0], climbed_m + legs_m[last + 1][0]
                within = home_s <= problem.budget_s and home_m <= problem.max_ascent_m
                if within and mask & required == required and (best is None or values[mask] > best):
                    best = values[mask]
                for number, option in enumerate(problem.options):
                    if mask & bit[option.group]:
                        continue
                    more = mask | bit[option.group]
                    values[more] = values[mask] + option.value
                    pair = (
                        spent_s + legs_s[last + 1][number + 1] + option.stay_s,
                        climbed_m + legs_m[last + 1][number + 1] + option.climb_m,
                    )
                    fronts[more, number] = _with(fronts.get((more, number), []), pair)
    return best


def _with(front: list[tuple[float, float]], pair: tuple[float, float]) -> list[tuple[float, float]]:
    if not np.isfinite(pair[0]) or any(one[0] <= pair[0] and one[1] <= pair[1] for one in front):
        return front
    return [one for one in front if not (pair[0] <= one[0] and pair[1] <= one[1])] + [pair]
