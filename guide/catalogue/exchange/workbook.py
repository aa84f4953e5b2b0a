"""Workbooks (.xlsx): their sheets as records, each cell as the text that a person sees in it."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from guide.catalogue.records import Record
from guide.domain.errors import SourceError, UnreadableTableError

XLSX: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"

LARGEST_BYTES: Final = 20 * 2**20
_LARGEST_UNPACKED_BYTES: Final = 300 * 2**20
_MOST_PACKED: Final = 200
"""A table packs well, but not like this: what does is made to fill a memory."""

_MOST_PARTS: Final = 2_000
_MOST_ROWS: Final = 25_000
_MOST_COLUMNS: Final = 200
_EMPTY_ROWS_TO_END: Final = 1_000
"""Sheets are often "used" down to their last row by a stray format; after so many empty rows nothing comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRecords:
    """A visible sheet that has something in it."""

    title: str
    records: list[Record]


def read_workbook(path: Path) -> list[SheetRecords]:
    """Every visible sheet; formulas are what they came to when the workbook was saved.

    Raises:
        SourceError: it is no workbook that can be read, or larger than one should be.
    """
    _require_harmless(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableTableError("table.broken-workbook", file=path.name) from error
    except Exception as error:  # what its parts may hold is beyond listing, and bombs are among it
        raise UnreadableTableError("table.odd-workbook", file=path.name) from error
    try:
        return [
            SheetRecords(title=sheet.title, records=records)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible" and (records := list(_records(path, sheet)))
        ]
    except SourceError:
        raise
    except Exception as error:
        raise UnreadableTableError("table.broken-sheet", file=path.name) from error
    finally:
        book.close()


def _require_harmless(path: Path) -> None:
    """Look at the list of what is packed in it, before anything is unpacked."""
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise UnreadableTableError("table.heavy-workbook", file=path.name, most=LARGEST_BYTES // 2**20)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTableError("table.broken-workbook", file=path.name) from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _LARGEST_UNPACKED_BYTES or unpacked > _MOST_PACKED * max(size, 1):
        raise UnreadableTableError("table.swollen-workbook", file=path.name)


def _records(path: Path, sheet: Any) -> Iterator[Record]:  # noqa: ANN401 (one of several kinds of sheet)
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        if number > _MOST_ROWS:
            raise UnreadableTableError("table.too-long", file=path.name, count=number, most=_MOST_ROWS)
        cells = tuple(_text(cell) for cell in row)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if not cells:
            empty += 1
            if empty >= _EMPTY_ROWS_TO_END:
                return
            continue
        empty = 0
        yield Record(row=number, cells=cells)


def _text(cell: Any) -> str:  # noqa: ANN401 (one of several kinds of cell)
    """What a person sees in a cell, near enough."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime() | date() | time():
            return _moment(value)
        case int() | float():
            return _number(value, getattr(cell, "number_format", "") or "")
        case _:
            return str(value)


def _moment(value: date | time) -> str:
    """A day, a time of day, or both; a day is what is at midnight."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if not isinstance(value, datetime) or value.time() == time(0):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d %H:%M}"


def _number(value: float, shown_as: str) -> str:
    if "%" in shown_as:
        return f"{_plain(round(100 * value, 6))}%"
    digits = shown_as.strip()
    if digits and set(digits) == {"0"} and value == int(value):
        return f"{int(value):0{len(digits)}d}"  # a number that keeps its leading zeros
    return _plain(value)


def _plain(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 (beyond it floats have no digits behind the point)
        return str(int(value))
    return repr(round(value, 12))
