"""The parts of a stroke that lead up: maximal climbs, with short flats in them and none at their ends.

Along a stroke walked uphill let w = z - FLAT_GRADE * s, z the height and s the distance. Where a street climbs more
steeply than FLAT_GRADE w rises, where it runs flat w sinks slowly, where it falls w sinks fast. A climb begins at a
low of w and ends at the high that follows, as soon as w has sunk below that high by more than a tolerance: a flat of
tolerance / FLAT_GRADE, or a fall of the tolerance itself. (The maximal segments of Ruzzo and Tompa 1999, with the
hysteresis that ascents are counted with.)
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.climbs.index import StreetIndex
from guide.climbs.strokes import Strokes, follow_streets
from guide.domain.network import Kind, Network, NetworkHeights

FLAT_GRADE: Final = 0.02
"""What is less steep is felt as flat (a pavement falls 2 % across, for the rain)."""

LEAST_TOLERANCE_M: Final = 2.0
"""A sink of w that a climb outlives even on the best model: a flat of 100 m."""

MOST_TOLERANCE_M: Final = 4.0
"""And at most, however rough the model: or else two hills become one."""

RISER_M: Final = 0.16
"""The height of a step where none is tagged."""

STAIR_GRADE: Final = 0.25
"""What a stair without a count climbs at least; real ones lie at 30 to 60 %, landings and all."""

STEEPEST_STAIR: Final = 0.75
"""No public stair is steeper (19 cm up and 25 cm forward); a count that says so is a slip or another stair's."""


WHOLE_SHARE: Final = 0.7
"""A named street of which one climb takes up so much is that climb, with its level ends: nobody parts them."""

