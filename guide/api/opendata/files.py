"""The files of the open data: which there are, and what stands in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from guide.api.links import Links
from guide.api.opendata.rows import OpenRows
from guide.catalogue.cells import cells_of
from guide.catalogue.exchange.municipal_out import Addresses, facilities_csv, is_facility
from guide.catalogue.exchange.outgoing import geojson
from guide.catalogue.tables import TABLES
from guide.catalogue.write_csv import csv_bytes
from guide.domain.area import OpenData
from guide.domain.entry import Entry, EntryKind, kind_of
from guide.http.replies import GEOJSON

CSV: Final = "text/csv"
_NEVER: Final = frozenset({"status", "note", "line"})
_COLLECTION: Final = {
    EntryKind.SLOPE: "slopes",
    EntryKind.LANDMARK: "landmarks",
    EntryKind.TOUR: "tours",
    EntryKind.CLOSURE: "closures",
}
FACILITIES: Final = "tourist-facilities"
"""観光施設一覧."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """One set of rows and the endings of the files in which it is had; ``kind`` None is 観光施設一覧."""

    name: str
    kind: EntryKind | None
    endings: tuple[str, ...]


DATA_SETS: Final = (
    *(DataSet(name=name, kind=kind, endings=("csv", "geojson")) for kind, name in _COLLECTION.items()),
    DataSet(name=FACILITIES, kind=None, endings=("csv",)),
)
FILES: Final[Mapping[str, tuple[DataSet, str]]] = MappingProxyType(
    {f"{each.name}.{ending}": (each, ending) for each in DATA_SETS for ending in each.endings}
)
MEDIA_TYPES: Final = MappingProxyType({"csv": CSV, "geojson": GEOJSON})


def rows_of(rows: OpenRows, each: DataSet) -> list[Entry]:
    """The rows of a set."""
    if each.kind is not None:
        return list(rows.entries[each.kind])
    return [entry for some in rows.entries.values() for entry in some if is_facility(entry)]


def file_bytes(name: str, rows: OpenRows, about: OpenData, links: Links) -> bytes:
    """The content of a file."""
    each, ending = FILES[name]
    entries = rows_of(rows, each)
    if ending == "geojson":
        return geojson(entries, {"licence": about.licence, "attribution": about.publisher_ja})
    if each.kind is None:
        addresses = Addresses(page=lambda entry: page_of(entry, links), photo=lambda photo: photo_of(photo, links))
        return facilities_csv(entries, about, addresses)
    columns = [column for column in TABLES[each.kind].columns.names if column not in _NEVER]
    table = [cells_of(entry) for entry in entries]
    return csv_bytes([columns, *([cells.get(column, "") for column in columns] for cells in table)])


def page_of(entry: Entry, links: Links) -> str:
    """The address of an entry's page."""
    return links.item(_COLLECTION[kind_of(entry)], entry.id)


def photo_of(photo: str, links: Links) -> str:
    """The address of a photo."""
    return photo if "://" in photo else f"{links.base_url}/photos/{photo}"
