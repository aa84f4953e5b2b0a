"""``tiles demo``: every area that can be built here."""

from typing import TYPE_CHECKING

from tiles.commands.out import add_out
from tiles.demo import build_demo

if TYPE_CHECKING:
    import argparse

    from guide.command_line import Parser


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to build the demo's areas."""
    demo = commands.add_parser("demo", help="build every area whose sources are at hand")
    add_out(demo)
    demo.set_defaults(run=lambda arguments: build_demo(arguments.out))
