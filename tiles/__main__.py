"""The builder's command line: ``python -m tiles``."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from guide.command_line import WRONG, Parser
from guide.domain.errors import GuideError

COMMANDS: Final = {
    "build": "tiles.commands.build",
    "build-many": "tiles.commands.build_many",
    "fetch": "tiles.commands.fetch",
    "measure": "tiles.measure_lines",
    "discover": "tiles.discover.command",
    "verify": "tiles.verify.command",
    "report": "tiles.commands.report",
    "demo": "tiles.commands.demo",
    "clean": "tiles.commands.clean",
    "work": "tiles.commands.work",
}
"""Where each command lives. Only the one that is asked for is loaded: some bring libraries that take a second."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 findings that block, 2 wrong usage or bad input."""
    given = sys.argv[1:] if argv is None else list(argv)
    try:
        arguments = _parser(given[:1]).parse_args(given)
        code: int = arguments.run(arguments)
    except GuideError as error:
        print(error.message, file=sys.stderr)  # noqa: T201 (the one sentence a person gets)
        return WRONG
    except KeyboardInterrupt:
        print("Stopped; what was served before is untouched.", file=sys.stderr)  # noqa: T201
        return WRONG
    return code


def _parser(asked: Sequence[str]) -> Parser:
    parser = Parser(prog="hyakusaka-tiles", description="Builds areas from open data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for name in [name for name in COMMANDS if name in asked] or COMMANDS:
        import_module(COMMANDS[name]).add_command(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
