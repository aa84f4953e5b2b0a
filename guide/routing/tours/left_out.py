"""Why each slope that is not in a tour is not."""

from dataclasses import replace
from typing import Final

from guide.domain.planned_tour import HaltKind, LeftOut, Reason
from guide.routing.tours.problem import cheapest_insertion
from guide.routing.tours.walked import Walked

_MINUTE_S: Final = 60.0


def left_out_of(walked: Walked) -> tuple[LeftOut, ...]:
    """Every slope that is not in a tour: what it would add, or why it could not come in; the nearest misses first."""
    told = {each.slope_id: each for each in walked.draft.left_out}
    taken = set(walked.draft.slopes_of(walked.choice.order))
    for candidate in walked.draft.candidates:
        if candidate.halt.kind is HaltKind.SLOPE and candidate.visit not in taken and candidate.visit not in told:
            told[candidate.visit] = _missed(walked, candidate.visit)
    return tuple(sorted(told.values(), key=lambda each: (each.added_s is None, each.added_s or 0.0, each.slope_id)))


def _missed(walked: Walked, slope_id: str) -> LeftOut:
    draft, choice = walked.draft, walked.choice
    wish, tour = draft.wish, walked.tour
    points = draft.values[slope_id].points
    insertion = cheapest_insertion(draft.problem, choice.order, draft.groups[slope_id])
    if insertion is None:
        return LeftOut(slope_id=slope_id, reason=Reason(type="unreachable"), points=points)
    left_s = wish.budget_s - tour.duration_s
    over_time = insertion.added_s > left_s
    over_ascent = (
        wish.max_ascent_m is not None
        and tour.ascent_m is not None
        and insertion.added_m > wish.max_ascent_m - tour.ascent_m
    )
    values: dict[str, object] = {
        "minutes": max(round(insertion.added_s / _MINUTE_S), 1),
        "left": int(left_s / _MINUTE_S),
        "metres": max(round(insertion.added_m), 0),
    }
    if wish.max_ascent_m is not None and tour.ascent_m is not None:
        values["metres_left"] = int(wish.max_ascent_m - tour.ascent_m)
    kind = {(True, True): "adds-both", (True, False): "adds-time", (False, True): "adds-ascent"}.get(
        (over_time, over_ascent), "misses-hours" if draft.problem.has_windows else "does-not-fit"
    )
    told = LeftOut(slope_id=slope_id, reason=Reason(type=kind, values=values), points=points)
    return replace(told, added_s=max(insertion.added_s, 0.0), added_m=max(insertion.added_m, 0.0))
