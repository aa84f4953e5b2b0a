"""``tiles work``: beside a service, builds what its desk publishes."""

from typing import TYPE_CHECKING

from guide.command_line import DONE
from tiles.commands.out import add_out
from tiles.work import CatalogueWorker, while_parent_lives

if TYPE_CHECKING:
    import argparse

    from guide.command_line import Parser


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to work."""
    work = commands.add_parser(
        "work", help="build what the desk publishes, until ended; guide serve starts this itself"
    )
    add_out(work)
    work.set_defaults(run=_work)


def _work(arguments: "argparse.Namespace") -> int:
    CatalogueWorker(arguments.out).run(while_parent_lives())
    return DONE
