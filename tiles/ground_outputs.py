"""How streets and ground are laid down in the build directory: tiles, elevation, network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guide.area.arrays import write_streets
from guide.area.files import ELEVATION, NETWORK
from guide.area.manifest import ElevationModel
from guide.domain.area import Credit
from guide.domain.findings import Finding
from guide.terrain.crop import crop_name, write_crops
from tiles.archive import name_by_content
from tiles.groundwork import Groundwork
from tiles.lay import LaidGround
from tiles.layers.streets import street_features
from tiles.outputs import Archives, attribution
from tiles.progress import Stage
from tiles.relief.archive import write_relief_archive
from tiles.streets import write_street_archive
from tiles.verify.archive import require_sound, verify_archive

STREETS = "streets"
RELIEF = "relief"
_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenGround:
    """The archives, what was noticed in another program's, and where each elevation model lies."""

    archives: Archives
    findings: tuple[Finding, ...]
    elevation: tuple[ElevationModel, ...]


def write_groundwork(
    directory: Path, area: str, laid: LaidGround, credits_: Sequence[Credit], stage: Stage
) -> WrittenGround:
    """Streets and ground: tiles, elevation, network.

    Raises:
        BuildError: an archive of ours came out wrong.
    """
    streets, ground, credit_line = laid.groundwork.streets, laid.ground, attribution(credits_)
    archives = {}
    with stage("street tiles"):
        path = directory / f"{STREETS}.pmtiles"
        features = street_features(streets.network, streets.heights)
        write_street_archive(path, features, ground.base_map, f"{area}: streets", credit_line)
        findings = _noticed(path)
        archives[STREETS] = name_by_content(path)
    if ground.relief is not None:
        with stage("relief tiles"):
            path = directory / f"{RELIEF}.pmtiles"
            write_relief_archive(path, ground.relief, f"{area}: relief", credit_line)
            require_sound(path)
            archives[RELIEF] = name_by_content(path)
    with stage("elevation"):
        write_crops(laid.elevation, directory / ELEVATION, laid.groundwork.extent)
    with stage("network"):
        write_streets(directory / NETWORK, streets)
    return WrittenGround(archives=archives, findings=tuple(findings), elevation=_models(directory, laid.groundwork))


def _noticed(path: Path) -> list[Finding]:
    """What is wrong with an archive that another program wrote: no reason to keep a town from its map."""
    report = verify_archive(path)
    if not report.count:
        return []
    first = report.problems[0]
    values = {"count": report.count, "first": f"{first.where}: {first.message}"}
    return [Finding(code="tiles.unsound", where=path.name, values=values)]


def _models(directory: Path, groundwork: Groundwork) -> tuple[ElevationModel, ...]:
    files = [f"{ELEVATION}/{crop_name(rank, source)}" for rank, source in enumerate(groundwork.sources)]
    return tuple(
        ElevationModel(
            id=source.id,
            resolution_m=round(source.resolution_m, _DIGITS),
            sigma_m=source.sigma_m,
            file=file if (directory / file).is_file() else None,
            errors=errors,
        )
        for source, file, errors in zip(groundwork.sources, files, groundwork.errors, strict=True)
    )
