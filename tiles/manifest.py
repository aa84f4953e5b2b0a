"""The manifest of a build: from what, by what, and what came out."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import guide
import tiles
from guide.area.files import ELEVATION, MANIFEST, SCHEMA_VERSION
from guide.area.manifest import Code, Counts, ElevationModel, FindingRecord, Input, Manifest, write_manifest
from guide.area.write import hash_files, sha256
from guide.domain.elevation import ElevationSource
from guide.terrain.crop import crop_name
from guide.version import __version__
from tiles.areas import AreaSpec, area_folder
from tiles.catalogue import CATALOGUE_FILES
from tiles.outputs import MadeArea, Written
from tiles.sources import Sources

DIGITS = 3
OF_EACH_ROW = "named in each row"


def make_manifest(
    directory: Path, area: str, spec: AreaSpec, sources: Sources, made: MadeArea, written: Written
) -> Manifest:
    """Describe a build directory and write it down there, as its last file."""
    streets = made.streets
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        area=spec.info(area),
        code=program(),
        complete=streets is not None,
        missing=(*sources.missing, *sources.optional_missing),
        inputs=list_inputs(area, sources),
        credits=made.credits,
        elevation=_elevation_models(directory, streets.elevation.sources if streets else ()),
        extent=streets.extent if streets else None,
        counts=Counts(
            slopes=len(made.slopes),
            slopes_measured=sum(slope.measures is not None for slope in made.slopes),
            landmarks=len(made.landmarks),
            tours=len(made.tours),
            closures=len(made.closures),
            streets_km=round(float(streets.network.edge_length_m.sum()) / 1000, DIGITS) if streets else 0.0,
            streets_unknown_km=round(streets.unknown_m / 1000, DIGITS) if streets else 0.0,
        ),
        archives=written.archives,
        files=hash_files(directory),
        findings=tuple(
            FindingRecord(
                code=finding.code,
                where=finding.where,
                severity=finding.severity.value,
                message_ja=finding.message("ja"),
                message_en=finding.message("en"),
            )
            for finding in (*made.findings, *written.findings)
        ),
    )
    write_manifest(directory / MANIFEST, manifest)
    return manifest


def _elevation_models(directory: Path, sources: Sequence[ElevationSource]) -> tuple[ElevationModel, ...]:
    files = [f"{ELEVATION}/{crop_name(rank, source)}" for rank, source in enumerate(sources)]
    return tuple(
        ElevationModel(
            id=source.id,
            resolution_m=round(source.resolution_m, DIGITS),
            sigma_m=source.sigma_m,
            file=file if (directory / file).is_file() else None,
        )
        for source, file in zip(sources, files, strict=True)
    )


def list_inputs(area: str, sources: Sources) -> tuple[Input, ...]:
    """Every file the build is made from: the area's own, then its sources."""
    files = [area_folder(area) / "area.toml", *(sources.catalogue / name for name in CATALOGUE_FILES)]
    own = [path for path in files if path.is_file()]
    records = [
        Input(
            id=path.stem,
            file=path.name,
            sha256=sha256(path),
            bytes=path.stat().st_size,
            licence="MIT" if path.suffix == ".toml" else OF_EACH_ROW,
            credit="hyakusaka" if path.suffix == ".toml" else OF_EACH_ROW,
        )
        for path in own
    ]
    return (*records, *(source.record() for source in sources.list_local()))


@cache
def program() -> Code:
    """This program: its version, and the hash of its own source, so that an edited one counts as another."""
    digest = hashlib.sha256()
    for package in (guide, tiles):
        root = Path(str(package.__file__)).parent
        for path in sorted([*root.rglob("*.py"), *root.glob("domain/texts/*.toml")]):
            digest.update(f"{package.__name__}/{path.relative_to(root).as_posix()}\0{sha256(path)}\n".encode())
    return Code(version=__version__, sha256=digest.hexdigest())
