"""Truth on real ground: what the report and the tests ask of real areas."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.climbs.chains import join_chains, longest_path
from guide.climbs.index import StreetIndex
from guide.domain.elevation import Elevation
from guide.domain.network import Flag, Kind, Network
from guide.domain.profile import Profile
from guide.domain.slope import CatalogueSlope, Slope
from guide.domain.walk import whole_arcs
from guide.placing.measure import measure_slopes
from guide.placing.slopes import SlopeLine
from guide.terrain.edges import SettledHeights, settle_heights
from guide.terrain.lines import measure_lines
from guide.terrain.mosaic import Mosaic
from tiles.areas import read_area
from tiles.models import open_model
from tiles.osm.assemble import assemble_network
from tiles.osm.read import read_osm

SHORTEST_NAMED_M: Final = 50.0
LONGEST_NAMED_M: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RealArea:
    """An area's streets on its ground."""

    network: Network
    elevation: Elevation
    settled: SettledHeights


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """All pieces of street of known height: whose edge, how long, how steep."""

    edge: NDArray[np.int64]
    length_m: NDArray[np.float64]
    grade: NDArray[np.float64]

    def share_over(self, limit: float, chosen: NDArray[np.bool_]) -> float:
        """Share of the length of the chosen edges (E,) that is steeper."""
        mine = chosen[self.edge]
        return float(self.length_m[mine & (np.abs(self.grade) > limit)].sum() / self.length_m[mine].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class SteepPart:
    """The steepest stretch of a named street, ``window_m`` long or the whole of a shorter street."""

    slope: Slope
    window_m: float
    grade: float
    sigma: float


def open_models(area: str, sources: Path, ids: tuple[str, ...] = ()) -> Mosaic:
    """The area's elevation models, or only those named."""
    specs = [spec for spec in read_area(area).elevation if not ids or spec.id in ids]
    return Mosaic([open_model(spec, sources / area / spec.file) for spec in specs])


def read_network(area: str, sources: Path) -> Network:
    """The area's streets."""
    path = sources / area / read_area(area).osm.file
    return assemble_network(read_osm(path), path.name)[0]


def read_real(area: str, sources: Path) -> RealArea:
    """The area's streets on its ground."""
    network, elevation = read_network(area, sources), open_models(area, sources)
    return RealArea(network=network, elevation=elevation, settled=settle_heights(network, elevation))


def pieces_of(real: RealArea) -> Pieces:
    """Every piece between two samples of known height."""
    heights = real.settled.heights
    run, rise = np.diff(heights.distance_m), np.diff(heights.elevation_m)
    run[heights.sample_start[1:-1] - 1] = 0.0
    known = np.flatnonzero((run > 0) & np.isfinite(rise))
    edge = np.repeat(np.arange(real.network.edge_count), np.diff(heights.sample_start))
    return Pieces(edge=edge[known], length_m=run[known], grade=rise[known] / run[known])


def is_span(network: Network) -> NDArray[np.bool_]:
    """(E,) bridges and tunnels that are no stairs."""
    return np.asarray(network.has_flag(Flag.BRIDGE | Flag.TUNNEL) & (network.edge_kind != Kind.STEPS))


def is_open_ground(network: Network) -> NDArray[np.bool_]:
    """(E,) ways that are neither bridges, tunnels nor stairs."""
    return np.asarray(~network.has_flag(Flag.BRIDGE | Flag.TUNNEL) & (network.edge_kind != Kind.STEPS))


def named_streets(real: RealArea) -> list[Slope]:
    """Every named street of known height as a slope, foot first."""
    network, index = real.network, StreetIndex(real.network)
    lines = []
    for number, name in enumerate(network.names):
        for chain in join_chains(index, index.edges_of(number)):
            length_m = float(network.edge_length_m[chain].sum())
            if SHORTEST_NAMED_M <= length_m <= LONGEST_NAMED_M:
                entry = CatalogueSlope(id=f"way-{int(network.edge_way_id[chain[0]])}", name=name.local)
                lines.append(SlopeLine(entry=entry, stretches=whole_arcs(longest_path(network, chain))))
    sources = real.elevation.sources
    slopes, _ = measure_slopes(network, real.settled.heights, sources, lines, real.settled.errors)
    return [each for each in slopes if each.measures is not None and each.measures.mean_grade is not None]


def steep_parts(real: RealArea, slopes: list[Slope], window_m: float) -> list[SteepPart]:
    """The steepest stretch of each street, the steepest street first."""
    errors = real.settled.errors[0]
    parts = []
    for slope in slopes:
        profile = slope.profile
        if profile is None or profile.length_m < SHORTEST_NAMED_M:
            continue
        span_m = min(window_m, profile.length_m)
        grade = _steepest(profile, span_m)
        sigma = errors.difference_sigma_m(span_m) / span_m
        parts.append(SteepPart(slope=slope, window_m=span_m, grade=grade, sigma=sigma))
    return sorted(parts, key=lambda part: -abs(part.grade))


def _steepest(profile: Profile, window_m: float) -> float:
    begins = np.linspace(0, profile.length_m - window_m, 200)
    low = np.interp(begins, profile.distance_m, profile.elevation_m)
    high = np.interp(begins + window_m, profile.distance_m, profile.elevation_m)
    grades = (high - low) / window_m
    return float(grades[np.argmax(np.abs(grades))])


def compare_models(network: Network, one: Elevation, other: Elevation, shortest_m: float) -> NDArray[np.float64]:
    """(n, 3) for streets that both models know: length, difference of mean grades, and that in stated errors."""
    known = np.isfinite(one.sample(network.point_lng_lat).elevation_m)
    known &= np.isfinite(other.sample(network.point_lng_lat).elevation_m)
    streets = np.flatnonzero(
        np.logical_and.reduceat(known, network.point_start[:-1])
        & (network.edge_length_m >= shortest_m)
        & (network.edge_tail != network.edge_head)
    )
    counts = np.diff(network.point_start)[streets]
    start = np.concatenate(([0], np.cumsum(counts)))
    within = np.arange(start[-1]) - np.repeat(start[:-1], counts)
    points = network.point_lng_lat[np.repeat(network.point_start[streets], counts) + within]
    rows = []
    for a, b in zip(measure_lines(start, points, one), measure_lines(start, points, other), strict=True):
        first, second = a.measures, b.measures
        if first is None or second is None or first.mean_grade is None or second.mean_grade is None:
            continue
        off = first.mean_grade - second.mean_grade
        sigma = np.hypot(first.mean_grade_sigma or 0.0, second.mean_grade_sigma or 0.0)
        rows.append((first.length_m, off, off / max(float(sigma), 1e-9)))
    return np.array(rows)
