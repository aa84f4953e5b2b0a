"""Closures: where they are, and from when until when."""

from collections.abc import Collection, Iterator

from guide.catalogue.sheet import Reading
from guide.domain.closure import CatalogueClosure
from guide.domain.findings import Finding, Severity, cell_finding


def check_closures(
    reading: Reading[CatalogueClosure], slope_ids: Collection[str], *, slopes_known: bool
) -> Iterator[Finding]:
    """Closures of no place or of an unknown slope, that end before they begin, or that say nothing.

    ``slopes_known``: ``slope_ids`` are all there are, those that only the map names included.
    """
    for index, closure in enumerate(reading.entries):
        if closure.slope_id is None and closure.lng_lat is None:
            yield cell_finding("catalogue.closure-nowhere", reading.cell(index, "slope, lng, lat"), Severity.BLOCKING)
        elif closure.slope_id is not None and closure.slope_id not in slope_ids:
            severity = Severity.BLOCKING if slopes_known else Severity.WARNING
            place = reading.cell(index, "slope")
            yield cell_finding("catalogue.closure-of-unknown-slope", place, severity, slope=closure.slope_id)
        if closure.starts is not None and closure.ends is not None and closure.ends <= closure.starts:
            yield cell_finding("catalogue.closure-ends-first", reading.cell(index, "starts, ends"), Severity.BLOCKING)
        if not (closure.description_ja or closure.description_en):
            yield cell_finding("catalogue.closure-without-words", reading.cell(index, "description_ja"))
