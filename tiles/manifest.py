"""The manifest of a build: from what, by what, and what came out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import guide
import tiles
from guide.area.files import MANIFEST, SCHEMA_VERSION
from guide.area.manifest import Code, Counts, ElevationModel, FindingRecord, Input, Manifest, OutputFile, write_manifest
from guide.area.write import hash_files, sha256
from guide.domain.area import Credit, Missing
from guide.domain.findings import Finding
from guide.version import __version__
from tiles.areas import AreaSpec, area_folder
from tiles.catalogue import CATALOGUE_FILES
from tiles.groundwork import Groundwork
from tiles.outputs import Archives
from tiles.place import PlacedCatalogue
from tiles.sources import Sources

DIGITS = 3
OF_EACH_ROW = "named in each row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build made, and from what; ``groundwork`` is None where only the catalogue could be built.

    ``files`` are those of which the hash is known already.
    """

    placed: PlacedCatalogue
    credits: tuple[Credit, ...]
    archives: Archives
    findings: Sequence[Finding]
    inputs: tuple[Input, ...]
    missing: tuple[Missing, ...]
    groundwork: Groundwork | None = None
    elevation: tuple[ElevationModel, ...] = ()
    code: Code | None = None
    files: Mapping[str, OutputFile] = field(default_factory=dict)


def make_manifest(directory: Path, area: str, spec: AreaSpec, made: Made) -> Manifest:
    """Describe a build directory and write it down there, as its last file."""
    ground, slopes = made.groundwork, made.placed.slopes
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        area=spec.info(area),
        code=made.code or program(),
        complete=ground is not None,
        missing=made.missing,
        inputs=made.inputs,
        credits=made.credits,
        elevation=made.elevation,
        extent=ground.extent if ground else None,
        counts=Counts(
            slopes=len(slopes),
            slopes_measured=sum(each.slope.measures is not None for each in slopes),
            landmarks=len(made.placed.landmarks),
            tours=len(made.placed.tours),
            closures=len(made.placed.closures),
            streets_km=_km(float(ground.streets.network.edge_length_m.sum())) if ground else 0.0,
            streets_unknown_km=_km(ground.unknown_m) if ground else 0.0,
        ),
        archives=made.archives,
        files=hash_files(directory, made.files),
        findings=tuple(
            FindingRecord(
                code=finding.code,
                where=finding.where,
                severity=finding.severity.value,
                message_ja=finding.message("ja"),
                message_en=finding.message("en"),
            )
            for finding in made.findings
        ),
    )
    write_manifest(directory / MANIFEST, manifest)
    return manifest


def _km(metres: float) -> float:
    return round(metres / 1000, DIGITS)


def list_inputs(area: str, sources: Sources) -> tuple[Input, ...]:
    """Every file the build is made from: the area's own, those of streets and heights, and those of landmarks."""
    ground = [source.record() for source in sources.list_ground()]
    return (*own_inputs(area, sources.catalogue), *ground, *landmark_inputs(sources))


def own_inputs(area: str, catalogue: Path) -> list[Input]:
    """The area's own files: its description and its catalogue."""
    files = [area_folder(area) / "area.toml", *(catalogue / name for name in CATALOGUE_FILES)]
    return [
        Input(
            id=path.stem,
            file=path.name,
            sha256=sha256(path),
            bytes=path.stat().st_size,
            licence="MIT" if path.suffix == ".toml" else OF_EACH_ROW,
            credit="hyakusaka" if path.suffix == ".toml" else OF_EACH_ROW,
        )
        for path in files
        if path.is_file()
    ]


def landmark_inputs(sources: Sources) -> list[Input]:
    """The files of landmarks beside the map."""
    return [source.record() for source in sources.landmarks]


@cache
def program() -> Code:
    """This program: its version, and the hash of its own source, so that an edited one counts as another."""
    digest = hashlib.sha256()
    for package in (guide, tiles):
        root = Path(str(package.__file__)).parent
        for path in sorted([*root.rglob("*.py"), *root.glob("domain/texts/*.toml")]):
            digest.update(f"{package.__name__}/{path.relative_to(root).as_posix()}\0{sha256(path)}\n".encode())
    return Code(version=__version__, sha256=digest.hexdigest())
