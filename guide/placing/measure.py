"""Slopes and network onto terrain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from guide.domain.elevation import Elevation, ElevationSource, HeightErrors, independent_errors
from guide.domain.findings import Finding
from guide.domain.network import Flag, Kind, Network, NetworkHeights
from guide.domain.profile import Profile
from guide.domain.slope import Measures, Slope
from guide.domain.walk import Stretch, Walk, turned
from guide.placing.slopes import SlopeLine
from guide.routing.course.geometry import count_steps
from guide.routing.course.lines import MarkedEdges, Spans, point_distances
from guide.terrain.evidence import Claim, Stairs, compare_sign, compare_steps, compare_tag
from guide.terrain.lines import LineMeasure, measure_lines
from guide.terrain.measures import measure_profile

_WGS84: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A network, its heights, and the models they come from with their errors."""

    network: Network
    heights: NetworkHeights
    sources: Sequence[ElevationSource]
    errors: Sequence[HeightErrors]

    def sources_on(self, arcs: Sequence[int]) -> list[int]:
        """The models that give heights along some arcs."""
        start = self.heights.sample_start
        found = np.concatenate([self.heights.source[start[arc // 2] : start[arc // 2 + 1]] for arc in arcs])
        return [int(number) for number in np.unique(found) if number >= 0]

    def worst_errors(self, arcs: Sequence[int]) -> HeightErrors | None:
        """The errors of the least certain model along some arcs."""
        used = [self.errors[number] for number in self.sources_on(arcs)]
        return max(used, key=lambda each: each.sigma_m, default=None)

    def rise_m(self, arc: int) -> float:
        """Metres that an arc climbs."""
        start = self.heights.sample_start
        edge = arc // 2
        rise = float(self.heights.elevation_m[start[edge + 1] - 1] - self.heights.elevation_m[start[edge]])
        return -rise if arc % 2 else rise


def measure_slopes(
    network: Network,
    heights: NetworkHeights,
    sources: Sequence[ElevationSource],
    lines: Sequence[SlopeLine],
    errors: Sequence[HeightErrors] | None = None,
) -> tuple[list[Slope], list[Finding]]:
    """Slopes with line, profile and measures, foot first; those without streets as they are.

    ``errors`` are those of each source, as ``settle_heights`` found them; without them heights are taken to err
    independently, which is cautious.
    """
    measurer = SlopeMeasurer(network, heights, sources, errors)
    measured = [measurer.measure(line) for line in lines]
    return [slope for slope, _ in measured], [finding for _, noticed in measured for finding in noticed]


class SlopeMeasurer:
    """Measures slopes on one network, each by itself; ``errors`` as in ``measure_slopes``."""

    def __init__(
        self,
        network: Network,
        heights: NetworkHeights,
        sources: Sequence[ElevationSource],
        errors: Sequence[HeightErrors] | None = None,
    ) -> None:
        known = [independent_errors(source) for source in sources] if errors is None else errors
        self._ground = Ground(network=network, heights=heights, sources=sources, errors=known)
        self._points = MarkedEdges.at(start=network.point_start, distance_m=point_distances(network))
        self._samples = MarkedEdges.at(start=heights.sample_start, distance_m=heights.distance_m)

    def measure(self, line: SlopeLine) -> tuple[Slope, list[Finding]]:
        """One slope, foot first, and what was noticed of it; one without streets as it is."""
        if not line.stretches:
            return Slope(entry=line.entry), []
        network, heights = self._ground.network, self._ground.heights
        walk = Walk.of(line.stretches)
        spans = Spans(network.edge_length_m, walk)
        walked = self._samples.along(walk, spans)
        profile = Profile(
            distance_m=walked.distance_m,
            elevation_m=walked.values(heights.elevation_m),
            sigma_m=walked.values(heights.sigma_m),
        )
        stretches, lng_lat = line.stretches, self._points.along(walk, spans).values(network.point_lng_lat)
        if falls(profile):
            stretches, profile, lng_lat = turned(stretches), profile.reversed(), lng_lat[::-1].copy()
        measures = _measure(self._ground, stretches, profile, lng_lat)
        slope = Slope(entry=line.entry, line=lng_lat, stretches=stretches, profile=profile, measures=measures)
        return slope, self._noticed(slope, measures)

    def _noticed(self, slope: Slope, measures: Measures) -> list[Finding]:
        entry, arcs = slope.entry, slope.arcs
        where = f"{entry.id} ({entry.name})"
        known = slope.profile is not None and slope.profile.known
        return [
            *([] if known else [Finding(code="slope.height-unknown", where=where)]),
            *compare_sign(where, entry.posted_grade_percent, measures),
            *compare_tag(where, _tagged(self._ground, arcs)),
            *compare_steps(where, _stairs(self._ground, arcs, entry.reported_steps)),
        ]


def measure_drawn(slopes: Sequence[Slope], elevation: Elevation, errors: Sequence[HeightErrors]) -> list[Slope]:
    """The same slopes; those that have no streets, but a line that was drawn, with it and its measures.

    Such a line sees the ground alone: no bridge, no tunnel, and steps only as somebody counted them.
    """
    drawn = [index for index, slope in enumerate(slopes) if slope.line is None and slope.entry.line]
    if not drawn:
        return list(slopes)
    steps = [slopes[index].entry.reported_steps for index in drawn]

    def measure(lines: list[NDArray[np.float64]]) -> list[LineMeasure]:
        start = np.concatenate(([0], np.cumsum([len(line) for line in lines])))
        return measure_lines(start, np.concatenate(lines), elevation, steps=steps, errors=errors)

    lines = [np.array(slopes[index].entry.line, dtype=np.float64) for index in drawn]
    measured = measure(lines)
    if any(each.profile is not None and falls(each.profile) for each in measured):
        lines = [
            line[::-1] if each.profile is not None and falls(each.profile) else line
            for line, each in zip(lines, measured, strict=True)
        ]
        measured = measure(lines)
    found = list(slopes)
    for index, line, each in zip(drawn, lines, measured, strict=True):
        if each.profile is not None:
            found[index] = replace(slopes[index], line=line, profile=each.profile, measures=each.measures)
    return found


def falls(profile: Profile) -> bool:
    """Whether a line leads from its higher end to the lower one; False if a height is unknown."""
    return bool(profile.elevation_m[-1] < profile.elevation_m[0])


def _measure(
    ground: Ground, stretches: tuple[Stretch, ...], profile: Profile, lng_lat: NDArray[np.float64]
) -> Measures:
    arcs = [stretch.arc for stretch in stretches]
    used = ground.sources_on(arcs)
    walk, network = Walk.of(stretches), ground.network
    is_stair = network.edge_kind[walk.edge] == Kind.STEPS
    has_steps = bool(is_stair.any())
    measures = measure_profile(
        profile,
        resolution_m=max((ground.sources[number].resolution_m for number in used), default=0.0),
        steps=count_steps(network, walk) if has_steps else None,
        has_steps=has_steps,
        elevation_source=", ".join(ground.heights.sources[number] for number in used) or None,
        errors=ground.worst_errors(arcs),
        ends_apart_m=float(_WGS84.inv(*lng_lat[0], *lng_lat[-1])[2]),
    )
    return replace(
        measures,
        stairs_m=float((network.edge_length_m[walk.edge] * walk.share)[is_stair].sum()),
        handrail=bool(network.has_flag(Flag.HANDRAIL)[walk.edge][is_stair].all()) if has_steps else None,
    )


def _tagged(ground: Ground, arcs: tuple[int, ...]) -> Claim | None:
    """What ``incline`` tags say of a slope, and the model of the same arcs."""
    tagged = [arc for arc in arcs if np.isfinite(ground.network.edge_incline_percent[arc // 2])]
    errors = ground.worst_errors(arcs)
    length_m = sum(float(ground.network.edge_length_m[arc // 2]) for arc in tagged)
    if length_m <= 0 or errors is None:
        return None
    claimed_m = sum(
        float(ground.network.edge_incline_percent[arc // 2] * ground.network.edge_length_m[arc // 2])
        * (-0.01 if arc % 2 else 0.01)
        for arc in tagged
    )
    return Claim(
        grade=claimed_m / length_m,
        model_grade=sum(ground.rise_m(arc) for arc in tagged) / length_m,
        model_sigma=errors.difference_sigma_m(length_m) / length_m,
    )


def _stairs(ground: Ground, arcs: tuple[int, ...], reported: int | None) -> Stairs | None:
    """The steps of a slope's stairs, by the map or else by the catalogue, and the model's rise of the same stairs."""
    stairs = [arc for arc in arcs if ground.network.edge_kind[arc // 2] == Kind.STEPS]
    errors = ground.worst_errors(arcs)
    if not stairs or errors is None:
        return None
    counts = [int(ground.network.edge_step_count[arc // 2]) for arc in stairs]
    steps = sum(counts) if min(counts) >= 0 else reported
    if steps is None:
        return None
    length_m = sum(float(ground.network.edge_length_m[arc // 2]) for arc in stairs)
    risers = ground.network.edge_riser_m[np.array(stairs) // 2]
    known = np.isfinite(risers).all() and min(counts) > 0
    return Stairs(
        steps=steps,
        riser_m=float(np.average(risers, weights=counts)) if known else None,
        model_rise_m=sum(ground.rise_m(arc) for arc in stairs),
        model_sigma_m=errors.difference_sigma_m(length_m),
    )
