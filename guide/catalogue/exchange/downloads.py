"""Files that staff take with them: the catalogue as a workbook, a table, GeoJSON, or as towns publish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guide.catalogue.exchange.licences import passed_on
from guide.catalogue.exchange.municipal_out import Addresses, facilities_csv
from guide.catalogue.exchange.outgoing import geojson, own_csv, own_rows
from guide.catalogue.exchange.write_xlsx import SheetRows, write_workbook
from guide.catalogue.workflow.listing import Listing
from guide.domain.area import OpenData
from guide.domain.entry import EntryKind


class Download(StrEnum):
    """Kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"
    GEOJSON = "geojson"
    MUNICIPAL = "municipal"


ENDINGS: Final = MappingProxyType(
    {Download.XLSX: "xlsx", Download.CSV: "csv", Download.GEOJSON: "geojson", Download.MUNICIPAL: "csv"}
)
MEDIA_TYPES: Final = MappingProxyType(
    {
        Download.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Download.CSV: "text/csv; charset=utf-8",
        Download.GEOJSON: "application/geo+json",
        Download.MUNICIPAL: "text/csv; charset=utf-8",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is taken: which tables, what visitors see or the latest drafts, in whose words."""

    area: str
    kinds: Sequence[EntryKind]
    published: bool
    language: str


def download(listing: Listing, what: Taken, how: Download) -> bytes:
    """The bytes of a file; a table or GeoJSON holds the first kind only.

    Raises:
        ValueError: the municipal list has a function of its own.
    """
    by_kind = {kind: listing.contents(what.area, kind, published=what.published) for kind in what.kinds}
    kind = what.kinds[0]
    match how:
        case Download.XLSX:
            sheets = [SheetRows(kind=each, rows=own_rows(entries)) for each, entries in by_kind.items()]
            return write_workbook(sheets, what.language)
        case Download.CSV:
            return own_csv(kind, by_kind[kind])
        case Download.GEOJSON:
            return geojson([entry for _, entry in by_kind[kind]])
        case Download.MUNICIPAL:
            raise ValueError(how)


def municipal_list(listing: Listing, area: str, about: OpenData, addresses: Addresses) -> bytes:
    """観光施設一覧 of what visitors see and a town may pass on."""
    kinds = (EntryKind.SLOPE, EntryKind.LANDMARK)
    entries = [entry for kind in kinds for _, entry in listing.contents(area, kind, published=True)]
    return facilities_csv([each for entry in entries if (each := passed_on(entry))], about, addresses)
