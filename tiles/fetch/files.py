"""Single big files: GeoTIFFs, and whatever else an area names by its address."""

from collections.abc import Callable
from pathlib import Path

from guide.domain.errors import SourceError
from tiles.fetch.checks import check_geotiff
from tiles.fetch.http import Fetcher, Progress, silent


def fetch_geotiff(fetcher: Fetcher, url: str, path: Path, *, progress: Progress = silent) -> None:
    """A GeoTIFF; ``progress`` is told bytes.

    Raises:
        SourceError: it could not be had.
    """
    fetch_file(fetcher, url, path, check=check_geotiff, progress=progress)


def fetch_file(
    fetcher: Fetcher,
    url: str,
    path: Path,
    *,
    check: Callable[[Path], None] | None = None,
    progress: Progress = silent,
) -> None:
    """Any file, once: one that is there already was checked when it came, and is kept.

    Raises:
        SourceError: it could not be had.
    """
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fetcher.fetch_file(url, path, check=check or check_not_empty, progress=progress)


def check_not_empty(path: Path) -> None:
    """Raise a SourceError if there is nothing in the file."""
    if path.stat().st_size == 0:
        raise SourceError("it is empty")
