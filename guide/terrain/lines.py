"""Any lines on any elevation model to profiles and measures; no network is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from guide.domain.elevation import Elevation, ElevationSamples, HeightErrors
from guide.domain.findings import Finding, Severity
from guide.domain.profile import Profile
from guide.domain.slope import Measures
from guide.terrain.measures import measure_profile
from guide.terrain.sampling import LineSamples, sample_lines, spacing_m
from guide.terrain.smoothing import remove_spikes, smooth_lines, smoothing_length_m
from guide.terrain.uncertainty import estimate_errors, weights_squared

_WGS84: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMeasure:
    """What was measured of one line, as it was drawn; without length there is neither profile nor measure."""

    profile: Profile | None
    measures: Measures | None
    findings: tuple[Finding, ...] = ()


def measure_lines(
    point_start: NDArray[np.int64],
    point_lng_lat: NDArray[np.float64],
    elevation: Elevation,
    *,
    steps: Sequence[int | None] | None = None,
    errors: Sequence[HeightErrors] | None = None,
) -> list[LineMeasure]:
    """Profiles, measures and findings of many lines at once, in their order.

    Args:
        point_start: (n + 1,) line i is ``point_lng_lat[point_start[i]:point_start[i + 1]]``.
        point_lng_lat: (P, 2) degrees in WGS 84. Points that are not finite are left out, and a finding says so.
        elevation: what knows the heights.
        steps: of each line, how many steps it has; None for a line without stairs.
        errors: of each of the elevation's sources; seen in the elevation itself if not given.
    """
    count = len(point_start) - 1
    finite = np.isfinite(point_lng_lat).all(axis=1)
    kept = np.concatenate(([0], np.cumsum(finite)))[point_start]
    points = np.asarray(point_lng_lat[finite], dtype=np.float64)
    has_length = _has_length(kept, points)
    lines = np.flatnonzero(has_length)
    if len(lines) == 0:
        return [_without_length(line, point_start, kept) for line in range(count)]
    samples = _sample(kept, points, lines, elevation)
    found = elevation.sample(samples.lng_lat)
    known = errors if errors is not None else estimate_errors(elevation, samples.lng_lat)
    profiles = _profiles(samples, found, known)

    first, last = samples.start[:-1], samples.start[1:] - 1
    ends_m = np.stack([_end_sigmas(elevation, samples.lng_lat, found, known, end) for end in (first, last)], axis=1)
    ends_apart_m = _WGS84.inv(*samples.lng_lat[first].T, *samples.lng_lat[last].T)[2]

    result = []
    number = 0
    for line in range(count):
        if not has_length[line]:
            result.append(_without_length(line, point_start, kept))
            continue
        findings = _bad_points(line, point_start, kept)
        span = slice(int(samples.start[number]), int(samples.start[number + 1]))
        profile = profiles[number]
        if not profile.known:
            share = float(np.isnan(profile.elevation_m).mean())
            findings.append(_finding("line.height-unknown", line, share=f"{share:.0%}"))
        used = np.unique(found.source[span])
        used = used[used >= 0]
        count_of_steps = steps[line] if steps is not None else None
        worst = _worst(known, used)
        measures = measure_profile(
            profile,
            resolution_m=max((elevation.sources[int(i)].resolution_m for i in used), default=0.0),
            steps=count_of_steps,
            has_steps=count_of_steps is not None,
            elevation_source=", ".join(elevation.sources[int(i)].id for i in used) or None,
            errors=worst,
            ends_apart_m=float(ends_apart_m[number]),
            end_sigmas_m=None if worst is None else (float(ends_m[number, 0]), float(ends_m[number, 1])),
        )
        result.append(LineMeasure(profile=profile, measures=measures, findings=tuple(findings)))
        number += 1
    return result


def _has_length(start: NDArray[np.int64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) whether a line has two points that differ."""
    differs = np.zeros(len(points) + 1, dtype=np.int64)
    if len(points) > 1:
        differs[2:] = np.cumsum((np.diff(points, axis=0) != 0).any(axis=1))
        differs[1] = 0
    first = np.minimum(start[:-1] + 1, len(points))
    return np.asarray(differs[start[1:]] > differs[np.minimum(first, start[1:])], dtype=np.bool_)


def _sample(
    start: NDArray[np.int64], points: NDArray[np.float64], lines: NDArray[np.int64], elevation: Elevation
) -> LineSamples:
    """Samples of the lines that have a length, as close as the finest source deserves."""
    counts = (start[1:] - start[:-1])[lines]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = points[np.repeat(start[:-1][lines], counts) + within]
    finest = min((source.resolution_m for source in elevation.sources), default=0.0)
    return sample_lines(np.concatenate(([0], np.cumsum(counts))), chosen, spacing_m(finest))


def _profiles(samples: LineSamples, found: ElevationSamples, errors: Sequence[HeightErrors]) -> list[Profile]:
    """Heights along each line without spikes, smoothed as the roughest source on it needs."""
    sigma = np.array([each.sigma_m for each in errors] + [np.nan])[found.source]
    flow_m = np.array([smoothing_length_m(each) for each in errors] + [0.0])[found.source]
    elevation_m, _ = remove_spikes(samples.start, samples.distance_m, found.elevation_m, sigma)
    longest_m = np.maximum.reduceat(flow_m, samples.start[:-1]) if len(flow_m) else np.zeros(0)
    elevation_m = smooth_lines(samples.start, samples.distance_m, elevation_m, longest_m)
    return [
        Profile(distance_m=samples.distance_m[a:b], elevation_m=elevation_m[a:b], sigma_m=sigma[a:b])
        for a, b in zip(samples.start[:-1].tolist(), samples.start[1:].tolist(), strict=True)
    ]


def _end_sigmas(
    elevation: Elevation,
    lng_lat: NDArray[np.float64],
    found: ElevationSamples,
    errors: Sequence[HeightErrors],
    ends: NDArray[np.int64],
) -> NDArray[np.float64]:
    """(n,) errors of the heights at lines' ends, by where in its cell each end lies."""
    sigma = np.full(len(ends), np.nan)
    for number, each in enumerate(errors):
        here = found.source[ends] == number
        squares = weights_squared(elevation, lng_lat[ends[here]], number)
        sigma[here] = [each.sigma_m * each.point_factor(float(value)) for value in squares]
    return sigma


def _worst(errors: Sequence[HeightErrors], used: NDArray[np.integer]) -> HeightErrors | None:
    """The errors of the least certain source on a line."""
    return max((errors[int(number)] for number in used), key=lambda each: each.sigma_m, default=None)


def _bad_points(line: int, given: NDArray[np.int64], kept: NDArray[np.int64]) -> list[Finding]:
    """What was left out of a line."""
    bad = int(given[line + 1] - given[line] - (kept[line + 1] - kept[line]))
    return [_finding("line.bad-points", line, count=bad)] if bad else []


def _without_length(line: int, given: NDArray[np.int64], kept: NDArray[np.int64]) -> LineMeasure:
    findings = (*_bad_points(line, given, kept), _finding("line.no-length", line))
    return LineMeasure(profile=None, measures=None, findings=findings)


def _finding(code: str, line: int, **values: object) -> Finding:
    return Finding(code=code, where=f"line {line + 1}", values=values, severity=Severity.WARNING)
