"""Whose texts and photos these are, and whether they may be shown."""

from collections.abc import Iterator

from guide.catalogue.sheet import Reading
from guide.domain.findings import Finding, Severity, cell_finding
from guide.domain.landmark import Landmark
from guide.domain.photo import is_ours
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour

_BLOCKING = Severity.BLOCKING


def check_texts(reading: Reading[CatalogueSlope | Landmark | CatalogueTour]) -> Iterator[Finding]:
    """Descriptions without licence or author; rows without a description only need to name a source."""
    for index, entry in enumerate(reading.entries):
        named = entry.credit or entry.sources
        if entry.description_ja or entry.description_en:
            if not entry.licence:
                yield cell_finding("catalogue.text-without-licence", reading.cell(index, "licence"), _BLOCKING)
            if not named:
                yield cell_finding("catalogue.text-without-credit", reading.cell(index, "credit"), _BLOCKING)
        elif not named:
            yield cell_finding("catalogue.row-without-source", reading.cell(index, "sources"))


def check_photos(reading: Reading[CatalogueSlope | Landmark]) -> Iterator[Finding]:
    """Photos without photographer or licence, and those that lie on somebody else's server."""
    for index, entry in enumerate(reading.entries):
        if not entry.photo:
            continue
        photo = entry.photo
        if not is_ours(photo):
            yield cell_finding("catalogue.photo-elsewhere", reading.cell(index, "photo"), photo=photo)
        if not entry.photo_credit:
            place = reading.cell(index, "photo_credit")
            yield cell_finding("catalogue.photo-without-credit", place, _BLOCKING, photo=photo)
        if not entry.photo_licence:
            place = reading.cell(index, "photo_licence")
            yield cell_finding("catalogue.photo-without-licence", place, _BLOCKING, photo=photo)
