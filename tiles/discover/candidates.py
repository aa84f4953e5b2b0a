"""Climbs as candidates: what each of them is, in numbers that can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from guide.climbs.climbs import Climbs, Terrain, cut_network, uphill
from guide.domain.elevation import ElevationSource
from guide.domain.grades import CELLS_PER_WINDOW
from guide.domain.network import STRUCTURE, Kind, Network, NetworkHeights
from guide.routing.course.lines import point_distances
from guide.routing.plane import Plane

LEAST_RISE_M: Final = 4.0
"""More than a storey, and sure: less is a kerb and a doorstep."""

LEAST_GRADE: Final = 0.05
LEAST_SURE_GRADE: Final = 0.03
"""5 % is felt in the legs; what may be as little as 3 % is not worth a name."""

LEAST_LENGTH_M: Final = 15.0
"""As for named stairs: shorter is a doorstep."""

STEEPEST: Final = 0.40
"""No street on earth is steeper than 35 %; what is and has no stairs is a wall in the model, not a way up."""

MOST_BUILT: Final = 0.3
"""A way of which more than this share is bridge, tunnel or arcade is a structure, not a slope."""

TOWN_M: Final = 400.0
TOWN_JUNCTIONS: Final = 50
"""So many junctions of named streets within so many metres are a town: blocks of 100 m."""

SPACING_M: Final = 10.0
"""Climbs are compared by points so far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """C climbs. Lengths and heights in metres, places in metres on a plane (``…_xy``) or degrees (``…_lng_lat``).

    ``sure_rise_m`` is the rise less its error, or what the stairs prove where that is more; it decides, so that noise
    cannot win; ``measured`` says whether the model shows it, or only the
    stairs do. ``name`` indexes the network's names (-1 nameless), ``kind`` is the commonest Kind by length.
    """

    climb: NDArray[np.int64]  # (C,) an index into the Climbs
    length_m: NDArray[np.float64]
    rise_m: NDArray[np.float64]
    sure_rise_m: NDArray[np.float64]
    measured: NDArray[np.bool_]
    stairs_m: NDArray[np.float64]
    straightness: NDArray[np.float64]  # as the crow flies over as the foot walks, 0 to 1
    quiet: NDArray[np.float64]  # 0 (main road) to 1 (stairs, path)
    in_town: NDArray[np.float64]  # 0 (nobody lives there) to 1 (streets on all sides)
    name: NDArray[np.int64]
    kind: NDArray[np.int64]
    middle_lng_lat: NDArray[np.float64]  # (C, 2) a point on the climb, half way up
    head_lng_lat: NDArray[np.float64]  # (C, 2)

    @property
    def count(self) -> int:
        """C."""
        return len(self.climb)

    @property
    def sure_grade(self) -> NDArray[np.float64]:
        """(C,) the grade that can be relied on."""
        return self.sure_rise_m / self.length_m

    def take(self, chosen: NDArray[np.generic]) -> "Candidates":
        """Some of them."""
        return Candidates(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})


QUIET: Final = {
    Kind.STEPS: 1.0,
    Kind.PATH: 1.0,
    Kind.PEDESTRIAN: 1.0,
    Kind.FOOTWAY: 0.9,
    Kind.CYCLEWAY: 0.7,
    Kind.RESIDENTIAL: 0.7,
    Kind.TRACK: 0.6,
    Kind.MINOR: 0.4,
    Kind.SERVICE: 0.3,
    Kind.MAJOR: 0.1,
}


def list_candidates(
    terrain: Terrain, heights: NetworkHeights, sources: Sequence[ElevationSource]
) -> tuple[Climbs, Candidates]:
    """Every climb of a network that rises by more than its error, or that stairs prove."""
    network = terrain.network
    climbs = cut_network(terrain, LEAST_RISE_M)
    if climbs.count == 0:
        return climbs, _candidates(terrain, climbs)
    candidates = _candidates(terrain, climbs)
    begin = climbs.start[:-1]
    edge = climbs.arcs // 2
    # A model cannot tell the rise of what is hardly longer than its cells.
    first = heights.source[heights.sample_start[edge]]
    cells = np.array([*(source.resolution_m for source in sources), 0.0])
    coarsest_m = np.maximum.reduceat(cells[first], begin)
    sigma_m = np.sqrt(2.0) * np.maximum.reduceat(terrain.sigma_m[edge], begin)
    carried = candidates.length_m >= CELLS_PER_WINDOW * coarsest_m
    measured_m = np.where(carried, candidates.rise_m - sigma_m, 0.0)
    proven_m = np.add.reduceat(terrain.stair_rise_m[edge], begin)
    # Stairs of which the model knows that they lead down prove nothing of the way up.
    sure_m = np.nan_to_num(np.minimum(np.maximum(measured_m, proven_m), candidates.rise_m))
    built = np.add.reduceat(np.where(network.has_flag(STRUCTURE), network.edge_length_m, 0.0)[edge], begin)
    keep = (
        (sure_m >= LEAST_RISE_M)
        & (candidates.rise_m >= LEAST_GRADE * candidates.length_m)
        & (sure_m >= LEAST_SURE_GRADE * candidates.length_m)
        & (candidates.length_m >= LEAST_LENGTH_M)
        & ((candidates.rise_m <= STEEPEST * candidates.length_m) | (candidates.stairs_m > 0))
        & (built <= MOST_BUILT * candidates.length_m)
        & ~((candidates.name < 0) & np.isin(candidates.kind, (Kind.SERVICE, Kind.MAJOR)))
    )
    return climbs, replace(candidates, sure_rise_m=sure_m, measured=measured_m >= proven_m).take(keep)


