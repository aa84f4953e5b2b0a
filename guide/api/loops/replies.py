"""Loops as replies: the best one, and the others as its alternatives."""

from typing import Any

from guide.api.loops.request import LoopRequest, loop_wish_of
from guide.api.tours.replies import kept_view, request_of_tour, told_route
from guide.api.tours.views import reason_view, timed_view
from guide.areas.served import ServedArea
from guide.domain.loop import Loop
from guide.routing.loops.find import find_loops
from guide.routing.routes.closures import Conditions


def loops_reply(area: ServedArea, wanted: LoopRequest) -> dict[str, Any]:
    """Loops to choose from, the best first."""
    wish = loop_wish_of(wanted, area)
    conditions = area.conditions(None, None, 0)
    found = find_loops(area.surroundings, wish, conditions.terms)
    views = [_view(area, loop, wanted, conditions) for loop in found.loops]
    return {
        **views[0],
        "alternatives": views[1:],
        "notes": [reason_view(note, wanted.language) for note in found.notes],
    }


def _view(area: ServedArea, loop: Loop, wanted: LoopRequest, conditions: Conditions) -> dict[str, Any]:
    tour = told_route(area, loop.tour, conditions)
    return {
        "aim": "loop",
        "amount": round(loop.amount, 1),
        "off_percent": round(100 * loop.off, 1),
        "repeated_percent": round(100 * loop.repeated_share, 1),
        **timed_view(area, tour, loop.values, wanted.language),
        **kept_view(area, request_of_tour(tour, wanted.start, wanted.walker, wanted.language)),
    }
