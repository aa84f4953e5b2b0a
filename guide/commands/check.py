"""``python -m guide check``: what was found, for people or for programs."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import msgspec

from guide.area.read import BuiltArea, current_build, open_area
from guide.checking import Checked, area_of, check_catalogue
from guide.command_line import BLOCKED, DONE
from guide.domain.errors import NotBuiltError
from guide.domain.findings import Finding, Severity
from guide.domain.texts import LANGUAGES, say
from guide.settings import Settings

MOST_OF_A_KIND: Final = 20
"""What stands in ten thousand rows is not told ten thousand times; ``--json`` has them all."""


def add_check(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the command among the others."""
    check = commands.add_parser("check", help="read a catalogue and say what to mend")
    check.add_argument("path", type=Path, metavar="PATH", help="slopes.csv, landmarks.csv, tours.csv, or their folder")
    check.add_argument("--area", help="the built area whose streets it is checked against (default: its folder's)")
    check.add_argument("--lang", choices=LANGUAGES, help="ja or en (default: the terminal's)")
    check.add_argument("--json", action="store_true", help="print the findings as JSON, in both languages")
    check.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Check and print; the exit code says whether anything blocks.

    Raises:
        SourceError: the path cannot be read as a catalogue.
        NotBuiltError: the area that ``--area`` names has not been built.
    """
    checked = check_catalogue(arguments.path, _built(arguments))
    if arguments.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(to_json(checked)), indent=2).decode() + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in to_lines(checked, arguments.lang or terminal_language()))
    return BLOCKED if checked.count(Severity.BLOCKING) else DONE


def terminal_language() -> str:
    """Japanese if the terminal is, English otherwise."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, names), "").lower().startswith("ja") else "en"


def to_lines(checked: Checked, language: str) -> list[str]:
    """What a person reads."""
    lines = []
    told: Counter[str] = Counter()
    for finding in checked.findings:
        told[finding.code] += 1
        if told[finding.code] > MOST_OF_A_KIND:
            continue
        severity = say(language, f"check.{finding.severity}")
        what = finding.message(language)
        lines.append(say(language, "check.finding", place=finding.place(language), severity=severity, what=what))
        if how := finding.mend(language):
            lines.append(say(language, "check.mend", how=how))
    for code, count in told.items():
        if count > MOST_OF_A_KIND:
            example = next(finding for finding in checked.findings if finding.code == code)
            what = example.message(language)
            lines.append(say(language, "check.more", count=count - MOST_OF_A_KIND, what=what))
    files = "、".join(checked.files) if language == "ja" else ", ".join(checked.files)
    blocking, warnings = checked.count(Severity.BLOCKING), checked.count(Severity.WARNING)
    lines.append(say(language, "check.summary", files=files, rows=checked.rows, blocking=blocking, warnings=warnings))
    if not blocking and not warnings:
        lines.append(say(language, "check.passed"))
    return lines


def to_json(checked: Checked) -> dict[str, Any]:
    """What a program reads."""
    return {
        "files": checked.files,
        "rows": checked.rows,
        "blocking": checked.count(Severity.BLOCKING),
        "warnings": checked.count(Severity.WARNING),
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    cell = finding.cell
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": cell.file if cell else None,
        "row": cell.row if cell else None,
        "column": cell.column if cell else None,
        **{f"message_{language}": finding.message(language) for language in LANGUAGES},
        **{f"mend_{language}": finding.mend(language) for language in LANGUAGES},
    }


def _built(arguments: argparse.Namespace) -> BuiltArea | None:
    """The area as it was last built; None if it never was, unless it was asked for."""
    root = Settings.from_environment().build_root
    try:
        return open_area(current_build(root, arguments.area or area_of(arguments.path)))
    except NotBuiltError:
        if arguments.area:
            raise
        return None
