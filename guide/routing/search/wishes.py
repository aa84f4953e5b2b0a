"""Wishes about slopes, within a promised detour."""

from dataclasses import replace
from typing import Final

from guide.domain.walker import SlopesChoice, Walker
from guide.routing.costs.arc_costs import DETOUR_AT_MOST, Terms
from guide.routing.search.chain import Found, Search

_STRONG_PULLS: Final = (6.0, 2.5)


def cheapest_with_wishes(search: Search, walker: Walker, terms: Terms, detour: float = DETOUR_AT_MOST) -> Found:
    """The walk that serves a walker's wish about slopes best, at most ``detour`` times as long as without it.

    Costs are first changed by more than the promised factor, and what comes out is kept if it happens to keep the
    promise. Costs changed by just the factor cannot break it: what they save on one way is at most that factor of it.
    """
    if walker.slopes is SlopesChoice.NEUTRAL:
        return search.cheapest(walker, terms)
    fastest = search.cheapest(replace(walker, slopes=SlopesChoice.NEUTRAL), terms)
    longest_s = detour * fastest.duration_s
    for pull in (*(pull for pull in _STRONG_PULLS if pull > detour), detour):
        found = search.cheapest(walker, replace(terms, pull=pull))
        if found.duration_s <= longest_s:
            return found
    # Only where stairs or wheels weigh costs too: the factor then holds for cost, not for time.
    return fastest
