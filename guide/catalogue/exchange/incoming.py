"""A file that comes in: which table it is, and its rows as cells of our own columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from guide.catalogue.cells import Cells, cells_of
from guide.catalogue.decode import read_text
from guide.catalogue.municipal_csv import MUNICIPAL_COLUMNS, Publisher, landmarks_of_rows
from guide.catalogue.records import Record, split_records
from guide.catalogue.row import Row
from guide.catalogue.sheet import Columns, heading_key, rows_of
from guide.catalogue.tables import TABLES
from guide.domain.entry import EntryKind
from guide.domain.errors import SourceError
from guide.domain.findings import Finding

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

    ``headings`` are the file's own words for the columns.
    """

    file: str
    kind: EntryKind
    schema: Schema
    columns: frozenset[str]
    headings: Mapping[str, str]
    rows: tuple[IncomingRow, ...]
    findings: tuple[Finding, ...]


def read_incoming(path: Path, publisher: Publisher, kind: EntryKind | None = None) -> Incoming:
    """The rows of a file. ``kind`` None finds out by the columns; ``publisher`` is whose a municipal list is.

    Raises:
        SourceError: the file cannot be read at all, or is too long.
    """
    text, findings = read_text(path)
    return incoming_of(path, split_records(text, _count_known), findings, publisher, kind)


def incoming_of(
    path: Path, records: list[Record], findings: list[Finding], publisher: Publisher, kind: EntryKind | None
) -> Incoming:
    """As ``read_incoming``, of a file's records.

    Raises:
        SourceError: as ``read_incoming``.
    """
    if len(records) > MOST_ROWS:
        raise SourceError(
            f"{path.name}: has {len(records)} rows; {MOST_ROWS} at most are read at once. Split the file."
        )
    if not records:
        raise SourceError(f"{path.name}: is empty.")
    if kind in {None, EntryKind.LANDMARK} and _is_municipal(records):
        return _municipal(path, records, findings, publisher)
    return _own(path, records, findings, kind or _kind_by_columns(records))


def _own(path: Path, records: list[Record], findings: list[Finding], kind: EntryKind) -> Incoming:
    columns = TABLES[kind].columns
    rows, headings = _rows_with_id_or_name(path, records, columns, findings)
    told = _Told(findings, {row.number for row in rows})
    return Incoming(
        file=path.name,
        kind=kind,
        schema=Schema.OWN,
        columns=frozenset(headings),
        headings=headings,
        rows=tuple(IncomingRow(number=row.number, cells=row.cells, findings=told.of_row(row.number)) for row in rows),
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
        kind: max(table.columns.count_known(record.cells) for record in records[:_HEADINGS_SEEN])
        for kind, table in TABLES.items()
    }
    return max(best, key=lambda kind: best[kind])


def _count_known(cells: list[str]) -> int:
    return max(table.columns.count_known(cells) for table in TABLES.values()) or MUNICIPAL_COLUMNS.count_known(cells)
