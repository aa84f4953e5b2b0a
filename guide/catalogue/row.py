"""One row of a catalogue file: each cell read as what it should be, and reported where it is not."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from guide.catalogue.drawn_lines import Line, middle_of, read_line
from guide.catalogue.moments import read_moment
from guide.catalogue.plain_text import holds_markup, without_markup
from guide.domain.findings import Cell, Finding, Severity, cell_finding
from guide.domain.slope import Theme

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

STATUSES: Final = ("published", "draft", "retired")
MAX_POSTED_GRADE_PERCENT: Final = 100.0
MAX_STEPS: Final = 10_000
EFFORTS: Final = range(1, 6)

_FORMULA: Final = re.compile(r"[=+@-](?=\S).+", re.DOTALL)
_SPREADSHEET_ERROR: Final = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!)")
_NUMBER: Final = re.compile(r"([+-]?\d+(?:[.,]\d+)?|[+-]?[.,]\d+)\s*(?:%|°|度|段|m)?")
_LIST_SEPARATOR: Final = re.compile(r"[;；\n]")
_THEME_SEPARATOR: Final = re.compile(r"[;；,、，・\s]")
_QUOTED_CHARACTERS: Final = 60
FORMULA_MARKS: Final = frozenset("=+-@＝＋－＠\t\r")
"""A cell that begins so may be computed by a spreadsheet; what we write has a ' before it."""

_THEMES_JA: Final = {
    "眺め": Theme.VIEW, "景色": Theme.VIEW, "春": Theme.SPRING, "夏": Theme.SUMMER, "秋": Theme.AUTUMN,
    "冬": Theme.WINTER, "歴史": Theme.HISTORY, "地形": Theme.LANDFORM, "珍しい": Theme.RARE,
}  # fmt: skip
_STATUSES_JA: Final = {"公開": "published", "下書き": "draft", "廃止": "retired"}


