"""A file that comes in: which table it is, and its rows as cells of our own columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from guide.catalogue.cells import Cells, cells_of
from guide.catalogue.decode import read_text
from guide.catalogue.exchange.said import columns_as_said, from_words, kind_of_title
from guide.catalogue.exchange.workbook import OLD_EXCEL, XLSX, SheetRecords, read_workbook
from guide.catalogue.municipal_csv import MUNICIPAL_COLUMNS, Publisher, landmarks_of_rows
from guide.catalogue.records import Record, split_records
from guide.catalogue.row import Row
from guide.catalogue.sheet import Columns, heading_key, rows_of
from guide.catalogue.tables import TABLES
from guide.domain.entry import EntryKind
from guide.domain.errors import SourceError, UnreadableTableError
from guide.domain.findings import Cell, Finding, Severity, cell_finding

MOST_ROWS: Final = 20_000

_MUNICIPAL_MARKS: Final = frozenset(
    heading_key(heading)
    for heading in (
        "都道府県コード又は市区町村コード", "全国地方公共団体コード", "市区町村コード", "地方公共団体名",
        "POIコード", "男性トイレ総数", "観光施設分類", "利用可能日時特記事項",
    )
)  # fmt: skip
"""Headings that only the national formats have."""

_HEADINGS_SEEN: Final = 10


class Schema(StrEnum):
    """Whose columns a file has."""

    OWN = "own"
    MUNICIPAL = "municipal"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """One row, its cells as they were written; ``findings`` are about the row as a whole."""

    number: int
    cells: Cells
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file's rows. ``columns`` are those that it has at all; ``findings`` are about the file as a whole.

    ``headings`` are the file's own words for the columns; ``prefix`` begins the ids that a town's list would give.
    """

    file: str
    kind: EntryKind
    schema: Schema
    columns: frozenset[str]
    headings: Mapping[str, str]
    rows: tuple[IncomingRow, ...]
    findings: tuple[Finding, ...]
    prefix: str = ""


def read_incoming(path: Path, publisher: Publisher, kind: EntryKind | None = None) -> Incoming:
    """The rows of a file. ``kind`` None finds out by the columns; ``publisher`` is whose a municipal list is.

    Raises:
        SourceError: the file cannot be read at all, or is too long.
    """
    text, findings = read_text(path)
    return incoming_of(path, split_records(text, _count_known), findings, publisher, kind)


def read_all_incoming(path: Path, publisher: Publisher, kind: EntryKind | None = None) -> list[Incoming]:
    """As ``read_incoming``; of a workbook every sheet that is a table of ours, each kind once.

    Raises:
        SourceError: the file, or every sheet of it, cannot be read.
    """
    head = _head(path)
    if head == OLD_EXCEL:
        raise UnreadableTableError("table.old-excel", file=path.name)
    if head != XLSX:
        return [read_incoming(path, publisher, kind)]
    found: dict[EntryKind, Incoming] = {}
    passed_over: list[Finding] = []
    first: SourceError | None = None
    for sheet in read_workbook(path):
        try:
            incoming = incoming_of(path, sheet.records, [], publisher, kind or kind_of_title(sheet.title))
        except SourceError as error:
            first = first or error
            passed_over.append(_passed_over(path, sheet))
            continue
        if incoming.kind in found:
            passed_over.append(_passed_over(path, sheet))
        found.setdefault(incoming.kind, incoming)
    if not found:
        raise first or UnreadableTableError("table.empty", file=path.name)
    (first_kind, *_) = found
    found[first_kind] = replace(found[first_kind], findings=(*found[first_kind].findings, *passed_over))
    return list(found.values())


def _head(path: Path) -> bytes:
    """The first bytes of a file; none of one that cannot be read, which its reader will say."""
    try:
        with path.open("rb") as file:
            return file.read(len(XLSX))
    except OSError:
        return b""


def _passed_over(path: Path, sheet: SheetRecords) -> Finding:
    return cell_finding("import.sheet-passed-over", Cell(file=path.name), Severity.INFO, sheet=sheet.title)


