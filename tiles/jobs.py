"""Preparing a build: sources found, and whether there is anything to do."""

from collections.abc import Callable
from pathlib import Path

from guide.area.manifest import Manifest, read_manifest
from guide.area.read import current_build
from guide.domain.errors import NotBuiltError
from tiles.areas import read_area
from tiles.build import BuildJob
from tiles.download import Network
from tiles.manifest import list_inputs, program
from tiles.progress import StageLog
from tiles.sources import SourceFolders, resolve_sources


def prepare(
    area: str, *, out: Path, network: Network, mirror: Path | None = None, log: Callable[[str], StageLog] = StageLog
) -> BuildJob:
    """Find an area's sources, fetching what ``network`` allows.

    Raises:
        UnknownAreaError: there is no such area.
        SourceError: its description is not as it should be.
    """
    spec = read_area(area)
    stage = log(area)
    with stage("sources"):
        sources = resolve_sources(area, spec, SourceFolders.from_environment(mirror), network.downloader(area, spec))
    return BuildJob(area=area, spec=spec, sources=sources, out=out, stage=stage)


def is_current(job: BuildJob) -> bool:
    """Whether the current build is what this job would make."""
    try:
        return is_made_from(read_manifest(current_build(job.out, job.area)), job)
    except NotBuiltError:
        return False


def is_made_from(manifest: Manifest, job: BuildJob) -> bool:
    """Whether a build was made by this program from the same inputs, and is as whole as it can be."""
    return (
        manifest.code == program()
        and manifest.inputs == list_inputs(job.area, job.sources)
        and manifest.complete == job.sources.complete
    )
