"""A choice walked by the router: only what it says of time and ascent counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from guide.domain.planned_tour import AimedTour, HaltKind, TimedTour, TourAim
from guide.domain.route import Leg
from guide.routing.tours.draft import Draft
from guide.routing.tours.problem import Choice, evaluate, keeps
from guide.routing.tours.solve import Deadline, mend
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.timing import time_tour, walk_halts

_AGAIN: Final = 4
"""How often a tour is mended that the router finds to be over a budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A choice, by the numbers of its draft, and the same walked."""

    draft: Draft
    choice: Choice
    tour: TimedTour


def walk_within(surroundings: Surroundings, draft: Draft, choice: Choice, deadline: Deadline) -> Walked | None:
    """The choice walked, if it keeps the budgets on the ground too; else a mended one, with what the walk has taught.

    If that does not help either, visits are given up, the least worth first. None if none of it helps.
    """
    walked = _walk(surroundings, draft, choice)
    for _ in range(_AGAIN):
        if _is_within(walked):
            return walked
        learnt = _learnt(walked)
        other = mend(learnt.problem, walked.choice.order, deadline)
        if other is None:
            break
        walked = _walk(surroundings, learnt, other)
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


def _learnt(walked: Walked) -> Draft:
    """The draft with what the router found each leg and climb of a tour to take."""
    draft, problem, order, tour = walked.draft, walked.draft.problem, walked.choice.order, walked.tour
    stops = [0, *(index + 1 for index in order), 0]
    duration_s, ascent_m, options = problem.duration_s.copy(), problem.ascent_m.copy(), list(problem.options)
    for number in range(1, len(stops)):
        legs = [leg for leg in tour.route.legs if leg.to_stop == number]
        links = [leg for leg in legs if leg.slope_id is None]
        cell = stops[number - 1], stops[number]
        duration_s[cell] = sum(leg.duration_s for leg in links)
        ascent_m[cell] = _climbed_m(links, float(ascent_m[cell]))
        if climbs := [leg for leg in legs if leg.slope_id is not None]:
            option = options[stops[number] - 1]
            stay_s = sum(leg.duration_s for leg in climbs) + tour.halts[number].stay_s
            options[stops[number] - 1] = replace(option, stay_s=stay_s, climb_m=_climbed_m(climbs, option.climb_m))
    learnt = replace(problem, options=tuple(options), duration_s=duration_s, ascent_m=ascent_m)
    choice = evaluate(learnt, order)
    if choice is None:
        return draft.with_problem(learnt)
    more_s = max(tour.duration_s - choice.duration_s, 0.0)
    more_m = max((tour.ascent_m or 0.0) - choice.ascent_m, 0.0)
    budget_s, max_ascent_m = max(problem.budget_s - more_s, 1.0), max(problem.max_ascent_m - more_m, 0.0)
    return draft.with_problem(replace(learnt, budget_s=budget_s, max_ascent_m=max_ascent_m))


def _climbed_m(legs: Sequence[Leg], otherwise_m: float) -> float:
    """What legs climb; another number where one of them does not know."""
    ascents = [leg.ascent_m for leg in legs]
    known = [ascent for ascent in ascents if ascent is not None]
    return sum(known) if len(known) == len(ascents) else otherwise_m


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
