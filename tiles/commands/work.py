"""``tiles work``: beside a service, builds what its desk publishes."""

from typing import TYPE_CHECKING

from guide.command_line import DONE
from guide.depot.store import Store
from tiles.commands.out import add_out
from tiles.depot import Depot
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
    work.add_argument("--depot", metavar="ADDRESS", help="the depot that services serve from: s3://… or file:///…")
    work.set_defaults(run=_work)


def _work(arguments: "argparse.Namespace") -> int:
    depot = None if arguments.depot is None else Depot(Store(arguments.depot), arguments.out)
    CatalogueWorker(arguments.out, depot=depot).run(while_parent_lives())
    return DONE