def incoming_of(
    path: Path, records: list[Record], findings: list[Finding], publisher: Publisher, kind: EntryKind | None
) -> Incoming:
    """As ``read_incoming``, of a file's records.

    Raises:
        SourceError: as ``read_incoming``.
    """
    if len(records) > MOST_ROWS:
        raise UnreadableTableError("table.too-long", file=path.name, count=len(records), most=MOST_ROWS)
    if not records:
        raise UnreadableTableError("table.empty", file=path.name)
    if kind in {None, EntryKind.LANDMARK} and _is_municipal(records):
        return _municipal(path, records, findings, publisher)
    return _own(path, records, findings, kind or _kind_by_columns(records))


def _own(path: Path, records: list[Record], findings: list[Finding], kind: EntryKind) -> Incoming:
    columns = columns_as_said(kind)
    rows, headings = _rows_with_id_or_name(path, records, columns, findings)
    told = _Told(findings, {row.number for row in rows})
    return Incoming(
        file=path.name,
        kind=kind,
        schema=Schema.OWN,
        columns=frozenset(headings),
        headings=headings,
        rows=tuple(
            IncomingRow(number=row.number, cells=from_words(kind, row.cells), findings=told.of_row(row.number))
            for row in rows
        ),
        findings=told.of_file,
    )


def _rows_with_id_or_name(
    path: Path, records: list[Record], columns: Columns, findings: list[Finding]
) -> tuple[list[Row], dict[str, str]]:
    """The rows of a table that says which entry each means: by name (a closure: by kind), or by id."""
    known = columns.required - {"id"} - {"stops"}
    try:
        return rows_of(path, records, replace(columns, required=known - {"kind"} or known), findings)
    except SourceError:
        try:
            return rows_of(path, records, replace(columns, required=frozenset({"id"})), findings)
        except SourceError:
            pass
        raise


def _municipal(path: Path, records: list[Record], findings: list[Finding], publisher: Publisher) -> Incoming:
    rows, headings = rows_of(path, records, MUNICIPAL_COLUMNS, findings)
    reading = landmarks_of_rows(path.name, rows, headings, findings, publisher)
    told = _Told(findings, {row.number for row in rows})
    cells_by_row = {number: cells_of(entry) for number, entry in zip(reading.rows, reading.entries, strict=True)}
    return Incoming(
        file=path.name,
        kind=EntryKind.LANDMARK,
        schema=Schema.MUNICIPAL,
        columns=frozenset(column for cells in cells_by_row.values() for column in cells),
        headings=headings,
        rows=tuple(
            IncomingRow(number=row.number, cells=cells_by_row.get(row.number, {}), findings=told.of_row(row.number))
            for row in rows
        ),
        findings=told.of_file,
        prefix=publisher.prefix,
    )


class _Told:
    """Findings by the rows that they are about."""

    def __init__(self, findings: list[Finding], rows: set[int]) -> None:
        self._by_row: dict[int, list[Finding]] = {}
        self.of_file: tuple[Finding, ...] = ()
        for finding in findings:
            number = finding.cell.row if finding.cell else None
            if number in rows and number is not None:
                self._by_row.setdefault(number, []).append(finding)
            else:
                self.of_file += (finding,)

    def of_row(self, number: int) -> tuple[Finding, ...]:
        """What is said of a row."""
        return tuple(self._by_row.get(number, ()))


def _is_municipal(records: list[Record]) -> bool:
    """Whether a heading has a column that only the national formats have, and none of our ids."""
    for record in records[:_HEADINGS_SEEN]:
        keys = set(map(heading_key, record.cells))
        if keys & _MUNICIPAL_MARKS and {heading_key("名称"), heading_key("緯度"), heading_key("経度")} <= keys:
            return True
    return False


def _kind_by_columns(records: list[Record]) -> EntryKind:
    """The table that knows most of the headings; of two that know as many, the first."""
    best = {
        kind: max(columns_as_said(kind).count_known(record.cells) for record in records[:_HEADINGS_SEEN])
        for kind in TABLES
    }
    return max(best, key=lambda kind: best[kind])


def _count_known(cells: list[str]) -> int:
    return max(columns_as_said(kind).count_known(cells) for kind in TABLES) or MUNICIPAL_COLUMNS.count_known(cells)