class Row:
    """A row's cells by column; empty ones are absent. ``headings`` are the file's own words for the columns."""

    def __init__(self, cells: dict[str, str], cell: Cell, findings: list[Finding], headings: Mapping[str, str]) -> None:
        self._cells = cells
        self._headings = headings
        self._cell = cell
        self._findings = findings

    @property
    def number(self) -> int:
        """As the spreadsheet shows it."""
        return self._cell.row or 0

    @property
    def cells(self) -> Mapping[str, str]:
        """What stands in it, by column, as it was written."""
        return self._cells

    def has(self, column: str) -> bool:
        """Whether something stands in a column."""
        return column in self._cells

    def complain(self, column: str | None, message: str, **values: object) -> None:
        """Report what loses or spoils data: ``guide check`` does not pass."""
        self._report(Severity.BLOCKING, column, message, values)

    def remark(self, column: str | None, message: str, **values: object) -> None:
        """Report what somebody should look at."""
        self._report(Severity.WARNING, column, message, values)

    def _report(self, severity: Severity, column: str | None, message: str, values: dict[str, object]) -> None:
        cell = Cell(file=self._cell.file, row=self._cell.row, column=in_own_words(column, self._headings))
        self._findings.append(cell_finding(f"catalogue.{message}", cell, severity, **values))

    def text(self, column: str) -> str | None:
        """A cell as plain text: a formula is only text, a tag is taken out, and both are reported."""
        text = self._cells.get(column)
        if text is None:
            return None
        if _SPREADSHEET_ERROR.fullmatch(text):
            self.complain(column, "spreadsheet-error", text=text)
            return None
        if text[0] == "'" and text[1:2] in FORMULA_MARKS:
            text = text[1:]  # as spreadsheets mark, and as we write, what is no formula
        elif text[0] in "=+-@" and _FORMULA.fullmatch(text) and not _NUMBER.fullmatch(text):
            self.remark(column, "formula", text=_shortened(text))
        if "\ufffd" in text:
            self.complain(column, "broken-characters", text=_shortened(text))
        if holds_markup(text):
            self.remark(column, "markup", text=_shortened(text))
            return without_markup(text) or None
        return text

    def name(self, column: str) -> str | None:
        """A cell as one line of text."""
        text = self.text(column)
        return " ".join(text.split()) or None if text and not text.isprintable() else text

    def reading(self, column: str) -> str | None:
        """A cell as kana: half-width ones become whole."""
        text = self.name(column)
        return None if text is None else unicodedata.normalize("NFKC", text)

    def names(self, column: str) -> tuple[str, ...]:
        """A cell with several entries between ``;``."""
        parts = (part.strip() for part in _LIST_SEPARATOR.split(self.text(column) or ""))
        return tuple(dict.fromkeys(part for part in parts if part))

    def readings(self, column: str) -> tuple[str, ...]:
        """A cell with several readings."""
        return tuple(unicodedata.normalize("NFKC", part) for part in self.names(column))

    def themes(self, column: str = "themes") -> tuple[Theme, ...]:
        """The themes of a cell, in English or Japanese words."""
        themes = []
        for word in filter(None, _THEME_SEPARATOR.split(self.text(column) or "")):
            theme = _THEMES_JA.get(word) or find_word(Theme, word)
            if theme is None:
                self.complain(column, "unknown-theme", word=word, known=", ".join(Theme))
            else:
                themes.append(theme)
        return tuple(dict.fromkeys(themes))

    def status(self) -> str:
        """The row's status; one that nobody knows keeps the row a draft."""
        text = unicodedata.normalize("NFKC", self.text("status") or STATUSES[0]).casefold()
        text = _STATUSES_JA.get(text, text)
        if text in STATUSES:
            return text
        self.complain("status", "unknown-status", word=text, known=", ".join(STATUSES))
        return "draft"

    def number_in(self, column: str, low: float, high: float) -> float | None:
        """A number within bounds."""
        return self._converted(column, lambda text: _within(to_number(text), low, high))

    def whole_in(self, column: str, numbers: range) -> int | None:
        """A whole number within a range."""
        return self._converted(column, lambda text: _whole(to_number(text), numbers))

    def moment(self, column: str, *, end: bool = False) -> datetime | None:
        """A date, or a date and a time; as an ``end`` a date alone is the end of that day."""
        text = self._cells.get(column)
        if text is None:
            return None
        try:
            return read_moment(text, end=end)
        except ValueError:
            self.complain(column, "not-a-date", text=_shortened(text))
            return None

    def place(self, lng: str = "lng", lat: str = "lat") -> tuple[float, float] | None:
        """Longitude and latitude; told apart where one of them can only be the other."""
        x, y = self._converted(lng, to_number), self._converted(lat, to_number)
        if x is None or y is None:
            absent = lng if x is None else lat
            if (x is None) != (y is None) and absent not in self._cells:
                self.complain(absent, "half-a-place")
            return None
        if abs(x) <= 90 < abs(y) <= 180:  # noqa: PLR2004 (degrees)
            self.complain(f"{lng}, {lat}", "swapped", lng=y, lat=x)
            return y, x
        if abs(x) > 180:  # noqa: PLR2004
            self.complain(lng, "not-a-number", text=self._cells[lng])
        elif abs(y) > 90:  # noqa: PLR2004
            self.complain(lat, "not-a-number", text=self._cells[lat])
        else:
            return x, y
        return None

    def line(self, column: str = "line") -> Line | None:
        """A line from foot to head."""
        text = self._cells.get(column)
        if text is None:
            return None
        try:
            return read_line(text)
        except ValueError:
            self.complain(column, "not-a-line", text=_shortened(text))
            return None

    def place_or_line(self) -> tuple[tuple[float, float] | None, Line | None]:
        """A slope's point, that of its line if it has no other, and its line."""
        place, line = self.place(), self.line()
        return (middle_of(line) if place is None and line else place), line

    def _converted(self, column: str, convert: Callable[[str], T]) -> T | None:
        text = self._cells.get(column)
        if text is None:
            return None
        try:
            return convert(text)
        except ValueError:
            self.complain(column, "not-a-number", text=_shortened(text))
            return None


def in_own_words(column: str | None, headings: Mapping[str, str]) -> str | None:
    """A column, or several, by the headings that the file itself has for them."""
    return None if column is None else ", ".join(headings.get(part, part) for part in column.split(", "))


def find_word(words: type[Word], text: str) -> Word | None:
    """The word of a list that a text says, whatever its case and width."""
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    return next((word for word in words if word.value == text), None)


def to_number(text: str) -> float:
    """A number as people write it: full-width digits, a decimal comma, a unit behind it.

    Raises:
        ValueError: it is none.
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ValueError(text)
    return float(found[1].replace(",", "."))


def _within(number: float, low: float, high: float) -> float:
    if not low <= number <= high:
        raise ValueError(number)
    return number


def _whole(number: float, numbers: range) -> int:
    if number not in numbers:
        raise ValueError(number)
    return int(number)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED_CHARACTERS else f"{text[:_QUOTED_CHARACTERS]}…"
