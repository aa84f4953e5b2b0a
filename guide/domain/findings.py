"""Findings: what was noticed and not silently repaired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from guide.domain.texts import keys, say


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in a spreadsheet as its user sees it: the row's number counts the heading as 1."""

    file: str
    row: int | None = None
    column: str | None = None

    def place(self, language: str) -> str:
        """The place in words."""
        if self.row is None:
            return self.file
        if self.column is None:
            return say(language, "check.row", file=self.file, row=self.row)
        return say(language, "check.cell", file=self.file, row=self.row, column=self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed: a stable code, which is also the key of its sentence, and where it is.

    ``where`` names the place as the reader knows it: "slopes.csv, row 3", "way 123", "portland-ned.tif". ``cell`` says
    the same of a spreadsheet in its parts.
    """

    code: str
    where: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.WARNING
    cell: Cell | None = None

    def message(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        return say(language, self.code, **self.values)

    def mend(self, language: str) -> str | None:
        """What to do about it, where there is something to say."""
        key = f"{self.code}-mend"
        return say(language, key, **self.values) if key in keys(language) else None

    def place(self, language: str) -> str:
        """Where it is, in words."""
        return self.cell.place(language) if self.cell else self.where

    def line(self, language: str = "en") -> str:
        """One line for a terminal or a log."""
        return f"{self.severity}: {self.place(language)}: {self.message(language)}"


def cell_finding(code: str, cell: Cell, severity: Severity = Severity.WARNING, **values: object) -> Finding:
    """A finding about a spreadsheet."""
    return Finding(code=code, where=cell.place("en"), values=values, severity=severity, cell=cell)
