"""Two other tours that really differ: one with less climbing, and one in another quarter."""

from dataclasses import replace
from typing import Final

import numpy as np

from guide.domain.planned_tour import AimedTour, AimMissed, HaltKind, Reason, TourAim
from guide.routing.plane import Plane
from guide.routing.tours.draft import Draft
from guide.routing.tours.solve import Deadline, choose
from guide.routing.tours.surroundings import Surroundings
from guide.routing.tours.walked import Walked, aimed, walk_within

LESS_CLIMBING: Final = 0.6
GENTLER_AT_MOST: Final = 0.75
"""A gentler tour is sought with 60 % of the ascent, and is one if it has at most 75 %."""

WORTH_SAVING_M: Final = 30.0
"""Who climbs less than this in all needs no gentler tour."""

QUARTER_M: Final = 250.0
"""Slopes nearer than this to one of the best tour belong to its quarter."""

SHARED_AT_MOST: Final = 0.5
"""A tour that walks more of its way than this on streets of the best one is not elsewhere."""

_SHARE: Final = 0.3
"""Of the effort that is spent on the best tour."""


def gentler(surroundings: Surroundings, best: Walked, deadline: Deadline) -> AimedTour | AimMissed:
    """A tour with clearly less climbing."""
    aim = TourAim.GENTLER
    ascent_m = best.tour.ascent_m
    if ascent_m is None:
        return AimMissed(aim=aim, reason=Reason(type="ascent-not-known"))
    if ascent_m < WORTH_SAVING_M:
        return AimMissed(aim=aim, reason=Reason(type="gentle-already", values={"metres": round(ascent_m)}))
    problem = replace(best.draft.problem, max_ascent_m=LESS_CLIMBING * ascent_m)
    wish = replace(best.draft.wish, max_ascent_m=GENTLER_AT_MOST * ascent_m)
    found = _plan(surroundings, replace(best.draft, wish=wish, problem=problem), deadline)
    if found is None:
        return _missed(aim, "no-gentler", deadline)
    return aimed(found, aim)


def other_quarter(surroundings: Surroundings, best: Walked, deadline: Deadline) -> AimedTour | AimMissed:
    """A tour among other slopes, on other streets."""
    aim = TourAim.OTHER_QUARTER
    found = _plan(surroundings, _elsewhere(surroundings, best), deadline)
    if found is None or _shared(surroundings, found, best) > SHARED_AT_MOST:
        return _missed(aim, "no-other-quarter", deadline)
    return aimed(found, aim)


def _missed(aim: TourAim, reason: str, deadline: Deadline) -> AimMissed:
    """There is none, or nobody had the time to look."""
    return AimMissed(aim=aim, reason=Reason(type="no-time-to-look" if deadline.passed else reason))


def _plan(surroundings: Surroundings, draft: Draft, deadline: Deadline) -> Walked | None:
    """The best tour of a draft with at least one slope, found with less effort."""
    choice = choose(draft.problem, deadline, share=_SHARE)
    if choice is None:
        return None
    found = walk_within(surroundings, draft, choice, deadline)
    return found if found is not None and draft.slopes_of(found.choice.order) else None


def _elsewhere(surroundings: Surroundings, best: Walked) -> Draft:
    """The draft without the slopes of a tour and those about them; what must be seen stays."""
    draft = best.draft
    taken = set(draft.slopes_of(best.choice.order))
    lines = {
        slope_id: slope.line for slope_id in draft.groups if (slope := surroundings.slopes.get(slope_id)) is not None
    }
    plane = Plane.at(*draft.wish.start.lng_lat)
    near = np.concatenate([plane.project(line) for each in taken if (line := lines.get(each)) is not None])
    dropped = []
    for candidate in draft.candidates:
        line = lines.get(candidate.visit)
        if candidate.halt.kind is not HaltKind.SLOPE or line is None or candidate.visit in draft.wish.include:
            dropped.append(False)
            continue
        middle = plane.project(line[len(line) // 2])
        dropped.append(bool((np.hypot(*(near - middle).T) < QUARTER_M).any()))
    return draft.without(np.array(dropped))


def _shared(surroundings: Surroundings, one: Walked, other: Walked) -> float:
    """Which share of a tour's way runs on streets of another."""
    walk = one.tour.route.walk
    common = np.isin(walk.edge, other.tour.route.walk.edge)
    lengths = surroundings.router.network.edge_length_m[walk.edge] * walk.share
    total = float(lengths.sum())
    return float(lengths[common].sum()) / total if total > 0 else 1.0
