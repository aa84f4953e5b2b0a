"""Isochrones: what one can reach on foot in some minutes, or from where one can come, as areas along the streets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from guide.domain.network import Network
from guide.domain.route import Stop
from guide.domain.slope import Slope
from guide.domain.walker import Walker
from guide.routing.costs.arc_costs import ArcCosts, Terms
from guide.routing.plane import Plane
from guide.routing.reach.spread import Spread, Spreader
from guide.routing.search.router import Router
from guide.routing.search.stops import Way, ways_of_stops

HALF_WIDTH_M: Final = 18.0
"""How far to both sides of a street an area reaches: the houses along it."""

FILLED_M2: Final = 20_000.0
"""A block with reached streets all around is reached too, if it is not larger than this."""

_SIMPLIFIED_M: Final = 2.0
_ARC_SEGMENTS: Final = 3
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Isochrone:
    """Everything within ``limit_s``: an area in degrees (Polygon or MultiPolygon), and the length of its streets."""

    limit_s: float
    area: BaseGeometry
    area_m2: float
    streets_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Reached pieces of streets: ``edge`` (n,), each from ``start`` to ``end`` (n,) as shares of it from its tail."""

    edge: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]


def isochrones(  # noqa: PLR0913 (all that is asked for)
    router: Router,
    slopes: Mapping[str, Slope],
    place: Stop,
    walker: Walker,
    terms: Terms,
    limits_s: Sequence[float],
    *,
    towards: bool = False,
) -> list[Isochrone]:
    """The areas within some times of a place, in the order of the limits.

    From a slope one sets out where its climb ends, and towards a slope one comes to where it begins; of a slope of any
    direction both ends count.

    Raises:
        SnapError: the place is too far from any street.
        NotFoundError: no such slope.
        RouteError: the slope cannot be walked.
    """
    metric = router.metric(walker, terms)
    ways = ways_of_stops(router, metric, (place,), slopes)[0]
    ends = [way.entries if towards else way.exits for way in ways]
    spread = Spreader(router, metric.costs).spread(ends, max(limits_s), towards=towards)
    found: dict[float, Isochrone] = {}
    within: BaseGeometry | None = None
    for limit_s in sorted(limits_s):
        pieces = reached_pieces(metric.costs, router.network, spread, ways, limit_s, towards=towards)
        found[limit_s] = isochrone(router.network, pieces, limit_s, within)
        within = found[limit_s].area
    return [found[limit_s] for limit_s in limits_s]


def reached_pieces(
    costs: ArcCosts, network: Network, spread: Spread, ways: Sequence[Way], limit_s: float, *, towards: bool
) -> Pieces:
    """All streets within a limit, the last ones only as far as one gets.

    ``ways`` are the places that one starts from, or with ``towards`` comes to.
    """
    low, high = np.zeros(network.edge_count), np.ones(network.edge_count)
    tail_s, head_s = spread.node_s[network.edge_tail], spread.node_s[network.edge_head]
    forward_s = np.where(costs.passable[0::2], costs.duration_s[0::2], np.inf)
    backward_s = np.where(costs.passable[1::2], costs.duration_s[1::2], np.inf)
    # From its tail one walks an edge forward; to its tail one comes backward. From or to its head, the other way.
    by_tail, by_head = (backward_s, forward_s) if towards else (forward_s, backward_s)
    from_tail = _share(limit_s - tail_s, by_tail)
    from_head = _share(limit_s - head_s, by_head)
    whole = from_tail + from_head >= 1
    edges = [
        np.flatnonzero(whole),
        np.flatnonzero(~whole & (from_tail > _TINY)),
        np.flatnonzero(~whole & (from_head > _TINY)),
    ]
    starts = [low[edges[0]], low[edges[1]], 1 - from_head[edges[2]]]
    ends = [high[edges[0]], from_tail[edges[1]], high[edges[2]]]
    for way in ways:
        edge, at = way.begin if towards else way.end
        if whole[edge]:
            continue
        ahead, behind = (float(_share(np.array([limit_s]), each[edge : edge + 1])[0]) for each in (by_tail, by_head))
        edges.append(np.array([edge]))
        starts.append(np.array([max(at - behind, 0.0)]))
        ends.append(np.array([min(at + ahead, 1.0)]))
    return Pieces(edge=np.concatenate(edges), start=np.concatenate(starts), end=np.concatenate(ends))


def _share(left_s: NDArray[np.float64], whole_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Which share of an edge that takes ``whole_s`` one gets along in the time left."""
    share = np.divide(left_s, whole_s, out=np.zeros(len(left_s)), where=np.isfinite(whole_s) & (whole_s > 0))
    clipped: NDArray[np.float64] = np.clip(np.nan_to_num(share, nan=0.0), 0.0, 1.0)
    return clipped


def isochrone(network: Network, pieces: Pieces, limit_s: float, within: BaseGeometry | None = None) -> Isochrone:
    """The area along reached pieces of streets; ``within`` is what is reached sooner, and lies in it."""
    lines = _lines(network, pieces)
    plane = Plane.at(*network.point_lng_lat[network.point_start[pieces.edge[0]]].tolist())
    flat = shapely.transform(shapely.multilinestrings(lines), plane.project)
    along = shapely.unary_union(shapely.buffer(flat, HALF_WIDTH_M, quad_segs=_ARC_SEGMENTS))
    area = _without_courts(along).simplify(_SIMPLIFIED_M)
    if within is not None:
        area = area.union(shapely.transform(within, plane.project))
    metres = float((network.edge_length_m[pieces.edge] * (pieces.end - pieces.start)).sum())
    degrees = shapely.transform(area, plane.unproject)
    return Isochrone(
        limit_s=limit_s,
        area=shapely.orient_polygons(shapely.set_precision(degrees, 1e-6)),
        area_m2=float(shapely.area(area)),
        streets_m=metres,
    )


def _lines(network: Network, pieces: Pieces) -> NDArray[np.object_]:
    """Each piece as a line in degrees."""
    starts = network.point_start
    counts = starts[pieces.edge + 1] - starts[pieces.edge]
    before = np.cumsum(counts) - counts
    index = np.arange(int(counts.sum())) + np.repeat(starts[pieces.edge] - before, counts)
    lines = shapely.linestrings(network.point_lng_lat[index], indices=np.repeat(np.arange(len(pieces.edge)), counts))
    cut = np.flatnonzero((pieces.start > _TINY) | (pieces.end < 1 - _TINY))
    for number in cut.tolist():
        lines[number] = substring(
            lines[number], float(pieces.start[number]), float(pieces.end[number]), normalized=True
        )
    return np.array([line for line in lines if line.geom_type == "LineString"], dtype=object)


def _without_courts(area: BaseGeometry) -> BaseGeometry:
    """An area with its small holes filled."""
    filled = []
    for part in shapely.get_parts(area).tolist():
        kept = [ring for ring in part.interiors if shapely.Polygon(ring).area > FILLED_M2]
        filled.append(shapely.Polygon(part.exterior, kept))
    return shapely.union_all(filled)
