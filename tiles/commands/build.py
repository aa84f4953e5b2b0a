"""``tiles build``: an area, or a part of it."""

import argparse
import sys
from pathlib import Path

import msgspec

from guide.area.manifest import read_manifest
from guide.area.read import current_build
from guide.command_line import DONE, Parser
from tiles.areas import list_areas
from tiles.commands.out import add_out
from tiles.progress import StageLog
from tiles.rebuild import CatalogueBuilder, has_streets


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to build."""
    build = commands.add_parser("build", help="build an area and make it the one that is served")
    build.add_argument("area", metavar="AREA", help=f"one of: {', '.join(list_areas())}")
    add_out(build)
    build.add_argument("--sources", type=Path, metavar="DIR", help="a folder that holds the source files")
    build.add_argument("--only", choices=("graphml", "catalogue"), help="make only this part of the current build anew")
    build.add_argument("--if-changed", action="store_true", help="do nothing if no input has changed")
    build.add_argument("--offline", action="store_true", help="never touch the network")
    build.add_argument("--json", action="store_true", help="print the manifest")
    build.set_defaults(run=_build)


def _build(arguments: argparse.Namespace) -> int:
    directory = _make(arguments)
    manifest = read_manifest(directory)
    for finding in manifest.findings:
        print(f"{finding.severity}: {finding.where}: {finding.message_en}", file=sys.stderr)  # noqa: T201
    print(msgspec.json.encode(manifest).decode() if arguments.json else directory)  # noqa: T201
    return DONE


def _make(arguments: argparse.Namespace) -> Path:
    area, out = arguments.area, arguments.out
    if arguments.only == "catalogue" and has_streets(out, area):
        # What the desk waits for: nothing is loaded that it does not need.
        return CatalogueBuilder(area, out, StageLog(area)).build()
    if arguments.only == "graphml":
        from tiles.graphml import add_graphml  # noqa: PLC0415

        return add_graphml(out, area)
    from tiles.build import build_area, build_catalogue  # noqa: PLC0415
    from tiles.download import Network  # noqa: PLC0415
    from tiles.jobs import is_current, prepare  # noqa: PLC0415

    job = prepare(area, out=out, network=Network(allowed=not arguments.offline), mirror=arguments.sources)
    if arguments.only == "catalogue":
        return build_catalogue(job)
    if arguments.if_changed and is_current(job):
        return current_build(out, area)
    return build_area(job)
