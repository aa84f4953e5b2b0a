"""``python -m guide backup`` and ``restore``, while the service runs, and ``database``, the shape of what it keeps."""

import argparse
import sys
from pathlib import Path
from typing import Any

from guide.catalogue.office import open_database
from guide.catalogue.store import migrate
from guide.command_line import DONE
from guide.commands.desk import office_of
from guide.domain.errors import UsageError
from guide.settings import Settings


def add_backup(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the commands among the others."""
    backup = commands.add_parser("backup", help="write everything the desk keeps into one file")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put everything back as a backup has it")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(run=run_restore)
    database = commands.add_parser("database", help="bring the desk's database forward or back to a shape")
    database.add_argument("act", choices=("show", "upgrade", "downgrade"))
    database.add_argument("shape", nargs="?", help="the shape to go to (default: the latest)")
    database.set_defaults(run=run_database)


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a backup.

    Raises:
        UsageError: the file cannot be written there.
    """
    with office_of(Settings.from_environment()) as office:
        try:
            info = office.back_up(arguments.file)
        except OSError as error:
            raise UsageError(f"{arguments.file}: cannot be written ({error.strerror}).") from error
    sys.stdout.write(f"{arguments.file}: {info.rows['entries']} entries, {info.rows['revisions']} revisions\n")
    return DONE


def run_restore(arguments: argparse.Namespace) -> int:
    """Put a backup back.

    Raises:
        SourceError: it is none, or is damaged.
    """
    with office_of(Settings.from_environment()) as office:
        info = office.restore(arguments.file)
    sys.stdout.write(f"{arguments.file} of {info.made_at:%Y-%m-%d %H:%M}: {info.rows['entries']} entries are back\n")
    return DONE


def run_database(arguments: argparse.Namespace) -> int:
    """Show or change the shape of the database.

    Raises:
        UsageError: there is no such shape.
        StoreError: the database is newer than this program.
    """
    settings = Settings.from_environment()
    database = open_database(settings.database_url, settings.data)
    try:
        if arguments.act == "upgrade":
            migrate.upgrade(database, arguments.shape or migrate.HEAD)
        elif arguments.act == "downgrade":
            if arguments.shape is None:
                raise UsageError(f"Say which shape to go back to: {', '.join([migrate.BASE, *migrate.known()])}.")
            migrate.downgrade(database, arguments.shape)
        sys.stdout.write(f"{migrate.current(database) or 'empty'} of {', '.join(migrate.known())}\n")
    finally:
        database.close()
    return DONE
