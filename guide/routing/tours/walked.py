"""A choice walked by the router: only what it says of time and ascent counts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from guide.domain.planned_tour import AimedTour, HaltKind, TimedTour, TourAim
from guide.routing.tours.draft import Draft
from guide.routing.tours.problem import Choice, Problem, evaluate, keeps
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.timing import time_tour, walk_halts

_AGAIN: Final = 2
"""How often a tour is chosen anew that the router finds to be over a budget."""

_SPARE_S: Final = 1.0
_SPARE_M: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A choice, by the numbers of its draft, and the same walked."""

    draft: Draft
    choice: Choice
    tour: TimedTour


def walk_within(
    surroundings: Surroundings, draft: Draft, choice: Choice, again: Callable[[Problem], Choice | None]
) -> Walked | None:
    """The choice walked, if it keeps the budgets on the ground too; else another one, chosen ``again`` within less.

    If that does not help either, visits are given up, the least worth first. None if none of it helps.
    """
    walked = _walk(surroundings, draft, choice)
    for _ in range(_AGAIN):
        if _is_within(walked):
            return walked
        tighter = _tighter(walked)
        fewer = again(tighter.problem)
        if fewer is None:
            break
        walked = _walk(surroundings, tighter, fewer)
    while not _is_within(walked):
        shorter = _given_up(walked)
        if shorter is None:
            return None
        walked = _walk(surroundings, walked.draft, shorter)
    return walked


def aimed(walked: Walked, aim: TourAim) -> AimedTour:
    """A walked tour with what it is for and what it is worth."""
    slopes = walked.draft.slopes_of(walked.choice.order)
    values = {slope_id: walked.draft.values[slope_id] for slope_id in slopes}
    return AimedTour(
        aim=aim, tour=walked.tour, values=values, points=round(sum(value.points for value in values.values()), 1)
    )


def _walk(surroundings: Surroundings, draft: Draft, choice: Choice) -> Walked:
    halts = draft.halts(choice.order)
    route = walk_halts(surroundings, halts, draft.wish.walker, draft.terms)
    return Walked(draft=draft, choice=choice, tour=time_tour(halts, route, draft.when))


def _is_within(walked: Walked) -> bool:
    wish, tour = walked.draft.wish, walked.tour
    if tour.duration_s > wish.budget_s or tour.missed:
        return False
    return wish.max_ascent_m is None or tour.ascent_m is None or tour.ascent_m <= wish.max_ascent_m


def _tighter(walked: Walked) -> Draft:
    """The draft with budgets that make up for what the router finds more than the table."""
    wish, tour, problem = walked.draft.wish, walked.tour, walked.draft.problem
    over_s = tour.duration_s - walked.choice.duration_s
    budget_s = min(problem.budget_s, wish.budget_s - over_s - _SPARE_S) if over_s > 0 else problem.budget_s
    max_ascent_m = problem.max_ascent_m
    if wish.max_ascent_m is not None and tour.ascent_m is not None and tour.ascent_m > wish.max_ascent_m:
        share = walked.choice.ascent_m / tour.ascent_m
        max_ascent_m = min(max_ascent_m, wish.max_ascent_m * share - _SPARE_M)
    tighter = replace(problem, budget_s=max(budget_s, 1.0), max_ascent_m=max(max_ascent_m, 0.0))
    return walked.draft.with_problem(tighter)


def _given_up(walked: Walked) -> Choice | None:
    """The same without the slope that is worth least; None if there is none that may be given up."""
    draft, order = walked.draft, walked.choice.order
    free = [
        index
        for index in order
        if draft.candidates[index].halt.kind is HaltKind.SLOPE
        and draft.problem.options[index].group not in draft.problem.required
    ]
    for index in sorted(free, key=lambda each: draft.problem.options[each].value):
        choice = evaluate(draft.problem, [each for each in order if each != index])
        if choice is not None and keeps(draft.problem, choice):
            return choice
    return None
