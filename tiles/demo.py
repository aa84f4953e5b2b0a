"""``make demo``: every area that can be built here, the first of them Muroran."""

import sys
from pathlib import Path
from typing import Final

from guide.area.manifest import read_manifest
from guide.area.read import current_build
from guide.domain.errors import GuideError, NotBuiltError
from tiles.areas import ElevationSpec, OsmSpec, list_areas, read_area
from tiles.build import BuildJob, build_area, build_catalogue
from tiles.download import Network
from tiles.jobs import is_current, prepare
from tiles.sources import SourceFolders

FIRST: Final = "muroran"
PATIENCE_S: Final = 5.0


def build_demo(out: Path) -> int:
    """Build Muroran if it can be had within a few seconds, the sample, and areas whose sources lie here.

    An area that fails is told of and the others go on; returns 0 if at least one area can be served.
    """
    served = 0
    for area in demo_areas():
        network = Network(patience_s=PATIENCE_S) if area == FIRST else Network(allowed=False)
        try:
            _build(prepare(area, out=out, network=network))
            served += 1
        except GuideError as error:
            print(f"{area}: {error.message}", file=sys.stderr)  # noqa: T201 (the one sentence a person gets)
    return 0 if served else 2


def demo_areas() -> list[str]:
    """Muroran, then every area that makes its own sources or has all of them in the mirror or the cache."""
    folders = SourceFolders.from_environment()
    return [FIRST, *(area for area in list_areas() if area != FIRST and _at_hand(area, folders))]


def _at_hand(area: str, folders: SourceFolders) -> bool:
    spec = read_area(area)
    wanted: tuple[OsmSpec | ElevationSpec, ...] = (spec.osm, *spec.elevation)
    return all(source.origin == "formula" or folders.find(area, source) for source in wanted)


def _build(job: BuildJob) -> None:
    if is_current(job):
        return
    if job.sources.complete:
        build_area(job)
    elif not _served_whole(job):
        build_catalogue(job)


def _served_whole(job: BuildJob) -> bool:
    """Whether an earlier, complete build is served, which a bare catalogue must not replace."""
    try:
        return read_manifest(current_build(job.out, job.area)).complete
    except NotBuiltError:
        return False
