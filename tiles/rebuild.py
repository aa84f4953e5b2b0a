"""A catalogue built anew on the streets of the current build: in a second or two, and without any source of theirs.

What a full build would give comes out, byte for byte, as long as the program and the sources are the same: slopes
whose row has not changed are taken over, tiles that no changed feature touches are copied, and every file of streets,
heights and relief is a link to the current build's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from guide.area.files import BUILDER, CLOSURES, LANDMARKS, MANIFEST, PROFILES, SLOPES, TOURS
from guide.area.lease import Lease
from guide.area.manifest import Manifest, read_manifest
from guide.area.read import BuiltArea, current_build, open_area
from guide.area.write import build_directory, link_build, publish
from guide.domain.elevation import Elevation
from guide.domain.errors import NotBuiltError
from tiles.areas import AreaSpec, read_area
from tiles.catalogue import merge_credits, read_catalogue
from tiles.frame import map_frame
from tiles.groundwork import Groundwork
from tiles.guide_tiles import Before
from tiles.kept import Kept, keep_rows, read_kept, write_kept
from tiles.layers.feature import Feature
from tiles.manifest import Made, landmark_inputs, make_manifest, own_inputs, program
from tiles.outputs import GUIDE, DrawnSlopes, features_of, write_catalogue, write_guide
from tiles.place import PlacedCatalogue, PlacedSlope, Placer
from tiles.progress import Stage
from tiles.sources import SourceFolders, Sources, resolve_catalogue

_MADE_ANEW: Final = frozenset({MANIFEST, BUILDER, SLOPES, LANDMARKS, PROFILES, TOURS, CLOSURES})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """The build whose streets are used, opened.

    ``known`` are its slopes, ``features`` what its guide archive was made from, and ``drawn`` those of each slope; none
    where this program would make them otherwise.
    """

    directory: Path
    manifest: Manifest
    kept: Kept
    groundwork: Groundwork
    placer: Placer
    known: dict[str, PlacedSlope]
    features: Sequence[Feature] | None
    drawn: DrawnSlopes

    @property
    def before(self) -> Before | None:
        """The archive to copy tiles from."""
        name = self.manifest.archives.get(GUIDE)
        return None if name is None or self.features is None else Before(self.directory / name, self.features)

    def is_made_anew(self, path: Path) -> bool:
        """Whether a file of it, by relative path, is none of the streets'."""
        return path.name in _MADE_ANEW or path.match(f"{GUIDE}*.pmtiles")


def has_streets(out: Path, area: str) -> bool:
    """Whether the current build of an area is a whole one, on which a new catalogue can be placed."""
    try:
        return read_manifest(current_build(out, area)).complete
    except NotBuiltError:
        return False


