"""The pipeline: from an area's description to a built area that a service can swap in.

    area.toml -> sources -> network, landmarks, catalogue -> heights -> slopes -> layers -> build directory

Each stage is a function from values to values; only sources, archives and the area touch the disc.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from guide.area.arrays import Streets
from guide.area.write import build_directory, publish
from guide.domain.area import Credit
from guide.domain.findings import Finding
from guide.domain.slope import Slope
from guide.placing.closures import place_closures
from guide.placing.measure import measure_drawn, measure_slopes
from guide.placing.slopes import find_slopes
from guide.placing.tours import TourGround, walk_tours
from guide.routing.order import compute_node_order
from guide.routing.prepare import prepare
from guide.terrain.edges import settle_heights, unknown_length_m
from guide.terrain.mosaic import Mosaic
from tiles.areas import AreaSpec, OsmSpec
from tiles.catalogue import Catalogue, read_catalogue
from tiles.ground import see_ground
from tiles.landmarks import link_to_slopes, merge_landmarks
from tiles.manifest import make_manifest
from tiles.osm.assemble import assemble_network
from tiles.osm.landmarks import find_landmarks
from tiles.osm.read import read_osm
from tiles.outputs import MadeArea, MadeStreets, write_outputs
from tiles.sources import LocalSource, Sources, open_model

Stage = Callable[[str], AbstractContextManager[None]]
"""Wraps a stage of the build: shows its progress, takes its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildJob:
    """One area to build: its description, its sources as they lie here, and where builds go."""

    area: str
    spec: AreaSpec
    sources: Sources
    out: Path
    stage: Stage


def build_area(job: BuildJob) -> Path:
    """Build the whole area and make it the current one; returns its directory.

    Raises:
        SourceError: the streets or every elevation model are missing, or a file is broken.
        BuildError: the disc is full, or another build of the area is running.
    """
    return _publish(job, lambda: make_area(job, job.sources.require()))


def build_catalogue(job: BuildJob) -> Path:
    """Build what the catalogue alone gives: slopes by name and place, without lines and measures."""

    def make() -> MadeArea:
        catalogue = read_catalogue(job.sources)
        merged = merge_landmarks([catalogue.landmarks, *catalogue.landmark_files])
        slopes, landmarks = link_to_slopes([Slope(entry=entry) for entry in catalogue.slopes], merged)
        tours, _ = walk_tours(catalogue.tours, slopes, landmarks, None)
        closures, findings = place_closures(catalogue.closures, slopes, ZoneInfo(job.spec.time_zone), None)
        return MadeArea(
            credits=_credits(job, catalogue),
            slopes=slopes,
            landmarks=landmarks,
            tours=tours,
            closures=closures,
            findings=[*catalogue.findings, *findings],
        )

    return _publish(job, make)


def _publish(job: BuildJob, make: Callable[[], MadeArea]) -> Path:
    with build_directory(job.out / job.area) as directory:
        made = make()
        written = write_outputs(directory, job.area, job.spec, made, job.stage)
        with job.stage("publish"):
            make_manifest(directory, job.area, job.spec, job.sources, made, written)
            return publish(directory, job.out / job.area)


def make_area(job: BuildJob, osm: LocalSource[OsmSpec]) -> MadeArea:
    """Everything an area holds, as values."""
    with job.stage("streets"):
        extract = read_osm(osm.path)
        network, findings = assemble_network(extract, osm.path.name)
        landmarks = find_landmarks(extract)
    with job.stage("heights"):
        elevation = Mosaic([open_model(source.spec, source.path) for source in job.sources.elevation])
        settled = settle_heights(network, elevation)
        heights = settled.heights
        unknown_m = unknown_length_m(network, heights)
    with job.stage("ground"):
        ground = see_ground(osm.path, job.spec.bbox, elevation)
        findings += [*settled.findings, *elevation.findings]
        findings += _unknown_finding(unknown_m, float(network.edge_length_m.sum()))
    with job.stage("slopes"):
        catalogue = read_catalogue(job.sources)
        lines, line_findings = find_slopes(network, catalogue.slopes, job.spec.slope_words, osm.spec.credit, heights)
        slopes, slope_findings = measure_slopes(network, heights, elevation.sources, lines, settled.errors)
        slopes = measure_drawn(slopes, elevation, settled.errors)
        layers = [catalogue.landmarks, landmarks, *catalogue.landmark_files]
        slopes, landmarks = link_to_slopes(slopes, merge_landmarks(layers))
    with job.stage("router"):
        built = Streets(
            network=network,
            heights=heights,
            node_order=compute_node_order(network),
            prepared=prepare(network, heights, dict(zip(heights.sources, settled.errors, strict=True))),
        )
    with job.stage("tours"):
        paths = TourGround(network=network, heights=heights, node_order=built.node_order, prepared=built.prepared)
        tours, tour_findings = walk_tours(catalogue.tours, slopes, landmarks, paths)
        closures, closure_findings = place_closures(catalogue.closures, slopes, ZoneInfo(job.spec.time_zone), network)
    return MadeArea(
        credits=_credits(job, catalogue),
        slopes=slopes,
        landmarks=landmarks,
        tours=tours,
        closures=closures,
        findings=[*findings, *catalogue.findings, *line_findings, *slope_findings, *tour_findings, *closure_findings],
        streets=MadeStreets(
            built=built,
            elevation=elevation,
            unknown_m=unknown_m,
            ground=ground,
        ),
    )


def _credits(job: BuildJob, catalogue: Catalogue) -> tuple[Credit, ...]:
    """Whose data it is: the sources', then the catalogue's, each once."""
    unique: dict[str, Credit] = {}
    for credit in (*job.sources.credits(), *catalogue.credits()):
        unique.setdefault(credit.text, credit)
    return tuple(unique.values())


def _unknown_finding(unknown_m: float, whole_m: float) -> list[Finding]:
    if unknown_m == 0:
        return []
    values = {"share": f"{unknown_m / whole_m:.1%}", "km": f"{unknown_m / 1000:.1f}"}
    return [Finding(code="elevation.part-unknown", where="elevation", values=values)]
