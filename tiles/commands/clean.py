"""``tiles clean``: what no kept build of a depot needs any more is removed."""

import argparse

from guide.command_line import DONE, Parser
from guide.depot.push import clean
from guide.depot.store import Store


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to clean."""
    command = commands.add_parser(
        "clean", help="remove from a depot what neither its current builds nor those before need"
    )
    command.add_argument("depot", metavar="ADDRESS", help="s3://bucket/prefix or file:///folder")
    command.set_defaults(run=_clean)


def _clean(arguments: argparse.Namespace) -> int:
    print(f"{clean(Store(arguments.depot))} files removed")  # noqa: T201 (what a person wants to know)
    return DONE
