"""A spreadsheet of the catalogue: its heading understood, its rows ready to be asked for their cells."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from guide.catalogue.decode import read_text
from guide.catalogue.plain_text import tidy
from guide.catalogue.records import Record, split_records
from guide.catalogue.row import Row, in_own_words
from guide.domain.errors import UnreadableTableError
from guide.domain.findings import Cell, Finding, Severity, cell_finding

_TITLE_ROWS: Final = 10
"""A heading may stand below a title or a remark, but not far below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns a file may have. ``aliases`` are other headings for them; ``required`` must be there.

    ``closed``: other columns are reported. The files of others have columns that mean nothing here.
    """

    names: tuple[str, ...]
    required: frozenset[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    closed: bool = True

    def find(self, heading: str) -> str | None:
        """The column that a heading means: width, case and blanks do not matter, half-width kana are kana."""
        key = heading_key(heading)
        return self._by_key().get(key)

    def count_known(self, cells: list[str] | tuple[str, ...]) -> int:
        """How many of some cells are headings of this file."""
        known = self._by_key()
        return sum(heading_key(cell) in known for cell in cells)

    def _by_key(self) -> dict[str, str]:
        own = {heading_key(name): name for name in self.names}
        return {heading_key(alias): name for alias, name in self.aliases.items()} | own


class HasId(Protocol):
    """Whatever a row becomes."""

    @property
    def id(self) -> str:
        """Never changed, never used again."""
        ...


T = TypeVar("T", bound=HasId)
T_co = TypeVar("T_co", bound=HasId, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T_co]):
    """What could be read of a file: its entries, the row of each, and what was noticed."""

    file: str
    headings: Mapping[str, str]
    entries: tuple[T_co, ...]
    rows: tuple[int, ...]
    findings: tuple[Finding, ...]

    def cell(self, index: int, column: str | None = None) -> Cell:
        """Where an entry stands."""
        return Cell(file=self.file, row=self.rows[index], column=in_own_words(column, self.headings))


def heading_key(text: str) -> str:
    """A heading as it is compared."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(text.split()).replace("(", "").replace(")", "").strip("\ufeff*")


def read_entries(path: Path, columns: Columns, convert: Callable[[Row], T | None]) -> Reading[T]:
    """Every row that ``convert`` makes an entry of; the first of an id stands, the others are reported.

    Raises:
        SourceError: the file cannot be read, or its heading lacks a required column.
    """
    rows, headings, findings = read_rows(path, columns)
    entries: dict[str, T] = {}
    numbers: list[int] = []
    for row in rows:
        entry = convert(row)
        if entry is None:
            continue
        if entry.id in entries:
            row.complain("id", "repeated-id", id=entry.id)
            continue
        entries[entry.id] = entry
        numbers.append(row.number)
    return Reading(
        file=path.name,
        headings=headings,
        entries=tuple(entries.values()),
        rows=tuple(numbers),
        findings=tuple(findings),
    )


def read_rows(path: Path, columns: Columns) -> tuple[list[Row], dict[str, str], list[Finding]]:
    """The rows below the heading, what the file calls each column, and the list into which the rows report.

    Raises:
        SourceError: as ``read_entries``.
    """
    text, findings = read_text(path)
    rows, headings = rows_of(path, split_records(text, columns.count_known), columns, findings)
    return rows, headings, findings


def rows_of(
    path: Path, records: list[Record], columns: Columns, findings: list[Finding]
) -> tuple[list[Row], dict[str, str]]:
    """As ``read_rows``, of a file's records.

    Raises:
        SourceError: the heading lacks a required column.
    """
    heading_at = find_heading(path, records, columns)
    heading = records[heading_at]
    names = _name_columns(Cell(file=path.name, row=heading.row), heading.cells, columns, findings)
    headings = {name: tidy(cell) for name, cell in zip(names, heading.cells, strict=True) if name}
    rows = []
    for record in records[heading_at + 1 :]:
        cells = {
            name: tidied for name, cell in zip(names, record.cells, strict=False) if name and (tidied := tidy(cell))
        }
        if not cells and not record.stray_quote:
            continue
        row = Row(cells, Cell(file=path.name, row=record.row), findings, headings)
        if record.stray_quote:
            row.complain(None, "stray-quote")
        if any(cell.strip() for cell in record.cells[len(names) :]):
            row.complain(None, "too-many-cells", columns=len(names), cells=len(record.cells))
        rows.append(row)
    return rows, headings


def find_heading(path: Path, records: list[Record], columns: Columns) -> int:
    """Which record is the heading.

    Raises:
        SourceError: none of the first ones has the required columns.
    """
    missing = columns.required
    for index, record in enumerate(records[:_TITLE_ROWS]):
        found = {columns.find(cell) for cell in record.cells}
        if columns.required <= found:
            return index
        missing = min(missing, columns.required - found, key=len)
    raise _no_heading(path, [name for name in columns.names if name in missing], columns)


def _no_heading(path: Path, missing: list[str], columns: Columns) -> UnreadableTableError:
    """What columns are missing, as each reader calls them."""
    aliases = reversed(list(columns.aliases.items()))
    words = {name: alias for alias, name in aliases} if not columns.closed else {}
    japanese = {name: alias for alias, name in columns.aliases.items() if not alias.isascii()}
    return UnreadableTableError(
        "table.no-heading" if len(missing) == 1 else "table.no-headings",
        file=path.name,
        names={
            "en": " and ".join(f"“{words.get(name, name)}”" for name in missing),
            "ja": "".join(f"「{words.get(name) or japanese.get(name, name)}」" for name in missing),
        },
    )


def _name_columns(place: Cell, cells: tuple[str, ...], columns: Columns, findings: list[Finding]) -> list[str | None]:
    """The column of each cell of the heading; None for what the catalogue does not know or has already met."""
    names: list[str | None] = []
    for cell in cells:
        name, heading = columns.find(cell), tidy(cell)
        where = Cell(file=place.file, row=place.row, column=heading)
        if name is None and heading and columns.closed:
            findings.append(cell_finding("catalogue.unknown-column", where, heading=heading))
        elif name in names and name is not None:
            if columns.closed:
                findings.append(cell_finding("catalogue.repeated-column", where, Severity.BLOCKING, heading=heading))
            name = None
        names.append(name)
    return names
