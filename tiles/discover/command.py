"""``tiles discover``: a town's climbs as a catalogue file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guide.command_line import DONE
from guide.domain.errors import BuildError, UsageError
from tiles.discover.discover import discover_area
from tiles.download import Network
from tiles.jobs import prepare

if TYPE_CHECKING:
    from guide.command_line import Parser

MOST: Final = 10_000


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to discover."""
    discover = commands.add_parser("discover", help="climbs that deserve a name, as a catalogue file")
    discover.add_argument("area", metavar="AREA")
    discover.add_argument("--top", type=int, default=100, metavar="N", help="how many at most (%(default)s)")
    discover.add_argument("--out", type=Path, required=True, metavar="FILE", help="the slopes.csv to write")
    discover.add_argument("--sources", type=Path, metavar="DIR", help="a folder that holds the source files")
    discover.add_argument("--offline", action="store_true", help="never touch the network")
    discover.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if not 1 <= arguments.top <= MOST:
        raise UsageError(f"--top must be a number from 1 to {MOST}, not {arguments.top}.")
    network = Network(allowed=not arguments.offline)
    job = prepare(arguments.area, out=Path(), network=network, mirror=arguments.sources)
    text = discover_area(job, arguments.top)  # written with the mark by which Excel knows UTF-8
    try:
        arguments.out.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BuildError(f"{arguments.out}: cannot be written ({error.strerror}). Name another file.") from error
    print(arguments.out)  # noqa: T201 (the command's result)
    return DONE
