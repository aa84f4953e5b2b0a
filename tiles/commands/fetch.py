"""``tiles fetch``: an area's sources, downloaded and kept."""

import argparse
import sys

from guide.command_line import DONE, WRONG, Parser
from tiles.commands.out import add_out
from tiles.download import Network
from tiles.jobs import prepare


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to fetch."""
    fetch = commands.add_parser("fetch", help="download an area's sources and keep them")
    fetch.add_argument("area", metavar="AREA")
    fetch.add_argument("--offline", action="store_true", help="never touch the network; say what is missing")
    add_out(fetch)
    fetch.set_defaults(run=_fetch)


def _fetch(arguments: argparse.Namespace) -> int:
    job = prepare(arguments.area, out=arguments.out, network=Network(allowed=not arguments.offline))
    for source in job.sources.list_local():
        print(source.path)  # noqa: T201 (the command's result)
    for reason in job.sources.reasons:
        print(reason, file=sys.stderr)  # noqa: T201
    return WRONG if job.sources.missing else DONE
