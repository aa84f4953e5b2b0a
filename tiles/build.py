"""The pipeline: from an area's description to a built area that a service can swap in.

    area.toml -> sources -> groundwork (network, heights, ground) -> catalogue placed -> layers -> build directory

Each stage is a function from values to values; only sources, outputs and the area touch the disc.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.area.write import build_directory, publish
from guide.domain.findings import Finding
from guide.terrain.edges import settle_heights
from tiles.areas import AreaSpec
from tiles.catalogue import merge_credits, read_catalogue
from tiles.frame import map_frame
from tiles.ground_outputs import write_groundwork
from tiles.groundwork import Groundwork
from tiles.kept import Kept, KeptFinding, keep_rows, write_kept
from tiles.lay import Settle, lay_groundwork
from tiles.manifest import Made, list_inputs, make_manifest
from tiles.outputs import features_of, write_catalogue, write_guide
from tiles.place import PlacedCatalogue, Placer, place_without_streets
from tiles.progress import Stage
from tiles.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildJob:
    """One area to build: its description, its sources as they lie here, where builds go, and who settles heights."""

    area: str
    spec: AreaSpec
    sources: Sources
    out: Path
    stage: Stage
    settle: Settle = settle_heights


def build_area(job: BuildJob) -> Path:
    """Build the whole area and make it the current one; returns its directory.

    Raises:
        SourceError: the streets or every elevation model are missing, or a file is broken.
        BuildError: the disc is full, or another build of the area is running.
    """
    with build_directory(job.out / job.area) as directory:
        laid = lay_groundwork(job.spec, job.sources, job.stage, job.settle)
        groundwork = laid.groundwork
        with job.stage("slopes"):
            catalogue = read_catalogue(job.sources)
            placed = Placer(groundwork, job.spec).place(catalogue, known={})
        credits_ = merge_credits(job.sources.credits(), catalogue)
        with job.stage("slope tiles"):
            write_catalogue(directory, placed)
            frame = map_frame(job.spec.bbox, groundwork.extent)
            archives = write_guide(directory, job.area, features_of(placed)[0], frame, credits_)
        of_ground = job.sources.ground_credits()
        written = write_groundwork(directory, job.area, laid, of_ground, job.stage)
        with job.stage("publish"):
            write_kept(directory, _keep(job.sources, groundwork, placed, written.findings))
            made = Made(
                placed=placed,
                credits=credits_,
                archives=archives | written.archives,
                findings=[*groundwork.findings, *placed.findings, *written.findings],
                inputs=list_inputs(job.area, job.sources),
                missing=(*job.sources.missing, *job.sources.optional_missing),
                groundwork=groundwork,
                elevation=written.elevation,
            )
            make_manifest(directory, job.area, job.spec, made)
            return publish(directory, job.out / job.area)


def build_catalogue(job: BuildJob) -> Path:
    """Build what the catalogue alone gives, for an area whose streets are not here."""
    with build_directory(job.out / job.area) as directory:
        catalogue = read_catalogue(job.sources)
        placed = place_without_streets(catalogue, job.spec)
        credits_ = merge_credits(job.sources.credits(), catalogue)
        with job.stage("slope tiles"):
            write_catalogue(directory, placed)
            frame = map_frame(job.spec.bbox, None)
            archives = write_guide(directory, job.area, features_of(placed)[0], frame, credits_)
        with job.stage("publish"):
            made = Made(
                placed=placed,
                credits=credits_,
                archives=archives,
                findings=placed.findings,
                inputs=list_inputs(job.area, job.sources),
                missing=(*job.sources.missing, *job.sources.optional_missing),
            )
            make_manifest(directory, job.area, job.spec, made)
            return publish(directory, job.out / job.area)


def _keep(sources: Sources, groundwork: Groundwork, placed: PlacedCatalogue, noticed: Sequence[Finding]) -> Kept:
    """What the next build will want to know if only the catalogue changes."""
    return Kept(
        inputs=tuple(source.record() for source in sources.list_ground()),
        missing=sources.missing,
        credits=sources.ground_credits(),
        sources=groundwork.sources,
        errors=groundwork.errors,
        unknown_m=groundwork.unknown_m,
        landmarks=groundwork.landmarks,
        findings=tuple(map(KeptFinding.of, groundwork.findings)),
        tiles=tuple(map(KeptFinding.of, noticed)),
        slopes=keep_rows(placed),
    )
