"""``guide check``: a catalogue file, or all of an area's, against each other, the area and its streets."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from guide.area.read import BuiltArea
from guide.catalogue.checks.closures import check_closures
from guide.catalogue.checks.names import check_ids, check_ids_kept, check_readings
from guide.catalogue.checks.places import (
    BBox,
    check_inside,
    check_lines_inside,
    check_placed,
    check_same_spot,
)
from guide.catalogue.checks.rights import check_photos, check_texts
from guide.catalogue.checks.streets import check_built, check_drawn_lines, check_near_streets
from guide.catalogue.checks.tours import check_ids_apart, check_stops
from guide.catalogue.closures_csv import CLOSURES_CSV, read_closures
from guide.catalogue.decode import read_text
from guide.catalogue.folders import AREA_TOML
from guide.catalogue.landmarks_csv import LANDMARKS_CSV, read_landmarks
from guide.catalogue.records import split_records
from guide.catalogue.sheet import Columns, Reading
from guide.catalogue.slopes_csv import SLOPE_COLUMNS, SLOPES_CSV, read_slopes
from guide.catalogue.tables import TABLES
from guide.catalogue.tours_csv import TOURS_CSV, read_tours
from guide.domain.closure import CatalogueClosure
from guide.domain.entry import Entry, kind_of
from guide.domain.errors import SourceError
from guide.domain.findings import Finding, Severity
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour
from guide.street_finder import StreetFinder

_AnyEntry = TypeVar("_AnyEntry", CatalogueSlope, Landmark, CatalogueTour, CatalogueClosure)

_COLUMNS: Final[dict[str, Columns]] = {table.file: table.columns for table in TABLES.values()}
"""The catalogue's files, and what tells them apart where a file has another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read, and what was found: in the order of files and rows."""

    files: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Rows of each table, None where there is no such table to check."""

    slopes: Reading[CatalogueSlope] | None = None
    landmarks: Reading[Landmark] | None = None
    tours: Reading[CatalogueTour] | None = None
    closures: Reading[CatalogueClosure] | None = None

    def all(self) -> list[Reading[CatalogueSlope | Landmark | CatalogueTour | CatalogueClosure]]:
        """Those that there are."""
        every = (self.slopes, self.landmarks, self.tours, self.closures)
        return [reading for reading in every if reading is not None]


def area_of(path: Path) -> str:
    """The area that a catalogue file or folder belongs to, by the name of its folder."""
    path = path.resolve()
    return path.name if path.is_dir() else path.parent.name


def check_catalogue(path: Path, built: BuiltArea | None = None) -> Checked:
    """Read and check a catalogue file, or every catalogue file of an area's folder.

    ``built`` is the area as it was last built, if it was: its streets tell which places lie in the sea.

    Raises:
        SourceError: a file cannot be read at all, or the folder holds no catalogue.
    """
    names = _files(path)
    folder = path if path.is_dir() else path.parent
    catalogue = Readings(
        slopes=read_slopes(names[SLOPES_CSV]) if SLOPES_CSV in names else None,
        landmarks=read_landmarks(names[LANDMARKS_CSV]) if LANDMARKS_CSV in names else None,
        tours=read_tours(names[TOURS_CSV]) if TOURS_CSV in names else None,
        closures=read_closures(names[CLOSURES_CSV]) if CLOSURES_CSV in names else None,
    )
    bbox = _bbox(folder) or (built.manifest.area.bbox if built else None)
    findings = list(check_rows(catalogue, _known_ids(catalogue, folder, built), Ground(bbox, built)))
    readings = catalogue.all()
    order = {reading.file: number for number, reading in enumerate(readings)}
    for reading in readings:
        findings.extend(reading.findings)
    return Checked(
        files=tuple(order),
        rows=sum(len(reading.entries) for reading in readings),
        findings=tuple(sorted(findings, key=lambda finding: _place(finding, order))),
    )


def _place(finding: Finding, order: dict[str, int]) -> tuple[int, int]:
    cell = finding.cell
    return (order.get(cell.file, len(order)), cell.row or 0) if cell else (len(order), 0)


def _files(path: Path) -> dict[str, Path]:
    """The catalogue files to check, by what they are."""
    if path.is_dir():
        found = {name: path / name for name in _COLUMNS if (path / name).is_file()}
        if not found:
            *most, last = _COLUMNS
            raise SourceError(f"{path}: holds no {', '.join(most)} or {last}.")
        return found
    return {_kind_of(path): path}


def _kind_of(path: Path) -> str:
    """What a file is: by its name, else by its columns."""
    for name in _COLUMNS:
        if path.name.casefold().startswith(Path(name).stem):
            return name
    text, _ = read_text(path)
    records = split_records(text, SLOPE_COLUMNS.count_known)
    heading = records[0].cells if records else ()
    return max(_COLUMNS, key=lambda name: _COLUMNS[name].count_known(heading))


def _bbox(folder: Path) -> BBox | None:
    """The frame of the area that the folder is, if it is one."""
    path = folder / AREA_TOML
    if not path.is_file():
        return None
    try:
        west, south, east, north = (float(number) for number in tomllib.loads(path.read_text("utf-8"))["bbox"])
    except (KeyError, TypeError, ValueError) as error:  # what TOML and Unicode raise are ValueErrors too
        raise SourceError(f"{path}: has no bbox of four numbers: west, south, east, north.") from error
    return west, south, east, north


class Ground:
    """What the rows are held against: the area's frame and its last build, where there are such."""

    def __init__(self, bbox: BBox | None, built: BuiltArea | None) -> None:
        self.bbox = bbox
        self.built = built
        self.finder = StreetFinder(built.streets) if built and built.streets else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIds:
    """What tours and closures may name."""

    slopes: frozenset[str]
    landmarks: frozenset[str]

    @classmethod
    def of(cls, slopes: Iterable[str], landmarks: Iterable[str], built: BuiltArea | None) -> "KnownIds":
        """Those of the catalogue, and what the built area found on the map."""
        slope_ids, landmark_ids = set(slopes), set(landmarks)
        if built is not None:
            slope_ids |= {each.entry.id for each in built.slopes}
            landmark_ids |= {each.id for each in built.landmarks}
        return cls(slopes=frozenset(slope_ids), landmarks=frozenset(landmark_ids))


