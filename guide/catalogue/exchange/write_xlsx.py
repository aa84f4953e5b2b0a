"""Workbooks that go out: a sheet a table, every text a text, whatever it begins with."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.datavalidation import DataValidation

from guide.catalogue.cells import Cells
from guide.catalogue.exchange.said import heading, in_words, title, words_of
from guide.catalogue.row import FORMULA_MARKS
from guide.catalogue.tables import TABLES
from guide.domain.entry import EntryKind

NUMBERS: Final = frozenset({"lng", "lat", "posted_grade_percent", "steps", "reported_effort"})
_WIDTHS: Final = {
    "id": 16, "name": 22, "reading": 22, "name_en": 26, "description_ja": 48, "description_en": 48, "line": 24,
    "note": 32, "stops": 40, "sources": 28,
}  # fmt: skip
_WIDTH: Final = 14
_HEADING: Final = PatternFill("solid", fgColor="E8EEF2")
_TEXT: Final = "@"
_LONGEST_CELL: Final = 32_767
"""Excel's own limit."""

_EXTRA_ROWS: Final = 500
_LONGEST_CHOICE: Final = 255
_CHOSEN: Final = ("kind", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """What goes onto one sheet: rows of one table in the catalogue's own words."""

    kind: EntryKind
    rows: Sequence[Cells]


def write_workbook(sheets: Iterable[SheetRows], language: str) -> bytes:
    """The bytes of a workbook whose headings and words are those of a language."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet, language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Workbook, sheet: SheetRows, language: str) -> None:
    columns = TABLES[sheet.kind].columns.names
    page = book.create_sheet(title(sheet.kind, language).replace("/", "・"))
    page.freeze_panes = "C2"
    for number, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, _WIDTH)
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(sheet.rows) + 1}"
    for column in _CHOSEN:
        _offer_words(page, sheet, column, language)
    page.append([_heading(page, heading(column, language)) for column in columns])
    for row in sheet.rows:
        said = in_words(sheet.kind, row, language)
        page.append([_cell(page, column, said[column]) if column in said else None for column in columns])


def _offer_words(page: Any, sheet: SheetRows, column: str, language: str) -> None:  # noqa: ANN401 (a write-only sheet)
    """A list to choose from in every cell of a column."""
    words = ",".join(words_of(sheet.kind, column, language).values())
    columns = TABLES[sheet.kind].columns.names
    if column not in columns or not words or len(words) > _LONGEST_CHOICE:
        return
    offer = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(columns.index(column) + 1)
    offer.add(f"{letter}2:{letter}{len(sheet.rows) + _EXTRA_ROWS}")
    page.data_validations.append(offer)


def _heading(page: Any, text: str) -> Any:  # noqa: ANN401 (as above)
    cell = WriteOnlyCell(page, value=text)
    cell.font, cell.fill, cell.alignment = Font(bold=True), _HEADING, Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(page: Any, column: str, text: str) -> Any:  # noqa: ANN401 (what a write-only sheet takes)
    if column in NUMBERS and (number := _number(text)) is not None:
        return number
    try:
        cell = WriteOnlyCell(page, value=text[:_LONGEST_CELL])
    except IllegalCharacterError:
        printable = "".join(character for character in text if character.isprintable() or character == "\n")
        cell = WriteOnlyCell(page, value=printable[:_LONGEST_CELL])
    cell.number_format = _TEXT
    if text[0] in FORMULA_MARKS:
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.quotePrefix = True  # and Excel would too, once somebody has edited the cell
    return cell


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
