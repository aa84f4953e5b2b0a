"""Ids and readings."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from guide.catalogue.sheet import Reading
from guide.domain.closure import CatalogueClosure
from guide.domain.findings import Finding, Severity, cell_finding
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_KANJI: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〆ヶ]")
_KANA: Final = re.compile(r"[\u3040-\u30ff\s・~()/、。「」0-9A-Za-z-]+")  # readings are in NFKC


def check_ids(reading: Reading[CatalogueSlope | Landmark | CatalogueTour | CatalogueClosure]) -> Iterator[Finding]:
    """Ids that an address on the web cannot carry as they are."""
    for index, entry in enumerate(reading.entries):
        if not _ID.fullmatch(entry.id):
            yield cell_finding("catalogue.odd-id", reading.cell(index, "id"), Severity.BLOCKING, id=entry.id)


def check_ids_kept(
    reading: Reading[CatalogueSlope | Landmark], served_names: Mapping[str, str | None]
) -> Iterator[Finding]:
    """Ids under which something of another name is served: a corrected name is fine, another thing is not."""
    for index, entry in enumerate(reading.entries):
        served = served_names.get(entry.id)
        if served and served not in {entry.name, *entry.other_names}:
            yield cell_finding("catalogue.id-renamed", reading.cell(index, "id"), id=entry.id, name=served)


def check_readings(reading: Reading[CatalogueSlope | Landmark]) -> Iterator[Finding]:
    """Names in kanji that do not say how they are read, and readings that cannot be read aloud either."""
    for index, entry in enumerate(reading.entries):
        if entry.reading is None:
            if _KANJI.search(entry.name or ""):
                yield cell_finding("catalogue.no-reading", reading.cell(index, "reading"), name=entry.name)
        elif not _KANA.fullmatch(entry.reading):
            yield cell_finding("catalogue.reading-not-kana", reading.cell(index, "reading"), reading=entry.reading)
