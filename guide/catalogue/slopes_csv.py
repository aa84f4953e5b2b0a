"""``slopes.csv``: the catalogue of an area's slopes, as staff keep it in a spreadsheet."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.domain.slope import CatalogueSlope, Theme

T = TypeVar("T")

SLOPES_CSV: Final = "slopes.csv"

COLUMNS: Final = (
    "id",
    "name",
    "reading",
    "name_en",
    "lng",
    "lat",
    "themes",
    "description_ja",
    "description_en",
    "posted_grade_percent",
    "reported_effort",
    "photo",
    "photo_credit",
    "licence",
    "sources",
    "status",
)
LIST_SEPARATOR: Final = ";"
MAX_POSTED_GRADE_PERCENT: Final = 100.0
EFFORTS: Final = range(1, 6)


def read_slopes_csv(path: Path) -> tuple[list[CatalogueSlope], list[Finding]]:
    """The slopes of a catalogue file, and a finding for each row or field that could not be read.

    A row without id or name, or with an id seen before, is left out; an unreadable field is left empty. The others
    stay.

    Raises:
        SourceError: the file is missing, not UTF-8, or has no ``id`` and ``name`` columns.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such file.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: is not UTF-8. Save it as “CSV UTF-8” and try again.") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if rows.fieldnames is None or not {"id", "name"} <= set(rows.fieldnames):
        raise SourceError(f"{path}: the first row must name the columns; “id” and “name” are missing.")

    slopes: dict[str, CatalogueSlope] = {}
    findings: list[Finding] = []
    for number, row in enumerate(rows, start=2):
        reader = _Row(row, f"{path.name}, row {number}", findings)
        slope = reader.read()
        if slope is None:
            continue
        if slope.id in slopes:
            reader.complain("id", "repeated-id", id=slope.id)
            continue
        slopes[slope.id] = slope
    return list(slopes.values()), findings


class _Row:
    """One row being read; what cannot be read becomes a finding."""

    def __init__(self, row: dict[str, str], where: str, findings: list[Finding]) -> None:
        self._row = row
        self._where = where
        self._findings = findings

    def read(self) -> CatalogueSlope | None:
        """The slope of the row, None if it cannot be one."""
        slope_id, name = self._text("id"), self._text("name")
        if slope_id is None or name is None:
            self.complain("id, name", "no-id")
            return None
        return CatalogueSlope(
            id=slope_id,
            name=name,
            reading=self._text("reading"),
            name_en=self._text("name_en"),
            lng_lat=self._place(),
            themes=self._themes(),
            description_ja=self._text("description_ja"),
            description_en=self._text("description_en"),
            posted_grade_percent=self._number("posted_grade_percent", _posted_grade),
            reported_effort=self._number("reported_effort", _effort),
            photo=self._text("photo"),
            photo_credit=self._text("photo_credit"),
            licence=self._text("licence"),
            sources=self._list("sources"),
            status=self._text("status") or "published",
        )

    def complain(self, column: str, message: str, **values: object) -> None:
        """Note what is wrong with a column."""
        self._findings.append(Finding(code=f"catalogue.{message}", where=f"{self._where}, {column}", values=values))

    def _text(self, column: str) -> str | None:
        return (self._row.get(column) or "").strip() or None

    def _list(self, column: str) -> tuple[str, ...]:
        parts = (part.strip() for part in (self._text(column) or "").split(LIST_SEPARATOR))
        return tuple(part for part in parts if part)

    def _themes(self) -> tuple[Theme, ...]:
        themes = []
        for word in self._list("themes"):
            try:
                themes.append(Theme(word))
            except ValueError:
                self.complain("themes", "unknown-theme", word=word, known=", ".join(Theme))
        return tuple(themes)

    def _number(self, column: str, convert: Callable[[str], T]) -> T | None:
        text = self._text(column)
        if text is None:
            return None
        try:
            return convert(text)
        except ValueError:
            self.complain(column, "not-a-number", text=text)
            return None

    def _place(self) -> tuple[float, float] | None:
        lng, lat = self._number("lng", _longitude), self._number("lat", _latitude)
        return None if lng is None or lat is None else (lng, lat)


def _within(text: str, low: float, high: float) -> float:
    number = float(text)
    if not low <= number <= high:  # also refuses NaN
        raise ValueError(text)
    return number


def _longitude(text: str) -> float:
    return _within(text, -180.0, 180.0)


def _latitude(text: str) -> float:
    return _within(text, -90.0, 90.0)


def _posted_grade(text: str) -> float:
    return _within(text, 0.0, MAX_POSTED_GRADE_PERCENT)


def _effort(text: str) -> int:
    number = int(text)
    if number not in EFFORTS:
        raise ValueError(text)
    return number
