"""What an area's catalogue files give a build: the rows that are published, and whose they are."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from guide.catalogue.closures_csv import CLOSURES_CSV, read_closures
from guide.catalogue.landmarks_csv import LANDMARKS_CSV, read_landmarks
from guide.catalogue.sheet import Reading
from guide.catalogue.slopes_csv import SLOPES_CSV, read_slopes
from guide.catalogue.tours_csv import TOURS_CSV, read_tours
from guide.domain.area import Credit
from guide.domain.closure import CatalogueClosure
from guide.domain.findings import Finding, Severity
from guide.domain.landmark import Landmark
from guide.domain.slope import CatalogueSlope
from guide.domain.tour import CatalogueTour
from tiles.landmark_sources.read import read_landmark_source
from tiles.sources import Sources

PUBLISHED: Final = "published"
CATALOGUE_FILES: Final = (SLOPES_CSV, LANDMARKS_CSV, TOURS_CSV, CLOSURES_CSV)

Row = TypeVar("Row", CatalogueSlope, Landmark, CatalogueTour, CatalogueClosure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The published rows of an area's catalogue, the landmarks of the files beside the map, and what was noticed."""

    slopes: list[CatalogueSlope]
    landmarks: list[Landmark]
    landmark_files: list[list[Landmark]]
    tours: list[CatalogueTour]
    closures: list[CatalogueClosure]
    findings: list[Finding]

    def credits(self) -> list[Credit]:
        """Whom the rows name, in their order; a name may come twice."""
        rows: list[CatalogueSlope | Landmark | CatalogueTour] = [*self.slopes, *self.landmarks, *self.tours]
        return [
            Credit(text=text, licence=row.licence or "")
            for row in rows
            for text in (*row.sources, *([row.credit] if row.credit else []))
        ]


def read_catalogue(sources: Sources) -> Catalogue:
    """Everything that people wrote down of an area, as far as it can be read.

    Raises:
        SourceError: a catalogue file cannot be read at all.
    """
    findings: list[Finding] = []
    folder = sources.catalogue
    slopes = _published(folder / SLOPES_CSV, read_slopes, findings)
    landmarks = _published(folder / LANDMARKS_CSV, read_landmarks, findings)
    tours = _published(folder / TOURS_CSV, read_tours, findings)
    closures = _published(folder / CLOSURES_CSV, read_closures, findings)
    files = []
    for source in sources.landmarks:
        found, noticed = read_landmark_source(source.spec, source.path)
        files.append(found)
        findings += noticed
    return Catalogue(
        slopes=slopes,
        landmarks=landmarks,
        landmark_files=files,
        tours=tours,
        closures=closures,
        findings=findings,
    )


def merge_credits(sources: tuple[Credit, ...], catalogue: Catalogue) -> tuple[Credit, ...]:
    """Whose data it is: the sources', then the catalogue's, each once."""
    unique: dict[str, Credit] = {}
    for credit in (*sources, *catalogue.credits()):
        unique.setdefault(credit.text, credit)
    return tuple(unique.values())


def _published(path: Path, read: Callable[[Path], Reading[Row]], findings: list[Finding]) -> list[Row]:
    """The published rows of a file, none if there is no file; drafts and retired ones are counted."""
    if not path.is_file():
        return []
    reading = read(path)
    published = [entry for entry in reading.entries if entry.status == PUBLISHED]
    findings += reading.findings
    kept_back = len(reading.entries) - len(published)
    if kept_back:
        findings.append(
            Finding(code="catalogue.kept-back", where=path.name, values={"count": kept_back}, severity=Severity.INFO)
        )
    return published
