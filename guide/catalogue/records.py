"""From a spreadsheet's text to its rows of cells: separators, quotes and lines as people's programs write them."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

SEPARATORS: Final = (",", "\t", ";")
LONGEST_CELL_LINES: Final = 200
"""A quote that closes only after so many lines was never meant to open."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_DIRECTIVE: Final = re.compile(r"sep=(.)[\r\n]*", re.IGNORECASE)  # Excel's own first line
_CELL_LIMIT: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row: its number as a spreadsheet shows it, its cells, and whether a quote in it was never closed."""

    row: int
    cells: tuple[str, ...]
    stray_quote: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


def split_records(text: str, looks_like_heading: Callable[[list[str]], int]) -> list[Record]:
    """The rows of a table that are not empty; the separator is the one that makes the best heading.

    ``looks_like_heading`` counts the column names it knows among cells.
    """
    lines = [line for line in _LINE.findall(text) if line]
    directive = _DIRECTIVE.fullmatch(lines[0]) if lines else None
    first_row = 1
    if directive:
        lines, first_row = lines[1:], 2
    separator = directive[1] if directive else _separator(lines, looks_like_heading)
    return list(_records(lines, separator, first_row))


def _separator(lines: list[str], looks_like_heading: Callable[[list[str]], int]) -> str:
    heading = next((line for line in lines if line.strip()), "")
    return max(SEPARATORS, key=lambda separator: looks_like_heading(_cells([heading], separator)[0]))


def _records(lines: list[str], separator: str, first_row: int) -> Iterator[Record]:
    """Each row; a quote that opens and never closes costs its own row, not all that follow."""
    width = 0
    row, start = first_row - 1, 0
    while start < len(lines):
        row += 1
        end = _end_of_record(lines, start, separator, width)
        stray = end is None
        end = start + 1 if end is None else end
        cells, taken = _cells(lines[start:end], separator)
        start += taken  # a quote inside a word opens nothing, so the row may be shorter than its quotes made it seem
        record = Record(row=row, cells=tuple(cells), stray_quote=stray)
        if not record.empty:
            width = width or len(cells)
            yield record


def _end_of_record(lines: list[str], start: int, separator: str, width: int) -> int | None:
    """The line after the record that starts at ``start``; None if its quote never closes.

    A line inside quotes that by itself is a whole row tells that the quote was a slip.
    """
    quotes = lines[start].count('"')
    if quotes % 2 == 0:
        return start + 1
    for end in range(start + 1, min(start + LONGEST_CELL_LINES, len(lines))):
        line = lines[end]
        if width > 2 and line.count(separator) >= width - 1 and len(_cells([line], separator)[0]) == width:  # noqa: PLR2004 (two cells prove nothing)
            return None
        quotes += line.count('"')
        if quotes % 2 == 0:
            return end + 1
    return None


def _cells(lines: list[str], separator: str) -> tuple[list[str], int]:
    """The cells of the first row in some lines, and how many lines it took."""
    csv.field_size_limit(_CELL_LIMIT)  # a long text is no reason to refuse a file
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    return next(reader, []), max(reader.line_num, 1)
