"""Findings: what was noticed and not silently repaired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from guide.domain.texts import say


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed: a stable code, which is also the key of its sentence, and where it is.

    ``where`` names the place as the reader knows it: "slopes.csv, row 3", "way 123", "portland-ned.tif".
    """

    code: str
    where: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.WARNING

    def message(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        return say(language, self.code, **self.values)

    def line(self, language: str = "en") -> str:
        """One line for a terminal or a log."""
        return f"{self.severity}: {self.where}: {self.message(language)}"
