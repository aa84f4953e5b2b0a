"""The four tables of the catalogue: the file of each, its columns, and what a row of it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from guide.catalogue.closures_csv import CLOSURE_COLUMNS, CLOSURES_CSV, closure_of_row
from guide.catalogue.landmarks_csv import LANDMARK_COLUMNS, LANDMARKS_CSV, landmark_of_row
from guide.catalogue.row import Row
from guide.catalogue.sheet import Columns, Reading, read_entries
from guide.catalogue.slopes_csv import SLOPE_COLUMNS, SLOPES_CSV, slope_of_row
from guide.catalogue.tours_csv import TOUR_COLUMNS, TOURS_CSV, tour_of_row
from guide.domain.closure import CatalogueClosure
from guide.domain.entry import Entry, EntryKind
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: entries of one kind, a row each."""

    kind: EntryKind
    entry: type[Entry]
    file: str
    columns: Columns
    entry_of_row: Callable[[Row], Entry | None]


TABLES: Final[Mapping[EntryKind, Table]] = MappingProxyType(
    {
        table.kind: table
        for table in (
            Table(
                kind=EntryKind.SLOPE,
                entry=CatalogueSlope,
                file=SLOPES_CSV,
                columns=SLOPE_COLUMNS,
                entry_of_row=slope_of_row,
            ),
            Table(
                kind=EntryKind.LANDMARK,
                entry=Landmark,
                file=LANDMARKS_CSV,
                columns=LANDMARK_COLUMNS,
                entry_of_row=landmark_of_row,
            ),
            Table(
                kind=EntryKind.TOUR,
                entry=CatalogueTour,
                file=TOURS_CSV,
                columns=TOUR_COLUMNS,
                entry_of_row=tour_of_row,
            ),
            Table(
                kind=EntryKind.CLOSURE,
                entry=CatalogueClosure,
                file=CLOSURES_CSV,
                columns=CLOSURE_COLUMNS,
                entry_of_row=closure_of_row,
            ),
        )
    }
)


def read_table(table: Table, path: Path) -> Reading[Entry]:
    """The entries of a catalogue file.

    Raises:
        SourceError: the file is missing, no text, or lacks a required column.
    """
    return read_entries(path, table.columns, table.entry_of_row)
