"""``tiles report``: how true the grades are, as a page with plots."""

import argparse
import os
from pathlib import Path

from guide.command_line import DONE, Parser
from tiles.areas import data_folder
from tiles.report.page import write_report


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to report."""
    report = commands.add_parser("report", help="write a page with plots: how true the grades are")
    report.add_argument("--out", type=Path, metavar="DIR", help="its folder (data/build/report)")
    report.set_defaults(run=_report)


def _report(arguments: argparse.Namespace) -> int:
    sources = Path(os.environ.get("HYAKUSAKA_SOURCES") or data_folder() / "cache")
    print(write_report(arguments.out or data_folder() / "build" / "report", sources))  # noqa: T201 (the result)
    return DONE