class CatalogueBuilder:
    """Builds the catalogue of one area anew, as often as it is asked to.

    Whoever keeps it, such as a builder process of its own, keeps the streets in memory, and spares the time that it
    takes to start a program and open them.
    """

    def __init__(self, area: str, out: Path, stage: Stage, folders: SourceFolders | None = None) -> None:
        self._area = area
        self._out = out
        self._stage = stage
        self._folders = folders or SourceFolders.from_environment()
        self._base: _Base | None = None
        self._lease: Lease | None = None

    def build(self) -> Path:
        """Read the catalogue, build it, make it the current build; returns its directory.

        Raises:
            NotBuiltError: the area has no build with streets.
            SourceError: a catalogue file cannot be read at all.
            BuildError: the disc is full, or another build of the area is running.
        """
        spec = read_area(self._area)
        with build_directory(self._out / self._area) as directory:
            with self._stage("open"):
                base = self._open(spec)
            with self._stage("slopes"):
                sources = resolve_catalogue(self._area, spec, self._folders)
                catalogue = read_catalogue(sources)
                placed = base.placer.place(catalogue, base.known)
            with self._stage("slope tiles"):
                link_build(base.directory, directory, base.is_made_anew)
                write_catalogue(directory, placed)
                features, drawn = features_of(placed, base.drawn)
                frame = map_frame(spec.bbox, base.groundwork.extent)
                credits_ = merge_credits((*base.kept.credits, *sources.credits()), catalogue)
                guide = write_guide(directory, self._area, features, frame, credits_, base.before)
            with self._stage("publish"):
                kept = msgspec.structs.replace(base.kept, slopes=keep_rows(placed))
                write_kept(directory, kept)
                made = replace(self._made(base, placed, sources), credits=credits_, archives=_archives(base, guide))
                manifest = make_manifest(directory, self._area, spec, made)
                published = publish(directory, self._out / self._area)
        known = {each.slope.entry.id: each for each in placed.slopes}
        self._base = replace(
            base, directory=published, manifest=manifest, kept=kept, known=known, features=features, drawn=drawn
        )
        return published

    def _made(self, base: _Base, placed: PlacedCatalogue, sources: Sources) -> Made:
        old = base.manifest
        return Made(
            placed=placed,
            credits=(),
            archives={},
            findings=[
                *base.groundwork.findings,
                *placed.findings,
                *(each.finding() for each in base.kept.tiles),
            ],
            inputs=(*own_inputs(self._area, sources.catalogue), *base.kept.inputs, *landmark_inputs(sources)),
            missing=(*base.kept.missing, *sources.optional_missing),
            groundwork=base.groundwork,
            elevation=old.elevation,
            code=old.code,  # the streets are that program's; a newer one will want to build them again
            files={name: file for name, file in old.files.items() if not base.is_made_anew(Path(name))},
        )

    def _open(self, spec: AreaSpec) -> _Base:
        directory = current_build(self._out, self._area)
        if (
            self._base is not None
            and self._base.directory == directory
            and self._base.manifest.area == spec.info(self._area)
        ):
            return self._base
        self._lease = Lease(directory)  # what it opens late must still be there
        area = open_area(directory)
        kept = read_kept(directory)
        groundwork = _groundwork(area, kept)
        base = _Base(
            directory=directory,
            manifest=area.manifest,
            kept=kept,
            groundwork=groundwork,
            placer=Placer(groundwork, spec),
            known={},
            features=None,
            drawn={},
        )
        if area.manifest.code != program() or area.manifest.area != spec.info(self._area):
            return base
        known = {
            slope.entry.id: PlacedSlope(
                slope=slope, row=row.row, findings=tuple(each.finding() for each in row.findings)
            )
            for slope in area.slopes
            if (row := kept.slopes.get(slope.entry.id)) is not None
        }
        before = PlacedCatalogue(
            slopes=list(known.values()),
            landmarks=list(area.landmarks),
            tours=list(area.tours),
            closures=list(area.closures),
            findings=[],
        )
        features, drawn = features_of(before)
        return replace(base, known=known, features=features, drawn=drawn)


def _archives(base: _Base, guide: dict[str, str]) -> dict[str, str]:
    """The guide archive first, as in a full build."""
    return guide | {name: file for name, file in base.manifest.archives.items() if name != GUIDE}


def _groundwork(area: BuiltArea, kept: Kept) -> Groundwork:
    """The groundwork of a build as it lies on the disc; of elevation models only their part within the area.

    Raises:
        NotBuiltError: the build has no streets.
    """
    if area.streets is None:
        name = area.manifest.area.id
        raise NotBuiltError(f"{name} has no streets yet, so there is nothing to place a catalogue on. "
                            f"Run: python -m tiles build {name}")  # fmt: skip
    files = [model.file for model in area.manifest.elevation]
    here = [number for number, file in enumerate(files) if file is not None]

    @cache
    def open_elevation() -> Elevation:
        # Only a line that leaves the streets asks for it, and rasterio takes a while to load.
        from guide.terrain.crop import open_crops  # noqa: PLC0415

        return open_crops([(area.directory / str(files[number]), kept.sources[number]) for number in here])

    return Groundwork(
        streets=area.streets,
        sources=kept.sources,
        errors=kept.errors,
        open_elevation=open_elevation,
        elevation_errors=tuple(kept.errors[number] for number in here),
        unknown_m=kept.unknown_m,
        landmarks=kept.landmarks,
        findings=tuple(each.finding() for each in kept.findings),
    )
