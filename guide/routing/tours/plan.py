"""Planning a tour: the best set of slopes, their order and their directions, walked by the router before it is told."""

from dataclasses import replace
from typing import Final

import numpy as np

from guide.domain.errors import UsageError
from guide.domain.planned_tour import AimedTour, AimMissed, PlannedTour, Reason, TourAim
from guide.domain.tour_wish import DAY_S, LONGEST_BUDGET_S, SHORTEST_BUDGET_S, AtLeast, Pause, TourWish
from guide.routing.costs.arc_costs import Terms
from guide.routing.tours.draft import Draft, draft_of
from guide.routing.tours.fitting import nothing_fits, too_few_of_theme
from guide.routing.tours.left_out import left_out_of
from guide.routing.tours.others import gentler, other_quarter
from guide.routing.tours.problem import Choice, Problem, evaluate
from guide.routing.tours.solve import Deadline, choose, shortest
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.walked import Walked, aimed, walk_within

_BONUSES: Final = (1.5, 20.0)
"""What slopes of a theme that must come in are worth more, in means of all values, if they do not by themselves."""

_AGAIN: Final = 0.5
"""Of the effort that is spent on the first search."""


def plan_tour(surroundings: Surroundings, wish: TourWish, terms: Terms, deadline: Deadline) -> PlannedTour:
    """The best tour for a wish, with what it leaves out and why, and alternatives that differ.

    Raises:
        UsageError: the wish is out of range or contradicts itself.
        NotFoundError: an id does not exist.
        SnapError: the start or the end is too far from any street.
        NothingFitsError: no tour keeps all that was wished for; it says what would have to give.
    """
    check_wish(wish)
    _check_themes(surroundings, wish)
    draft = draft_of(surroundings, wish, terms)
    if draft.problem.required and shortest(draft.problem, deadline) is None:
        raise nothing_fits(draft, deadline)
    walked = _best(surroundings, draft, deadline)
    others = [other(surroundings, walked, deadline) for other in (gentler, other_quarter)]
    return PlannedTour(
        best=aimed(walked, TourAim.BEST),
        left_out=left_out_of(walked),
        alternatives=tuple(each for each in others if isinstance(each, AimedTour)),
        missed=tuple(each for each in others if isinstance(each, AimMissed)),
        notes=tuple(_notes(walked)),
        complete=not deadline.passed,
    )


def check_wish(wish: TourWish) -> None:
    """Refuse what cannot be meant.

    Raises:
        UsageError: a number is out of range, or two of them contradict each other.
    """
    if not SHORTEST_BUDGET_S <= wish.budget_s <= LONGEST_BUDGET_S:
        raise UsageError(
            f"A tour takes from {SHORTEST_BUDGET_S // 60} to {LONGEST_BUDGET_S // 60} minutes, not "
            f"{wish.budget_s / 60:g}. Change time_budget_min."
        )
    if wish.pause is not None:
        _check_pause(wish, wish.pause)


def _check_themes(surroundings: Surroundings, wish: TourWish) -> None:
    """Refuse to look for more slopes of a theme than there are."""
    for wanted in wish.at_least:
        there = sum(wanted.theme in slope.entry.themes for slope in surroundings.slopes.values())
        if there < wanted.count:
            raise UsageError(
                f"Slopes of this area with the theme {wanted.theme.value!r}: {there}, not {wanted.count}. "
                f"Ask in at_least for {there} at most."
                if there
                else f"No slope of this area has the theme {wanted.theme.value!r}. Leave it out of at_least."
            )


