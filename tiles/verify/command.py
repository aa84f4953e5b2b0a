"""``tiles verify FILE.pmtiles``: whether an archive keeps its standards."""

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec

from guide.command_line import DONE, Parser
from tiles.verify.archive import verify_archive
from tiles.verify.problems import Report

FOUND = 1


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command to a parser's commands."""
    verify = commands.add_parser("verify", help="check tile archives against PMTiles v3 and MVT 2.1")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE.pmtiles")
    verify.add_argument("--json", action="store_true", help="print what is wrong as JSON")
    verify.set_defaults(run=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    reports = {path: verify_archive(path) for path in arguments.files}
    if arguments.json:
        wire: list[dict[str, Any]] = [_wire(path, report) for path, report in reports.items()]
        print(msgspec.json.encode(wire[0] if len(wire) == 1 else wire).decode())  # noqa: T201 (the command's result)
    else:
        for path, report in reports.items():
            _tell(path, report)
    return FOUND if any(report.count for report in reports.values()) else DONE


def _wire(path: Path, report: Report) -> dict[str, Any]:
    problems = [
        {"where": problem.where, "rule": problem.rule, "message": problem.message} for problem in report.problems
    ]
    return {"file": path.name, "valid": report.count == 0, "count": report.count, "problems": problems}


def _tell(path: Path, report: Report) -> None:
    for problem in report.problems:
        print(f"{path.name}: {problem.where}: {problem.message} [{problem.rule}]", file=sys.stderr)  # noqa: T201
    if report.count > len(report.problems):
        print(f"{path.name}: and {report.count - len(report.problems):,} more", file=sys.stderr)  # noqa: T201
    if report.count == 0:
        print(f"{path.name}: sound")  # noqa: T201 (the command's result)