def check_rows(readings: Readings, known: KnownIds, ground: Ground) -> Iterator[Finding]:
    """What staff should know about some rows, beyond what reading them has told."""
    if readings.slopes is not None:
        yield from _slope_findings(readings.slopes, ground)
    if readings.landmarks is not None:
        yield from _findings_of_places(readings.landmarks, ground)
        if ground.built is not None:
            yield from check_ids_kept(readings.landmarks, {each.id: each.name for each in ground.built.landmarks})
    if readings.slopes is not None and readings.landmarks is not None:
        yield from check_ids_apart(readings.slopes, readings.landmarks)
    if readings.tours is not None:
        yield from check_ids(readings.tours)
        yield from check_texts(readings.tours)
        yield from check_stops(readings.tours, known.slopes, known.landmarks, built=ground.built is not None)
    if readings.closures is not None:
        yield from check_ids(readings.closures)
        yield from _findings_of_positions(readings.closures, ground)
        yield from check_closures(readings.closures, known.slopes, slopes_known=ground.built is not None)


def check_entry(entry: Entry, known: KnownIds, ground: Ground) -> list[Finding]:
    """What staff should know about one entry, its columns named as the catalogue names them."""
    match entry:
        case CatalogueSlope():
            readings = Readings(slopes=_alone(entry))
        case Landmark():
            readings = Readings(landmarks=_alone(entry))
        case CatalogueTour():
            readings = Readings(tours=_alone(entry))
        case _:
            readings = Readings(closures=_alone(entry))
    return list(check_rows(readings, known, ground))


def _alone(entry: _AnyEntry) -> Reading[_AnyEntry]:
    file = TABLES[kind_of(entry)].file
    return Reading(file=file, headings={}, entries=(entry,), rows=(1,), findings=())


def _slope_findings(slopes: Reading[CatalogueSlope], ground: Ground) -> Iterator[Finding]:
    yield from _findings_of_places(slopes, ground)
    yield from check_placed(slopes)
    if ground.bbox is not None:
        yield from check_lines_inside(slopes, ground.bbox)
    if ground.finder is not None:
        yield from check_drawn_lines(slopes, ground.finder.drawn_lines(slopes.entries))
    built = ground.built
    if built is not None:
        yield from check_ids_kept(slopes, {each.entry.id: each.entry.name for each in built.slopes})
        if ground.finder is not None:
            rise_m = {each.entry.id: each.measures.rise_m for each in built.slopes if each.measures}
            yield from check_built(slopes, rise_m, {each.entry.id for each in built.slopes if each.line is None})


def _findings_of_places(reading: Reading[CatalogueSlope | Landmark], ground: Ground) -> Iterator[Finding]:
    yield from check_ids(reading)
    yield from check_readings(reading)
    yield from check_same_spot(reading)
    yield from check_texts(reading)
    yield from check_photos(reading)
    yield from _findings_of_positions(reading, ground)


def _findings_of_positions(
    reading: Reading[CatalogueSlope | Landmark | CatalogueClosure], ground: Ground
) -> Iterator[Finding]:
    if ground.bbox is not None:
        yield from check_inside(reading, ground.bbox)
    if ground.finder is not None:
        yield from check_near_streets(reading, ground.finder.distances_m(reading.entries))


def _known_ids(readings: Readings, folder: Path, built: BuiltArea | None) -> KnownIds:
    """What may be named: rows of the files that are checked or stand beside them, and what was found on the map."""
    slopes, landmarks = readings.slopes, readings.landmarks
    if slopes is None and (folder / SLOPES_CSV).is_file():
        slopes = read_slopes(folder / SLOPES_CSV)
    if landmarks is None and (folder / LANDMARKS_CSV).is_file():
        landmarks = read_landmarks(folder / LANDMARKS_CSV)
    slope_ids = [each.id for each in slopes.entries] if slopes else []
    landmark_ids = [each.id for each in landmarks.entries] if landmarks else []
    return KnownIds.of(slope_ids, landmark_ids, built)