def _check_pause(wish: TourWish, pause: Pause) -> None:
    if pause.stay_s > wish.budget_s:
        raise UsageError("The pause alone takes longer than the whole tour may. Give more time, or a shorter pause.")
    if not 0 <= pause.earliest_s < pause.latest_s <= DAY_S:
        raise UsageError("The pause must lie between two times of one day, the earlier one first.")
    if pause.latest_s - pause.earliest_s < pause.stay_s:
        raise UsageError(
            f"A pause of {pause.stay_s / 60:g} minutes does not fit between its two times. Make them lie farther apart."
        )
    if wish.depart_s is None:
        return
    if pause.latest_s - pause.stay_s < wish.depart_s:
        raise UsageError("The pause is over before the tour begins. Depart earlier, or give later times for the pause.")
    if pause.earliest_s + pause.stay_s > wish.depart_s + wish.budget_s:
        raise UsageError("The pause begins only after the tour has to be over. Depart later, or give more time.")


def _best(surroundings: Surroundings, draft: Draft, deadline: Deadline) -> Walked:
    """The best tour that has the slopes of themes that must come in, if any must."""
    walked: Walked | None = None
    lacking: AtLeast | None = None
    for bonus in (0.0, *_BONUSES):
        sweetened = draft if lacking is None else draft.with_problem(_sweetened(surroundings, draft, bonus))
        walked = _walked(surroundings, sweetened, deadline, 1.0 if lacking is None else _AGAIN)
        if walked is None:
            raise nothing_fits(draft, deadline)
        lacking = _lacking(surroundings, walked)
        if lacking is None:
            return _priced(walked, draft)
    if walked is None or lacking is None:
        raise nothing_fits(draft, deadline)
    raise too_few_of_theme(lacking, _count(surroundings, walked, lacking))


def _walked(surroundings: Surroundings, draft: Draft, deadline: Deadline, share: float) -> Walked | None:
    choice = choose(draft.problem, deadline, share=share)
    if choice is None:
        return None
    walked = walk_within(surroundings, draft, choice, deadline)
    if walked is None or not (draft.problem.required or draft.slopes_of(walked.choice.order)):
        return None
    return walked


def _lacking(surroundings: Surroundings, walked: Walked) -> AtLeast | None:
    """The first theme of which a tour has too few slopes."""
    for wanted in walked.draft.wish.at_least:
        if _count(surroundings, walked, wanted) < wanted.count:
            return wanted
    return None


def _count(surroundings: Surroundings, walked: Walked, wanted: AtLeast) -> int:
    slopes = walked.draft.slopes_of(walked.choice.order)
    return sum(wanted.theme in surroundings.slopes[slope_id].entry.themes for slope_id in slopes)


def _sweetened(surroundings: Surroundings, draft: Draft, bonus: float) -> Problem:
    """The problem with slopes of the themes that must come in worth more."""
    problem = draft.problem
    themes = {wanted.theme for wanted in draft.wish.at_least}
    extra = bonus * float(problem.value.mean())

    def has_theme(slope_id: str) -> bool:
        slope = surroundings.slopes.get(slope_id)
        return slope is not None and not themes.isdisjoint(slope.entry.themes)

    options = [
        replace(option, value=option.value + extra) if has_theme(candidate.visit) else option
        for option, candidate in zip(problem.options, draft.candidates, strict=True)
    ]
    return replace(problem, options=tuple(options))


def _priced(walked: Walked, draft: Draft) -> Walked:
    """The same tour with the true values again."""
    choice: Choice | None = evaluate(draft.problem, walked.choice.order)
    return walked if choice is None else replace(walked, draft=draft, choice=choice)


def _notes(walked: Walked) -> list[Reason]:
    """What the visitor should know of a tour beside the warnings of its route."""
    wish, tour = walked.draft.wish, walked.tour
    notes = []
    if wish.max_ascent_m is not None and tour.ascent_m is None:
        climbed = np.diff(tour.route.profile.elevation_m)
        notes.append(
            Reason(type="ascent-unchecked", values={"metres": round(float(np.nansum(np.maximum(climbed, 0.0))))})
        )
    if any(halt.landmark_id is not None and not halt.hours_known for halt in tour.halts):
        notes.append(Reason(type="hours-not-known"))
    if not walked.draft.slopes_of(walked.choice.order):
        notes.append(Reason(type="no-slope-fits"))
    return notes
