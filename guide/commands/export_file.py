"""``python -m guide export AREA``: the catalogue as a file."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from guide.catalogue.exchange.downloads import Download, Taken, download, municipal_list
from guide.catalogue.exchange.municipal_out import Addresses
from guide.catalogue.folders import open_data_of
from guide.catalogue.office import Office
from guide.command_line import DONE
from guide.commands.check import terminal_language
from guide.commands.desk import office_of, open_area
from guide.domain.entry import EntryKind, kind_of
from guide.domain.errors import UsageError
from guide.domain.texts import LANGUAGES
from guide.settings import Settings

_MUNICIPAL: Final = "municipal"
_FORMATS: Final = (Download.CSV, Download.XLSX, Download.GEOJSON)
_ANYWHERE: Final = "http://localhost:8000"


def add_export(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the command among the others."""
    command = commands.add_parser("export", help="write the catalogue as a file")
    command.add_argument("area", metavar="AREA")
    command.add_argument(
        "--format", choices=[each.value for each in _FORMATS], default=Download.CSV.value, help="%(choices)s"
    )
    command.add_argument(
        "--schema", choices=("own", _MUNICIPAL), default="own", help="own columns, or the national 観光施設一覧 (CSV)"
    )
    command.add_argument(
        "--kind", choices=[kind.value for kind in EntryKind], help="%(choices)s (default: slope; xlsx: a sheet each)"
    )
    command.add_argument("--published", action="store_true", help="what visitors see, instead of the latest drafts")
    command.add_argument("--lang", choices=LANGUAGES, help="of a workbook's headings (default: the terminal's)")
    command.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    command.set_defaults(run=run_export)


def run_export(arguments: argparse.Namespace) -> int:
    """Write the file.

    Raises:
        UnknownAreaError: there is no such area.
        UsageError: the national list is asked for as something else than CSV, or the file cannot be written.
    """
    if arguments.schema == _MUNICIPAL and arguments.format != Download.CSV.value:
        raise UsageError("The national list (--schema municipal) comes as CSV only.")
    settings = Settings.from_environment()
    with office_of(settings) as office:
        open_area(office, settings, arguments.area)
        if arguments.schema == _MUNICIPAL:
            content = _municipal(office, settings, arguments.area)
        else:
            content = _own(office, arguments)
    if arguments.out is None:
        sys.stdout.buffer.write(content)
        return DONE
    try:
        arguments.out.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{arguments.out} cannot be written ({error.strerror}).") from error
    return DONE


def _own(office: Office, arguments: argparse.Namespace) -> bytes:
    how = Download(arguments.format)
    if arguments.kind is None:
        kinds = tuple(EntryKind) if how is Download.XLSX else (EntryKind.SLOPE,)
    else:
        kinds = (EntryKind(arguments.kind),)
    language = arguments.lang or terminal_language()
    what = Taken(area=arguments.area, kinds=kinds, published=arguments.published, language=language)
    return download(office.listing, what, how)


def _municipal(office: Office, settings: Settings, area: str) -> bytes:
    base = (settings.public_url or _ANYWHERE).rstrip("/")
    addresses = Addresses(
        page=lambda entry: f"{base}/api/{area}/collections/{kind_of(entry).value}s/items/{entry.id}",
        photo=lambda photo: photo if "://" in photo else f"{base}/photos/{photo}",
    )
    return municipal_list(office.listing, area, open_data_of(settings.data, area), addresses)
