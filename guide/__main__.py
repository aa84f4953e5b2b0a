"""The command line of the guide: ``python -m guide serve`` and the commands of ``guide.commands``.

Exit codes: 0 done, 1 findings that block, 2 wrong usage or bad input (one plain sentence on stderr).
"""

import argparse
import sys
from dataclasses import replace

from guide.area.read import list_built_areas
from guide.command_line import DONE, WRONG, Parser
from guide.commands.backup import add_backup
from guide.commands.check import add_check
from guide.commands.export_file import add_export
from guide.commands.import_file import add_import
from guide.commands.user import add_user
from guide.domain.errors import GuideError, UnknownAreaError, UsageError
from guide.settings import Settings
from guide.version import __version__


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    try:
        arguments = _parser().parse_args(argv)
        if arguments.command is None:
            raise UsageError("Say what to do: python -m guide serve. Run python -m guide --help.")
        code: int = arguments.run(arguments)
    except GuideError as error:
        sys.stderr.write(f"{error.message}\n")
        return WRONG
    except KeyboardInterrupt:
        return DONE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m guide", description="The walking guide to a town's slopes.")
    parser.add_argument("--version", action="version", version=f"hyakusaka {__version__}")
    commands = parser.add_subparsers(dest="command", parser_class=Parser)
    serve = commands.add_parser("serve", help="serve the map and the API")
    serve.add_argument(
        "areas", nargs="*", metavar="AREA", help="areas to serve, the first is shown first (default: all)"
    )
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on; 0 finds a free one (default: 8000)")
    serve.add_argument("--workers", type=int, help="processes that answer (default: 1)")
    serve.set_defaults(run=_serve)
    add_check(commands)
    add_import(commands)
    add_export(commands)
    add_user(commands)
    add_backup(commands)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    # Imported here: the framework takes half a second that --help and bad usage need not wait for.
    from guide.service.server import serve  # noqa: PLC0415

    settings = Settings.from_environment()
    given = {name: value for name in ("host", "port", "workers") if (value := getattr(arguments, name)) is not None}
    settings = replace(settings, **given, areas=tuple(arguments.areas) or settings.areas)
    built = list_built_areas(settings.build_root)
    for area in settings.areas:
        if area not in built:
            raise UnknownAreaError(
                f"The area {area!r} has not been built in {settings.build_root}. Run: python -m tiles build {area}"
            )
    if not built:
        sys.stderr.write(f"Nothing has been built in {settings.build_root} yet. Run: make build AREA=sample\n")
    serve(settings)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
