"""A walker's hard limits, judged on a whole walk."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from guide.domain.network import Kind, Network
from guide.domain.profile import Profile
from guide.domain.route import StreetLabel
from guide.domain.walk import Stretch, Walk
from guide.domain.walker import Walker
from guide.routing.costs.arc_costs import ArcCosts, Lay
from guide.routing.costs.wheels import Bar
from guide.routing.costs.windows import SteepPlace, steepest_on_walk
from guide.routing.course.geometry import Geometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A part of a walk that breaks a limit: on which street, from where to where, and how steep (signed ratio).

    Where it is not the grade that stops the walker, ``grade`` is None and ``bar`` says what does; ``metres`` is the
    width or the kerb's height then.
    """

    street: StreetLabel
    from_m: float
    to_m: float
    grade: float | None
    bar: Bar = Bar.NONE
    metres: float | None = None


def street_label(network: Network, edge: int) -> StreetLabel:
    """What the street of an edge is called."""
    return StreetLabel(name=network.edge_street_name(edge), kind=Kind(int(network.edge_kind[edge])))


def window_of_walk(lay: Lay, walk: Walk) -> tuple[float, float]:
    """The window (metres) over which a walk is judged and the error (1 sigma, a ratio) of a grade over it.

    The longest window and the largest error of any edge on it; 0 where no height is known.
    """
    edge = walk.edge
    window_m, sigma = lay.windows.window_m[edge], lay.windows.sigma[edge]
    return float(window_m.max()), 0.0 if np.isnan(sigma).all() else float(np.nanmax(sigma))


def steep_place(profile: Profile, window_m: float, tolerance: float, walker: Walker) -> SteepPlace | None:
    """The window of a walk that is most over the walker's limits by more than ``tolerance`` (a ratio); else None."""
    places = steepest_on_walk(profile, window_m)
    if places is None:
        return None
    up, down = places
    excess = [
        (sign * place.grade - limit, place)
        for sign, place, limit in ((1, up, walker.max_grade_up), (-1, down, walker.max_grade_down))
        if limit is not None
    ]
    worst = max(excess, key=lambda pair: pair[0], default=None)
    return worst[1] if worst is not None and worst[0] > tolerance + 1e-9 else None


def steepest_stretch(geometry: Geometry, walk: Walk, place: SteepPlace) -> Stretch | None:
    """The whole arc that adds most to a steep window of a walk; None if only cut ends lie in it."""
    best: tuple[float, Stretch] | None = None
    begin_m = 0.0
    for stretch in walk.stretches:
        alone = Walk.of((stretch,))
        end_m = begin_m + geometry.length_m(alone)
        low, high = max(begin_m, place.from_m), min(end_m, place.to_m)
        if high > low and (stretch.start, stretch.end) == (0.0, 1.0):
            profile = geometry.profile(alone)
            heights = np.interp((low - begin_m, high - begin_m), profile.distance_m, profile.elevation_m)
            share = float(heights[1] - heights[0]) * (1 if place.grade > 0 else -1)
            if best is None or share > best[0]:
                best = (share, stretch)
        begin_m = end_m
    return best[1] if best else None


def breaches(network: Network, geometry: Geometry, costs: ArcCosts, walk: Walk, walker: Walker) -> list[Breach]:
    """Every part of a walk that is too steep for the walker, or that their wheels cannot cross, in order.

    Neighbouring stretches of one street are one part. A stretch that takes but part of an edge is judged by that part.
    """
    found: list[Breach] = []
    begin_m = 0.0
    for (_, over, bar), group in groupby(walk.stretches, key=lambda stretch: _nature(network, costs, stretch)):
        part = Walk.of(group)
        length_m = geometry.length_m(part)
        if bar or over:
            grade = None if bar else _breaking_grade(geometry.profile(part), walker)
            if bar or grade is not None:
                breach = Breach(
                    street=street_label(network, int(part.edge[0])),
                    from_m=begin_m,
                    to_m=begin_m + length_m,
                    grade=grade,
                    bar=bar,
                    metres=_measure_of(network, bar, part),
                )
                found.append(breach)
        begin_m += length_m
    return found


def _nature(network: Network, costs: ArcCosts, stretch: Stretch) -> tuple[tuple[int, int], bool, Bar]:
    edge = stretch.arc >> 1
    street = (int(network.edge_name[edge]), int(network.edge_kind[edge]))
    return street, bool(costs.over_limit[stretch.arc]), Bar(int(costs.bar[stretch.arc]))


def _measure_of(network: Network, bar: Bar, part: Walk) -> float | None:
    """The narrowest width or the highest kerb of a part that is barred by it."""
    edges = part.edge
    if bar is Bar.WIDTH:
        return float(network.edge_width_m[edges].min())
    return float(network.edge_kerb_m[edges].max()) if bar is Bar.KERB else None


def _breaking_grade(profile: Profile, walker: Walker) -> float | None:
    """The grade that breaks a limit most, over 20 m or the whole of a shorter part; None if all is kept."""
    window_m = min(20.0, profile.length_m)
    if window_m <= 0:
        return None
    place = steep_place(profile, window_m, 0.0, walker)
    return None if place is None else place.grade
