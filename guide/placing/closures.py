"""Closures onto streets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from guide.domain.closure import CatalogueClosure, Closure
from guide.domain.errors import SnapError
from guide.domain.findings import Finding, Severity
from guide.domain.network import Network
from guide.domain.slope import Slope
from guide.domain.walk import Walk
from guide.placing.drawn import OFF_STREET_SHARE, StreetTracer
from guide.routing.course.lines import MarkedEdges, Spans, point_distances


def place_closures(
    entries: Sequence[CatalogueClosure], slopes: Sequence[Slope], zone: ZoneInfo, network: Network | None
) -> tuple[list[Closure], list[Finding]]:
    """Closures with their streets: those of their slope, those under their line, or the one at their point.

    A line concerns every edge that it runs along, were it only in part: whoever meets a fence turns back. Without a
    ``network`` no closure has streets.
    """
    placer = _Placer(slopes, network)
    closures = [
        placer.place(entry, starts=_in_zone(entry.starts, zone), ends=_in_zone(entry.ends, zone)) for entry in entries
    ]
    return closures, placer.findings


def _in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=zone)


class _Placer:
    def __init__(self, slopes: Sequence[Slope], network: Network | None) -> None:
        self._slopes: Mapping[str, Slope] = {slope.entry.id: slope for slope in slopes}
        self._network = network
        self._tracer = None if network is None else StreetTracer(network)
        self.findings: list[Finding] = []

    def place(self, entry: CatalogueClosure, *, starts: datetime | None, ends: datetime | None) -> Closure:
        """One closure."""
        plain = Closure(entry=entry, starts=starts, ends=ends)
        if entry.slope_id is not None:
            return self._of_slope(plain, entry.slope_id)
        if self._network is None or self._tracer is None:
            return plain
        if entry.line is not None:
            return self._of_line(plain, entry.line, self._network, self._tracer)
        if entry.lng_lat is not None:
            return self._of_point(plain, entry.lng_lat, self._network, self._tracer)
        return plain

    def _of_slope(self, closure: Closure, slope_id: str) -> Closure:
        slope = self._slopes.get(slope_id)
        if slope is None:
            self._report(closure, "closure.unknown-slope", slope=slope_id)
            return closure
        lines = () if slope.line is None else (slope.line,)
        return _with(closure, lines, {arc >> 1 for arc in slope.arcs})

    def _of_line(
        self, closure: Closure, line: tuple[tuple[float, float], ...], network: Network, tracer: StreetTracer
    ) -> Closure:
        traced = tracer.trace(line)
        if traced.off_street_share > OFF_STREET_SHARE or not traced.stretches:
            self._report(closure, "closure.off-street", share=f"{traced.off_street_share:.0%}")
            return _with(closure, (np.array(line, dtype=np.float64),), set())
        points = MarkedEdges.at(start=network.point_start, distance_m=point_distances(network))
        walk = Walk.of(traced.stretches)
        along = points.along(walk, Spans(network.edge_length_m, walk)).values(network.point_lng_lat)
        return _with(closure, (along,), {stretch.arc >> 1 for stretch in traced.stretches})

    def _of_point(
        self, closure: Closure, lng_lat: tuple[float, float], network: Network, tracer: StreetTracer
    ) -> Closure:
        try:
            edge = tracer.edge_at(lng_lat)
        except SnapError:
            self._report(closure, "closure.no-street")
            return closure
        return _with(closure, (network.edge_line(edge),), {edge})

    def _report(self, closure: Closure, code: str, **values: object) -> None:
        severity = Severity.BLOCKING if closure.entry.kind.closes else Severity.WARNING
        where = f"{closure.entry.id} ({closure.entry.kind})"
        self.findings.append(Finding(code=code, where=where, values=values, severity=severity))


def _with(closure: Closure, lines: tuple[np.ndarray, ...], edges: set[int]) -> Closure:
    return Closure(
        entry=closure.entry, starts=closure.starts, ends=closure.ends, lines=lines, edges=tuple(sorted(edges))
    )
