"""From an area's sources to the climbs that deserve a name.

Streets and heights give climbs; climbs candidates; these scores, views and names; and the best of them, spread over
the town, become rows.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.climbs.climbs import see_terrain
from guide.domain.elevation import Elevation
from guide.domain.network import Kind, Network, NetworkHeights, StreetName
from guide.routing.plane import Plane
from guide.terrain.edges import settle_heights
from guide.terrain.mosaic import Mosaic
from tiles.build import BuildJob
from tiles.discover.candidates import SPACING_M, Candidates, list_candidates
from tiles.discover.choose import choose
from tiles.discover.naming import Namer
from tiles.discover.rows import to_csv
from tiles.discover.score import climb_scores, known, scores
from tiles.discover.view import sight_m
from tiles.models import open_model
from tiles.osm.assemble import assemble_network
from tiles.osm.read import read_osm

SHORTLIST: Final = 5
"""Views are scanned, and names looked for, for so many times the climbs that are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """The chosen climbs, the best first: what they are, how far one sees, what they are called, and their arcs."""

    candidates: Candidates
    sight_m: NDArray[np.float64]
    names: tuple[StreetName, ...]
    arcs: tuple[tuple[int, ...], ...]
    ways: tuple[int, ...]

    def csv(self, credit: str) -> str:
        """As a catalogue file."""
        return to_csv(self.candidates, self.sight_m, self.names, self.ways, credit)


def discover_area(job: BuildJob, top: int) -> str:
    """The best climbs of an area as a catalogue file.

    Raises:
        SourceError: the streets or every elevation model are missing, or a file is broken.
    """
    osm = job.sources.require()
    with job.stage("streets"):
        network, _ = assemble_network(read_osm(osm.path), osm.path.name)
    with job.stage("heights"):
        elevation = Mosaic([open_model(source.spec, source.path) for source in job.sources.elevation])
        heights = settle_heights(network, elevation).heights
    with job.stage("climbs"):
        return discover(network, heights, elevation, top).csv(osm.spec.credit)


def discover(network: Network, heights: NetworkHeights, elevation: Elevation, top: int) -> Discovery:
    """The climbs of a network that deserve a name most, at most ``top`` of them."""
    terrain = see_terrain(network, heights)
    climbs, candidates = list_candidates(terrain, heights, elevation.sources)
    candidates = candidates.take(_best_first(candidates)[: SHORTLIST * top])
    namer = Namer(terrain)
    arcs = [climbs.arcs_of(int(climb)) for climb in candidates.climb]
    names = [namer.name(one, Kind(int(kind))) for one, kind in zip(arcs, candidates.kind, strict=True)]
    sight = sight_m(elevation, candidates.head_lng_lat)
    score = np.where([name is not None for name in names], scores(candidates, sight), 0.0)
    plane = Plane.at(*(float(value) for value in network.node_lng_lat.mean(axis=0)))
    chosen = choose(
        score,
        plane.project(candidates.middle_lng_lat),
        [_points(network, plane, one) for one in arcs],
        [name.local if name else "" for name in names],
        top,
    )
    return Discovery(
        candidates=candidates.take(np.array(chosen, dtype=np.int64)),
        sight_m=sight[np.array(chosen, dtype=np.int64)],
        names=tuple(name for index in chosen if (name := names[index]) is not None),
        arcs=tuple(arcs[index] for index in chosen),
        ways=tuple(int(min(network.edge_way_id[arc // 2] for arc in arcs[index])) for index in chosen),
    )


def _best_first(candidates: Candidates) -> NDArray[np.int64]:
    """Candidates without their charm; ties by where they stand, so that no order of edges decides."""
    place = candidates.middle_lng_lat
    return np.lexsort((place[:, 1], place[:, 0], -np.round(climb_scores(candidates) * known(candidates), 9)))


def _points(network: Network, plane: Plane, arcs: tuple[int, ...]) -> NDArray[np.float64]:
    """Points along a climb, ``SPACING_M`` apart or nearer, metres on the plane."""
    lines = [plane.project(network.edge_line(arc // 2)) for arc in arcs]
    found = []
    for line in lines:
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
        at = np.linspace(0.0, along[-1], int(np.ceil(along[-1] / SPACING_M)) + 1)
        found.append(np.stack([np.interp(at, along, line[:, column]) for column in (0, 1)], axis=1))
    return np.concatenate(found)