def _candidates(terrain: Terrain, climbs: Climbs) -> Candidates:
    """Every climb as it is, its rise not yet weighed against its error."""
    network, begin, arcs = terrain.network, climbs.start[:-1], climbs.arcs
    edge = arcs // 2
    if climbs.count == 0:
        empty, places, none = np.empty(0), np.empty((0, 2)), np.empty(0, np.int64)
        return Candidates(
            climb=none, length_m=empty, rise_m=empty, sure_rise_m=empty, measured=np.empty(0, np.bool_),
            stairs_m=empty, straightness=empty, quiet=empty, in_town=empty, name=none, kind=none,
            middle_lng_lat=places, head_lng_lat=places,
        )  # fmt: skip
    length = network.edge_length_m[edge]
    length_m = np.add.reduceat(length, begin)
    by_kind = np.stack(
        [np.add.reduceat(np.where(network.edge_kind[edge] == kind, length, 0.0), begin) for kind in Kind], axis=1
    )
    quiet = by_kind @ np.array([QUIET[kind] for kind in Kind]) / np.maximum(length_m, 1e-9)
    foot, head = _arc_start(network, arcs[begin]), _arc_start(network, arcs[climbs.start[1:] - 1] ^ 1)
    plane = Plane.at(*(float(value) for value in network.node_lng_lat.mean(axis=0)))
    foot_xy, head_xy = plane.project(network.node_lng_lat[foot]), plane.project(network.node_lng_lat[head])
    apart_m = np.hypot(*(head_xy - foot_xy).T)
    return Candidates(
        climb=np.arange(climbs.count),
        length_m=length_m,
        rise_m=np.add.reduceat(uphill(terrain, arcs), begin),
        sure_rise_m=np.zeros(climbs.count),
        measured=np.zeros(climbs.count, dtype=np.bool_),
        stairs_m=by_kind[:, Kind.STEPS],
        straightness=np.clip(apart_m / np.maximum(length_m, 1e-9), 0.0, 1.0),
        quiet=quiet,
        in_town=_in_town(network, plane, (foot_xy + head_xy) / 2),
        name=terrain.strokes.name[edge[begin]].astype(np.int64),
        kind=np.argmax(by_kind, axis=1),
        middle_lng_lat=_middles(network, climbs, length),
        head_lng_lat=network.node_lng_lat[head],
    )


def _in_town(network: Network, plane: Plane, place_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C,) how far the junctions of named streets near a place make it a town."""
    named = network.edge_name >= 0
    nodes = np.unique(np.concatenate((network.edge_tail[named], network.edge_head[named])))
    if len(nodes) == 0:
        return np.ones(len(place_xy))
    near = cKDTree(plane.project(network.node_lng_lat[nodes])).query_ball_point(place_xy, TOWN_M, return_length=True)
    dense: NDArray[np.float64] = np.minimum(near / TOWN_JUNCTIONS, 1.0)
    return dense


def _arc_start(network: Network, arcs: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(arcs & 1, network.edge_head[arcs // 2], network.edge_tail[arcs // 2]).astype(np.int64)


def _middles(network: Network, climbs: Climbs, length: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C, 2) the middle of that edge of each climb that holds its middle: there no crossing street is as near."""
    total = np.cumsum(length)
    before = total[climbs.start[:-1]] - length[climbs.start[:-1]]
    half = (before + total[climbs.start[1:] - 1]) / 2
    edge = climbs.arcs[np.searchsorted(total, half)] // 2
    # One axis for all lines, each beginning a metre after the one before, as for heights.
    along = point_distances(network)
    line = np.repeat(np.arange(network.edge_count), np.diff(network.point_start))
    offset = np.concatenate(([0.0], np.cumsum(network.edge_length_m + 1.0)))
    at = offset[edge] + network.edge_length_m[edge] / 2
    axis = offset[line] + along
    return np.stack([np.interp(at, axis, network.point_lng_lat[:, column]) for column in (0, 1)], axis=1)
