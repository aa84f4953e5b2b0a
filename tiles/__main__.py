"""The builder's command line: ``python -m tiles``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from guide.area.manifest import read_manifest
from guide.area.read import current_build
from guide.command_line import DONE, WRONG, Parser
from guide.domain.errors import GuideError
from tiles.areas import list_areas
from tiles.build import build_area, build_catalogue
from tiles.demo import build_demo
from tiles.discover.command import add_discover_command
from tiles.download import Network
from tiles.graphml import add_graphml
from tiles.jobs import is_current, prepare
from tiles.measure_lines import add_measure_command
from tiles.verify.command import add_verify_command


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 findings that block, 2 wrong usage or bad input."""
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.run(arguments)
    except GuideError as error:
        print(error.message, file=sys.stderr)  # noqa: T201 (the one sentence a person gets)
        return WRONG
    except KeyboardInterrupt:
        print("Stopped; what was served before is untouched.", file=sys.stderr)  # noqa: T201
        return WRONG
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="hyakusaka-tiles", description="Builds areas from open data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    build = commands.add_parser("build", help="build an area and make it the one that is served")
    build.add_argument("area", metavar="AREA", help=f"one of: {', '.join(list_areas())}")
    _add_out(build)
    build.add_argument("--sources", type=Path, metavar="DIR", help="a folder that holds the source files")
    build.add_argument("--only", choices=("graphml", "catalogue"), help="make only this part")
    build.add_argument("--if-changed", action="store_true", help="do nothing if no input has changed")
    build.add_argument("--offline", action="store_true", help="never touch the network")
    build.add_argument("--json", action="store_true", help="print the manifest")
    build.set_defaults(run=_build)

    fetch = commands.add_parser("fetch", help="download an area's sources and keep them")
    fetch.add_argument("area", metavar="AREA")
    fetch.add_argument("--offline", action="store_true", help="never touch the network; say what is missing")
    _add_out(fetch)
    fetch.set_defaults(run=_fetch)

    add_measure_command(commands)
    add_discover_command(commands)
    add_verify_command(commands)

    report = commands.add_parser("report", help="write a page with plots: how true the grades are")
    report.add_argument("--out", type=Path, metavar="DIR", help="its folder (data/build/report)")
    report.set_defaults(run=_report_page)

    demo = commands.add_parser("demo", help="build every area whose sources are at hand")
    _add_out(demo)
    demo.set_defaults(run=lambda arguments: build_demo(arguments.out))
    return parser


def _add_out(parser: argparse.ArgumentParser) -> None:
    default = Path(os.environ.get("HYAKUSAKA_DATA", "data")) / "build"
    parser.add_argument("--out", type=Path, metavar="DIR", default=default, help="where builds go (%(default)s)")


def _build(arguments: argparse.Namespace) -> int:
    area, out = arguments.area, arguments.out
    if arguments.only == "graphml":
        return _report(add_graphml(out, area), arguments)
    job = prepare(area, out=out, network=Network(allowed=not arguments.offline), mirror=arguments.sources)
    if arguments.only == "catalogue":
        return _report(build_catalogue(job), arguments)
    if arguments.if_changed and is_current(job):
        return _report(current_build(out, area), arguments)
    return _report(build_area(job), arguments)


def _fetch(arguments: argparse.Namespace) -> int:
    job = prepare(arguments.area, out=arguments.out, network=Network(allowed=not arguments.offline))
    for source in job.sources.list_local():
        print(source.path)  # noqa: T201 (the command's result)
    for reason in job.sources.reasons:
        print(reason, file=sys.stderr)  # noqa: T201
    return WRONG if job.sources.missing else DONE


def _report_page(arguments: argparse.Namespace) -> int:
    from tiles.report.page import write_report  # noqa: PLC0415 (only the report needs it)

    data = Path(os.environ.get("HYAKUSAKA_DATA", "data"))
    sources = Path(os.environ.get("HYAKUSAKA_SOURCES") or data / "cache")
    print(write_report(arguments.out or data / "build" / "report", sources))  # noqa: T201 (the command's result)
    return DONE


def _report(directory: Path, arguments: argparse.Namespace) -> int:
    """Print where the build lies, or its manifest; what it noticed goes to stderr."""
    manifest = read_manifest(directory)
    for finding in manifest.findings:
        print(f"{finding.severity}: {finding.where}: {finding.message_en}", file=sys.stderr)  # noqa: T201
    print(msgspec.json.encode(manifest).decode() if arguments.json else directory)  # noqa: T201
    return DONE


if __name__ == "__main__":
    sys.exit(main())
