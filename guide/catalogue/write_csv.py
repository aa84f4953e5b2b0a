"""Catalogue files as a spreadsheet opens them by a double click: UTF-8 with its mark, nothing that it would compute."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from guide.catalogue.cells import Cells
from guide.catalogue.row import FORMULA_MARKS
from guide.catalogue.sheet import Columns

_NO_FORMULA: Final = re.compile(r"[+-]?[0-9., -]*[0-9]")
"""Numbers, and lines of them."""


def write_table(columns: Columns, rows: Iterable[Cells]) -> bytes:
    """The bytes of a catalogue file with the columns of its table."""
    return csv_bytes([columns.names, *([cells.get(name, "") for name in columns.names] for cells in rows)])


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV, the heading first."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): a ' before it says that it is text."""
    return f"'{cell}" if cell[:1] in FORMULA_MARKS and cell and not _NO_FORMULA.fullmatch(cell) else cell
