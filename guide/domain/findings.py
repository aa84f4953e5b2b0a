"""Findings: what was noticed and not silently repaired."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed: a stable code, where it is, and a sentence in both languages.

    ``where`` names the place as the reader knows it: "slopes.csv, row 3", "way 123", "portland-ned.tif".
    """

    code: str
    where: str
    message_ja: str
    message_en: str
    severity: Severity = Severity.WARNING

    def line(self, language: str = "en") -> str:
        """One line for a terminal or a log."""
        message = self.message_ja if language == "ja" else self.message_en
        return f"{self.severity}: {self.where}: {message}"
