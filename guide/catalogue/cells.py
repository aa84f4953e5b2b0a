"""From an entry to the cells of its row: what the readers read back as the same entry."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from guide.catalogue.row import Row
from guide.catalogue.tables import TABLES
from guide.domain.entry import Entry, EntryKind, kind_of
from guide.domain.findings import Cell, Finding
from guide.domain.route import Direction
from guide.domain.tour import TourStop

Cells = Mapping[str, str]
"""The cells of a row by column; empty ones are absent."""

_COLUMN_OF_FIELD: Final = MappingProxyType({"reported_steps": "steps", "slope_id": "slope"})
_NOT_CELLS: Final = frozenset({"lng_lat", "source", "slope_ids"})
"""Fields that no single cell holds: a position has two, and some are not of the catalogue."""


def cells_of(entry: Entry) -> dict[str, str]:
    """The row of an entry, in the order of its table's columns."""
    cells: dict[str, str] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name not in _NOT_CELLS and (text := _text(value, end=field.name == "ends")):
            cells[_COLUMN_OF_FIELD.get(field.name, field.name)] = text
    lng_lat = getattr(entry, "lng_lat", None)
    if lng_lat is not None:
        cells["lng"], cells["lat"] = map(number_text, lng_lat)
    return {column: cells[column] for column in TABLES[kind_of(entry)].columns.names if column in cells}


def read_cells(kind: EntryKind, cells: Cells) -> tuple[Entry | None, list[Finding]]:
    """The entry of a row that is no file's, and what was noticed; None without what it cannot be without."""
    findings: list[Finding] = []
    table = TABLES[kind]
    filled = {column: text for column, text in cells.items() if text and column in table.columns.names}
    return table.entry_of_row(Row(filled, Cell(file=table.file), findings, {})), findings


def number_text(number: float) -> str:
    """A number as people write it: whole ones without a point, none with an exponent."""
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return f"{number:.12f}".rstrip("0") if "e" in text else text


def _text(value: Any, *, end: bool) -> str:  # noqa: ANN401 (a field of any kind)
    match value:
        case None | ():
            return ""
        case StrEnum():
            return value.value
        case str():
            return value
        case datetime():
            return _moment_text(value, end=end)
        case int() | float():
            return number_text(value)
        case tuple():
            return _many(value)
        case _:
            raise TypeError(value)


def _many(values: tuple[Any, ...]) -> str:
    if isinstance(values[0], TourStop):
        return ";".join(_stop_text(stop) for stop in values)
    if isinstance(values[0], tuple):
        return ", ".join(" ".join(map(number_text, point)) for point in values)
    return ";".join(values)


def _stop_text(stop: TourStop) -> str:
    return stop.id if stop.direction is Direction.ANY else f"{stop.id}:{stop.direction}"


def _moment_text(moment: datetime, *, end: bool) -> str:
    """A time of the place; at midnight the day alone says it, which as an end is meant to its own end."""
    if moment.time() == time(0):
        return f"{moment - timedelta(days=1) if end else moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M}"
