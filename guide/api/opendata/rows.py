"""What of the published catalogue may be passed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.areas.served import ServedArea
from guide.catalogue.exchange.licences import passed_on
from guide.catalogue.folders import find_area_folder, find_published
from guide.catalogue.tables import TABLES, read_table
from guide.domain.entry import Entry, EntryKind

_PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRows:
    """The rows of each table, and how many more there are whose own terms keep them back."""

    entries: Mapping[EntryKind, tuple[Entry, ...]]
    kept_back: Mapping[EntryKind, int]


def open_rows(data: Path, area: ServedArea) -> OpenRows:
    """The rows of the catalogue that the area was built from, read once for each build.

    Raises:
        SourceError: a file of it cannot be read.
    """
    return area.once("open data", lambda: _read(find_published(data, area.id) or find_area_folder(data, area.id)))


def _read(folder: Path | None) -> OpenRows:
    entries: dict[EntryKind, tuple[Entry, ...]] = {}
    kept_back = {}
    for kind, table in TABLES.items():
        path = folder / table.file if folder else None
        reading = read_table(table, path).entries if path and path.is_file() else ()
        published = [entry for entry in reading if entry.status == _PUBLISHED]
        entries[kind] = tuple(each for entry in published if (each := passed_on(entry)) is not None)
        kept_back[kind] = len(published) - len(entries[kind])
    return OpenRows(entries=entries, kept_back=kept_back)
