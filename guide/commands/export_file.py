"""``python -m guide export AREA``: the catalogue as a file."""

import argparse
import sys
from pathlib import Path
from typing import Any

from guide.catalogue.exchange.outgoing import geojson, own_csv
from guide.command_line import DONE
from guide.commands.desk import office_of, open_area
from guide.domain.entry import EntryKind
from guide.settings import Settings


def add_export(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the command among the others."""
    command = commands.add_parser("export", help="write the catalogue as a file")
    command.add_argument("area", metavar="AREA")
    command.add_argument("--format", choices=("csv", "geojson"), default="csv", help="%(choices)s")
    command.add_argument(
        "--kind", choices=[kind.value for kind in EntryKind], default=EntryKind.SLOPE.value, help="%(choices)s"
    )
    command.add_argument("--published", action="store_true", help="what visitors see, instead of the latest drafts")
    command.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    command.set_defaults(run=run_export)


def run_export(arguments: argparse.Namespace) -> int:
    """Write the file.

    Raises:
        UnknownAreaError: there is no such area.
    """
    settings = Settings.from_environment()
    kind = EntryKind(arguments.kind)
    with office_of(settings) as office:
        open_area(office, settings, arguments.area)
        entries = office.listing.contents(arguments.area, kind, published=arguments.published)
    as_geojson = arguments.format == "geojson"
    content = geojson([entry for _, entry in entries]) if as_geojson else own_csv(kind, entries)
    if arguments.out is None:
        sys.stdout.buffer.write(content)
    else:
        arguments.out.write_bytes(content)
    return DONE
