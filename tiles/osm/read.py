"""OSM data of any kind to an extract."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from guide.domain.errors import UsageError
from tiles.osm.extract import Extract
from tiles.osm.read_file import read_osm_file
from tiles.osm.read_overpass import read_overpass


def _read_graphml(path: Path) -> Extract:
    from tiles.osm.graph import read_graphml  # noqa: PLC0415 (osmnx takes seconds to import; few builds need it)

    return read_graphml(path)


READERS: Final[dict[str, Callable[[Path], Extract]]] = {
    ".pbf": read_osm_file,
    ".osm": read_osm_file,
    ".xml": read_osm_file,
    ".bz2": read_osm_file,
    ".json": read_overpass,
    ".graphml": _read_graphml,
}


def read_osm(path: Path) -> Extract:
    """The extract in a file whose ending is one of the ``READERS``.

    Raises:
        UsageError: no kind of OSM data ends so.
        SourceError: the file is missing or not of that kind.
    """
    if path.suffix not in READERS:
        raise UsageError(f"{path}: OSM data is read from files that end in {', '.join(READERS)}.")
    return READERS[path.suffix](path)
