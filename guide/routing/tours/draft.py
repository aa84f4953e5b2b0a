"""A wish as a problem of numbers, and an order of its options as halts again."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.domain.planned_tour import Halt, HaltKind, LeftOut, Reason
from guide.domain.tour_value import SlopeValue
from guide.domain.tour_wish import TourWish
from guide.routing.costs.arc_costs import Terms
from guide.routing.tours.ascents import with_walked_ends, with_walked_legs
from guide.routing.tours.candidates import Candidate, Field, field_of
from guide.routing.tours.problem import Problem
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.when import When, when_of

MOST_SLOPES: Final = 150
"""Slopes that are weighed for a tour; of more in reach, those worth most for their way there and back are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A wish, its problem, and what each option of the problem is."""

    wish: TourWish
    terms: Terms
    when: When
    problem: Problem
    candidates: tuple[Candidate, ...]
    groups: dict[str, int]
    values: dict[str, SlopeValue]
    left_out: tuple[LeftOut, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """The visits that must be made."""
        return tuple(visit for visit, group in self.groups.items() if group in self.problem.required)

    def slopes_of(self, order: tuple[int, ...]) -> list[str]:
        """The slopes of an order of options."""
        found = (self.candidates[index] for index in order)
        return [each.visit for each in found if each.halt.kind is HaltKind.SLOPE]

    def halts(self, order: tuple[int, ...]) -> tuple[Halt, ...]:
        """The halts of an order of options, start and end included."""
        return (
            Halt(kind=HaltKind.START, stop=self.wish.start),
            *(self.candidates[index].halt for index in order),
            Halt(kind=HaltKind.END, stop=self.wish.end),
        )

    def with_problem(self, problem: Problem) -> "Draft":
        """The same with other numbers for the same options."""
        return replace(self, problem=problem)

    def without(self, dropped: NDArray[np.bool_]) -> "Draft":
        """The same without some options, (n,)."""
        kept = np.flatnonzero(~dropped)
        candidates = tuple(self.candidates[index] for index in kept.tolist())
        return replace(self, problem=self.problem.restricted(kept), candidates=candidates)


def draft_of(surroundings: Surroundings, wish: TourWish, terms: Terms) -> Draft:
    """What a wish comes to.

    Raises:
        NotFoundError: an id that must or must not be visited does not exist.
        UsageError: the wish contradicts itself.
        RouteError: what must be visited cannot be walked to.
        SnapError: the start or the end is too far from any street.
    """
    field = field_of(surroundings, wish, terms)
    when = _when(wish, field)
    problem = with_walked_ends(surroundings.geometry, field, _problem(wish, field, when))
    draft = Draft(
        wish=wish,
        terms=terms,
        when=when,
        problem=problem,
        candidates=field.candidates,
        groups=field.groups,
        values=field.values,
        left_out=field.left_out,
    )
    draft = _crowd(_within_reach(draft))
    ways = [each.way for each in draft.candidates]
    return draft.with_problem(with_walked_legs(surroundings.geometry, field, ways, draft.problem))


def _when(wish: TourWish, field: Field) -> When:
    has_hours = any(each.halt.hours_known for each in field.candidates)
    return when_of(wish.day, wish.depart_s, wish.pause, wish.budget_s, has_hours=has_hours)


def _problem(wish: TourWish, field: Field, when: When) -> Problem:
    ways = [each.way for each in field.candidates]
    table = field.metrics.table([field.start, *ways], [field.end, *ways])
    visits = [visit for visit in (*wish.include, *(("pause",) if wish.pause else ())) if visit in field.groups]
    options = [each.option for each in field.candidates]
    if not when.has_clock:
        options = [replace(option, window_s=None) for option in options]
    return Problem(
        options=tuple(options),
        duration_s=table.duration_s,
        ascent_m=table.ascent_m,
        budget_s=wish.budget_s,
        max_ascent_m=np.inf if wish.max_ascent_m is None else wish.max_ascent_m,
        depart_s=when.depart_s,
        required=frozenset(field.groups[visit] for visit in visits),
    )


def alone_s(problem: Problem) -> NDArray[np.float64]:
    """(n,) how long a tour to each option alone takes."""
    return problem.duration_s[0, 1:] + problem.stay_s + problem.duration_s[1:, 0]


def alone_m(problem: Problem) -> NDArray[np.float64]:
    """(n,) how far up a tour to each option alone goes."""
    return problem.ascent_m[0, 1:] + problem.climb_m + problem.ascent_m[1:, 0]


def _within_reach(draft: Draft) -> Draft:
    """Without the slopes that not even a tour to them alone can hold."""
    problem = draft.problem
    needs_s, needs_m = alone_s(problem), alone_m(problem)
    required = np.isin(problem.group, sorted(problem.required))
    far, high = needs_s > problem.budget_s, needs_m > problem.max_ascent_m
    dropped = (far | high) & ~required
    told: dict[str, LeftOut] = {}
    in_reach = {draft.candidates[index].visit for index in np.flatnonzero(~dropped).tolist()}
    for index in np.flatnonzero(dropped).tolist():
        visit = draft.candidates[index].visit
        if visit in in_reach:
            continue
        points, added_s, added_m = draft.values[visit].points, float(needs_s[index]), float(needs_m[index])
        if not np.isfinite(added_s):
            told.setdefault(visit, LeftOut(slope_id=visit, reason=Reason(type="unreachable"), points=points))
        elif visit not in told or added_s < (told[visit].added_s or np.inf):
            reason = (
                Reason(type="too-far", values={"minutes": round(added_s / 60)})
                if far[index]
                else Reason(type="too-high", values={"metres": round(added_m)})
            )
            told[visit] = LeftOut(slope_id=visit, reason=reason, points=points, added_s=added_s, added_m=added_m)
    return replace(draft.without(dropped), left_out=(*draft.left_out, *told.values()))


def _crowd(draft: Draft) -> Draft:
    """The slopes worth most for their way, where more are in reach than can be weighed."""
    problem = draft.problem
    rate = problem.value / np.maximum(alone_s(problem), 60.0)
    best: dict[str, float] = {}
    for index, candidate in enumerate(draft.candidates):
        if candidate.halt.kind is HaltKind.SLOPE:
            best[candidate.visit] = max(best.get(candidate.visit, 0.0), float(rate[index]))
    if len(best) <= MOST_SLOPES:
        return draft
    ranked = sorted(best, key=lambda visit: (visit not in draft.wish.include, -best[visit], visit))
    others = set(ranked[MOST_SLOPES:])
    told = [
        LeftOut(slope_id=visit, reason=Reason(type="crowded-out"), points=draft.values[visit].points)
        for visit in ranked[MOST_SLOPES:]
    ]
    dropped = np.array([candidate.visit in others for candidate in draft.candidates])
    return replace(draft.without(dropped), left_out=(*draft.left_out, *told))
