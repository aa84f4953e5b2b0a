"""What would have to give, where no tour keeps all that was wished for."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from guide.domain.errors import NothingFitsError
from guide.domain.planned_tour import Change, HaltKind, Reason
from guide.domain.tour_wish import LONGEST_BUDGET_S, AtLeast
from guide.routing.tours.draft import Draft, alone_m, alone_s
from guide.routing.tours.problem import Problem
from guide.routing.tours.solve import Deadline, shortest

_FIVE_MINUTES_S: Final = 300.0
_TEN_METRES: Final = 10.0
_MOST_DROPPED: Final = 8
"""So many visits are tried to be left out, one at a time."""


def nothing_fits(draft: Draft, deadline: Deadline) -> NothingFitsError:
    """The error of a wish that no tour keeps, with every single change that would help."""
    changes = tuple(_changes(draft, deadline))
    sentences = dict.fromkeys(change.reason.message("en").rstrip(".") for change in changes)
    needed = "; or ".join(sentences)
    what = "No tour keeps all of this"
    if not draft.problem.required:
        what = "No slope can be reached from there within these limits"
    advice = f"What would help: {needed}." if changes else "Move the start, or choose other limits."
    return NothingFitsError(f"{what}. {advice}", changes)


def too_few_of_theme(wanted: AtLeast, found: int) -> NothingFitsError:
    """The error of a wish for more slopes of a theme than any tour found holds."""
    if found == 0:
        change = Change(
            field="at_least", value=None, reason=Reason(type="without-theme", values={"theme": wanted.theme})
        )
        return NothingFitsError(
            f"No slope with the theme {wanted.theme.value!r} fits, and {wanted.count} are asked for. "
            "Leave at_least out for this theme, or give more time or ascent.",
            (change,),
        )
    reason = Reason(type="fewer-of-theme", values={"theme": wanted.theme, "count": found})
    change = Change(field="at_least", value=found, reason=reason)
    return NothingFitsError(
        f"At most {found} slopes with the theme {wanted.theme.value!r} were found to fit, not {wanted.count}. "
        f"Ask for {found}, or give more time or ascent.",
        (change,),
    )


def _changes(draft: Draft, deadline: Deadline) -> Iterator[Change]:
    """Each change that alone would make a tour possible."""
    problem = draft.problem
    if problem.required:
        longer = shortest(replace(problem, budget_s=LONGEST_BUDGET_S), deadline)
        higher = shortest(replace(problem, max_ascent_m=math.inf), deadline) if draft.wish.max_ascent_m else None
        if longer is not None:
            yield more_time(longer.duration_s)
        if higher is not None:
            yield more_ascent(higher.ascent_m)
        if longer is None and higher is None:
            yield from _both(problem, deadline)
        for visit in draft.required[:_MOST_DROPPED]:
            fewer = replace(problem, required=problem.required - {draft.groups[visit]})
            if shortest(fewer, deadline) is not None:
                yield _dropped(visit)
        return
    yield from _nearest(draft, problem)


def _both(problem: Problem, deadline: Deadline) -> Iterator[Change]:
    """More time and more ascent, where neither helps without the other."""
    freed = shortest(replace(problem, budget_s=LONGEST_BUDGET_S, max_ascent_m=math.inf), deadline)
    if freed is not None and np.isfinite(problem.max_ascent_m):
        values = {"minutes": _to_five(freed.duration_s), "metres": _to_ten(freed.ascent_m)}
        yield replace(more_time(freed.duration_s), reason=Reason(type="needs-both", values=values))
        yield replace(more_ascent(freed.ascent_m), reason=Reason(type="needs-both", values=values))


def _nearest(draft: Draft, problem: Problem) -> Iterator[Change]:
    """What the slope nearest by time, and the one with the least climb, would need."""
    told = [each for each in draft.left_out if each.added_s is not None and each.added_m is not None]
    slopes = [
        (float(needs_s), float(needs_m))
        for candidate, needs_s, needs_m in zip(draft.candidates, alone_s(problem), alone_m(problem), strict=True)
        if candidate.halt.kind is HaltKind.SLOPE and np.isfinite(needs_s)
    ]
    needs = [*slopes, *((each.added_s or 0.0, each.added_m or 0.0) for each in told)]
    in_ascent = [seconds for seconds, metres in needs if metres <= problem.max_ascent_m]
    in_time = [metres for seconds, metres in needs if seconds <= problem.budget_s]
    if in_ascent and LONGEST_BUDGET_S >= min(in_ascent) > problem.budget_s:
        yield more_time(min(in_ascent))
    if in_time and min(in_time) > problem.max_ascent_m:
        yield more_ascent(min(in_time))


def more_time(seconds: float) -> Change:
    """A longer budget, to the next five minutes above."""
    minutes = _to_five(seconds)
    return Change(field="time_budget_min", value=minutes, reason=Reason(type="needs-time", values={"minutes": minutes}))


def more_ascent(metres: float) -> Change:
    """A greater ascent, to the next ten metres above."""
    rounded = _to_ten(metres)
    return Change(field="max_ascent_m", value=rounded, reason=Reason(type="needs-ascent", values={"metres": rounded}))


def _to_five(seconds: float) -> int:
    return round(_FIVE_MINUTES_S * math.ceil(seconds / _FIVE_MINUTES_S) / 60)


def _to_ten(metres: float) -> int:
    return round(_TEN_METRES * math.ceil(metres / _TEN_METRES))


def _dropped(visit: str) -> Change:
    if visit == "pause":
        return Change(field="pause", value=None, reason=Reason(type="without-pause"))
    return Change(field="include", value=visit, reason=Reason(type="without-visit", values={"visit": visit}))
