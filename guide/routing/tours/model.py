"""A problem in PyVRP's words: one vehicle, whose distance is ascent."""

import math
from typing import Any, Final

import numpy as np
import pyvrp
from numpy.typing import NDArray

from guide.routing.tours.problem import Problem

TICKS_PER_S: Final = 10
TICKS_PER_M: Final = 10
COST_PER_POINT: Final = 10_000
_NEVER: Final = 10**7
"""Ticks (11 days, 1,000 km of ascent) for what no way leads to."""

_NO_LIMIT: Final = 2**63 - 1


def model_of(problem: Problem, unit_costs: tuple[int, int]) -> pyvrp.ProblemData:
    """The data of a problem; ``unit_costs`` are what a tick of time and a tick of ascent cost."""
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
                tw_late=_limit(closes_s - first_s, TICKS_PER_S),
                prize=round(option.value * COST_PER_POINT),
                required=False,
                group=numbers[option.group],
            )
        )
    ascent = problem.ascent_m.copy()
    ascent[:, 1:] += problem.climb_m  # whoever comes to an option also climbs it
    vehicle = pyvrp.VehicleType(
        1,
        shift_duration=int(problem.budget_s * TICKS_PER_S),
        tw_early=0,
        start_late=_ticks(last_s - first_s),
        unit_duration_cost=unit_costs[0],
        unit_distance_cost=unit_costs[1],
        max_distance=_limit(problem.max_ascent_m, TICKS_PER_M),
    )
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0)] * (len(problem.options) + 1),
        clients,
        [pyvrp.Depot(0)],
        [vehicle],
        [_matrix(ascent, TICKS_PER_M)],
        [_matrix(problem.duration_s, TICKS_PER_S)],
        [pyvrp.ClientGroup(members[group], required=group in problem.required) for group in members],
    )


def _ticks(seconds: float) -> int:
    return max(round(seconds * TICKS_PER_S), 0)


def _limit(amount: float, ticks: int) -> int:
    """A limit in ticks; the largest number that there is for none."""
    return _NO_LIMIT if math.isinf(amount) else max(int(amount * ticks), 0)


def _matrix(cells: NDArray[np.float64], ticks: int) -> Any:  # noqa: ANN401 (the library's own type names no shape)
    whole = np.rint(np.where(np.isinf(cells), _NEVER, cells * ticks)).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole
