"""Slopes and network onto terrain."""

from collections.abc import Sequence

import numpy as np

from guide.domain.elevation import ElevationSource
from guide.domain.findings import Finding
from guide.domain.network import Kind, Network, NetworkHeights
from guide.domain.profile import Profile
from guide.domain.route import Stretch
from guide.domain.slope import Slope
from guide.routing.geometry import count_steps
from guide.routing.lines import MarkedEdges, point_distances, walk_along
from guide.terrain.measures import measure_profile
from tiles.slopes import SlopeLine, foot_first


def measure_slopes(
    network: Network, heights: NetworkHeights, sources: Sequence[ElevationSource], lines: Sequence[SlopeLine]
) -> tuple[list[Slope], list[Finding]]:
    """Slopes with line, profile and measures, foot first; those without arcs as they are."""
    slopes: list[Slope] = []
    findings: list[Finding] = []
    points = MarkedEdges(start=network.point_start, distance_m=point_distances(network))
    samples = MarkedEdges(start=heights.sample_start, distance_m=heights.distance_m)
    for line in lines:
        if not line.arcs:
            slopes.append(Slope(entry=line.entry))
            continue
        arcs = foot_first(heights, line.arcs)
        whole = tuple(Stretch(arc=arc) for arc in arcs)
        has_steps = bool((network.edge_kind[np.array(arcs) // 2] == Kind.STEPS).any())
        walked = walk_along(samples, whole)
        profile = Profile(
            distance_m=walked.distance_m,
            elevation_m=walked.values(heights.elevation_m),
            sigma_m=walked.values(heights.sigma_m),
        )
        slopes.append(
            Slope(
                entry=line.entry,
                line=walk_along(points, whole).values(network.point_lng_lat),
                arcs=arcs,
                profile=profile,
                measures=measure_profile(
                    profile,
                    resolution_m=_coarsest_m(heights, sources, arcs),
                    steps=count_steps(network, whole) if has_steps else None,
                    has_steps=has_steps,
                    elevation_source=_source_names(heights, arcs),
                ),
            )
        )
        if not profile.known:
            findings.append(Finding(code="slope.height-unknown", where=f"{line.entry.id} ({line.entry.name})"))
    return slopes, findings


def _sources_on(heights: NetworkHeights, arcs: Sequence[int]) -> list[int]:
    found = np.concatenate(
        [heights.source[heights.sample_start[arc // 2] : heights.sample_start[arc // 2 + 1]] for arc in arcs]
    )
    return [int(number) for number in np.unique(found) if number >= 0]


def _coarsest_m(heights: NetworkHeights, sources: Sequence[ElevationSource], arcs: Sequence[int]) -> float:
    return max((sources[number].resolution_m for number in _sources_on(heights, arcs)), default=0.0)


def _source_names(heights: NetworkHeights, arcs: Sequence[int]) -> str | None:
    return ", ".join(heights.sources[number] for number in _sources_on(heights, arcs)) or None
