"""How far up the likely legs of a tour go, as the router counts it when they are walked.

A table sums the rises of arcs, and leaves noise out on the average only; the router leaves it out of each leg by
itself. So the legs that a tour may well take are walked: to and from each visit, and from each to those nearest to it.
All other legs climb what the table says, times what the walked ones climb more than that.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.walk import Walk
from guide.routing.course.geometry import Geometry
from guide.routing.search.chain import link
from guide.routing.search.stops import Way
from guide.routing.tours.candidates import Field
from guide.routing.tours.problem import Problem

_NEAREST: Final = 12


def with_walked_ends(geometry: Geometry, field: Field, problem: Problem) -> Problem:
    """The problem with what is climbed from the start to each option, on it, and from it to the end.

    ``problem`` has an option for each of the field's candidates. Legs longer than its budget are left as they are.
    """
    likely = np.zeros(problem.ascent_m.shape, dtype=np.bool_)
    likely[0], likely[:, 0] = True, True
    return _walked(
        geometry, field, [each.way for each in field.candidates], _with_climbs(geometry, field, problem), likely
    )


def with_walked_legs(geometry: Geometry, field: Field, ways: list[Way], problem: Problem) -> Problem:
    """The problem with what is climbed between neighbours; ``ways`` are those of its options."""
    away_s = problem.duration_s[1:, 1:].copy()
    away_s[problem.group[:, None] == problem.group[None]] = np.inf
    nearest = np.argsort(away_s, axis=1, kind="stable")[:, :_NEAREST]
    likely = np.zeros(problem.ascent_m.shape, dtype=np.bool_)
    likely[np.arange(1, len(ways) + 1)[:, None], nearest + 1] = True
    likely[1:, 1:] &= np.isfinite(away_s)
    return _walked(geometry, field, ways, problem, likely)


def _with_climbs(geometry: Geometry, field: Field, problem: Problem) -> Problem:
    options = [
        option
        if each.way.climb is None
        else replace(option, climb_m=_ascent_m(geometry, each.way.climb, option.climb_m))
        for option, each in zip(problem.options, field.candidates, strict=True)
    ]
    return replace(problem, options=tuple(options))


def _walked(geometry: Geometry, field: Field, ways: list[Way], problem: Problem, likely: NDArray[np.bool_]) -> Problem:
    """The problem with the ascents of the likely legs, and with the others in proportion."""
    likely = likely & (problem.duration_s <= problem.budget_s)
    begins, ends = [field.start, *ways], [field.end, *ways]
    ascent_m = problem.ascent_m.copy()
    for row, column in np.argwhere(likely).tolist():
        found = link(field.metrics.ways, begins[row], ends[column])
        if found is not None:
            ascent_m[row, column] = _ascent_m(geometry, found.walk, float(ascent_m[row, column]))
    before, after = float(problem.ascent_m[likely].sum()), float(ascent_m[likely].sum())
    if before > 0:
        ascent_m[~likely] *= after / before
    return replace(problem, ascent_m=ascent_m)


def _ascent_m(geometry: Geometry, walk: Walk, otherwise_m: float) -> float:
    """What a walk climbs; another number where a height is not known."""
    if not len(walk):
        return 0.0
    ascent_m, _ = geometry.course(walk).ascent_descent_m
    return otherwise_m if ascent_m is None else ascent_m
