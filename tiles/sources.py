"""From ``area.toml`` to local files: a mirror folder first, then the cache, then the network."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from guide.area.manifest import Input
from guide.area.write import sha256
from guide.domain.area import Credit, Missing
from guide.domain.errors import SourceError
from tiles.areas import AreaSpec, ElevationSpec, LandmarkSpec, OsmSpec, catalogue_folder, credit_of

Spec = OsmSpec | ElevationSpec | LandmarkSpec
Download = Callable[[Spec, Path], None]
"""Puts a spec's file at a path, or raises a SourceError that says why it cannot."""

OSM_ID: Final = "osm"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFolders:
    """Where files are looked for. ``mirror`` may hold a folder an area, or be the area's folder itself."""

    mirror: Path | None
    cache: Path

    @classmethod
    def from_environment(cls, mirror: Path | None = None) -> "SourceFolders":
        """``HYAKUSAKA_SOURCES`` is the mirror unless another is named; the cache lies in ``HYAKUSAKA_DATA``."""
        named = os.environ.get("HYAKUSAKA_SOURCES")
        return cls(
            mirror=mirror or (Path(named) if named else None),
            cache=Path(os.environ.get("HYAKUSAKA_DATA", "data")) / "cache",
        )

    def find(self, area: str, source: Spec) -> Path | None:
        """The file or folder of a source if it is here already."""
        folders = [self.cache / area]
        if self.mirror is not None:
            folders = [self.mirror / area, self.mirror, *folders]
        places = [folder / name for folder in folders for name in dict.fromkeys((source.file, source.fetched_file))]
        return next((place for place in places if place.exists()), None)


T = TypeVar("T", OsmSpec, ElevationSpec, LandmarkSpec)
S_co = TypeVar("S_co", bound=Spec, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSource(Generic[S_co]):
    """A source's specification and where it now lies."""

    id: str
    spec: S_co
    path: Path

    def record(self) -> Input:
        """What the manifest says of it."""
        digest, size = _hash(self.path)
        return Input(
            id=self.id,
            file=self.path.name,
            sha256=digest,
            bytes=size,
            licence=self.spec.licence,
            credit=self.spec.credit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that could be had of an area, and what could not: in a sentence for visitors, and why for the operator.

    ``catalogue`` is the folder of its catalogue files, as they were when the sources were looked for: what the desk
    publishes later is for the next build. Files of ``landmarks`` are welcome but not needed; those that are not here
    are ``optional_missing``.
    """

    catalogue: Path
    osm: LocalSource[OsmSpec] | None
    elevation: tuple[LocalSource[ElevationSpec], ...]
    missing: tuple[Missing, ...]
    reasons: tuple[str, ...]
    landmarks: tuple[LocalSource[LandmarkSpec], ...] = ()
    optional_missing: tuple[Missing, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether an area can be built: streets, and at least one elevation model."""
        return self.osm is not None and bool(self.elevation)

    def require(self) -> LocalSource[OsmSpec]:
        """The streets, if the area can be built.

        Raises:
            SourceError: it cannot; says what is missing.
        """
        if self.osm is None or not self.elevation:
            raise SourceError(" ".join(self.reasons))
        return self.osm

    def credits(self) -> tuple[Credit, ...]:
        """Whose data it is, each once, in order."""
        specs = [source.spec for source in self.list_local()]
        return tuple(dict.fromkeys(credit_of(spec) for spec in specs))

    def ground_credits(self) -> tuple[Credit, ...]:
        """Whose data the streets and their heights are."""
        return tuple(dict.fromkeys(credit_of(source.spec) for source in self.list_ground()))

    def list_ground(self) -> list[LocalSource[Spec]]:
        """The sources of the streets and their heights that are here."""
        return [*([self.osm] if self.osm else []), *self.elevation]

    def list_local(self) -> list[LocalSource[Spec]]:
        """Every source that is here."""
        return [*self.list_ground(), *self.landmarks]


def resolve_sources(area: str, spec: AreaSpec, folders: SourceFolders, download: Download) -> Sources:
    """Find every source of an area, downloading into the cache what is nowhere else."""
    missing: list[Missing] = []
    reasons: list[str] = []

    def have(source_id: str, source: T) -> LocalSource[T] | None:
        path = folders.find(area, source)
        if path is None or source.origin == "formula":  # what a formula gives is made anew: it costs little
            path = folders.cache / area / source.fetched_file
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                download(source, path)
            except SourceError as error:
                missing.append(_missing(source_id, source))
                reasons.append(error.message)
                return None
        return LocalSource(id=source_id, spec=source, path=path)

    osm = have(OSM_ID, spec.osm)
    elevation = tuple(found for model in spec.elevation if (found := have(model.id, model)) is not None)
    needed = len(missing)
    landmarks = tuple(here for each in spec.landmarks if (here := have(each.id, each)) is not None)
    return Sources(
        catalogue=catalogue_folder(area),
        osm=osm,
        elevation=elevation,
        landmarks=landmarks,
        missing=tuple(missing[:needed]),
        reasons=tuple(reasons[:needed]),
        optional_missing=tuple(missing[needed:]),
    )


def resolve_catalogue(area: str, spec: AreaSpec, folders: SourceFolders) -> Sources:
    """What a catalogue alone is made from: its own files, and the files of landmarks that are here already."""
    paths = {each.id: folders.find(area, each) for each in spec.landmarks}
    here = tuple(
        LocalSource(id=each.id, spec=each, path=path) for each in spec.landmarks if (path := paths[each.id]) is not None
    )
    away = tuple(_missing(each.id, each) for each in spec.landmarks if paths[each.id] is None)
    return Sources(
        catalogue=catalogue_folder(area),
        osm=None,
        elevation=(),
        missing=(),
        reasons=(),
        landmarks=here,
        optional_missing=away,
    )


def _missing(source_id: str, source: Spec) -> Missing:
    key = "source.not-mirrored" if source.origin == "file" else "source.unreachable"
    return Missing.saying(source_id, key, credit=source.credit, file=source.fetched_file)


def _hash(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, or of a folder's files with their names."""
    if path.is_file():
        return sha256(path), path.stat().st_size
    digest, size = hashlib.sha256(), 0
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        digest.update(f"{file.relative_to(path).as_posix()}\0{sha256(file)}\n".encode())
        size += file.stat().st_size
    return digest.hexdigest(), size