WHOLE_GRADE: Final = 0.03
"""And so is one that climbs so much from end to end, if it gives so little of it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbs:
    """C climbs, each a run of arcs from foot to head: climb c is ``arcs[start[c]:start[c + 1]]``."""

    start: NDArray[np.int64]  # (C + 1,)
    arcs: NDArray[np.int64]

    @property
    def count(self) -> int:
        """C."""
        return len(self.start) - 1

    def arcs_of(self, climb: int) -> tuple[int, ...]:
        """The arcs of one climb, from foot to head."""
        return tuple(self.arcs[self.start[climb] : self.start[climb + 1]].tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """A network as far as climbing goes: its strokes, and for every edge (E,) what it climbs from tail to head.

    ``rise_m`` and ``sigma_m`` (the error of a height on it) are NaN where a height is unknown. ``stair_rise_m`` is
    what its steps alone prove, 0 where there are none: the count where it is tagged, or else ``STAIR_GRADE``.
    """

    network: Network
    index: StreetIndex
    strokes: Strokes
    rise_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    stair_rise_m: NDArray[np.float64]


def see_terrain(network: Network, heights: NetworkHeights, index: StreetIndex | None = None) -> Terrain:
    """The strokes and rises of a network; costs about a second for 100,000 edges.

    ``index`` is the network's, if the caller has it already.
    """
    index = index or StreetIndex(network)
    if network.edge_count == 0:
        none = np.empty(0)
        strokes = follow_streets(network, np.full(network.node_count, np.nan))
        return Terrain(network=network, index=index, strokes=strokes, rise_m=none, sigma_m=none, stair_rise_m=none)
    tail_m = heights.elevation_m[heights.sample_start[:-1]]
    head_m = heights.elevation_m[heights.sample_start[1:] - 1]
    holes = np.add.reduceat(np.isnan(heights.elevation_m), heights.sample_start[:-1], dtype=np.int64) > 0
    node_m = np.full(network.node_count, np.inf)
    for node, height in ((network.edge_tail, tail_m), (network.edge_head, head_m)):
        np.minimum.at(node_m, node, np.where(np.isnan(height), np.inf, height))
    is_stair = network.edge_kind == Kind.STEPS
    length_m = network.edge_length_m
    riser_m = np.where(np.isnan(network.edge_riser_m), RISER_M, network.edge_riser_m)
    counted_m = np.minimum(network.edge_step_count * riser_m, STEEPEST_STAIR * length_m)
    proven_m = np.where(network.edge_step_count > 0, counted_m, STAIR_GRADE * length_m)
    return Terrain(
        network=network,
        index=index,
        strokes=follow_streets(network, np.where(np.isinf(node_m), np.nan, node_m)),
        rise_m=np.where(holes, np.nan, head_m - tail_m),
        sigma_m=np.maximum.reduceat(np.where(holes.repeat(np.diff(heights.sample_start)), np.nan, heights.sigma_m),
                                    heights.sample_start[:-1]),
        stair_rise_m=np.where(is_stair, proven_m, 0.0),
    )  # fmt: skip


def tolerance_m(sigma_m: NDArray[np.float64]) -> float:
    """How far w may sink within one climb, by the error of the heights along the stroke."""
    known = sigma_m[~np.isnan(sigma_m)]
    middle = float(np.median(known)) if len(known) else 0.0
    return min(max(middle, LEAST_TOLERANCE_M), MOST_TOLERANCE_M)


def uphill(terrain: Terrain, arcs: NDArray[np.int64]) -> NDArray[np.float64]:
    """(k,) what each arc climbs the way it is walked, NaN unknown.

    A stair climbs at least what its steps prove, unless the model says by more than its error that it leads down.
    """
    edge = arcs // 2
    rise = np.where(arcs & 1, -terrain.rise_m[edge], terrain.rise_m[edge])
    may_climb = rise > -np.sqrt(2.0) * terrain.sigma_m[edge]
    return np.where(may_climb, np.maximum(rise, terrain.stair_rise_m[edge]), rise)


def cut_street(terrain: Terrain, along: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The climbs of one street, given as arcs and walked either way; each as arcs from foot to head."""
    length_m = terrain.network.edge_length_m
    limit_m = tolerance_m(terrain.sigma_m[along // 2])
    found = []
    for arcs in (along, along[::-1] ^ 1):
        gain = uphill(terrain, arcs) - FLAT_GRADE * length_m[arcs // 2]
        found += [arcs[first:last] for first, last in _runs(gain.tolist(), limit_m)]
    return found


def street_climbs(terrain: Terrain, along: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The climbs of a street given as arcs: a named one as a whole where it is little but climb, else each by itself.

    A street that nowhere climbs by what is known of it (heights unknown all along) has none.
    """
    runs = cut_street(terrain, along)
    if not runs or terrain.strokes.name[along[0] // 2] < 0:
        return runs
    length_m = terrain.network.edge_length_m
    main = max(runs, key=lambda run: float(length_m[run // 2].sum()))
    whole = along if main[0] in along else along[::-1] ^ 1
    steps_m = uphill(terrain, whole)
    steady = steps_m.sum() >= max(
        WHOLE_GRADE * float(length_m[along // 2].sum()), WHOLE_SHARE * float(np.abs(steps_m).sum())
    )
    mostly = length_m[main // 2].sum() >= WHOLE_SHARE * length_m[along // 2].sum()
    mostly &= steps_m.sum() >= WHOLE_SHARE * uphill(terrain, main).sum()  # what it gains it does not lose again
    return [whole] if steady or mostly else runs


def cut_network(terrain: Terrain, least_rise_m: float) -> Climbs:
    """The climbs of every stroke that could rise by ``least_rise_m`` or that holds stairs."""
    strokes = terrain.strokes
    gained = np.nan_to_num(np.abs(terrain.rise_m)) + terrain.stair_rise_m
    if len(strokes.arcs) == 0:
        return Climbs(start=np.zeros(1, dtype=np.int64), arcs=np.empty(0, dtype=np.int64))
    reach = np.add.reduceat(gained[strokes.arcs // 2], strokes.start[:-1])
    stairs = np.add.reduceat(terrain.stair_rise_m[strokes.arcs // 2], strokes.start[:-1]) > 0
    wanted = np.flatnonzero((reach >= least_rise_m) | stairs).tolist()
    runs = [run for stroke in wanted for run in street_climbs(terrain, strokes.along(stroke))]
    start = np.concatenate(([0], np.cumsum([len(run) for run in runs]))).astype(np.int64)
    return Climbs(start=start, arcs=np.concatenate(runs) if runs else np.empty(0, dtype=np.int64))


def _runs(gains: list[float], limit_m: float) -> list[tuple[int, int]]:
    """The runs of edges (first, behind the last) over which the sum of ``gains`` rises; NaN ends a run."""
    runs = []
    begin = peak = 0
    height = low = high = 0.0
    for place, gain in enumerate([*gains, np.nan], start=1):
        height += gain
        if height > high:
            peak, high = place, height
        elif not (height > low and high - height <= limit_m):
            if peak > begin:
                runs.append((begin, peak))
            begin = peak = place
            height = low = high = 0.0
    return runs
