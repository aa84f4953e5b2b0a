"""Which reader reads which kind of landmark file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from guide.catalogue.municipal_csv import Publisher, read_municipal
from guide.domain.errors import SourceError
from guide.domain.findings import Finding
from guide.domain.landmark import Landmark
from tiles.areas import LandmarkSpec
from tiles.landmark_sources.gtfs_stops import read_gtfs_stops
from tiles.landmark_sources.shelters import read_shelters

Reader = Callable[[Path, Publisher], tuple[list[Landmark], list[Finding]]]

READERS: Final[dict[str, Reader]] = {
    "geojson_shelters": read_shelters,
    "gtfs_stops": read_gtfs_stops,
    "municipal_csv": read_municipal,
}


def read_landmark_source(spec: LandmarkSpec, path: Path) -> tuple[list[Landmark], list[Finding]]:
    """The landmarks of a file; one that cannot be read is reported and gives none, for no area needs it.

    Raises:
        SourceError: ``area.toml`` names a kind that nobody reads.
    """
    reader = READERS.get(spec.kind)
    if reader is None:
        raise SourceError(f"area.toml: {spec.kind!r} is no kind of landmarks. The kinds are: {', '.join(READERS)}.")
    try:
        return reader(path, Publisher(prefix=spec.id, credit=spec.credit, licence=spec.licence))
    except SourceError as error:
        reason = error.message.replace(str(path), path.name)
        return [], [Finding(code="landmark.wrong-file", where=spec.file, values={"reason": reason})]
